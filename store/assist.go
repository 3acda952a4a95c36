package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type assistRow struct {
	ID           string  `db:"id"`
	Registration string  `db:"registration_id"`
	LiveKey      *string `db:"live_key"`
	Staff        string  `db:"staff_id"`
	Account      string  `db:"account"`
	Role         string  `db:"role"`
	Reason       string  `db:"reason"`
	At           int64   `db:"at"`
	EndedAt      int64   `db:"ended_at"`
}

func (r assistRow) value() enroll.Assist {
	return enroll.Assist{
		ID: r.ID, Registration: r.Registration, Staff: r.Staff, Account: r.Account, Role: enroll.Role(r.Role), Reason: r.Reason,
		At: moment(r.At), EndedAt: moment(r.EndedAt),
	}
}

// AddAssist opens one; IsTaken tells that another one is open for the student.
func (s *Store) AddAssist(ctx context.Context, a enroll.Assist) error {
	return s.insert(ctx, "assist", assistRow{
		ID: a.ID, Registration: a.Registration, LiveKey: &a.Registration, Staff: a.Staff, Account: a.Account, Role: string(a.Role),
		Reason: a.Reason, At: millis(a.At),
	})
}

// Assists lists how often and by whom a student was helped, the newest first.
func (s *Store) Assists(ctx context.Context, registration string) ([]enroll.Assist, error) {
	var rows []assistRow
	err := s.list(ctx, &rows, `SELECT * FROM assist WHERE registration_id = ? ORDER BY at DESC, id DESC`, registration)
	list := make([]enroll.Assist, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// EndAssist closes one that is open; changed where it is not any more.
func (s *Store) EndAssist(ctx context.Context, id string, now time.Time) error {
	n, err := s.exec(ctx, `UPDATE assist SET ended_at = ?, live_key = NULL WHERE id = ? AND ended_at = 0`, millis(now), id)
	if err == nil && n == 0 {
		return enroll.Fail("changed")
	}
	return err
}

// HoldAssist keeps one that began after since open until the end of the transaction,
// so that a step at the counter and a colleague who takes over never pass each
// other; assist_needed where it is over.
func (s *Store) HoldAssist(ctx context.Context, id string, since time.Time) error {
	n, err := s.exec(ctx, `UPDATE assist SET ended_at = 0 WHERE id = ? AND ended_at = 0 AND at > ?`, id, millis(since))
	if err == nil && n != 1 {
		return enroll.Fail("assist_needed")
	}
	return err
}
