package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// mayChange refuses to change an item of the form (a section, a kind of
// attachment, the commitment) whose step is locked, that was not returned, or
// whose time is over.
func (s *Service) mayChange(ctx context.Context, v *Visit, item string) error {
	target, ok := enroll.FindReturnTarget(item)
	if !ok {
		return enroll.Fail("section_unknown")
	}
	if err := s.mayOpen(ctx, v, target.Step); err != nil {
		return err
	}
	returned, err := s.Store.ReturnItems(ctx, v.Registration.ID)
	if err != nil {
		return err
	}
	if err := enroll.MayChange(v.Registration, returned, item); err != nil {
		return err
	}
	return s.inTime(v)
}

// inTime says whether the form may still be filled in and submitted.
func (s *Service) inTime(v *Visit) error {
	now := s.Now()
	if now.Before(v.Intake.OpensAt) {
		return enroll.Fail("window_before", enroll.Minute(v.Intake.OpensAt))
	}
	if end := enroll.DeadlinesOf(v.Intake, v.Registration).Submit; !now.Before(end) {
		return enroll.Fail("window_after", enroll.EndMinute(end))
	}
	return nil
}

// voidSignature takes back what was signed, after what it vouches for has changed.
func (s *Service) voidSignature(ctx context.Context, tx *store.Store, r enroll.Registration) error {
	if err := tx.VoidSignatures(ctx, r.ID, enroll.TextCommitment, s.Now()); err != nil {
		return err
	}
	return tx.SetStamp(ctx, r.ID, store.StampSigned, noTime)
}

// within is the same service bound to a transaction, so that checks read what the transaction sees.
func (s *Service) within(tx *store.Store) *Service {
	inner := *s
	inner.Store = tx
	return &inner
}
