package service

import (
	"context"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Lapse ends a matter whose time is over (逾期), never one that waits for the college.
func (s *Service) Lapse(ctx context.Context, registration string, d Decision) error {
	if err := s.noLiveOrder(ctx, registration); err != nil {
		return err
	}
	return s.lapse(ctx, registration, d)
}

// lapse is Lapse after every order that could be paid was closed.
func (s *Service) lapse(ctx context.Context, registration string, d Decision) error {
	_, err := s.decide(ctx, registration, enroll.EventLapse, func(tx *store.Store, r enroll.Registration) (enroll.Status, error) {
		intake, err := tx.Intake(ctx, r.Intake)
		if err != nil {
			return "", err
		}
		if r.Face == enroll.FaceArchived {
			return "", enroll.Fail("lapse_waiting")
		}
		if end := lapsesAt(intake, r); s.Now().Before(end) {
			return "", enroll.Fail("lapse_too_early", enroll.EndMinute(end))
		}
		return s.transition(ctx, tx, r, enroll.EventLapse, false, d.event())
	})
	return err
}

// lapsesAt is the end of every time that a registration still has.
func lapsesAt(intake enroll.Intake, r enroll.Registration) time.Time {
	if r.Status == enroll.Reserved {
		return r.Until
	}
	ends := enroll.DeadlinesOf(intake, r)
	if ends.Submit.After(ends.Pay) {
		return ends.Submit
	}
	return ends.Pay
}
