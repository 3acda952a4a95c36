package enroll

import "slices"

// Stage is how far a matter has come on its way to being registered (漏斗); each lies within the one before.
type Stage string

// The stages of the funnel.
const (
	StageAdmitted   Stage = "admitted"
	StageStarted    Stage = "started"
	StageIdentified Stage = "identified"
	StageSubmitted  Stage = "submitted"
	StageRegistered Stage = "registered"
)

// StageRule says which matters have reached a stage: those of a status, or who stood at a step when last seen; nothing named means all.
type StageRule struct {
	Stage    Stage
	Name     string
	Statuses []Status
	Steps    []StepKey
}

var (
	handedIn = []Status{Submitted, Payable, Registered}
	onForm   = []StepKey{StepIdentity, StepBasic, StepFamily, StepEducation, StepAttachments, StepReview, StepCommitment, StepPay, StepDone}
)

// Stages is the funnel, from the first to the last.
var Stages = []StageRule{
	{StageAdmitted, "录取", nil, nil},
	{StageStarted, "已登录", handedIn, slices.Concat([]StepKey{StepPrepare, StepConsent, StepFace}, onForm)},
	{StageIdentified, "身份已核验", handedIn, onForm},
	{StageSubmitted, "已提交", handedIn, nil},
	{StageRegistered, "已注册", []Status{Registered}, nil},
}

// All says that every matter has reached the stage.
func (r StageRule) All() bool { return r.Statuses == nil && r.Steps == nil }

// Reached says whether a matter has come so far.
func (r StageRule) Reached(status Status, step StepKey) bool {
	return r.All() || slices.Contains(r.Statuses, status) || slices.Contains(r.Steps, step)
}

// Rule finds which matters have reached a stage; false for one that there is not.
func (s Stage) Rule() (StageRule, bool) {
	for _, rule := range Stages {
		if rule.Stage == s {
			return rule, true
		}
	}
	return StageRule{}, false
}
