package enroll

// StuckSteps are the steps that students may be looked for by (卡在哪一步), in the order of the way.
var StuckSteps = []StepKey{
	StepNone, StepPrepare, StepConsent, StepFace, StepIdentity, StepBasic, StepFamily, StepEducation, StepAttachments, StepReview, StepCommitment, StepPay,
}

// StuckAt is the step that a student stands before: of who is on the form as it
// was last seen, of who has to pay the payment; "" where nothing is theirs to do.
func (r Registration) StuckAt() StepKey {
	switch {
	case r.Status == Payable:
		return StepPay
	case !r.Status.Editable():
		return ""
	case r.Step == "":
		return StepNone
	}
	return r.Step
}

// Name is the Chinese word of a step.
func (k StepKey) Name() string {
	if k == StepNone {
		return "还没有登录过"
	}
	for _, rule := range stepRules {
		if rule.key == k {
			return rule.title
		}
	}
	return ""
}
