package service

import (
	"context"
	"errors"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// mayResume lets a reserved student come back until the end of the reserved place.
func mayResume(v *Visit, now time.Time) error {
	if err := optionOpen(v.Registration, enroll.EventResume); err != nil {
		return err
	}
	if !now.Before(v.Registration.Until) {
		return enroll.Fail("resume_over", enroll.EndMinute(v.Registration.Until))
	}
	return nil
}

// fillResume adds where the student comes back to, and says what is to be shown.
func (s *Service) fillResume(ctx context.Context, v *Visit, d ApplicationDraft, a *enroll.Application) (enroll.AttachmentKind, error) {
	o, err := s.resumeOffer(ctx, v)
	if err != nil {
		return enroll.AttachmentKind{}, err
	}
	if !o.Linked {
		o.Program, o.Point = o.named(d.Program, d.Point)
	}
	program, point := o.chosen()
	if program.ID == "" || point.ID == "" {
		return enroll.AttachmentKind{}, enroll.FailField("program", "resume_program")
	}
	a.Intake, a.Program, a.Point, a.Until = o.Intake.ID, program.ID, point.ID, v.Registration.Until
	return o.paper(v.Intake.Settings), nil
}

// ResumeFacts compares the former facts with a choice of program and point that the student has not handed in.
func (s *Service) ResumeFacts(ctx context.Context, v *Visit, program, point string) ([]ResumeFact, error) {
	if err := s.mayApply(ctx, v, enroll.ApplyResume); err != nil {
		return nil, err
	}
	o, err := s.resumeOffer(ctx, v)
	if err != nil {
		return nil, err
	}
	if !o.Linked {
		o.Program, o.Point = program, point
	}
	err = s.compare(ctx, v, o)
	return o.Facts, err
}

// grantResume lets the student go on in the later intake as anybody does: a new
// registration is open there, or the imported one, which nobody may have begun.
func (s *Service) grantResume(ctx context.Context, tx *store.Store, r enroll.Registration, a enroll.Application, d Decision) (enroll.Status, error) {
	placed, err := tx.RegistrationIn(ctx, a.Intake, r.Student)
	switch {
	case enroll.CodeOf(err) == enroll.NotFound:
		if placed, err = s.placeAgain(ctx, tx, r, a, d); err != nil {
			return "", err
		}
	case err != nil:
		return "", err
	case placed.Status != enroll.Open:
		return "", enroll.Fail("resume_target", placed.Status.Name())
	}
	if err := s.prefill(ctx, tx, r.ID, placed.ID); err != nil {
		return "", err
	}
	if err := tx.MoveLogins(ctx, r.ID, placed.ID); err != nil {
		return "", err
	}
	return s.transition(ctx, tx, r, enroll.EventGrant, false, d.event())
}

// placeAgain opens a registration in the later intake with the same person and 考生号.
func (s *Service) placeAgain(ctx context.Context, tx *store.Store, r enroll.Registration, a enroll.Application, d Decision) (enroll.Registration, error) {
	if err := s.holdPlaces(ctx, tx, a.Intake, a.Program, a.Point); err != nil {
		return r, err
	}
	intake, err := tx.Intake(ctx, a.Intake)
	if err != nil {
		return r, err
	}
	next := enroll.Registration{
		ID: tx.NewID(), Intake: intake.ID, Student: r.Student, ExamNo: r.ExamNo, Program: a.Program, Point: a.Point, Grade: intake.Grade,
		Name: r.Name, Sex: r.Sex, Ethnic: r.Ethnic, Politics: r.Politics, BirthDate: r.BirthDate, RosterPhone: a.Phone, Postcode: r.Postcode,
		Status: enroll.Open, Face: enroll.FaceAsked,
	}
	err = tx.AddRegistration(ctx, next, s.Now())
	if tx.IsTaken(err) {
		return next, enroll.Fail("resume_target", "考生号 "+r.ExamNo).Because(err)
	}
	if err != nil {
		return next, err
	}
	by := d.event()
	by.Registration, by.At, by.Event, by.To, by.By, by.Reason = next.ID, s.Now(), string(enroll.EventImport), enroll.Open, enroll.ByRegistrar, "恢复入学"
	return next, tx.AddEvent(ctx, by)
}

// prefill takes over what the student had filled in before, where nothing stands yet.
func (s *Service) prefill(ctx context.Context, tx *store.Store, from, to string) error {
	former, err := tx.Sections(ctx, from)
	if err != nil {
		return err
	}
	present, err := tx.Sections(ctx, to)
	if err != nil {
		return err
	}
	for key, draft := range former {
		if _, there := present[key]; there {
			continue
		}
		draft.Registration, draft.Version = to, 0
		if err := tx.SaveSection(ctx, draft, s.Now()); err != nil {
			return err
		}
	}
	return nil
}

// resumable says whether the home page should offer to come back, and since when not.
func (s *Service) resumable(ctx context.Context, v *Visit) (bool, error) {
	if mayResume(v, s.Now()) != nil {
		return false, nil
	}
	_, err := s.resumeOffer(ctx, v)
	if errors.Is(err, enroll.Fail("resume_none")) {
		return false, nil
	}
	return err == nil, err
}
