package service

import (
	"context"

	"xinsheng/enroll"
)

// StaffIntake is an intake in the list of staff, with how many students it has.
type StaffIntake struct {
	enroll.Intake
	Students int
	// Current says that the public pages show this one.
	Current bool
}

// StaffIntakes lists all intakes, the newest first (批次).
func (s *Service) StaffIntakes(ctx context.Context) ([]StaffIntake, error) {
	intakes, err := s.Store.Intakes(ctx)
	if err != nil || len(intakes) == 0 {
		return nil, err
	}
	current, err := s.CurrentIntake(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]StaffIntake, len(intakes))
	for i, in := range intakes {
		list[i] = StaffIntake{Intake: in, Current: in.ID == current.ID}
		groups, err := s.Store.RegistrationGroups(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			list[i].Students += g.Count
		}
	}
	return list, nil
}

// IntakeByID finds one intake.
func (s *Service) IntakeByID(ctx context.Context, id string) (enroll.Intake, error) {
	return s.Store.Intake(ctx, id)
}

// Places finds the points, programs and prices of an intake.
func (s *Service) Places(ctx context.Context, intake string) (enroll.RosterPlace, error) {
	i, err := s.Store.Intake(ctx, intake)
	if err != nil {
		return enroll.RosterPlace{}, err
	}
	return s.rosterPlace(ctx, i)
}
