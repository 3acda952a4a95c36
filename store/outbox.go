package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type outboxRow struct {
	ID           string `db:"id"`
	Kind         string `db:"kind"`
	Dedupe       string `db:"dedupe"`
	Registration string `db:"registration_id"`
	Payload      []byte `db:"payload"`
	Urgent       int    `db:"urgent"`
	State        string `db:"state"`
	Attempts     int    `db:"attempts"`
	NextAt       int64  `db:"next_at"`
	LeaseOwner   string `db:"lease_owner"`
	LeaseUntil   int64  `db:"lease_until"`
	UnsureSince  int64  `db:"unsure_since"`
	CreatedAt    int64  `db:"created_at"`
	DoneAt       int64  `db:"done_at"`
	LastError    string `db:"last_error"`
}

func (s *Store) outboxMessage(r outboxRow) (enroll.OutboxMessage, error) {
	payload, err := s.keys.Open("outbox", "payload", r.ID, r.Payload)
	return enroll.OutboxMessage{
		ID: r.ID, Kind: r.Kind, Dedupe: r.Dedupe, Registration: r.Registration, Payload: payload, Urgent: r.Urgent == 1,
		State: r.State, Attempts: r.Attempts, NextAt: moment(r.NextAt), LeaseOwner: r.LeaseOwner, UnsureSince: moment(r.UnsureSince),
		CreatedAt: moment(r.CreatedAt), DoneAt: moment(r.DoneAt), LastError: r.LastError,
	}, err
}

// AddOutbox keeps an outside effect in the transaction of its fact; IsTaken tells that it stands already.
func (s *Store) AddOutbox(ctx context.Context, m enroll.OutboxMessage) error {
	return s.insert(ctx, "outbox", outboxRow{
		ID: m.ID, Kind: m.Kind, Dedupe: m.Dedupe, Registration: m.Registration, Payload: s.keys.Seal("outbox", "payload", m.ID, m.Payload),
		Urgent: flag(m.Urgent), State: enroll.OutboxWaiting, NextAt: millis(m.NextAt), CreatedAt: millis(m.CreatedAt),
	})
}

// OutboxMessage finds a message by id.
func (s *Store) OutboxMessage(ctx context.Context, id string) (enroll.OutboxMessage, error) {
	var row outboxRow
	if err := s.get(ctx, &row, `SELECT * FROM outbox WHERE id = ?`, id); err != nil {
		return enroll.OutboxMessage{}, err
	}
	return s.outboxMessage(row)
}

// DueOutbox names messages that may be tried now and nobody holds, urgent ones first; those of the held kinds wait.
func (s *Store) DueOutbox(ctx context.Context, now time.Time, limit int, held ...string) ([]string, error) {
	var ids []string
	err := s.listIn(ctx, &ids,
		`SELECT id FROM outbox WHERE state = 'waiting' AND next_at <= ? AND lease_until <= ? AND kind NOT IN (?) ORDER BY urgent DESC, next_at LIMIT ?`,
		millis(now), millis(now), append(held, ""), limit)
	return ids, err
}

// LeaseOutbox takes one message for owner; false where somebody else was first.
// Where an owner vanished during a try, nobody knows since then what became of it.
func (s *Store) LeaseOutbox(ctx context.Context, id, owner string, now time.Time, lease time.Duration) (bool, error) {
	n, err := s.exec(ctx,
		`UPDATE outbox SET unsure_since = CASE WHEN unsure_since = 0 AND lease_owner <> '' THEN lease_until - ? ELSE unsure_since END,
		 lease_owner = ?, lease_until = ?, attempts = attempts + 1 WHERE id = ? AND state = 'waiting' AND next_at <= ? AND lease_until <= ?`,
		lease.Milliseconds(), owner, millis(now.Add(lease)), id, millis(now), millis(now))
	return n == 1, err
}

// EndOutbox writes what became of a message (state, next try, since when unsure,
// last error) and gives the lease back; changed where the lease was lost meanwhile.
func (s *Store) EndOutbox(ctx context.Context, m enroll.OutboxMessage) error {
	return s.guard(ctx,
		`UPDATE outbox SET state = ?, lease_owner = '', lease_until = 0, next_at = ?, unsure_since = ?, done_at = ?, last_error = ? WHERE id = ? AND lease_owner = ?`,
		m.State, millis(m.NextAt), millis(m.UnsureSince), millis(m.DoneAt), m.LastError, m.ID, m.LeaseOwner)
}

// StuckOutbox lists messages that are dead or of unknown outcome, for a person.
func (s *Store) StuckOutbox(ctx context.Context) ([]enroll.OutboxMessage, error) {
	var rows []outboxRow
	if err := s.list(ctx, &rows, `SELECT * FROM outbox WHERE state IN ('dead', 'unknown') ORDER BY created_at, id LIMIT 1000`); err != nil {
		return nil, err
	}
	list := make([]enroll.OutboxMessage, 0, len(rows))
	for _, r := range rows {
		m, err := s.outboxMessage(r)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// ReplayOutbox lets a dead or unknown message be tried once more, by a person's decision.
func (s *Store) ReplayOutbox(ctx context.Context, id string, now time.Time) error {
	return s.guard(ctx, `UPDATE outbox SET state = 'waiting', attempts = 0, unsure_since = 0, next_at = ?, last_error = '' WHERE id = ? AND state IN ('dead', 'unknown')`, millis(now), id)
}
