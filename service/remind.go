package service

import (
	"context"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// remindToPay tells a student that the bill can be paid now, and until when (缴费提醒).
func (s *Service) remindToPay(ctx context.Context, tx *store.Store, r enroll.Registration, why string) error {
	intake, err := tx.Intake(ctx, r.Intake)
	if err != nil {
		return err
	}
	return s.remindUntil(ctx, tx, r, why, enroll.DeadlinesOf(intake, r).Pay)
}

func (s *Service) remindUntil(ctx context.Context, tx *store.Store, r enroll.Registration, why string, until time.Time) error {
	fields := map[string]string{"reason": why, "until": enroll.EndMinute(until)}
	// Who hears of a fact today needs no reminder on top.
	if err := tx.AddReminder(ctx, r, enroll.RemindFact, tx.NewID(), s.Now()); err != nil && !tx.IsTaken(err) {
		return err
	}
	return s.notify(ctx, tx, r.ID, enroll.MessageReminder, fields, false)
}

// tellPriced closes the cases of students who could not submit for want of a
// price that now stands, and tells them to come back (学费标准补齐);
// by is who set the price.
func (s *Service) tellPriced(ctx context.Context, tx *store.Store, intake enroll.Intake, by string) error {
	cases, err := tx.OpenCases(ctx)
	if err != nil {
		return err
	}
	prices, err := tx.Tuitions(ctx, intake.ID)
	if err != nil {
		return err
	}
	for _, c := range cases {
		if c.Kind != enroll.CaseTuitionMissing {
			continue
		}
		r, err := tx.Registration(ctx, c.Registration)
		if err != nil {
			return err
		}
		price, found := enroll.TuitionFor(prices, r.Program, r.Point)
		if _, priced := enroll.FirstYear(price, intake.Settings.SchoolYear); r.Intake != intake.ID || !found || !priced {
			continue
		}
		if err := tx.CloseCase(ctx, c.ID, by, "学费标准已补齐", s.Now()); err != nil {
			return err
		}
		if !r.Status.Editable() {
			continue
		}
		if err := s.remindUntil(ctx, tx, r, "学费标准已补齐，请提交", enroll.DeadlinesOf(intake, r).Submit); err != nil {
			return err
		}
	}
	return nil
}
