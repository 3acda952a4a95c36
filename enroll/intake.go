package enroll

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Shanghai is the zone of every business day, whatever the machine's zone.
var Shanghai = time.FixedZone("CST", 8*3600)

// Intake is one year's admission (批次): its window and its rules.
type Intake struct {
	ID       string
	Grade    int
	Name     string
	OpensAt  time.Time
	ClosesAt time.Time
	Settings Settings
	Version  int
}

// Phase says where now lies in an intake's window.
type Phase string

// The phases of a window.
const (
	Before Phase = "before"
	During Phase = "open"
	After  Phase = "after"
)

// Phase compares now with the window; the last day counts to 24:00 in Shanghai.
func (i Intake) Phase(now time.Time) Phase {
	switch {
	case now.Before(i.OpensAt):
		return Before
	case now.Before(i.ClosesAt):
		return During
	}
	return After
}

// Name is the Chinese word of a phase.
func (p Phase) Name() string {
	return map[Phase]string{Before: "未开始", During: "办理中", After: "已结束"}[p]
}

// WindowText is the window in days: 2026-11-16 至 2027-02-21.
func (i Intake) WindowText() string {
	return Day(i.OpensAt) + " 至 " + Day(i.ClosesAt.Add(-time.Second))
}

// Day is the calendar day in Shanghai (YYYY-MM-DD).
func Day(t time.Time) string { return t.In(Shanghai).Format("2006-01-02") }

// Minute is the time to the minute in Shanghai (YYYY-MM-DD HH:MM).
func Minute(t time.Time) string { return t.In(Shanghai).Format("2006-01-02 15:04") }

// EndMinute is an end of time as people say it: the end of a day is its 24:00, not the next day's 0:00.
func EndMinute(t time.Time) string {
	if t.Equal(DayStart(t)) {
		return Day(t.Add(-time.Second)) + " 24:00"
	}
	return Minute(t)
}

// DayStart is 0:00 of the day in Shanghai.
func DayStart(t time.Time) time.Time {
	y, m, d := t.In(Shanghai).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Shanghai)
}

// Settings are the rules and words of one intake; the file that `intake
// import` reads has the same names.
type Settings struct {
	School    string   `json:"school" yaml:"school"`
	Platform  string   `json:"platform" yaml:"platform"`
	Logo      string   `json:"logo" yaml:"logo"`
	Colour    string   `json:"colour" yaml:"colour"`
	Contacts  Contacts `json:"contacts" yaml:"contacts"`
	PortalURL string   `json:"portal_url" yaml:"portal_url"`
	Payee     string   `json:"payee" yaml:"payee"`
	// Footer is the line of the ICP filing (备案号).
	Footer     string `json:"footer" yaml:"footer"`
	SchoolYear string `json:"school_year" yaml:"school_year"`
	RefundRule string `json:"refund_rule" yaml:"refund_rule"`

	// GraceHours let those finish who started before the end; PayDays let those pay who submitted.
	GraceHours int `json:"grace_hours" yaml:"grace_hours"`
	PayDays    int `json:"pay_days" yaml:"pay_days"`
	// Review asks a registrar's approval before payment (先审核后缴费).
	Review bool `json:"review" yaml:"review"`
	// FirstReview asks a clerk of the point for the first word (初审) before the registrar decides (终审).
	FirstReview bool `json:"first_review,omitempty" yaml:"first_review"`
	// ReviewLimits are the working days for a decision by kind (审核时限); the usual ones where a kind is missing.
	ReviewLimits map[ReviewKind]int `json:"review_limits,omitempty" yaml:"review_limits"`
	// ReviewReasons is the library of reasons for a return (退回原因库); the usual ones where it is empty.
	ReviewReasons []ReviewReason `json:"review_reasons,omitempty" yaml:"review_reasons"`
	// InPersonTwo asks a second person to confirm a check in person (线下核验).
	InPersonTwo bool `json:"in_person_two,omitempty" yaml:"in_person_two"`
	// RosterPhone lets only the roster's phone be bound first.
	RosterPhone bool `json:"roster_phone" yaml:"roster_phone"`
	// PhonesAbroad are the country codes outside the mainland (852, 853, 886) to which login codes and messages go.
	PhonesAbroad []string `json:"phones_abroad,omitempty" yaml:"phones_abroad"`
	// FaceHours is how long a face pass lasts beyond its login; 0 asks at each login (manual 二.1).
	FaceHours int `json:"face_hours" yaml:"face_hours"`
	// Captcha shows the image captcha on suspicion.
	Captcha bool `json:"captcha" yaml:"captcha"`

	Photo   PhotoRule `json:"photo" yaml:"photo"`
	IDPhoto PhotoRule `json:"id_photo" yaml:"id_photo"`
	Proof   PhotoRule `json:"proof" yaml:"proof"`
	// ReadCards has the card reader look at uploaded identity cards (证件识别) and warn of what differs.
	ReadCards bool `json:"read_cards,omitempty" yaml:"read_cards"`

	NumberRule string           `json:"number_rule" yaml:"number_rule"`
	Levels     map[Level]string `json:"levels" yaml:"levels"`

	// Dictionaries replace lists of choices (字典) by name, where the college's differ from the usual ones.
	Dictionaries map[string]Dictionary `json:"dictionaries,omitempty" yaml:"dictionaries"`
	// Fields changes what is shown and required: "basic.email" → required, optional or hidden;
	// "专升本:basic.email" does so for one level only.
	Fields map[string]string `json:"fields" yaml:"fields"`

	// Messages maps an event to its carriers.
	Messages map[string]Message `json:"messages" yaml:"messages"`
	// SMSFullNumber says that the SMS account's variables may hold the whole student number.
	SMSFullNumber bool `json:"sms_full_number" yaml:"sms_full_number"`
	// Reminders changes or switches off what the program reminds of by itself (自动提醒).
	Reminders map[ReminderRule]ReminderSetting `json:"reminders,omitempty" yaml:"reminders"`
	H5Pay     bool                             `json:"h5_pay" yaml:"h5_pay"`

	// Reserve are the reasons for which a place may be reserved; the usual ones where it is empty.
	Reserve []ReserveRule `json:"reserve" yaml:"reserve"`
	// GiveUpByCode lets a place be given up without the identity step, by SMS code alone.
	GiveUpByCode bool `json:"give_up_by_code" yaml:"give_up_by_code"`
}

// Contacts is where a student finds help.
type Contacts struct {
	Phones []string `json:"phones" yaml:"phones"`
	Email  string   `json:"email" yaml:"email"`
	QQ     string   `json:"qq" yaml:"qq"`
	Hours  string   `json:"hours" yaml:"hours"`
}

// PhotoRule bounds a picture; kB are 1,000 bytes. Zero means no bound.
type PhotoRule struct {
	Width    int `json:"width" yaml:"width"`
	Height   int `json:"height" yaml:"height"`
	MaxBytes int `json:"max_bytes" yaml:"max_bytes"`
	MinBytes int `json:"min_bytes" yaml:"min_bytes"`
}

// Message says how an event reaches the student: a template of the account
// with a map from its keywords to our fields, and an SMS template with our
// fields in the order of its variables. Phones abroad need a template that is
// approved for them (国际/港澳台短信模板).
type Message struct {
	WeChat    string            `json:"wechat" yaml:"wechat"`
	Keywords  map[string]string `json:"keywords" yaml:"keywords"`
	SMS       string            `json:"sms" yaml:"sms"`
	SMSAbroad string            `json:"sms_abroad,omitempty" yaml:"sms_abroad"`
	Vars      []string          `json:"vars" yaml:"vars"`
}

// Text is a versioned page of words that people read or sign (通知, 同意书, 承诺书 …).
type Text struct {
	ID      string
	Intake  string
	Kind    TextKind
	Version int
	Title   string
	Body    string
	Hash    string
	// At and By say when this version was kept, and who wrote it.
	At time.Time
	By string
}

// TextKind is what a text is for.
type TextKind string

// The kinds of texts that an intake needs.
const (
	TextNotice     TextKind = "notice"
	TextPrivacy    TextKind = "privacy"
	TextTerms      TextKind = "terms"
	TextConsent    TextKind = "consent"
	TextCommitment TextKind = "commitment"
)

// TextKinds lists the kinds in the order in which a check names what is missing.
var TextKinds = []TextKind{TextNotice, TextPrivacy, TextTerms, TextConsent, TextCommitment}

// TextHash is the fingerprint of the words that a person read or signed (SHA-256 of title and body, in hex).
func TextHash(title, body string) string {
	sum := sha256.Sum256([]byte(title + "\n" + body))
	return hex.EncodeToString(sum[:])
}
