package store

import (
	"context"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"xinsheng/enroll"
)

// StudentFilter narrows the list of students; an empty field asks for nothing.
type StudentFilter struct {
	Intake  string
	Program string
	// Point is the code of a teaching point, over all intakes.
	Point  string
	Status enroll.Status
	Step   enroll.StepKey
	// Work is a heap of the worklist: new, stuck, returned or unpaid.
	Work string
	// Stage is how far the matters have come at least.
	Stage enroll.Stage
	// Search is what was typed into the search box; Searched says that anything was.
	Search   enroll.Search
	Searched bool
	// Registration is whom a help code stands for.
	Registration string
}

var workClauses = map[string]string{
	"new": `r.status = 'open' AND r.started_at = 0`, "stuck": `r.status = 'open' AND r.started_at > 0`,
	"returned": `r.status = 'returned'`, "unpaid": `r.status = 'payable'`,
}

// where gives the conditions on registration r, with their arguments.
func (s *Store) where(f StudentFilter) (string, []any) {
	clauses, args := []string{"1 = 1"}, []any{}
	add := func(clause string, values ...any) { clauses, args = append(clauses, clause), append(args, values...) }
	if f.Intake != "" {
		add(`r.intake_id = ?`, f.Intake)
	}
	if f.Program != "" {
		add(`r.program_id = ?`, f.Program)
	}
	if f.Point != "" {
		add(`r.point_id IN (SELECT id FROM point WHERE code = ?)`, f.Point)
	}
	if f.Status != "" {
		add(`r.status = ?`, f.Status)
	}
	switch f.Step {
	case "":
	case enroll.StepPay:
		add(`r.status = 'payable'`)
	case enroll.StepNone:
		add(`r.status IN ('open', 'returned') AND r.step = ''`)
	default:
		add(`r.status IN ('open', 'returned') AND r.step = ?`, f.Step)
	}
	if rule, ok := f.Stage.Rule(); ok && !rule.All() {
		clause, values, err := sqlx.In(`(r.status IN (?) OR r.step IN (?))`, rule.Statuses, slices.Concat(rule.Steps, []enroll.StepKey{"-"}))
		if err == nil { // both lists hold something
			add(clause, values...)
		}
	}
	if clause := workClauses[f.Work]; clause != "" {
		add(clause)
	}
	if f.Searched {
		query, values := s.found(f)
		add(`r.id IN (`+query+`)`, values...)
	}
	return strings.Join(clauses, " AND "), args
}

// found is the query for the ids of all whom the searched word may mean; each part goes by an index.
func (s *Store) found(f StudentFilter) (string, []any) {
	parts, args := []string{`SELECT id FROM registration WHERE id = ?`}, []any{f.Registration}
	add := func(part string, values ...any) { parts, args = append(parts, part), append(args, values...) }
	q := f.Search
	for _, h := range q.Holders {
		add(`SELECT r2.id FROM student s JOIN registration r2 ON r2.student_id = s.id WHERE s.id_type = ? AND s.id_number_hash = ?`,
			h.Type, s.documentHash(h.Type, h.Number))
	}
	if q.Phone != "" {
		hash := s.PhoneHash(q.Phone)
		add(`SELECT r2.id FROM student s JOIN registration r2 ON r2.student_id = s.id WHERE s.phone_hash = ?`, hash)
		add(`SELECT id FROM registration WHERE roster_phone_hash = ?`, hash)
		add(`SELECT registration_id FROM login WHERE phone_hash = ?`, hash)
	}
	if q.Name != "" {
		add(`SELECT id FROM registration WHERE name >= ? AND name < ?`, q.Name, q.Name+last)
	}
	if q.Start != "" {
		add(`SELECT id FROM registration WHERE exam_no >= ? AND exam_no < ?`, q.Start, q.Start+lastLetter)
		add(`SELECT registration_id FROM student_number WHERE number >= ? AND number < ?`, q.Start, q.Start+lastLetter)
	}
	return strings.Join(parts, " UNION "), args
}

// A beginning reaches up to itself and the last character: a range goes by the index in both databases.
const (
	last       = "\U0010FFFF"
	lastLetter = "~"
)

// SearchStudents lists one page of matters after the given id.
func (s *Store) SearchStudents(ctx context.Context, f StudentFilter, after string, limit int) ([]enroll.Registration, error) {
	clause, args := s.where(f)
	var rows []registrationRow
	err := s.list(ctx, &rows, `SELECT r.* FROM registration r WHERE r.id > ? AND `+clause+` ORDER BY r.id LIMIT ?`,
		append(append([]any{after}, args...), limit)...)
	if err != nil {
		return nil, err
	}
	return s.registrations(rows)
}

// CountStudents counts matters by status.
func (s *Store) CountStudents(ctx context.Context, f StudentFilter) (map[enroll.Status]int, error) {
	clause, args := s.where(f)
	var rows []struct {
		Status string `db:"status"`
		Count  int    `db:"n"`
	}
	err := s.list(ctx, &rows, `SELECT r.status, COUNT(*) AS n FROM registration r WHERE `+clause+` GROUP BY r.status`, args...)
	counts := make(map[enroll.Status]int, len(rows))
	for _, r := range rows {
		counts[enroll.Status(r.Status)] = r.Count
	}
	return counts, err
}

// StudentsOf finds the persons of a page of matters by id.
func (s *Store) StudentsOf(ctx context.Context, list []enroll.Registration) (map[string]enroll.Student, error) {
	found := make(map[string]enroll.Student, len(list))
	if len(list) == 0 {
		return found, nil
	}
	ids := make([]string, len(list))
	for i, r := range list {
		ids[i] = r.Student
	}
	var rows []studentRow
	if err := s.listIn(ctx, &rows, `SELECT * FROM student WHERE id IN (?)`, ids); err != nil {
		return nil, err
	}
	for _, row := range rows {
		person, err := s.student(row)
		if err != nil {
			return nil, err
		}
		found[row.ID] = person
	}
	return found, nil
}
