package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// FiledCorrection is a request as who decides sees it.
type FiledCorrection struct {
	enroll.Correction
	Matter  enroll.Registration
	Student enroll.Student
}

// CorrectionQueue lists one page of what waits, the oldest first, after the
// given id: of one kind or any, at the teaching point with this code or any.
func (s *Service) CorrectionQueue(ctx context.Context, kind enroll.CorrectionKind, point, after string, limit int) ([]FiledCorrection, error) {
	list, err := s.Store.CorrectionQueue(ctx, kind, point, after, limit)
	if err != nil {
		return nil, err
	}
	return s.filedCorrections(ctx, list)
}

// CorrectionsDecided lists the latest decisions, the newest first.
func (s *Service) CorrectionsDecided(ctx context.Context, limit int) ([]FiledCorrection, error) {
	list, err := s.Store.CorrectionsDecided(ctx, limit)
	if err != nil {
		return nil, err
	}
	return s.filedCorrections(ctx, list)
}

func (s *Service) filedCorrections(ctx context.Context, list []enroll.Correction) ([]FiledCorrection, error) {
	filed := make([]FiledCorrection, len(list))
	var err error
	for i, c := range list {
		if filed[i], err = s.filedCorrection(ctx, c); err != nil {
			return nil, err
		}
	}
	return filed, nil
}

func (s *Service) filedCorrection(ctx context.Context, c enroll.Correction) (f FiledCorrection, err error) {
	f.Correction = c
	if f.Matter, err = s.Store.Registration(ctx, c.Registration); err != nil {
		return f, err
	}
	f.Student, err = s.Store.Student(ctx, f.Matter.Student)
	return f, err
}

// Correction finds a request of any kind by id.
func (s *Service) Correction(ctx context.Context, id string) (FiledCorrection, error) {
	c, err := s.Store.Correction(ctx, id)
	if err != nil {
		return FiledCorrection{}, err
	}
	return s.filedCorrection(ctx, c)
}

// CorrectionPicture gives the proof of a request and its type; a pair has none (not_found).
func (s *Service) CorrectionPicture(ctx context.Context, id string) (mime string, body []byte, err error) {
	c, err := s.Store.Correction(ctx, id)
	if err != nil {
		return "", nil, err
	}
	if c.Picture == "" {
		return "", nil, enroll.Fail("not_found")
	}
	body, err = s.Files.Get(ctx, c.Picture)
	return c.Mime, body, err
}

// GrantCorrection puts a fact right as the student asked (同意更正): registration
// or person, bill and steps follow in one transaction, the former value stays
// in the timeline, and the student is told.
func (s *Service) GrantCorrection(ctx context.Context, id string, d Decision) error {
	c, err := s.correctionOf(ctx, id, enroll.CorrectField)
	if err != nil {
		return err
	}
	return s.grantCorrection(ctx, c, d)
}

// RefuseCorrection leaves a fact as it is, with the reason that the student reads.
func (s *Service) RefuseCorrection(ctx context.Context, id string, d Decision) error {
	c, err := s.correctionOf(ctx, id, enroll.CorrectField)
	if err != nil {
		return err
	}
	return s.refuseCorrection(ctx, c, eventCorrectionRefused, d)
}

// GrantNameCheck takes the name as it was typed into the roster's place, so that
// its owner can log in; a pair that filled a gap becomes the name.
func (s *Service) GrantNameCheck(ctx context.Context, id string, d Decision) error {
	c, err := s.correctionOf(ctx, id, enroll.CorrectName, enroll.CorrectPair)
	if err != nil {
		return err
	}
	return s.grantCorrection(ctx, c, d)
}

// GrantNameCheckAs grants a name check with the name as the document has it,
// where its owner could not type it.
func (s *Service) GrantNameCheckAs(ctx context.Context, id, name string, d Decision) error {
	c, err := s.correctionOf(ctx, id, enroll.CorrectName, enroll.CorrectPair)
	if err != nil {
		return err
	}
	if c.To, err = enroll.ParseName(name); err != nil {
		return err
	}
	c.ToText = c.To
	return s.grantCorrection(ctx, c, d)
}

// RefuseNameCheck leaves the roster's name as it is, with the reason that the applicant reads.
func (s *Service) RefuseNameCheck(ctx context.Context, id string, d Decision) error {
	c, err := s.correctionOf(ctx, id, enroll.CorrectName, enroll.CorrectPair)
	if err != nil {
		return err
	}
	return s.refuseCorrection(ctx, c, eventNameCheckRefused, d)
}

func (s *Service) correctionOf(ctx context.Context, id string, kinds ...enroll.CorrectionKind) (enroll.Correction, error) {
	c, err := s.Store.Correction(ctx, id)
	if err != nil {
		return c, err
	}
	for _, kind := range kinds {
		if c.Kind == kind {
			return c, nil
		}
	}
	return c, enroll.Fail("not_found")
}

func (s *Service) grantCorrection(ctx context.Context, c enroll.Correction, d Decision) error {
	if err := s.makeWay(ctx, c); err != nil {
		return err
	}
	return s.putRight(ctx, c, d)
}

// putRight carries a correction out after every order that could be paid at the former price was closed.
func (s *Service) putRight(ctx context.Context, c enroll.Correction, d Decision) error {
	if c.Kind != enroll.CorrectField && !enroll.WholeName(c.To) {
		return enroll.FailField("name", "correction_name")
	}
	return s.endCorrection(ctx, c.ID, enroll.ApplicationGranted, d, func(tx *store.Store, r enroll.Registration, _ enroll.Correction) error {
		return s.within(tx).correct(ctx, tx, r, c, d)
	})
}

func (s *Service) refuseCorrection(ctx context.Context, c enroll.Correction, event string, d Decision) error {
	if strings.TrimSpace(d.Reason) == "" {
		return enroll.Fail("reason_missing")
	}
	if c.Kind == enroll.CorrectPair {
		event = eventNamePair
	}
	return s.endCorrection(ctx, c.ID, enroll.ApplicationRefused, d, func(tx *store.Store, r enroll.Registration, c enroll.Correction) error {
		field, _ := enroll.FindCorrectionField(c.Field)
		e := d.event()
		e.Reason = clip(field.Label+"："+e.Reason, 500)
		e.Registration, e.At, e.Event, e.From, e.To, e.By = r.ID, s.Now(), event, r.Status, r.Status, enroll.ByRegistrar
		return tx.AddEvent(ctx, e)
	})
}

// endCorrection is the one way in which a request ends; who comes second is told who decided and when.
func (s *Service) endCorrection(ctx context.Context, id string, state enroll.ApplicationState, d Decision, act func(*store.Store, enroll.Registration, enroll.Correction) error) error {
	return s.again(ctx, func(tx *store.Store) error {
		c, err := tx.Correction(ctx, id)
		if err != nil {
			return err
		}
		if c.State != enroll.ApplicationPending {
			return enroll.Fail("correction_decided", c.DecidedBy, enroll.Minute(c.DecidedAt), c.State.Name())
		}
		r, err := tx.Registration(ctx, c.Registration)
		if err != nil {
			return err
		}
		if err := act(tx, r, c); err != nil {
			return err
		}
		c.State, c.DecidedAt, c.DecidedBy, c.DecidedFor = state, s.Now(), d.event().ByID, clip(strings.TrimSpace(d.Reason), 500)
		if err := tx.DecideCorrection(ctx, c); err != nil || state == enroll.ApplicationWithdrawn {
			return err
		}
		return s.tellCorrection(ctx, tx, c)
	})
}

// tellCorrection tells the student what was decided; a pair was never asked for, so nobody waits for an answer.
func (s *Service) tellCorrection(ctx context.Context, tx *store.Store, c enroll.Correction) error {
	field, _ := enroll.FindCorrectionField(c.Field)
	fields := map[string]string{"matter": "更正" + field.Label, "result": "已更正", "reason": c.DecidedFor}
	if c.State == enroll.ApplicationRefused {
		fields["result"] = "未通过"
	}
	switch {
	case c.Kind == enroll.CorrectPair:
		return nil
	case c.Kind == enroll.CorrectName:
		fields["matter"] = "姓名核对"
		if c.State == enroll.ApplicationGranted && c.DecidedFor == "" {
			fields["reason"] = "请用证件上的姓名登录"
		}
		return s.notifyAt(ctx, tx, c.Registration, enroll.MessageCorrectionDecided, fields, c.Phone, c.OpenID)
	}
	if fields["reason"] == "" {
		fields["reason"] = "请登录后继续办理"
	}
	return s.notify(ctx, tx, c.Registration, enroll.MessageCorrectionDecided, fields, true)
}
