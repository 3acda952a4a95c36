package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type reminderRow struct {
	ID           string `db:"id"`
	Student      string `db:"student_id"`
	Day          string `db:"day"`
	Registration string `db:"registration_id"`
	Rule         string `db:"rule"`
	Stage        string `db:"stage"`
	At           int64  `db:"at"`
}

// AddReminder notes that a student is reminded today; IsTaken tells that this day
// or this stage had its reminder already.
func (s *Store) AddReminder(ctx context.Context, r enroll.Registration, rule enroll.ReminderRule, stage string, at time.Time) error {
	return s.insert(ctx, "reminder", reminderRow{
		ID: s.newID(), Student: r.Student, Day: enroll.Day(at), Registration: r.ID, Rule: string(rule), Stage: stage, At: millis(at),
	})
}

// LastMoves gives for some registrations when they came into their status; those that never moved are left out.
func (s *Store) LastMoves(ctx context.Context, registrations []string) (map[string]time.Time, error) {
	last := map[string]time.Time{}
	if len(registrations) == 0 {
		return last, nil
	}
	var rows []struct {
		Registration string `db:"registration_id"`
		At           int64  `db:"at"`
	}
	err := s.listIn(ctx, &rows,
		`SELECT registration_id, MAX(at) AS at FROM registration_event WHERE registration_id IN (?) AND from_status <> to_status GROUP BY registration_id`,
		registrations)
	for _, r := range rows {
		last[r.Registration] = moment(r.At)
	}
	return last, err
}

// Reminded says which of some students were reminded on a day, and which stages of
// some registrations had their reminder: keys are student, and registration|rule|stage.
func (s *Store) Reminded(ctx context.Context, day string, registrations, students []string) (map[string]bool, error) {
	done := map[string]bool{}
	if len(students) == 0 {
		return done, nil
	}
	var today []string
	if err := s.listIn(ctx, &today, `SELECT student_id FROM reminder WHERE day = ? AND student_id IN (?)`, day, students); err != nil {
		return nil, err
	}
	for _, student := range today {
		done[student] = true
	}
	var rows []reminderRow
	err := s.listIn(ctx, &rows, `SELECT * FROM reminder WHERE registration_id IN (?)`, registrations)
	for _, r := range rows {
		done[r.Registration+"|"+r.Rule+"|"+r.Stage] = true
	}
	return done, err
}

// RemindersSince counts what an intake's students were reminded of since a moment, by rule.
func (s *Store) RemindersSince(ctx context.Context, intake string, since time.Time) (map[enroll.ReminderRule]int, error) {
	var rows []struct {
		Rule enroll.ReminderRule `db:"rule"`
		N    int                 `db:"n"`
	}
	err := s.list(ctx, &rows, `SELECT reminder.rule, COUNT(*) AS n FROM reminder JOIN registration ON registration.id = reminder.registration_id
		WHERE registration.intake_id = ? AND reminder.at >= ? GROUP BY reminder.rule`, intake, millis(since))
	sent := map[enroll.ReminderRule]int{}
	for _, r := range rows {
		sent[r.Rule] = r.N
	}
	return sent, err
}
