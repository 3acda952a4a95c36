package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// staffAttemptsKept is how long tries at the door of the staff site are remembered.
const staffAttemptsKept = 2 * staffKnownFor

// CloseIdleStaff disables accounts that nobody used for 90 days (闲置停用), and forgets old tries at the door.
func (s *Service) CloseIdleStaff(ctx context.Context) error {
	idle, err := s.Store.IdleStaff(ctx, s.Now().Add(-enroll.StaffIdle))
	if err != nil {
		return err
	}
	for _, p := range idle {
		p.DisabledAt = s.Now()
		err := s.Store.InTx(ctx, func(tx *store.Store) error {
			if err := tx.ChangeStaff(ctx, p); err != nil {
				return err
			}
			return s.audit(ctx, tx, &Duty{Staff: enroll.Staff{Account: "system"}}, "staff_idle", p.ID, p.Account)
		})
		if err != nil && enroll.ReasonOf(err) != "changed" { // another replica, or an admin, was first
			return err
		}
	}
	return s.Store.DropStaffAttempts(ctx, s.Now().Add(-staffAttemptsKept))
}
