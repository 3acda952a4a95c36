package store

import (
	"context"
	"fmt"
	"time"

	"xinsheng/enroll"
)

// Waiting is a queue: how many wait, and since when the oldest does.
type Waiting struct {
	Count  int
	Oldest time.Time
}

type waitingRow struct {
	Count  int    `db:"n"`
	Oldest *int64 `db:"oldest"`
}

func (r waitingRow) value() Waiting {
	w := Waiting{Count: r.Count}
	if r.Oldest != nil {
		w.Oldest = moment(*r.Oldest)
	}
	return w
}

func (s *Store) waiting(ctx context.Context, query string, args ...any) (Waiting, error) {
	var row waitingRow
	err := s.get(ctx, &row, query, args...)
	return row.value(), err
}

// DueWaiting are the messages of the outbox that could be sent now, since they were due.
func (s *Store) DueWaiting(ctx context.Context, now time.Time) (Waiting, error) {
	return s.waiting(ctx, `SELECT COUNT(*) AS n, MIN(next_at) AS oldest FROM outbox WHERE state = 'waiting' AND next_at <= ?`, millis(now))
}

// RetriedWaiting are the messages of the outbox that failed and are tried again, since they were written.
func (s *Store) RetriedWaiting(ctx context.Context) (Waiting, error) {
	return s.waiting(ctx, `SELECT COUNT(*) AS n, MIN(created_at) AS oldest FROM outbox WHERE state = 'waiting' AND last_error <> ''`)
}

// StuckWaiting are the messages of the outbox that only a person can send again.
func (s *Store) StuckWaiting(ctx context.Context) (Waiting, error) {
	return s.waiting(ctx, `SELECT COUNT(*) AS n, MIN(created_at) AS oldest FROM outbox WHERE state IN ('dead', 'unknown')`)
}

// ReviewWaiting counts what waits for a decision of one kind; a point's code narrows it to that point.
func (s *Store) ReviewWaiting(ctx context.Context, kind enroll.ReviewKind, point string) (Waiting, error) {
	return s.waiting(ctx, fmt.Sprintf(`SELECT COUNT(*) AS n, MIN(q.since) AS oldest FROM (%s) q
		WHERE ? = '' OR q.point_id IN (SELECT id FROM point WHERE code = ?)`, reviewQueues[kind]), point, point)
}

// FirstWaiting counts what of one kind waits for the first word of a clerk of a point, in the given intakes.
func (s *Store) FirstWaiting(ctx context.Context, kind enroll.ReviewKind, point string, intakes []string) (Waiting, error) {
	var rows []waitingRow
	err := s.listIn(ctx, &rows, fmt.Sprintf(`SELECT COUNT(*) AS n, MIN(q.since) AS oldest FROM (%s) q
		LEFT JOIN first_review f ON f.kind = ? AND f.item_id = q.id AND f.item_version = q.version
		WHERE f.item_id IS NULL AND q.point_id IN (SELECT id FROM point WHERE code = ?) AND q.intake_id IN (?)`, reviewQueues[kind]),
		kind, point, intakes)
	if err != nil || len(rows) == 0 {
		return Waiting{}, err
	}
	return rows[0].value(), nil
}

// JobsWaiting are the jobs that nobody has begun, and the running ones whose worker is gone.
func (s *Store) JobsWaiting(ctx context.Context, now time.Time) (Waiting, error) {
	return s.waiting(ctx, `SELECT COUNT(*) AS n, MIN(created_at) AS oldest FROM job
		WHERE state IN ('waiting', 'running', 'cancelling') AND lease_until <= ?`, millis(now))
}

// ApprovalsWaiting are the acts that wait for a second person, but for those that an account asked for itself.
func (s *Store) ApprovalsWaiting(ctx context.Context, account string) (Waiting, error) {
	return s.waiting(ctx, `SELECT COUNT(*) AS n, MIN(asked_at) AS oldest FROM approval WHERE state = 'pending' AND asked_by <> ?`, account)
}

// CasesWaiting are the finance cases that nobody has closed.
func (s *Store) CasesWaiting(ctx context.Context) (Waiting, error) {
	return s.waiting(ctx, `SELECT COUNT(*) AS n, MIN(opened_at) AS oldest FROM finance_case WHERE closed_at = 0`)
}

// OrdersBehind are the live orders that should have been asked about by a moment and were not.
func (s *Store) OrdersBehind(ctx context.Context, by time.Time) (Waiting, error) {
	return s.waiting(ctx, `SELECT COUNT(*) AS n, MIN(next_query_at) AS oldest FROM pay_order
		WHERE status IN ('created', 'closing') AND next_query_at <= ?`, millis(by))
}

// Notices is how WeChat Pay's notices came in since a moment.
type Notices struct {
	// LastAt is when the last one came; zero for none.
	LastAt time.Time
	// Paid are the orders paid meanwhile, Missed those of them that we learned of by asking only.
	Paid, Missed int
}

// Notices counts WeChat Pay's notices since a moment; an order paid after the second moment may still get its own.
func (s *Store) Notices(ctx context.Context, since, until, now time.Time) (n Notices, err error) {
	first := idSince(since, now)
	var last int64
	if err := s.get(ctx, &last, `SELECT COALESCE(MAX(received_at), 0) FROM payment_fact WHERE id >= ? AND source = 'notice'`, first); err != nil {
		return n, err
	}
	n.LastAt = moment(last)
	var row struct {
		Paid   int `db:"paid"`
		Missed int `db:"missed"`
	}
	err = s.get(ctx, &row, `SELECT COUNT(*) AS paid, COALESCE(SUM(CASE WHEN EXISTS (
			SELECT 1 FROM payment_fact f WHERE f.out_trade_no = o.out_trade_no AND f.source = 'notice') THEN 0 ELSE 1 END), 0) AS missed
		FROM pay_order o WHERE o.id >= ? AND o.status = 'paid' AND o.paid_at >= ? AND o.paid_at <= ?`,
		idSince(since.Add(-orderLife), now), millis(since), millis(until))
	n.Paid, n.Missed = row.Paid, row.Missed
	return n, err
}

// orderLife is how long before its payment an order may have been made.
const orderLife = 3 * time.Hour
