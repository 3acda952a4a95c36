package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Amend takes a handed-in form back to be changed (修改已提交的登记表): drafts
// stay, signature and approval are void, and no order may still be paid.
func (s *Service) Amend(ctx context.Context, v *Visit) error {
	if !v.Verified {
		return enroll.Fail("identity_step_needed")
	}
	r := v.Registration
	if _, err := enroll.Next(r.Status, enroll.EventAmend); err != nil {
		return err
	}
	if err := s.inTime(v); err != nil {
		return err
	}
	if err := s.noLiveOrder(ctx, r.ID); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if _, err := s.transition(ctx, tx, r, enroll.EventAmend, false, enroll.RegistrationEvent{ByID: v.Login.ID}); err != nil {
			return err
		}
		if err := s.voidSignature(ctx, tx, r); err != nil {
			return err
		}
		return s.unsubmit(ctx, tx, r)
	})
}

// unsubmit clears what handing in and approving left behind.
func (s *Service) unsubmit(ctx context.Context, tx *store.Store, r enroll.Registration) error {
	if err := tx.SetStamp(ctx, r.ID, store.StampSubmitted, noTime); err != nil {
		return err
	}
	return tx.SetStamp(ctx, r.ID, store.StampApproved, noTime)
}
