package enroll

import (
	"slices"
	"time"
)

// StepKey names one step of the way (步骤).
type StepKey string

// The steps of real-name registration (新生实名制注册), in order.
const (
	StepPrepare     StepKey = "prepare"
	StepConsent     StepKey = "consent"
	StepFace        StepKey = "face"
	StepIdentity    StepKey = "identity"
	StepBasic       StepKey = "basic"
	StepFamily      StepKey = "family"
	StepEducation   StepKey = "education"
	StepAttachments StepKey = "attachments"
	StepReview      StepKey = "review"
	StepCommitment  StepKey = "commitment"
	StepPay         StepKey = "pay"
	StepDone        StepKey = "done"

	// StepNone is where who never came stands.
	StepNone StepKey = "none"
)

// StepState says whether a step is done, may be opened, or waits.
type StepState string

// The states of a step.
const (
	StepIsDone   StepState = "done"
	StepIsOpen   StepState = "open"
	StepIsLocked StepState = "locked"
)

// Step is one step as the page shows it; Why names what must be done first.
type Step struct {
	Key   StepKey   `json:"key"`
	Title string    `json:"title"`
	Route string    `json:"route"`
	State StepState `json:"state"`
	Why   string    `json:"why,omitempty"`
}

// Facts are what the steps are computed from; none of the steps is stored.
type Facts struct {
	Level         Level
	Status        Status
	Prepared      bool
	ConsentGiven  bool // a yes or a no to the current text
	ConsentAgreed bool
	Verified      bool // this login passed the face step, or an archive stands in for it
	Identity      bool
	Basic         bool
	Family        bool
	Education     bool
	Attachments   bool
	Signed        bool
	Covered       bool
	// Disputed says that the college looks at a request to correct name, document, level or program.
	Disputed bool
}

type stepRule struct {
	key   StepKey
	title string
	route string
	done  func(Facts) bool
	skip  func(Facts) bool
}

func filling(f Facts) bool { return f.Status.Editable() }

var stepRules = []stepRule{
	{StepPrepare, "办理前请准备", "/prepare", func(f Facts) bool { return f.Prepared }, nil},
	{StepConsent, "人脸信息处理同意书", "/consent", func(f Facts) bool { return f.ConsentGiven || f.Verified }, nil},
	{StepFace, "人脸识别", "/face", func(f Facts) bool { return f.Verified }, nil},
	{StepIdentity, "身份信息核对", "/identity", func(f Facts) bool { return f.Identity }, nil},
	{StepBasic, "基本信息", "/form/basic", func(f Facts) bool { return f.Basic || !filling(f) }, nil},
	{StepFamily, "家庭成员", "/form/family", func(f Facts) bool { return f.Family || !filling(f) }, nil},
	{StepEducation, "最后毕业信息", "/form/education", func(f Facts) bool { return f.Education || !filling(f) }, nil},
	{StepAttachments, "附件上传", "/form/attachments", func(f Facts) bool { return f.Attachments || !filling(f) }, nil},
	{StepReview, "核对并提交", "/review", func(f Facts) bool { return !filling(f) }, nil},
	{StepCommitment, "专升本人员诚信承诺书", "/commitment", func(f Facts) bool { return f.Signed || !filling(f) },
		func(f Facts) bool { return !f.Level.NeedsProof() }},
	{StepPay, "缴纳学费", "/pay", func(f Facts) bool { return f.Covered && !filling(f) || f.Status == Registered }, nil},
	{StepDone, "注册完成", "/done", func(f Facts) bool { return f.Status == Registered }, nil},
}

// Steps computes the way of one student: done, open or locked with the title
// of the step that must come first; what is handed in for review is paid after the
// teacher's yes. Earlier steps stay open to be changed
// while the form may be edited.
func Steps(f Facts) []Step {
	steps := make([]Step, 0, len(stepRules))
	blocker := ""
	for _, rule := range stepRules {
		if rule.skip != nil && rule.skip(f) {
			continue
		}
		step := Step{Key: rule.key, Title: rule.title, Route: rule.route}
		if blocker == "" || rule.key == StepPay && f.Status == Submitted {
			blocker = waitsFor(rule.key, f, blocker)
		}
		switch {
		case rule.done(f) && blocker == "":
			step.State = StepIsDone
		case blocker == "" || signsFromReview(rule.key, blocker):
			step.State = StepIsOpen
		default:
			step.State, step.Why = StepIsLocked, blocker
		}
		if step.State == StepIsOpen {
			blocker = rule.title
		}
		if step.State == StepIsOpen && rule.key == StepFace && f.ConsentGiven && !f.ConsentAgreed {
			step.Route = "/face/other"
		}
		steps = append(steps, step)
	}
	return steps
}

// disputed is what comes first while a fact is disputed on which the way depends.
const disputed = "老师处理信息更正申请"

// waitsFor names what the college must do before a step: look at a handed-in
// form, or at a disputed fact, before the form is filled in and before money comes.
func waitsFor(key StepKey, f Facts, blocker string) string {
	switch {
	case key == StepPay && f.Status == Submitted:
		return "老师审核登记表"
	case f.Disputed && (key == StepPay || key == StepIdentity && filling(f)):
		return disputed
	}
	return blocker
}

// signsFromReview lets the commitment be signed while the review is open: only submitting ends the review.
func signsFromReview(key StepKey, blocker string) bool {
	return key == StepCommitment && blocker == "核对并提交"
}

// NextRoute is where the student goes on: the first open step; where all wait
// for the college, what was handed in or disputed; of a returned form first what the teacher asks for.
func NextRoute(steps []Step, status Status) string {
	for _, s := range steps {
		if s.State == StepIsOpen && s.Key == StepReview && status == Returned {
			return "/returned"
		}
		if s.State == StepIsOpen {
			return s.Route
		}
	}
	if slices.ContainsFunc(steps, func(s Step) bool { return s.Why == disputed }) {
		return "/correction"
	}
	if status == Submitted {
		return "/review"
	}
	return "/done"
}

// MayOpen says whether a step may be opened, and if not, which comes first.
func MayOpen(steps []Step, key StepKey) error {
	for _, s := range steps {
		if s.Key != key || s.State != StepIsLocked {
			continue
		}
		if s.Why == disputed {
			return Fail("identity_disputed")
		}
		return Fail("step_locked", s.Why)
	}
	return nil
}

// Deadlines are the ends of time for one registration.
type Deadlines struct {
	Start  time.Time // no new start after
	Submit time.Time // no submitting after
	Pay    time.Time // no paying after
}

// DeadlinesOf computes a registration's ends of time: the window or its own
// extension, the grace for those who started in time, and the days to pay
// after the later of both (design §2, Time).
func DeadlinesOf(i Intake, r Registration) Deadlines {
	end := i.ClosesAt
	d := Deadlines{Start: end, Submit: end}
	if !r.StartedAt.IsZero() && r.StartedAt.Before(end) {
		d.Submit = end.Add(time.Duration(i.Settings.GraceHours) * time.Hour)
	}
	if r.Extension.After(d.Submit) {
		d.Submit = r.Extension
	}
	if r.Extension.After(d.Start) {
		d.Start = r.Extension
	}
	last := end
	if r.Extension.After(last) {
		last = r.Extension
	}
	d.Pay = last.AddDate(0, 0, i.Settings.PayDays)
	return d
}
