package store

import (
	"context"
	"time"
)

type slipRow struct {
	Registration string `db:"registration_id"`
	Code         string `db:"code"`
	CreatedAt    int64  `db:"created_at"`
}

// SlipCode gives the code by which a registration's slip (注册凭证) is verified; not_found before the first slip.
func (s *Store) SlipCode(ctx context.Context, registration string) (string, error) {
	var row slipRow
	err := s.get(ctx, &row, `SELECT * FROM slip WHERE registration_id = ?`, registration)
	return row.Code, err
}

// SlipOf finds the registration whose slip carries a code.
func (s *Store) SlipOf(ctx context.Context, code string) (registration string, err error) {
	var row slipRow
	err = s.get(ctx, &row, `SELECT * FROM slip WHERE code = ?`, code)
	return row.Registration, err
}

// AddSlip keeps the code of a registration's slip; IsTaken tells that it has one.
func (s *Store) AddSlip(ctx context.Context, registration, code string, now time.Time) error {
	return s.insert(ctx, "slip", slipRow{Registration: registration, Code: code, CreatedAt: millis(now)})
}
