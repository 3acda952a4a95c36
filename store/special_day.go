package store

import (
	"context"

	"xinsheng/enroll"
)

type specialDayRow struct {
	Day   string `db:"day"`
	Works bool   `db:"works"`
	Name  string `db:"name"`
}

// SpecialDays lists the holidays and working weekends that the college entered, by day.
func (s *Store) SpecialDays(ctx context.Context) ([]enroll.SpecialDay, error) {
	var rows []specialDayRow
	err := s.list(ctx, &rows, `SELECT * FROM special_day ORDER BY day`)
	days := make([]enroll.SpecialDay, len(rows))
	for i, r := range rows {
		days[i] = enroll.SpecialDay(r)
	}
	return days, err
}

// SetSpecialDays replaces the days that the college entered.
func (s *Store) SetSpecialDays(ctx context.Context, days []enroll.SpecialDay) error {
	if _, err := s.exec(ctx, `DELETE FROM special_day`); err != nil {
		return err
	}
	for _, d := range days {
		if err := s.insert(ctx, "special_day", specialDayRow(d)); err != nil {
			return err
		}
	}
	return nil
}
