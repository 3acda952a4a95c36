package service

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// Look is one view of a student's personal data by the college, as the student may read it.
type Look struct {
	At time.Time
	// Who is the office, not the person.
	Who  string
	What string
	// Why is the reason that was given for whole numbers.
	Why string
}

// Looks lists who of the college looked at a student's personal data (谁查看过我的信息), the newest first.
func (s *Service) Looks(ctx context.Context, v *Visit) ([]Look, error) {
	if !v.Verified {
		return nil, enroll.Fail("identity_step_needed")
	}
	audits, err := s.Store.Looks(ctx, v.Registration.ID)
	var looks []Look
	for _, a := range audits {
		switch a.Action {
		case actionLook:
			looks = append(looks, Look{At: a.At, Who: a.Role.Office(), What: AuditText(a)})
		case actionShown:
			looks = append(looks, Look{At: a.At, Who: a.Role.Office(), What: auditTitle(a), Why: a.Detail})
		}
	}
	return looks, err
}
