package service

import (
	"context"
	"math"
	"time"

	"xinsheng/enroll"
)

// ApplicationPage lists applications of a kind and a state, or of any, before the given id, the newest first.
func (s *Service) ApplicationPage(ctx context.Context, kind enroll.ApplicationKind, state enroll.ApplicationState, before string, limit int) ([]FiledApplication, error) {
	list, err := s.Store.ApplicationPage(ctx, kind, state, before, limit)
	if err != nil {
		return nil, err
	}
	filed := make([]FiledApplication, len(list))
	for i, a := range list {
		filed[i].Application = a
		if filed[i].Matter, err = s.Store.Registration(ctx, a.Registration); err != nil {
			return nil, err
		}
	}
	return filed, nil
}

// DaysLeft counts the days until a moment, whole ones; below 0 it has passed.
func (s *Service) DaysLeft(until time.Time) int {
	return int(math.Floor(until.Sub(s.Now()).Hours() / 24))
}

// UnknownYears are the years, of this and the next, whose holidays nobody has entered or announced.
func (s *Service) UnknownYears(own []enroll.SpecialDay) []int {
	calendar, year, unknown := enroll.NewCalendar(own), s.Now().In(enroll.Shanghai).Year(), []int{}
	for _, y := range []int{year, year + 1} {
		if !calendar.Announced(y) {
			unknown = append(unknown, y)
		}
	}
	return unknown
}
