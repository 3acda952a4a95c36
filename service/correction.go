package service

import (
	"context"
	"strconv"
	"strings"

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
	if !v.Verified {
		return enroll.Fail("identity_step_needed")
	}
	if v.Registration.Status.Final() {
		return enroll.Fail("wrong_state", v.Registration.Status.Name())
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

func (s *Service) draftCorrection(ctx context.Context, v *Visit, d CorrectionDraft) (enroll.Correction, error) {
	c := enroll.Correction{
		ID: s.Store.NewID(), Registration: v.Registration.ID, Kind: enroll.CorrectField, Field: d.Field, State: enroll.ApplicationPending,
		Note: strings.TrimSpace(d.Note), Phone: v.Login.Phone, OpenID: v.Login.OpenID, Login: v.Login.ID, At: s.Now(),
	}
	field, err := enroll.FindCorrectionField(d.Field)
	if err != nil {
		return c, err
	}
	if len([]rune(c.Note)) > enroll.NoteMost {
		return c, enroll.FailField("note", "correction_note", enroll.NoteMost)
	}
	rows, err := s.IdentityRows(ctx, v)
	if err != nil {
		return c, err
	}
	for _, row := range rows {
		if row.Key == d.Field {
			c.FromText = row.Value
		}
	}
	if err := s.readCorrection(ctx, v, field, d, &c); err != nil {
		return c, err
	}
	if c.From == c.To && (field.Widget != "document" || c.IDType == v.Student.IDType) {
		return c, enroll.FailField("value", "correction_same")
	}
	return c, nil
}

// readCorrection reads the present and the right value of a field, each as it is kept and as people read it.
func (s *Service) readCorrection(ctx context.Context, v *Visit, field enroll.CorrectionField, d CorrectionDraft, c *enroll.Correction) (err error) {
	r := v.Registration
	switch field.Widget {
	case "point":
		point, err := s.pointOf(ctx, v.Intake.ID, d.Value)
		c.From, c.To, c.ToText = r.Point, point.ID, point.Name
		return err
	case "program":
		program, err := s.programOf(ctx, v.Intake.ID, d.Value)
		c.From, c.To, c.FromText, c.ToText = r.Program, program.ID, ProgramText(v.Program), ProgramText(program)
		return err
	case "document":
		document, ok := enroll.Document(d.IDType)
		if !ok {
			return enroll.FailField("id_type", "id_type_unsupported")
		}
		c.IDType = document.Type
		c.From = v.Student.IDNumber.Raw()
		if c.To, err = enroll.ParseCorrection(field, document.Type, d.Value); err != nil {
			return err
		}
		c.FromText = v.Student.IDType.Name() + " " + v.Student.IDNumber.String()
		c.ToText = document.Name + " " + enroll.IDNumber(c.To).String()
		return nil
	case "name":
		c.From = r.Name
	case "sex":
		c.From = r.Sex
	case "ethnic":
		c.From = r.Ethnic
	case "grade":
		c.From = strconv.Itoa(r.Grade)
	}
	c.To, err = enroll.ParseCorrection(field, "", d.Value)
	c.ToText = c.To
	if field.Widget == "grade" {
		c.ToText += "级"
	}
	return err
}

// ProgramText is a program as people tell it from others: 专升本 会计学（非脱产，2.5 年）.
func ProgramText(p enroll.Program) string {
	return string(p.Level) + " " + p.Name + "（" + p.Form + "，" + p.Years() + " 年）"
}

func (s *Service) pointOf(ctx context.Context, intake, id string) (enroll.Point, error) {
	points, err := s.Store.Points(ctx, intake)
	for _, p := range points {
		if p.ID == id {
			return p, nil
		}
	}
	if err == nil {
		err = enroll.FailField("value", "correction_value")
	}
	return enroll.Point{}, err
}

func (s *Service) programOf(ctx context.Context, intake, id string) (enroll.Program, error) {
	programs, err := s.Store.Programs(ctx, intake)
	for _, p := range programs {
		if p.ID == id {
			return p, nil
		}
	}
	if err == nil {
		err = enroll.FailField("value", "correction_value")
	}
	return enroll.Program{}, err
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
