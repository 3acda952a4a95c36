package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// MatterCount counts the matters of one place that stand alike (总览).
type MatterCount struct {
	Point     string         `db:"point_id"`
	Program   string         `db:"program_id"`
	Status    enroll.Status  `db:"status"`
	Step      enroll.StepKey `db:"step"`
	Count     int            `db:"n"`
	Started   int            `db:"started"`
	Submitted int            `db:"submitted"`
}

// CountMatters counts the matters of an intake by place, status and step, and
// those among them that started or were handed in since a moment: one reading for all figures.
func (s *Store) CountMatters(ctx context.Context, intake string, since time.Time) ([]MatterCount, error) {
	var rows []MatterCount
	err := s.list(ctx, &rows, `SELECT point_id, program_id, status, step, COUNT(*) AS n,
			SUM(CASE WHEN started_at >= ? THEN 1 ELSE 0 END) AS started, SUM(CASE WHEN submitted_at >= ? THEN 1 ELSE 0 END) AS submitted
		FROM registration WHERE intake_id = ? GROUP BY point_id, program_id, status, step`, millis(since), millis(since), intake)
	return rows, err
}

// DayCount counts who was registered on one day in one place; Day is its 0:00 in Shanghai.
type DayCount struct {
	Point   string `db:"point_id"`
	Program string `db:"program_id"`
	Day     int64  `db:"day"`
	Count   int    `db:"n"`
}

const (
	dayMillis      = 24 * 3600 * 1000
	shanghaiMillis = 8 * 3600 * 1000
)

// CountRegistered counts by day who was registered since a moment.
func (s *Store) CountRegistered(ctx context.Context, intake string, since time.Time) ([]DayCount, error) {
	var rows []DayCount
	err := s.list(ctx, &rows, `SELECT r.point_id, r.program_id, e.at - (e.at + ?) % ? AS day, COUNT(*) AS n
		FROM registration_event e JOIN registration r ON r.id = e.registration_id
		WHERE e.to_status = 'registered' AND e.at >= ? AND e.from_status <> 'registered' AND r.intake_id = ?
		GROUP BY r.point_id, r.program_id, day`, shanghaiMillis, dayMillis, millis(since), intake)
	return rows, err
}

// PaidCount counts paid orders of one place, in all and since a moment.
type PaidCount struct {
	Point    string `db:"point_id"`
	Program  string `db:"program_id"`
	Count    int    `db:"n"`
	Fen      int64  `db:"fen"`
	TodayN   int    `db:"today_n"`
	TodayFen int64  `db:"today_fen"`
}

// CountPaid counts the paid orders of an intake and their money, refunds taken off.
func (s *Store) CountPaid(ctx context.Context, intake string, since time.Time) ([]PaidCount, error) {
	var rows []PaidCount
	err := s.list(ctx, &rows, `SELECT r.point_id, r.program_id, COUNT(*) AS n, SUM(o.amount_fen - o.refunded_fen) AS fen,
			SUM(CASE WHEN o.paid_at >= ? THEN 1 ELSE 0 END) AS today_n, SUM(CASE WHEN o.paid_at >= ? THEN o.amount_fen - o.refunded_fen ELSE 0 END) AS today_fen
		FROM pay_order o JOIN registration r ON r.id = o.registration_id
		WHERE o.status = 'paid' AND r.intake_id = ? GROUP BY r.point_id, r.program_id`, millis(since), millis(since), intake)
	return rows, err
}

// MessageCount counts the messages to the students of one place by their state in the outbox.
type MessageCount struct {
	Point   string `db:"point_id"`
	Program string `db:"program_id"`
	State   string `db:"state"`
	Count   int    `db:"n"`
}

// CountMessages counts the messages that were written since a moment.
func (s *Store) CountMessages(ctx context.Context, intake string, since, now time.Time) ([]MessageCount, error) {
	var rows []MessageCount
	err := s.list(ctx, &rows, `SELECT r.point_id, r.program_id, m.state, COUNT(*) AS n
		FROM outbox m JOIN registration r ON r.id = m.registration_id
		WHERE m.id >= ? AND m.kind = 'notify' AND m.created_at >= ? AND r.intake_id = ? GROUP BY r.point_id, r.program_id, m.state`,
		idSince(since, now), millis(since), intake)
	return rows, err
}
