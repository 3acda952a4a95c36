package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
)

// FileForStudent hands an application in for a student who cannot (代办), as a
// conscript who gave up the phone: without code and signature, marked with the
// clerk's name, and whatever the window. Files are the papers that were brought.
func (s *Service) FileForStudent(ctx context.Context, registration string, d ApplicationDraft, files [][]byte, by string) (string, error) {
	if d.Kind != enroll.ApplyReserve && d.Kind != enroll.ApplyResume {
		return "", enroll.Fail("application_own_hand")
	}
	if strings.TrimSpace(by) == "" {
		return "", enroll.Fail("reason_missing")
	}
	v, err := s.matterOf(ctx, registration)
	if err != nil {
		return "", err
	}
	v.Login.Phone, v.Login.OpenID = v.Registration.RosterPhone, ""
	if !v.Student.BoundAt.IsZero() {
		v.Login.Phone, v.Login.OpenID = v.Student.Phone, v.Student.OpenID
	}
	if err := s.mayAssist(v, d.Kind); err != nil {
		return "", err
	}
	for _, body := range files {
		if err := s.keepLooseFile(ctx, v, d.Kind, body); err != nil {
			return "", err
		}
	}
	a, err := s.draftApplication(ctx, v, d)
	if err != nil {
		return "", err
	}
	a.FiledBy = by
	if err := s.noLiveOrder(ctx, a.Registration); err != nil {
		return "", err
	}
	return a.ID, s.keepApplication(ctx, v, a, enroll.RegistrationEvent{By: enroll.ByRegistrar, ByID: by})
}

func (s *Service) mayAssist(v *Visit, kind enroll.ApplicationKind) error {
	if kind == enroll.ApplyResume {
		return mayResume(v, s.Now())
	}
	return optionOpen(v.Registration, enroll.EventReserve)
}
