package enroll

import (
	"slices"
	"strings"
	"time"
)

// ApplicationKind says what a student asks the college for (申请类型).
type ApplicationKind string

// The kinds of applications.
const (
	ApplyReserve ApplicationKind = "reserve"
	ApplyGiveUp  ApplicationKind = "give_up"
	ApplyResume  ApplicationKind = "resume"
	// ApplyLeave is a registered student's wish to leave (退学退费); it moves no status, it opens a case.
	ApplyLeave ApplicationKind = "leave"
)

// ApplicationRule is what one kind asks for and which event it causes.
type ApplicationRule struct {
	Kind  ApplicationKind
	Name  string
	Title string
	Route string
	// Event moves the registration when the application is handed in; empty where nothing moves.
	Event Event
}

// ApplicationRules lists the kinds of applications.
var ApplicationRules = []ApplicationRule{
	{ApplyReserve, "保留入学资格", "保留入学资格申请", "/reserve", EventReserve},
	{ApplyGiveUp, "放弃入学资格", "放弃入学资格申请", "/give-up", EventGiveUp},
	{ApplyResume, "恢复入学", "恢复入学申请", "/resume", EventResume},
	{ApplyLeave, "退学退费", "退学退费申请", "/leave", ""},
}

// Rule is what stands in ApplicationRules of a kind; ok is false for a kind that is not there.
func (k ApplicationKind) Rule() (rule ApplicationRule, ok bool) {
	for _, rule := range ApplicationRules {
		if rule.Kind == k {
			return rule, true
		}
	}
	return ApplicationRule{}, false
}

// AtCounter are the applications that a student of a status may hand in at the
// counter, with own hand and a member of staff at the keys (代办申请). Who is
// registered and leaves does it alone.
func AtCounter(status Status) []ApplicationRule {
	var rules []ApplicationRule
	for _, rule := range ApplicationRules {
		if _, err := Next(status, rule.Event); err == nil && rule.Event != "" {
			rules = append(rules, rule)
		}
	}
	return rules
}

// Name is the Chinese word of a kind (申请类型).
func (k ApplicationKind) Name() string {
	rule, _ := k.Rule()
	return rule.Name
}

// ApplicationState says what became of an application.
type ApplicationState string

// The states of an application; all but the first are final.
const (
	ApplicationPending   ApplicationState = "pending"
	ApplicationGranted   ApplicationState = "granted"
	ApplicationRefused   ApplicationState = "refused"
	ApplicationWithdrawn ApplicationState = "withdrawn"
)

// ApplicationStates lists the states with their Chinese names.
var ApplicationStates = []struct {
	State ApplicationState
	Name  string
}{
	{ApplicationPending, "审核中"}, {ApplicationGranted, "已通过"}, {ApplicationRefused, "未通过"}, {ApplicationWithdrawn, "已撤回"},
}

// Name is the Chinese word of a state.
func (s ApplicationState) Name() string {
	for _, row := range ApplicationStates {
		if row.State == s {
			return row.Name
		}
	}
	return string(s)
}

// Application is what a student signed and handed in (申请), with the college's decision.
type Application struct {
	ID           string
	Registration string
	Kind         ApplicationKind
	State        ApplicationState
	// Reason is a code of the intake's reserve rules (原因类别); empty for the other kinds.
	Reason string
	Text   string
	// Sentence is what the student typed under a give-up, character by character.
	Sentence string
	// Discharge is the day on which military service ends, where the reason asks for it.
	Discharge time.Time
	// Until is the end of the reserved place by rule, or as granted.
	Until time.Time
	// Intake, Program and Point are where a resume leads; empty for the other kinds.
	Intake  string
	Program string
	Point   string
	// Signature names the strokes; empty where a clerk filed for somebody who could not.
	Signature string
	// TypedName is what was typed under a photographed signature; empty where it was drawn.
	TypedName string
	Phone     Phone
	OpenID    string
	At        time.Time
	// FiledBy is the clerk who handed it in for the student (代办); empty for the student's own.
	FiledBy string
	// Filer is the staff id of who handed it in at the counter; somebody else decides.
	Filer      string
	DecidedAt  time.Time
	DecidedBy  string
	DecidedFor string // why, as the student reads it
	Version    int
}

// Office is who handed it in for the student, as the student reads it: never the account.
func (a Application) Office() string {
	switch {
	case a.FiledBy == "":
		return ""
	case a.Filer == "":
		return RoleRegistrar.Office() // by the command, in whatever name was typed
	}
	return officeOf(a.FiledBy)
}

// Identified says whether the identity bears a grant: at the counter no code
// stood for it, so it was confirmed; and nobody gives up on an unsure one.
func (a Application) Identified(face FaceState) bool {
	switch {
	case face == FacePassed || face == FaceApproved:
		return true
	case a.Filer != "":
		return false
	}
	return a.Kind != ApplyGiveUp || face != FaceArchived && face != FaceRejected
}

// The bounds of 申请原因 and of the attachments of an application.
const (
	ReasonLeast      = 10
	ReasonMost       = 500
	ApplicationFiles = 6
)

// CheckReasonText holds 申请原因 against its bounds (10–500 characters).
func CheckReasonText(text string) error {
	n := len([]rune(strings.TrimSpace(text)))
	if n < ReasonLeast || n > ReasonMost {
		return FailField("text", "application_text", ReasonLeast, ReasonMost, n)
	}
	return nil
}

// ApplicationPaper is the kind of attachment that belongs to a kind of application; the proof's name tells what to upload.
func ApplicationPaper(s Settings, kind ApplicationKind, proof string, required bool) AttachmentKind {
	if proof == "" {
		proof = "附件"
	}
	hint := "清晰的照片或 PDF，多页可分别上传。"
	return AttachmentKind{string(kind), proof, hint, required, ApplicationFiles, 0, []string{MimeJPEG, MimePNG, MimePDF}, s.Proof.or(paperRule)}
}

// ReserveRule is one reason for which a place may be reserved (原因类别): what
// proves it, how long it may last, and what is shown when the student comes back.
type ReserveRule struct {
	Code          string `json:"code" yaml:"code"`
	Text          string `json:"text" yaml:"text"`
	Proof         string `json:"proof" yaml:"proof"`
	ProofRequired bool   `json:"proof_required" yaml:"proof_required"`
	// Months count from the end of the intake's window, or from the end of military service.
	Months         int  `json:"months" yaml:"months"`
	AfterDischarge bool `json:"after_discharge" yaml:"after_discharge"`
	// ResumeProof is what the student shows on coming back; empty where nothing is asked.
	ResumeProof string `json:"resume_proof" yaml:"resume_proof"`
}

// defaultReserveRules are the rules of most colleges (domain §3.2: 41 号令 Art. 10, 11; soldiers two years after discharge).
var defaultReserveRules = []ReserveRule{
	{"illness", "疾病", "二级甲等以上医院的诊断证明", true, 12, false, "病愈诊断证明"},
	{"military", "应征入伍", "入伍通知书", true, 24, true, "退役证"},
	{"pregnancy", "怀孕、生育", "医院证明", true, 12, false, ""},
	{"work", "工作", "单位证明", true, 12, false, ""},
	{"other", "其他", "相关证明材料", false, 12, false, ""},
}

// ReserveRules are the reasons of an intake; the usual ones where its settings are silent.
func ReserveRules(s Settings) []ReserveRule {
	if len(s.Reserve) > 0 {
		return s.Reserve
	}
	return slices.Clone(defaultReserveRules)
}

// FindReserveRule finds a reason by code, or fails with application_reason.
func FindReserveRule(s Settings, code string) (ReserveRule, error) {
	for _, rule := range ReserveRules(s) {
		if rule.Code == code {
			return rule, nil
		}
	}
	return ReserveRule{}, FailField("reason", "application_reason")
}

// dischargeYears is how far ahead the end of military service may lie.
const dischargeYears = 6

// Until is the end of a place reserved for this reason (保留至): the last
// moment of a day, so many months after the intake's last day or after the end
// of military service, which must then be named.
func (r ReserveRule) Until(i Intake, discharge, now time.Time) (time.Time, error) {
	from := i.ClosesAt.Add(-time.Second)
	if r.AfterDischarge {
		if discharge.Before(DayStart(now)) || discharge.After(now.AddDate(dischargeYears, 0, 0)) {
			return time.Time{}, FailField("discharge", "discharge_date")
		}
		from = discharge
	}
	return addMonths(DayStart(from), r.Months).AddDate(0, 0, 1), nil
}

// addMonths keeps to the month where its days run out: a month after 31 January is the last day of February.
func addMonths(day time.Time, months int) time.Time {
	y, m, d := day.In(Shanghai).Date()
	first := time.Date(y, m+time.Month(months), 1, 0, 0, 0, 0, Shanghai)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(d, last)-1)
}

// CheckReserveRules lists what is wrong with an intake's reasons, in words.
func CheckReserveRules(rules []ReserveRule) []string {
	var wrong []string
	seen := map[string]bool{}
	for _, r := range rules {
		if r.Code == "" || len(r.Code) > 20 || r.Text == "" {
			wrong = append(wrong, "code（不超过 20 个字母）和 text 都要填写")
		}
		if seen[r.Code] {
			wrong = append(wrong, "code 重复："+r.Code)
		}
		if r.Months < 1 || r.Months > 120 {
			wrong = append(wrong, r.Code+"：months 应为 1–120")
		}
		if r.ProofRequired && r.Proof == "" {
			wrong = append(wrong, r.Code+"：要求证明时请写明 proof")
		}
		seen[r.Code] = true
	}
	return wrong
}

// ReserveNotices are the days before the end of a reserved place on which the student is reminded.
var ReserveNotices = []int{60, 14, 3}
