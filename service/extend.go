package service

import (
	"context"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// eventExtend is the timeline's word for an extension.
const eventExtend = "extend"

// mayExtend refuses more time where none runs.
func mayExtend(r enroll.Registration) error {
	if r.Status.Final() || r.Status == enroll.Registered || r.Status == enroll.Lapsed {
		return enroll.Fail("wrong_state", r.Status.Name())
	}
	return nil
}

// Extend lets one student go on until a moment of their own (延期); the student is told.
func (s *Service) Extend(ctx context.Context, registration string, until time.Time, d Decision) error {
	if strings.TrimSpace(d.Reason) == "" {
		return enroll.Fail("reason_missing")
	}
	if !until.After(s.Now()) {
		return enroll.FailField("until", "date_out_of_range")
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		r, err := tx.Registration(ctx, registration)
		if err != nil {
			return err
		}
		if err := mayExtend(r); err != nil {
			return err
		}
		if err := tx.SetStamp(ctx, r.ID, store.StampExtension, until); err != nil {
			return err
		}
		event := d.event()
		event.Registration, event.At, event.Event, event.From, event.To, event.By = r.ID, s.Now(), eventExtend, r.Status, r.Status, enroll.ByRegistrar
		if err := tx.AddEvent(ctx, event); err != nil {
			return err
		}
		fields := map[string]string{"until": enroll.EndMinute(until), "reason": "可办理至 " + enroll.EndMinute(until)}
		return s.notify(ctx, tx, r.ID, enroll.MessageExtension, fields, false)
	})
}
