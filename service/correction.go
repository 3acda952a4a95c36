package service

import (
	"context"
	"slices"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Events of corrections in the timeline; what is named after a pair is for staff only.
const (
	eventCorrectionFiled     = "correction_filed"
	eventCorrectionGranted   = "correction_granted"
	eventCorrectionRefused   = "correction_refused"
	eventCorrectionWithdrawn = "correction_withdrawn"
	eventNameCheckFiled      = "name_check_filed"
	eventNameCheckRefused    = "name_check_refused"
	eventNamePair            = "name_pair"
)

// CorrectionForm is what the page of corrections shows (信息更正申请): the facts
// as they stand, what they may be corrected to, and what was asked for so far.
type CorrectionForm struct {
	Rows     []CorrectionRow
	Sexes    []string
	Ethnics  []string
	Points   []enroll.Point
	Programs []enroll.Program
	Paper    enroll.AttachmentKind
	Filed    []enroll.Correction
}

// CorrectionRow is one fact that may be disputed, with its present value.
type CorrectionRow struct {
	enroll.CorrectionField
	Value string
}

// CorrectionForm gives what a student may ask to be corrected.
func (s *Service) CorrectionForm(ctx context.Context, v *Visit) (f CorrectionForm, err error) {
	rows, err := s.IdentityRows(ctx, v)
	if err != nil {
		return f, err
	}
	for i, field := range enroll.CorrectionFields {
		f.Rows = append(f.Rows, CorrectionRow{field, rows[i].Value})
	}
	f.Sexes, f.Paper = []string{"男", "女"}, enroll.CorrectionPaper(v.Intake.Settings)
	for _, e := range enroll.Dictionaries()["ethnic"] {
		f.Ethnics = append(f.Ethnics, e.Text)
	}
	if f.Points, err = s.Store.Points(ctx, v.Intake.ID); err != nil {
		return f, err
	}
	if f.Programs, err = s.Store.Programs(ctx, v.Intake.ID); err != nil {
		return f, err
	}
	f.Points = slices.DeleteFunc(f.Points, func(p enroll.Point) bool { return p.Retired(s.Now()) })
	f.Programs = slices.DeleteFunc(f.Programs, func(p enroll.Program) bool { return p.Retired(s.Now()) })
	f.Filed, err = s.OwnCorrections(ctx, v)
	return f, err
}

// OwnCorrections lists what a student asked to be corrected, the newest first.
func (s *Service) OwnCorrections(ctx context.Context, v *Visit) ([]enroll.Correction, error) {
	if !v.Verified {
		return nil, enroll.Fail("identity_step_needed")
	}
	all, err := s.Store.Corrections(ctx, v.Registration.ID)
	var own []enroll.Correction
	for _, c := range all {
		if c.Kind == enroll.CorrectField {
			own = append(own, c)
		}
	}
	return own, err
}

// disputed says that the student waits until the college has looked at a fact on which the way depends.
func (s *Service) disputed(ctx context.Context, r enroll.Registration) (bool, error) {
	if !r.Status.OnTheWay() || r.Status == enroll.Registered {
		return false, nil
	}
	list, err := s.Store.Corrections(ctx, r.ID)
	for _, c := range list {
		field, unknown := enroll.FindCorrectionField(c.Field)
		if c.Kind == enroll.CorrectField && c.State == enroll.ApplicationPending && unknown == nil && field.Blocks {
			return true, err
		}
	}
	return false, err
}

// CorrectionDraft is what a student hands in: a field, its right value, the
// document that a number belongs to, and the proof.
type CorrectionDraft struct {
	Field, Value, IDType, Note string
	Picture                    []byte
}

// FileCorrection asks the college to put one fact right; one request per field
// waits at a time (correction_open). The student goes on meanwhile, except
// where name, document, level or program is disputed.
func (s *Service) FileCorrection(ctx context.Context, v *Visit, d CorrectionDraft) error {
	if err := mayCorrect(v); err != nil {
		return err
	}
	c, err := s.draftCorrection(ctx, v, d)
	if err != nil {
		return err
	}
	if err := s.keepPicture(ctx, &c, enroll.CorrectionPaper(v.Intake.Settings), d.Picture); err != nil {
		return err
	}
	field, _ := enroll.FindCorrectionField(c.Field)
	return s.addCorrection(ctx, c, enroll.RegistrationEvent{
		Event: eventCorrectionFiled, From: v.Registration.Status, To: v.Registration.Status, By: enroll.ByStudent, ByID: v.Login.ID, Reason: field.Label,
	})
}

// mayCorrect refuses who has not passed the identity step, and what is over.
func mayCorrect(v *Visit) error {
	switch {
	case !v.Verified:
		return enroll.Fail("identity_step_needed")
	case v.Registration.Status.Final():
		return enroll.Fail("wrong_state", v.Registration.Status.Name())
	}
	return nil
}

// keepPicture keeps the proof of a request as an encrypted object.
func (s *Service) keepPicture(ctx context.Context, c *enroll.Correction, paper enroll.AttachmentKind, body []byte) error {
	if len(body) == 0 {
		return enroll.FailField("picture", "attachment_missing", paper.Title)
	}
	clean, err := s.Pictures.Clean(ctx, paper, body)
	if err != nil {
		return err
	}
	c.Mime = clean.Mime
	c.Picture, err = s.Files.Put(ctx, clean.Body)
	return err
}

func (s *Service) addCorrection(ctx context.Context, c enroll.Correction, e enroll.RegistrationEvent) error {
	e.Registration, e.At = c.Registration, c.At
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.holdCorrected(ctx, tx, c); err != nil {
			return err
		}
		if err := tx.AddCorrection(ctx, c); err != nil {
			return err
		}
		return tx.AddEvent(ctx, e)
	})
	if err != nil && c.Picture != "" {
		s.forget(ctx, c.Picture)
	}
	if s.Store.IsTaken(err) {
		return enroll.FailField("field", "correction_open")
	}
	return err
}

// WithdrawCorrection takes back a student's own request that waits.
func (s *Service) WithdrawCorrection(ctx context.Context, v *Visit, id string) error {
	own, err := s.OwnCorrections(ctx, v)
	if err != nil {
		return err
	}
	for _, c := range own {
		if c.ID != id {
			continue
		}
		return s.endCorrection(ctx, id, enroll.ApplicationWithdrawn, Decision{By: withdrawnBy}, func(tx *store.Store, r enroll.Registration, c enroll.Correction) error {
			field, _ := enroll.FindCorrectionField(c.Field)
			return s.tell(ctx, tx, v, eventCorrectionWithdrawn, field.Label)
		})
	}
	return enroll.Fail("not_found")
}
