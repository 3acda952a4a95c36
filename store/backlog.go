package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// Backlog is what waits for the outside world, or for a person.
type Backlog struct {
	// Waiting, Dead and Unknown count messages of the outbox by state; Oldest is when the first that waits was written.
	Waiting, Dead, Unknown int
	Oldest                 time.Time
	// LiveOrders can still be paid.
	LiveOrders int
}

// Backlog counts what waits now; a zero Oldest says that no message does.
func (s *Store) Backlog(ctx context.Context) (b Backlog, err error) {
	var rows []struct {
		State  string `db:"state"`
		Count  int    `db:"count"`
		Oldest int64  `db:"oldest"`
	}
	err = s.list(ctx, &rows,
		`SELECT state, COUNT(*) AS count, MIN(created_at) AS oldest FROM outbox WHERE state IN ('waiting', 'dead', 'unknown') GROUP BY state`)
	if err != nil {
		return b, err
	}
	for _, row := range rows {
		switch row.State {
		case enroll.OutboxWaiting:
			b.Waiting, b.Oldest = row.Count, moment(row.Oldest)
		case enroll.OutboxDead:
			b.Dead = row.Count
		case enroll.OutboxUnknown:
			b.Unknown = row.Count
		}
	}
	return b, s.get(ctx, &b.LiveOrders, `SELECT COUNT(*) FROM pay_order WHERE live_key IS NOT NULL`)
}
