package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// StaffCorrect puts a fact of the roster right by the registrar's own hand, with
// the proof that was shown (直接更正): the same way as a student's request that
// is granted, so that bill, steps and timeline follow.
func (s *Service) StaffCorrect(ctx context.Context, d *Duty, registration string, draft CorrectionDraft) error {
	if err := reasonGiven(draft.Note); err != nil {
		return err
	}
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return err
	}
	v, err := s.staffVisit(ctx, registration)
	if err != nil {
		return err
	}
	c, err := s.draftCorrection(ctx, v, draft)
	if err != nil {
		return err
	}
	if err := s.keepPicture(ctx, &c, enroll.CorrectionPaper(v.Intake.Settings), draft.Picture); err != nil {
		return err
	}
	if err := s.makeWay(ctx, c); err != nil {
		s.forget(ctx, c.Picture)
		return err
	}
	err = s.staffAct(ctx, d, registration, actCorrect, func(tx *Service, r enroll.Registration) error {
		if err := tx.Store.AddCorrection(ctx, c); tx.Store.IsTaken(err) {
			return enroll.Fail("correction_open")
		} else if err != nil {
			return err
		}
		decision := d.Decision(c.Note)
		return tx.endCorrection(ctx, c.ID, enroll.ApplicationGranted, decision, func(st *store.Store, r enroll.Registration, c enroll.Correction) error {
			return tx.correct(ctx, st, r, c, decision)
		})
	})
	if err != nil {
		s.forget(ctx, c.Picture)
	}
	return err
}
