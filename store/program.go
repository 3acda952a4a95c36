package store

import (
	"context"
	"encoding/json"
	"fmt"

	"xinsheng/enroll"
)

type pointRow struct {
	ID      string `db:"id"`
	Intake  string `db:"intake_id"`
	Code    string `db:"code"`
	Name    string `db:"name"`
	Retired int64  `db:"retired_from"`
}

func (r pointRow) value() enroll.Point {
	return enroll.Point{ID: r.ID, Intake: r.Intake, Code: r.Code, Name: r.Name, RetiredFrom: moment(r.Retired)}
}

// PointStands says that some intake has a teaching point of this code.
func (s *Store) PointStands(ctx context.Context, code string) (bool, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM point WHERE code = ?`, code)
	return n > 0, err
}

// Points lists an intake's teaching points by code.
func (s *Store) Points(ctx context.Context, intake string) ([]enroll.Point, error) {
	var rows []pointRow
	err := s.list(ctx, &rows, `SELECT * FROM point WHERE intake_id = ? ORDER BY code`, intake)
	list := make([]enroll.Point, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// Point finds a teaching point by id.
func (s *Store) Point(ctx context.Context, id string) (enroll.Point, error) {
	var row pointRow
	err := s.get(ctx, &row, `SELECT * FROM point WHERE id = ?`, id)
	return row.value(), err
}

// AddPoint keeps a teaching point; IsTaken tells that the code is used.
func (s *Store) AddPoint(ctx context.Context, p enroll.Point) error {
	return s.insert(ctx, "point", pointRow{ID: p.ID, Intake: p.Intake, Code: p.Code, Name: p.Name, Retired: millis(p.RetiredFrom)})
}

// ChangePoint replaces a teaching point's name and the day from which it is retired.
func (s *Store) ChangePoint(ctx context.Context, p enroll.Point) error {
	return s.guard(ctx, `UPDATE point SET name = ?, retired_from = ? WHERE id = ?`, p.Name, millis(p.RetiredFrom), p.ID)
}

type programRow struct {
	ID        string `db:"id"`
	Intake    string `db:"intake_id"`
	Code      string `db:"code"`
	No        string `db:"no"`
	Name      string `db:"name"`
	Level     string `db:"level"`
	Form      string `db:"form"`
	HalfYears int    `db:"half_years"`
	Retired   int64  `db:"retired_from"`
}

func (r programRow) value() enroll.Program {
	return enroll.Program{ID: r.ID, Intake: r.Intake, Code: r.Code, No: r.No, Name: r.Name, Level: enroll.Level(r.Level), Form: r.Form, HalfYears: r.HalfYears, RetiredFrom: moment(r.Retired)}
}

func rowOfProgram(p enroll.Program) programRow {
	return programRow{ID: p.ID, Intake: p.Intake, Code: p.Code, No: p.No, Name: p.Name, Level: string(p.Level), Form: p.Form, HalfYears: p.HalfYears, Retired: millis(p.RetiredFrom)}
}

// Programs lists an intake's programs by number.
func (s *Store) Programs(ctx context.Context, intake string) ([]enroll.Program, error) {
	var rows []programRow
	err := s.list(ctx, &rows, `SELECT * FROM program WHERE intake_id = ? ORDER BY no`, intake)
	list := make([]enroll.Program, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// Program finds a program by id.
func (s *Store) Program(ctx context.Context, id string) (enroll.Program, error) {
	var row programRow
	err := s.get(ctx, &row, `SELECT * FROM program WHERE id = ?`, id)
	return row.value(), err
}

// AddProgram keeps a program; IsTaken tells that its number is used.
func (s *Store) AddProgram(ctx context.Context, p enroll.Program) error {
	return s.insert(ctx, "program", rowOfProgram(p))
}

// ChangeProgram replaces what a program says.
func (s *Store) ChangeProgram(ctx context.Context, p enroll.Program) error {
	return s.guard(ctx, `UPDATE program SET code = ?, name = ?, level = ?, form = ?, half_years = ?, retired_from = ? WHERE id = ?`,
		p.Code, p.Name, p.Level, p.Form, p.HalfYears, millis(p.RetiredFrom), p.ID)
}

// ProgramUsed says that a student of a program has submitted the form.
func (s *Store) ProgramUsed(ctx context.Context, p enroll.Program) (bool, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM registration WHERE intake_id = ? AND program_id = ? AND submitted_at > 0`, p.Intake, p.ID)
	return n > 0, err
}

type tuitionRow struct {
	ID       string `db:"id"`
	Intake   string `db:"intake_id"`
	Program  string `db:"program_id"`
	Point    string `db:"point_id"`
	Fens     string `db:"fens"`
	Approval string `db:"approval"`
	From     int64  `db:"valid_from"`
	Until    int64  `db:"valid_until"`
}

// Tuitions lists an intake's prices.
func (s *Store) Tuitions(ctx context.Context, intake string) ([]enroll.Tuition, error) {
	var rows []tuitionRow
	if err := s.list(ctx, &rows, `SELECT * FROM tuition WHERE intake_id = ? ORDER BY id`, intake); err != nil {
		return nil, err
	}
	list := make([]enroll.Tuition, len(rows))
	for i, r := range rows {
		list[i] = enroll.Tuition{ID: r.ID, Intake: r.Intake, Program: r.Program, Point: r.Point, Approval: r.Approval, ValidFrom: moment(r.From), ValidUntil: moment(r.Until)}
		if err := json.Unmarshal([]byte(r.Fens), &list[i].Fens); err != nil {
			return nil, fmt.Errorf("tuition %s: %w", r.ID, err)
		}
	}
	return list, nil
}

// SetTuition keeps a price, or replaces the one of the same program and point.
func (s *Store) SetTuition(ctx context.Context, t enroll.Tuition) error {
	fens, err := json.Marshal(t.Fens)
	if err != nil {
		return err
	}
	n, err := s.exec(ctx, `UPDATE tuition SET fens = ?, approval = ?, valid_from = ?, valid_until = ? WHERE program_id = ? AND point_id = ?`,
		string(fens), t.Approval, millis(t.ValidFrom), millis(t.ValidUntil), t.Program, t.Point)
	if err != nil || n == 1 {
		return err
	}
	return s.insert(ctx, "tuition", tuitionRow{
		ID: t.ID, Intake: t.Intake, Program: t.Program, Point: t.Point, Fens: string(fens), Approval: t.Approval, From: millis(t.ValidFrom), Until: millis(t.ValidUntil),
	})
}
