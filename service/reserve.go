package service

import (
	"time"

	"xinsheng/enroll"
)

// reserveReasons are the intake's reasons with the end that each leads to.
func (s *Service) reserveReasons(v *Visit, discharge string) []ReserveReason {
	var list []ReserveReason
	for _, rule := range enroll.ReserveRules(v.Intake.Settings) {
		// Without a day the end of a place kept for a soldier is not known yet.
		until, _ := rule.Until(v.Intake, dayOf(discharge), s.Now())
		list = append(list, ReserveReason{rule, until})
	}
	return list
}

// fillReserve adds reason and end to an application, and says what proves the reason.
func (s *Service) fillReserve(v *Visit, d ApplicationDraft, a *enroll.Application) (enroll.AttachmentKind, error) {
	rule, err := enroll.FindReserveRule(v.Intake.Settings, d.Reason)
	if err != nil {
		return enroll.AttachmentKind{}, err
	}
	a.Reason = rule.Code
	if rule.AfterDischarge {
		a.Discharge = dayOf(d.Discharge)
	}
	a.Until, err = rule.Until(v.Intake, a.Discharge, s.Now())
	return enroll.ApplicationPaper(v.Intake.Settings, d.Kind, rule.Proof, rule.ProofRequired), err
}

// dayOf reads YYYY-MM-DD in Shanghai; what is no day is none.
func dayOf(text string) time.Time {
	day, err := time.ParseInLocation("2006-01-02", text, enroll.Shanghai)
	if err != nil {
		return noTime
	}
	return day
}
