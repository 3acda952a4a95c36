package service

import (
	"context"
	"strconv"

	"xinsheng/enroll"
)

// FindRegistration finds a student's matter for staff, by the word that they
// have at hand: its id, the 考生号 (the newest intake first), or the student number.
func (s *Service) FindRegistration(ctx context.Context, word string) (enroll.Registration, error) {
	r, err := s.Store.Registration(ctx, word)
	if enroll.CodeOf(err) != enroll.NotFound || err == nil {
		return r, err
	}
	intakes, err := s.Store.Intakes(ctx)
	if err != nil {
		return r, err
	}
	for _, i := range intakes {
		r, err = s.Store.RegistrationByExamNo(ctx, i.ID, word)
		if err == nil || enroll.CodeOf(err) != enroll.NotFound {
			return r, err
		}
	}
	holders, err := s.Store.NumberHolders(ctx, word, "")
	if err != nil {
		return r, err
	}
	if len(holders) == 0 {
		return r, enroll.Fail("student_unknown", word)
	}
	return s.Store.Registration(ctx, holders[0].Registration)
}

// FindIntake finds an intake by grade or name; without a word it is the one that the public pages speak of.
func (s *Service) FindIntake(ctx context.Context, word string) (enroll.Intake, error) {
	if word == "" {
		return s.CurrentIntake(ctx)
	}
	intakes, err := s.Store.Intakes(ctx)
	if err != nil {
		return enroll.Intake{}, err
	}
	for _, i := range intakes {
		if i.Name == word || strconv.Itoa(i.Grade) == word {
			return i, nil
		}
	}
	return enroll.Intake{}, enroll.Fail("intake_unknown", word)
}

// AbandonRoster gives up a staged import, of which nothing was applied.
func (s *Service) AbandonRoster(ctx context.Context, id string) error {
	return s.Store.AbandonRoster(ctx, id)
}
