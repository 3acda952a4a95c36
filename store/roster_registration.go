package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// unfinished holds for a registration that an import opened which is not applied to its end.
const unfinished = `EXISTS (SELECT 1 FROM roster_row JOIN roster_import ON roster_import.id = roster_row.import_id
	WHERE roster_row.registration_id = registration.id AND roster_row.verdict = 'new' AND roster_import.state = 'applying')`

// RegistrationByExamNo finds the matter of a 考生号 in one intake.
func (s *Store) RegistrationByExamNo(ctx context.Context, intake, examNo string) (enroll.Registration, error) {
	var row registrationRow
	if err := s.get(ctx, &row, `SELECT * FROM registration WHERE intake_id = ? AND exam_no = ?`, intake, examNo); err != nil {
		return enroll.Registration{}, err
	}
	return s.registration(row)
}

// FollowRoster gives a registration that nobody has begun the roster's facts, as it was read.
func (s *Store) FollowRoster(ctx context.Context, r enroll.Registration, now time.Time) error {
	row := s.registrationRow(r, now)
	return s.guard(ctx,
		`UPDATE registration SET exam_no = ?, program_id = ?, point_id = ?, name = ?, sex = ?, ethnic = ?, politics = ?, birth_date = ?,
			roster_phone = ?, roster_phone_hash = ?, postcode = ?, version = version + 1, updated_at = ?
		WHERE id = ? AND version = ? AND status = 'open' AND started_at = 0`,
		row.ExamNo, row.Program, row.Point, row.Name, row.Sex, row.Ethnic, row.Politics, row.BirthDate,
		row.RosterPhone, row.RosterPhoneHash, row.Postcode, row.UpdatedAt, r.ID, r.Version)
}

// FollowRosterContact gives a registration the roster's phone and postcode; it disturbs nobody who is filling it in.
func (s *Store) FollowRosterContact(ctx context.Context, r enroll.Registration, now time.Time) error {
	row := s.registrationRow(r, now)
	return s.guard(ctx, `UPDATE registration SET roster_phone = ?, roster_phone_hash = ?, postcode = ?, updated_at = ? WHERE id = ?`,
		row.RosterPhone, row.RosterPhoneHash, row.Postcode, row.UpdatedAt, r.ID)
}

// RegistrationGroup is how many registrations of an intake share program and point.
type RegistrationGroup struct {
	Program string `db:"program_id"`
	Point   string `db:"point_id"`
	Count   int    `db:"n"`
	// Numbered is how many of them hold a student number already.
	Numbered int `db:"numbered"`
}

// RegistrationGroups counts an intake's registrations by program and point.
func (s *Store) RegistrationGroups(ctx context.Context, intake string) ([]RegistrationGroup, error) {
	var groups []RegistrationGroup
	err := s.list(ctx, &groups,
		`SELECT program_id, point_id, COUNT(*) AS n, COUNT(student_number.number) AS numbered
		FROM registration LEFT JOIN student_number ON student_number.registration_id = registration.id
		WHERE intake_id = ? GROUP BY program_id, point_id ORDER BY program_id, point_id`, intake)
	return groups, err
}

// NumberHolder is who holds a student number.
type NumberHolder struct {
	Number       string `db:"number"`
	Student      string `db:"student_id"`
	Registration string `db:"registration_id"`
}

// NumberHolders lists who holds this student number, and the number that this registration holds.
func (s *Store) NumberHolders(ctx context.Context, number, registration string) ([]NumberHolder, error) {
	var rows []NumberHolder
	err := s.list(ctx, &rows, `SELECT number, student_id, registration_id FROM student_number WHERE number = ? OR registration_id = ?`, number, registration)
	return rows, err
}

// NumbersFrom lists the student numbers that begin with these characters.
func (s *Store) NumbersFrom(ctx context.Context, scope string) ([]string, error) {
	var numbers []string
	err := s.list(ctx, &numbers, `SELECT number FROM student_number WHERE number >= ? AND number < ? ORDER BY number`, scope, scope+"~")
	return numbers, err
}

// NumberCounter is how far the serial numbers of a scope have come.
func (s *Store) NumberCounter(ctx context.Context, scope string) (int64, error) {
	var value int64
	err := s.get(ctx, &value, `SELECT value FROM number_counter WHERE scope = ?`, scope)
	if enroll.CodeOf(err) == enroll.NotFound {
		return 0, nil
	}
	return value, err
}
