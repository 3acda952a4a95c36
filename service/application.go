package service

import (
	"context"
	"slices"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// ApplicationDraft is what a student hands in; nothing of it is kept before.
type ApplicationDraft struct {
	Kind enroll.ApplicationKind
	// Reason and Discharge (YYYY-MM-DD) belong to a reserve, Sentence to a give-up, Program and Point to a resume.
	Reason, Discharge string
	Text              string
	Sentence          string
	Program, Point    string
	Signing
	Challenge, Code string
}

// mayApply says whether this login may hand in such an application now: the
// state table holds the event, there is time for it, and it is the student.
func (s *Service) mayApply(ctx context.Context, v *Visit, kind enroll.ApplicationKind) error {
	rule, ok := kind.Rule()
	if !ok {
		return enroll.Fail("not_found")
	}
	if err := mayApplyAtCounter(v, rule); err != nil {
		return err
	}
	if err := provenFor(v, kind); err != nil {
		return err
	}
	switch kind {
	case enroll.ApplyLeave:
		return s.mayLeave(ctx, v)
	case enroll.ApplyResume:
		return mayResume(v, s.Now())
	}
	if err := optionOpen(v.Registration, rule.Event); err != nil {
		return err
	}
	return s.inTime(v)
}

// mayApplyAtCounter asks for an identity that was confirmed: at the counter no code stands for one.
func mayApplyAtCounter(v *Visit, rule enroll.ApplicationRule) error {
	switch r := v.Registration; {
	case v.Assist == nil:
		return nil
	case !slices.Contains(enroll.AtCounter(r.Status), rule):
		return enroll.Fail("wrong_state", r.Status.Name())
	case r.Face != enroll.FacePassed && r.Face != enroll.FaceApproved:
		return enroll.Fail("application_face")
	}
	return nil
}

// provenFor asks for the identity step. A place may be reserved without it by
// the phone that is bound, or that the college knows of a new student.
func provenFor(v *Visit, kind enroll.ApplicationKind) error {
	known := v.Registration.RosterPhone
	if !v.Student.BoundAt.IsZero() {
		known = v.Student.Phone
	}
	byCode := kind == enroll.ApplyReserve || kind == enroll.ApplyGiveUp && v.Intake.Settings.GiveUpByCode
	if v.Verified || byCode && v.holdsPhone(known) {
		return nil
	}
	return enroll.Fail("identity_step_needed")
}

// optionOpen names the option that has closed the others.
func optionOpen(r enroll.Registration, event enroll.Event) error {
	_, err := enroll.Next(r.Status, event)
	switch {
	case err == nil:
		return nil
	case r.Status.Pending():
		return enroll.Fail("application_open")
	case r.Status == enroll.Registered:
		return enroll.Fail("option_closed", "新生实名制注册")
	}
	return enroll.Fail("option_closed", r.Status.Name()).Because(err)
}

// draftApplication checks everything that the student wrote, and makes the application of it.
func (s *Service) draftApplication(ctx context.Context, v *Visit, d ApplicationDraft) (a enroll.Application, err error) {
	a = enroll.Application{
		ID: s.Store.NewID(), Registration: v.Registration.ID, Kind: d.Kind, State: enroll.ApplicationPending,
		Text: strings.TrimSpace(d.Text), TypedName: d.typed(), Phone: v.Login.Phone, OpenID: v.Login.OpenID, At: s.Now(),
	}
	if v.Assist != nil {
		a.FiledBy, a.Filer = v.Assist.Helper(), v.Assist.Staff
	}
	paper := enroll.ApplicationPaper(v.Intake.Settings, d.Kind, "", false)
	switch d.Kind {
	case enroll.ApplyReserve:
		paper, err = s.fillReserve(v, d, &a)
	case enroll.ApplyGiveUp:
		err = fillGiveUp(d, &a)
	case enroll.ApplyResume:
		paper, err = s.fillResume(ctx, v, d, &a)
	}
	if err != nil {
		return a, err
	}
	if a.Kind != enroll.ApplyResume || a.Text != "" {
		if err := enroll.CheckReasonText(a.Text); err != nil {
			return a, err
		}
	}
	return a, s.paperThere(ctx, a, paper)
}

func (s *Service) paperThere(ctx context.Context, a enroll.Application, paper enroll.AttachmentKind) error {
	files, err := s.Store.LooseFiles(ctx, a.Registration, string(a.Kind))
	if err == nil && paper.Required && len(files) == 0 {
		return enroll.FailField("files", "attachment_missing", paper.Title)
	}
	return err
}

// FileApplication hands an application in (提交申请) with a fresh SMS code and a
// signature; at the counter a look at the person stands for the code. An order
// that could still be paid is closed first; what was paid meanwhile wins
// (already_paid), and an unknown outcome submits nothing.
func (s *Service) FileApplication(ctx context.Context, v *Visit, d ApplicationDraft) error {
	if err := s.mayApply(ctx, v, d.Kind); err != nil {
		return err
	}
	a, err := s.draftApplication(ctx, v, d)
	if err != nil {
		return err
	}
	strokes, err := s.signed(ctx, v, d.Signing)
	if err != nil {
		return err
	}
	if err := s.proveApplicationCode(ctx, v, d); err != nil {
		return err
	}
	if a.Kind == enroll.ApplyReserve || a.Kind == enroll.ApplyGiveUp {
		if err := s.noLiveOrder(ctx, a.Registration); err != nil {
			return err
		}
	}
	picture, err := pngBytes(strokes)
	if err != nil {
		return err
	}
	if err := s.useApplicationCode(ctx, v, d.Challenge); err != nil {
		return err
	}
	if a.Signature, err = s.Files.Put(ctx, picture); err != nil {
		return err
	}
	if err := s.keepApplication(ctx, v, a, v.by()); err != nil {
		s.forget(ctx, a.Signature)
		return err
	}
	return nil
}

// keepApplication moves the registration, keeps the application with its files,
// tells the student and ends the work at the counter, all in one transaction; where another change came
// between, it looks anew and may find the option closed.
func (s *Service) keepApplication(ctx context.Context, v *Visit, a enroll.Application, by enroll.RegistrationEvent) error {
	return s.again(ctx, func(tx *store.Store) error {
		if err := s.holdAssist(ctx, tx, v); err != nil {
			return err
		}
		if err := s.holdPlaces(ctx, tx, a.Intake, a.Program, a.Point); err != nil {
			return err
		}
		r, err := tx.Registration(ctx, a.Registration)
		if err != nil {
			return err
		}
		if err := s.moveByApplication(ctx, tx, r, a, by); err != nil {
			return err
		}
		err = tx.AddApplication(ctx, a)
		if tx.IsTaken(err) {
			return enroll.Fail("application_open").Because(err)
		}
		if err != nil {
			return err
		}
		if err := s.handInFiles(ctx, tx, a); err != nil {
			return err
		}
		if err := s.within(tx).closeAssist(ctx, v, "提交"+a.Kind.Name()+"申请"); err != nil {
			return err
		}
		return s.tellApplication(ctx, tx, a, "已收到", "请等待老师审核")
	})
}

// again runs a transaction anew while others change what it has read.
func (s *Service) again(ctx context.Context, do func(tx *store.Store) error) error {
	var err error
	for range settleTries {
		if err = s.Store.InTx(ctx, do); enroll.ReasonOf(err) != "changed" {
			return err
		}
	}
	return err
}

// moveByApplication moves the registration by the kind's event; money that has come stops a student who would not enrol.
func (s *Service) moveByApplication(ctx context.Context, tx *store.Store, r enroll.Registration, a enroll.Application, by enroll.RegistrationEvent) error {
	rule, _ := a.Kind.Rule()
	if rule.Event == "" {
		return s.openLeave(ctx, tx, r, a, by)
	}
	if err := optionOpen(r, rule.Event); err != nil {
		return err
	}
	if rule.Event.BarsMoney() {
		if paid, err := s.paidFen(ctx, tx, r.ID); err != nil || paid > 0 {
			if err != nil {
				return err
			}
			return enroll.Fail("already_paid")
		}
	}
	_, err := s.transition(ctx, tx, r, rule.Event, false, by)
	return err
}

func (s *Service) handInFiles(ctx context.Context, tx *store.Store, a enroll.Application) error {
	files, err := tx.LooseFiles(ctx, a.Registration, string(a.Kind))
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := tx.HandInFile(ctx, a.ID, f.ID); err != nil {
			return err
		}
	}
	return nil
}

// tellApplication writes the message about an application to the phone that handed it in, unless another one is bound.
func (s *Service) tellApplication(ctx context.Context, tx *store.Store, a enroll.Application, result, reason string) error {
	fields := map[string]string{"matter": a.Kind.Name() + "申请", "result": result, "reason": reason}
	r, err := tx.Registration(ctx, a.Registration)
	if err != nil {
		return err
	}
	student, err := tx.Student(ctx, r.Student)
	if err != nil {
		return err
	}
	if student.BoundAt.IsZero() {
		return s.notifyAt(ctx, tx, a.Registration, enroll.MessageApplication, fields, a.Phone, a.OpenID)
	}
	return s.notify(ctx, tx, a.Registration, enroll.MessageApplication, fields, true)
}

func (s *Service) paidFen(ctx context.Context, tx *store.Store, registration string) (int64, error) {
	bill, err := tx.Bill(ctx, registration)
	if enroll.CodeOf(err) == enroll.NotFound {
		return 0, nil
	}
	return bill.PaidFen, err
}
