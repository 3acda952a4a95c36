package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// holdPlaces keeps a program and a point from being taken away until tx ends, and
// refuses one that is gone or retired since it was chosen; an empty one is none.
func (s *Service) holdPlaces(ctx context.Context, tx *store.Store, intake, program, point string) error {
	if program == "" && point == "" {
		return nil
	}
	if err := tx.LockIntake(ctx, intake); err != nil {
		return err
	}
	if program != "" {
		p, err := tx.Program(ctx, program)
		if err := usable(enroll.PlaceProgram, p.Name, p.Retired(s.Now()), err); err != nil {
			return err
		}
	}
	if point == "" {
		return nil
	}
	p, err := tx.Point(ctx, point)
	return usable(enroll.PlacePoint, p.Name, p.Retired(s.Now()), err)
}

func usable(kind enroll.PlaceKind, name string, retired bool, err error) error {
	switch {
	case enroll.CodeOf(err) == enroll.NotFound:
		return enroll.Fail("place_gone", kind.Name()).Because(err)
	case err != nil:
		return err
	case retired:
		return enroll.Fail("roster_retired", name)
	}
	return nil
}

// holdCorrected holds the place that a correction asks for, where it asks for one.
func (s *Service) holdCorrected(ctx context.Context, tx *store.Store, c enroll.Correction) error {
	field, err := enroll.FindCorrectionField(c.Field)
	if err != nil || field.Widget != "point" && field.Widget != "program" {
		return nil
	}
	r, err := tx.Registration(ctx, c.Registration)
	if err != nil {
		return err
	}
	if field.Widget == "point" {
		return s.holdPlaces(ctx, tx, r.Intake, "", c.To)
	}
	return s.holdPlaces(ctx, tx, r.Intake, c.To, "")
}

// placesHeld are the points and programs of an intake, none of which goes before tx ends.
func placesHeld(ctx context.Context, tx *store.Store, intake string) (map[string]bool, error) {
	if err := tx.LockIntake(ctx, intake); err != nil {
		return nil, err
	}
	points, err := tx.Points(ctx, intake)
	if err != nil {
		return nil, err
	}
	programs, err := tx.Programs(ctx, intake)
	stand := map[string]bool{}
	for _, p := range points {
		stand[p.ID] = true
	}
	for _, p := range programs {
		stand[p.ID] = true
	}
	return stand, err
}
