package service

import (
	"context"
	"errors"

	"xinsheng/enroll"
	"xinsheng/store"
)

// finish does what being registered brings, in the same transaction: the
// student number, and the message with it. Money comes first: where no number
// can be had, the registration stands and a case waits for the registrar.
func (s *Service) finish(ctx context.Context, tx *store.Store, r enroll.Registration) error {
	number, err := s.issueNumber(ctx, tx, r)
	var why *enroll.Error
	if errors.As(err, &why) && (why.Reason == "number_rule" || why.Reason == "number_exhausted") {
		_, err = s.openCase(ctx, tx, enroll.Case{Kind: enroll.CaseNumberMissing, Registration: r.ID, Detail: clip(why.Message(), 500)}, r.ID)
		return err
	}
	if err != nil {
		return err
	}
	return s.notify(ctx, tx, r.ID, enroll.MessageNumberIssued, map[string]string{"number": number}, true)
}

// issueNumber gives the number that the roster brought, or the next of the
// rule; numbers that somebody has or had are passed over, at most 20.
func (s *Service) issueNumber(ctx context.Context, tx *store.Store, r enroll.Registration) (string, error) {
	if number, err := tx.Number(ctx, r.ID); err != nil || number != "" {
		return number, err
	}
	rule, scope, err := s.numberScope(ctx, tx, r)
	if err != nil {
		return "", err
	}
	for range enroll.NumberTries {
		n, err := tx.NextInScope(ctx, scope)
		if err != nil {
			return "", err
		}
		number, err := rule.Number(scope, n)
		if err != nil {
			return "", err
		}
		taken, err := tx.NumberTaken(ctx, number)
		if err != nil {
			return "", err
		}
		if taken {
			continue
		}
		if err := tx.AddNumber(ctx, number, r, store.NumberIssued, s.Now()); !tx.IsTaken(err) {
			return number, err
		}
	}
	return "", enroll.Fail("number_exhausted")
}

func (s *Service) numberScope(ctx context.Context, tx *store.Store, r enroll.Registration) (enroll.NumberRule, string, error) {
	intake, err := tx.Intake(ctx, r.Intake)
	if err != nil {
		return enroll.NumberRule{}, "", err
	}
	program, err := tx.Program(ctx, r.Program)
	if err != nil {
		return enroll.NumberRule{}, "", err
	}
	point, err := tx.Point(ctx, r.Point)
	if err != nil {
		return enroll.NumberRule{}, "", err
	}
	rule, err := enroll.ParseNumberRule(intake.Settings.NumberRule)
	if err != nil {
		return rule, "", err
	}
	scope, err := rule.Scope(enroll.NumberFacts{
		Grade: r.Grade, Level: intake.Settings.Levels[program.Level], Point: point.Code, Program: program.No,
	})
	return rule, scope, err
}

// IssueNumber gives a registered student the number that could not be had at
// settlement (学号补发) and closes the case.
func (s *Service) IssueNumber(ctx context.Context, registration, by string) (number string, err error) {
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		r, err := tx.Registration(ctx, registration)
		if err != nil {
			return err
		}
		if r.Status != enroll.Registered {
			return enroll.Fail("wrong_state", r.Status.Name())
		}
		if number, err = tx.Number(ctx, r.ID); err != nil || number != "" {
			return err
		}
		if number, err = s.issueNumber(ctx, tx, r); err != nil {
			return err
		}
		if err := s.closeNumberCase(ctx, tx, r.ID, by); err != nil {
			return err
		}
		return s.notify(ctx, tx, r.ID, enroll.MessageNumberIssued, map[string]string{"number": number}, true)
	})
	return number, err
}

func (s *Service) closeNumberCase(ctx context.Context, tx *store.Store, registration, by string) error {
	cases, err := tx.OpenCases(ctx)
	if err != nil {
		return err
	}
	for _, c := range cases {
		if c.Kind == enroll.CaseNumberMissing && c.Registration == registration {
			return tx.CloseCase(ctx, c.ID, by, "学号已补发", s.Now())
		}
	}
	return nil
}
