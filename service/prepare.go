package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// PrepareMinutes is how long the whole way takes with everything at hand.
const PrepareMinutes = 10

// FinishPreparation notes that the student has everything at hand (办理前请准备).
func (s *Service) FinishPreparation(ctx context.Context, v *Visit) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.begin(ctx, tx, v); err != nil {
			return err
		}
		if !v.Registration.PreparedAt.IsZero() {
			return nil
		}
		return tx.SetStamp(ctx, v.Registration.ID, store.StampPrepared, s.Now())
	})
}

// begin lets nobody start outside the window, and notes who has: within the
// grace only those go on. A matter that is past its form has begun long ago.
func (s *Service) begin(ctx context.Context, tx *store.Store, v *Visit) error {
	r := v.Registration
	if !r.Status.Editable() {
		return nil
	}
	if !r.StartedAt.IsZero() {
		return s.inTime(v)
	}
	now := s.Now()
	if now.Before(v.Intake.OpensAt) || !now.Before(enroll.DeadlinesOf(v.Intake, r).Start) {
		return windowError(matter{r, v.Intake}, now)
	}
	return tx.SetStamp(ctx, r.ID, store.StampStarted, now)
}
