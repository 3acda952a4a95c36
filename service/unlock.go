package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// eventUnlock is the timeline's word for an unlocked login.
const eventUnlock = "login_unlocked"

// Unlock opens the door again to a student whose document had too many failed
// logins or too many codes (解锁登录); the limits of phone and address stay.
func (s *Service) Unlock(ctx context.Context, registration string, d Decision) error {
	if strings.TrimSpace(d.Reason) == "" {
		return enroll.Fail("reason_missing")
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		r, err := tx.Registration(ctx, registration)
		if err != nil {
			return err
		}
		student, err := tx.Student(ctx, r.Student)
		if err != nil {
			return err
		}
		err = tx.AddAttempt(ctx, store.Attempt{
			ID: tx.NewID(), At: s.Now(), Kind: store.AttemptUnlock, IDType: student.IDType, IDNumber: student.IDNumber, Outcome: "ok",
		})
		if err != nil {
			return err
		}
		event := d.event()
		event.Registration, event.At, event.Event, event.From, event.To, event.By = r.ID, s.Now(), eventUnlock, r.Status, r.Status, enroll.ByRegistrar
		return tx.AddEvent(ctx, event)
	})
}
