package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type numberRow struct {
	Number       string `db:"number"`
	Student      string `db:"student_id"`
	Registration string `db:"registration_id"`
	Origin       string `db:"origin"`
	IssuedAt     int64  `db:"issued_at"`
}

// Where a student number comes from.
const (
	NumberImported = "imported"
	NumberIssued   = "issued"
)

// AddNumber gives a number to a registration; IsTaken tells that the number or the registration has one already.
func (s *Store) AddNumber(ctx context.Context, number string, r enroll.Registration, origin string, at time.Time) error {
	return s.insert(ctx, "student_number", numberRow{Number: number, Student: r.Student, Registration: r.ID, Origin: origin, IssuedAt: millis(at)})
}

// AddNumbers gives imported numbers to registrations in one go.
func (s *Store) AddNumbers(ctx context.Context, given []enroll.NumberGiven, at time.Time) error {
	rows := make([]numberRow, len(given))
	for i, g := range given {
		rows[i] = numberRow{Number: g.Number, Student: g.Student, Registration: g.Registration, Origin: NumberImported, IssuedAt: millis(at)}
	}
	return insertAll(ctx, s, "student_number", rows)
}

// Number finds a registration's student number, or "".
func (s *Store) Number(ctx context.Context, registration string) (string, error) {
	var rows []numberRow
	err := s.list(ctx, &rows, `SELECT * FROM student_number WHERE registration_id = ?`, registration)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Number, nil
}

// NumberTaken says whether anybody has or had the number; numbers are never used again.
func (s *Store) NumberTaken(ctx context.Context, number string) (bool, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM student_number WHERE number = ?`, number)
	return n > 0, err
}

// NextInScope counts a scope up by one and gives the new count; it belongs into a transaction.
func (s *Store) NextInScope(ctx context.Context, scope string) (int64, error) {
	const count = `UPDATE number_counter SET value = value + 1 WHERE scope = ?`
	n, err := s.exec(ctx, count, scope)
	if err == nil && n == 0 {
		if _, err = s.exec(ctx, `INSERT INTO number_counter (scope, value) VALUES (?, 1)`, scope); s.IsTaken(err) {
			_, err = s.exec(ctx, count, scope)
		}
	}
	if err != nil {
		return 0, err
	}
	var value int64
	err = s.get(ctx, &value, `SELECT value FROM number_counter WHERE scope = ?`, scope)
	return value, err
}
