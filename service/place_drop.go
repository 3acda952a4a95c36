package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// DropPoint takes a teaching point out of an intake where nothing hangs on it; was are its words as they were read.
func (s *Service) DropPoint(ctx context.Context, d *Duty, intake, code, was string) error {
	change := enroll.PlaceChange{Kind: enroll.PlacePoint, Subject: code, Before: was}
	return s.changePlace(ctx, d, intake, change, func(tx *store.Store) (stands string, write func() error, err error) {
		points, err := tx.Points(ctx, intake)
		for _, p := range points {
			if p.Code == code {
				return p.Words(), func() error {
					use, err := tx.PointUse(ctx, p)
					return dropUnused(ctx, p.Code+" "+p.Name, p.ID, use, err, tx.DropPoint)
				}, err
			}
		}
		return "", nil, err
	})
}

// DropProgram takes a program out of an intake where nothing hangs on it; was are its words as they were read.
func (s *Service) DropProgram(ctx context.Context, d *Duty, intake, no, was string) error {
	change := enroll.PlaceChange{Kind: enroll.PlaceProgram, Subject: no, Before: was}
	return s.changePlace(ctx, d, intake, change, func(tx *store.Store) (stands string, write func() error, err error) {
		programs, err := tx.Programs(ctx, intake)
		for _, p := range programs {
			if p.No == no {
				return p.Words(), func() error {
					use, err := tx.ProgramUse(ctx, p)
					return dropUnused(ctx, p.No+" "+p.Name, p.ID, use, err, tx.DropProgram)
				}, err
			}
		}
		return "", nil, err
	})
}

func dropUnused(ctx context.Context, name, id string, use enroll.PlaceUse, err error, drop func(context.Context, string) error) error {
	if err != nil {
		return err
	}
	if words := use.Words(); words != "" {
		return enroll.Fail("place_in_use", name, words)
	}
	return drop(ctx, id)
}

// DropTuition takes a price away where another reaches every student who may still submit; bills that stand keep theirs.
func (s *Service) DropTuition(ctx context.Context, d *Duty, intake, program, point, was string) error {
	i, err := s.Store.Intake(ctx, intake)
	if err != nil {
		return err
	}
	subject, err := tuitionSubject(ctx, s.Store, i, program, point)
	if err != nil {
		return err
	}
	change := enroll.PlaceChange{Kind: enroll.PlaceTuition, Subject: subject, Before: was}
	return s.changePlace(ctx, d, intake, change, func(tx *store.Store) (stands string, write func() error, err error) {
		prices, err := tx.Tuitions(ctx, intake)
		for _, t := range prices {
			if t.Program == program && t.Point == point {
				return t.Words(), func() error { return dropTuition(ctx, tx, subject, t) }, err
			}
		}
		return "", nil, err
	})
}

func dropTuition(ctx context.Context, tx *store.Store, subject string, t enroll.Tuition) error {
	left, err := tx.Unpriced(ctx, t)
	if err != nil {
		return err
	}
	if left > 0 {
		return enroll.Fail("tuition_in_use", subject, left)
	}
	return tx.DropTuition(ctx, t.ID)
}
