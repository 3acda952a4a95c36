package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// InPerson is what was found when a student came with the document (线下核验).
type InPerson struct {
	Registration string
	// Phone is the one that the student logs in with; it is bound.
	Phone string
	// Note says what was looked at.
	Note string
	// Photo shows the meeting; empty where none was taken.
	Photo []byte
}

// eventInPerson is the timeline's word for a check in person.
const eventInPerson = "in_person"

// VerifyInPerson replaces the face step by a look at the person and the
// document (线下核验): the student's phone is bound and the way goes on. Where
// the intake asks for two, the check waits on the desk for another person's
// word, and waits is true.
func (s *Service) VerifyInPerson(ctx context.Context, d *Duty, m InPerson) (waits bool, err error) {
	r, err := s.StaffRegistration(ctx, d, m.Registration)
	if err != nil {
		return false, err
	}
	phone, err := enroll.ParsePhone(m.Phone)
	if err != nil {
		return false, enroll.FailField("phone", "in_person_phone").Because(err)
	}
	if m.Note = strings.TrimSpace(m.Note); m.Note == "" || len([]rune(m.Note)) > enroll.ReviewReasonMost {
		return false, enroll.FailField("note", "review_reason", enroll.ReviewReasonMost)
	}
	if err := s.mayMeet(ctx, r, phone); err != nil {
		return false, err
	}
	intake, err := s.Store.Intake(ctx, r.Intake)
	if err != nil {
		return false, err
	}
	if err := intake.Settings.CheckPhone(phone); err != nil {
		return false, err
	}
	// The staff's id stands where the login of a photo stands else: nobody had to log in.
	a := enroll.Archive{ID: s.Store.NewID(), Registration: r.ID, Login: d.Staff.ID, Phone: phone, At: s.Now(), State: enroll.FaceArchived}
	if len(m.Photo) > 0 {
		if a.Object, err = s.keepMeeting(ctx, m.Photo); err != nil {
			return false, err
		}
	}
	err = s.again(ctx, func(tx *store.Store) error { return s.within(tx).meet(ctx, d, a, m.Note, intake.Settings.InPersonTwo) })
	if err != nil && a.Object != "" {
		s.forget(ctx, a.Object)
	}
	return intake.Settings.InPersonTwo, err
}

// mayMeet refuses a check where nothing is left to be checked.
func (s *Service) mayMeet(ctx context.Context, r enroll.Registration, phone enroll.Phone) error {
	if r.Status.Final() || r.Status == enroll.Lapsed {
		return enroll.Fail("wrong_state", r.Status.Name())
	}
	last, err := s.Store.LastArchive(ctx, r.ID, phone)
	if err == nil && last != nil && last.State != enroll.FaceRejected {
		return enroll.Fail("in_person_stands", last.State.Name())
	}
	return err
}

func (s *Service) keepMeeting(ctx context.Context, photo []byte) (string, error) {
	face, err := s.cleanFace(ctx, photo)
	if err != nil {
		return "", err
	}
	return s.Files.Put(ctx, face.Body)
}

// meet keeps the check as an archive of the phone: approved at once, or with the first of two words.
func (s *Service) meet(ctx context.Context, d *Duty, a enroll.Archive, note string, two bool) error {
	r, err := s.Store.Registration(ctx, a.Registration)
	if err != nil {
		return err
	}
	if err := s.Store.AddArchive(ctx, a); err != nil {
		return err
	}
	switch r.Face {
	case enroll.FaceAsked, enroll.FaceFailed, enroll.FaceRejected:
		if err := s.Store.SetFace(ctx, r.ID, r.Face, enroll.FaceArchived); err != nil {
			return err
		}
	}
	err = s.Store.AddEvent(ctx, enroll.RegistrationEvent{
		Registration: r.ID, At: s.Now(), Event: eventInPerson, From: r.Status, To: r.Status, By: enroll.ByRegistrar, ByID: d.Staff.Account,
	})
	if err != nil {
		return err
	}
	if err := s.audit(ctx, s.Store, d, "in_person", r.ID, ""); err != nil {
		return err
	}
	if !two {
		return s.ApproveFace(ctx, a.ID, d.Staff.Account)
	}
	return s.Store.AddFirstReview(ctx, enroll.FirstReview{
		Kind: enroll.ReviewFace, Item: a.ID, Pass: true, Reason: "当面核验：" + note, Staff: d.Staff.ID, At: s.Now(),
	})
}
