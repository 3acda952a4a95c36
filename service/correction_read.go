package service

import (
	"context"
	"strconv"
	"strings"

	"xinsheng/enroll"
)

// draftCorrection reads what a student hands in against what stands now.
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
		return readDocument(v.Student, field, d, c)
	}
	present := map[string]string{"name": r.Name, "sex": r.Sex, "ethnic": r.Ethnic, "grade": strconv.Itoa(r.Grade)}
	c.From = present[field.Widget]
	c.To, err = enroll.ParseCorrection(field, "", d.Value)
	c.ToText = c.To
	if field.Widget == "grade" {
		c.ToText += "级"
	}
	return err
}

// readDocument reads the right document: its type and number belong together, and people read the number masked.
func readDocument(student enroll.Student, field enroll.CorrectionField, d CorrectionDraft, c *enroll.Correction) (err error) {
	document, ok := enroll.Document(d.IDType)
	if !ok {
		return enroll.FailField("id_type", "id_type_unsupported")
	}
	c.IDType, c.From = document.Type, student.IDNumber.Raw()
	if c.To, err = enroll.ParseCorrection(field, document.Type, d.Value); err != nil {
		return err
	}
	c.FromText = student.IDType.Name() + " " + student.IDNumber.String()
	c.ToText = document.Name + " " + enroll.IDNumber(c.To).String()
	return nil
}

// ProgramText is a program as people tell it from others: 专升本 会计学（非脱产，2.5 年）.
func ProgramText(p enroll.Program) string {
	return string(p.Level) + " " + p.Name + "（" + p.Form + "，" + p.Years() + " 年）"
}

func (s *Service) pointOf(ctx context.Context, intake, id string) (enroll.Point, error) {
	points, err := s.Store.Points(ctx, intake)
	for _, p := range points {
		if p.ID == id && !p.Retired(s.Now()) {
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
		if p.ID == id && !p.Retired(s.Now()) {
			return p, nil
		}
	}
	if err == nil {
		err = enroll.FailField("value", "correction_value")
	}
	return enroll.Program{}, err
}
