package service

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// Me is the whole state of a student's matter, from which every page is drawn.
// What was stored earlier is in it only where the visit is verified.
type Me struct {
	Visit    *Visit
	Phase    enroll.Phase
	MayStart bool
	Deadline time.Time
	Choices  []Choice
	Options  []Option
	Steps    []enroll.Step
	Next     string
	Identity IdentityState
	Returned []enroll.ReturnItem
	Money    Money
	Notices  []string
}

// Choice is one of several open matters (录取信息).
type Choice struct{ Registration, Intake, Program string }

// IdentityState is where the identity step of this login stands: none, passed,
// archived, approved or rejected; Consent is none, agreed or declined.
type IdentityState struct {
	State        string
	Reason       string
	AttemptsLeft int
	Consent      string
	// ByHand says why the face service cannot help, so that a person looks at the photo (照片存档); "" where it can.
	ByHand string
}

// Me gathers the state of a visit, read anew.
func (s *Service) Me(ctx context.Context, v *Visit) (Me, error) {
	v, err := s.reload(ctx, v)
	if err != nil {
		return Me{}, err
	}
	m := Me{Visit: v, Phase: v.Intake.Phase(s.Now())}
	if m.Choices, err = s.choiceList(ctx, v); err != nil {
		return m, err
	}
	if m.Identity, err = s.identityState(ctx, v); err != nil {
		return m, err
	}
	if v.Verified {
		if m.Returned, err = s.Store.ReturnItems(ctx, v.Registration.ID); err != nil {
			return m, err
		}
		if m.Money, err = s.money(ctx, v); err != nil {
			return m, err
		}
	}
	if err := s.addWay(ctx, v, &m); err != nil {
		return m, err
	}
	m.MayStart, m.Deadline = s.times(v)
	if m.Options, err = s.options(ctx, v, m); err != nil {
		return m, err
	}
	m.Notices, err = s.notices(ctx, v, m)
	return m, err
}

// addWay adds the steps and where to go on.
func (s *Service) addWay(ctx context.Context, v *Visit, m *Me) (err error) {
	if m.Steps, err = s.Steps(ctx, v); err != nil {
		return err
	}
	if err := s.noteStep(ctx, v, m.Steps); err != nil {
		return err
	}
	for i, step := range m.Steps {
		if step.Key == enroll.StepFace && step.State == enroll.StepIsOpen && m.Identity.ByHand != "" {
			m.Steps[i].Route = "/face/archive"
		}
	}
	m.Next = enroll.NextRoute(m.Steps, v.Registration.Status)
	switch status := v.Registration.Status; {
	case v.Verified && status == enroll.Registered:
		m.Next = "/done"
	case v.Verified && !status.OnTheWay():
		m.Next = "/home"
	}
	return nil
}

func (s *Service) choiceList(ctx context.Context, v *Visit) ([]Choice, error) {
	matters, err := s.choices(ctx, v)
	if err != nil {
		return nil, err
	}
	var list []Choice
	for _, m := range matters {
		p, err := s.Store.Program(ctx, m.registration.Program)
		if err != nil {
			return nil, err
		}
		list = append(list, Choice{m.registration.ID, m.intake.Name, string(p.Level) + " " + p.Name})
	}
	return list, nil
}

func (s *Service) identityState(ctx context.Context, v *Visit) (IdentityState, error) {
	state := IdentityState{State: "none", Consent: "none"}
	given, agreed, err := s.consentGiven(ctx, v)
	if err != nil {
		return state, err
	}
	if given {
		state.Consent = "declined"
	}
	if agreed {
		state.Consent = "agreed"
	}
	if v.Archive != nil {
		state.State, state.Reason = string(v.Archive.State), v.Archive.Reason
	}
	if !v.Login.FacePassedAt.IsZero() || state.State == "none" && v.Verified {
		state.State, state.Reason = "passed", ""
	}
	if state.AttemptsLeft, err = s.FaceAttemptsLeft(ctx, v); err != nil || v.Verified {
		return state, err
	}
	state.ByHand, err = s.byHand(ctx, v)
	return state, err
}

// byHand says why the face service does not know a student: by the type of the
// document, or by its last answer of today.
func (s *Service) byHand(ctx context.Context, v *Visit) (string, error) {
	if document, _ := enroll.Document(string(v.Student.IDType)); !document.InFaceLibrary {
		return enroll.Reason("face_document").Text(), nil
	}
	checks, err := s.Store.FaceChecks(ctx, v.Registration.ID, s.countFrom(v))
	if n := len(checks); n > 0 && checks[n-1].Outcome == enroll.OutcomeNotInLibrary {
		return enroll.Reason("face_not_in_library").Text(), err
	}
	return "", err
}

// times tells whether the student may work on the form now, and until when.
func (s *Service) times(v *Visit) (mayStart bool, deadline time.Time) {
	now, ends := s.Now(), enroll.DeadlinesOf(v.Intake, v.Registration)
	switch v.Registration.Status {
	case enroll.Open, enroll.Returned:
		deadline = ends.Start
		if !now.Before(ends.Start) {
			deadline = ends.Submit
		}
		return !now.Before(v.Intake.OpensAt) && now.Before(deadline), deadline
	case enroll.Payable:
		return now.Before(ends.Pay), ends.Pay
	}
	return false, time.Time{}
}
