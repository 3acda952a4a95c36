package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"xinsheng/enroll"
)

type pushRow struct {
	ID         string `db:"id"`
	Intake     string `db:"intake_id"`
	Title      string `db:"title"`
	Occasion   string `db:"occasion"`
	Letter     string `db:"letter"`
	Selection  string `db:"selection"`
	State      string `db:"state"`
	Reason     string `db:"reason"`
	Detail     string `db:"detail"`
	NextAt     int64  `db:"next_at"`
	Total      int    `db:"total"`
	Cursor     string `db:"cursor_id"`
	MadeBy     string `db:"made_by"`
	ApprovedBy string `db:"approved_by"`
	CreatedAt  int64  `db:"created_at"`
	StartedAt  int64  `db:"started_at"`
	EndedAt    int64  `db:"ended_at"`
	LeaseOwner string `db:"lease_owner"`
	LeaseUntil int64  `db:"lease_until"`
	Version    int    `db:"version"`
}

func push(r pushRow) (enroll.Push, error) {
	p := enroll.Push{
		ID: r.ID, Intake: r.Intake, Title: r.Title, Occasion: enroll.Occasion(r.Occasion), State: enroll.PushState(r.State),
		Reason: enroll.PushHold(r.Reason), Detail: r.Detail, NextAt: moment(r.NextAt), Total: r.Total, Cursor: r.Cursor, MadeBy: r.MadeBy,
		ApprovedBy: r.ApprovedBy, CreatedAt: moment(r.CreatedAt), StartedAt: moment(r.StartedAt), EndedAt: moment(r.EndedAt), Version: r.Version,
	}
	if err := json.Unmarshal([]byte(r.Letter), &p.Letter); err != nil {
		return p, fmt.Errorf("letter of push %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Selection), &p.Selection); err != nil {
		return p, fmt.Errorf("selection of push %s: %w", r.ID, err)
	}
	return p, nil
}

// AddPush keeps a new draft with the uploaded list of 考生号, if there is one; call it in a transaction.
func (s *Store) AddPush(ctx context.Context, p enroll.Push, listed []string) error {
	letter, selection, err := pushTexts(p)
	if err != nil {
		return err
	}
	err = s.insert(ctx, "push", pushRow{
		ID: p.ID, Intake: p.Intake, Title: p.Title, Occasion: string(p.Occasion), Letter: letter, Selection: selection,
		State: string(p.State), MadeBy: p.MadeBy, CreatedAt: millis(p.CreatedAt),
	})
	if err != nil {
		return err
	}
	return s.listForPush(ctx, p.ID, listed)
}

func pushTexts(p enroll.Push) (letter, selection string, err error) {
	l, err := json.Marshal(p.Letter)
	if err != nil {
		return "", "", err
	}
	c, err := json.Marshal(p.Selection)
	return string(l), string(c), err
}

type listedRow struct {
	Push   string `db:"push_id"`
	ExamNo string `db:"exam_no"`
}

func (s *Store) listForPush(ctx context.Context, push string, listed []string) error {
	for begin := 0; begin < len(listed); begin += 500 {
		part := listed[begin:min(begin+500, len(listed))]
		rows := make([]listedRow, len(part))
		for i, no := range part {
			rows[i] = listedRow{push, no}
		}
		if _, err := sqlx.NamedExecContext(ctx, s.writer(), insertQuery("push_listed", rows[0]), rows); err != nil {
			return err
		}
	}
	return nil
}

// EditPush writes a draft anew, and its list where one is given; changed where it is not the version that p was, or no draft any more.
func (s *Store) EditPush(ctx context.Context, p enroll.Push, listed []string) error {
	letter, selection, err := pushTexts(p)
	if err != nil {
		return err
	}
	err = s.guard(ctx,
		`UPDATE push SET title = ?, occasion = ?, letter = ?, selection = ?, made_by = ?, version = version + 1 WHERE id = ? AND state = 'draft' AND version = ?`,
		p.Title, p.Occasion, letter, selection, p.MadeBy, p.ID, p.Version)
	if err != nil || listed == nil {
		return err
	}
	if _, err := s.exec(ctx, `DELETE FROM push_listed WHERE push_id = ?`, p.ID); err != nil {
		return err
	}
	return s.listForPush(ctx, p.ID, listed)
}

// Push finds a push by id.
func (s *Store) Push(ctx context.Context, id string) (enroll.Push, error) {
	var row pushRow
	if err := s.get(ctx, &row, `SELECT * FROM push WHERE id = ?`, id); err != nil {
		return enroll.Push{}, err
	}
	return push(row)
}

// Pushes lists one page of pushes, the newest first, from before the given id on.
func (s *Store) Pushes(ctx context.Context, before string, limit int) ([]enroll.Push, error) {
	var rows []pushRow
	err := s.list(ctx, &rows, `SELECT * FROM push WHERE id < ? OR ? = '' ORDER BY id DESC LIMIT ?`, before, before, limit)
	list := make([]enroll.Push, 0, len(rows))
	for _, r := range rows {
		p, err := push(r)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, err
}

// MovePush changes a push's state as it was read, with reason, detail and next time; changed where somebody was first.
func (s *Store) MovePush(ctx context.Context, p enroll.Push, to enroll.PushState, now time.Time) error {
	ended := int64(0)
	if to.Ended() {
		ended = millis(now)
	}
	return s.guard(ctx,
		`UPDATE push SET state = ?, reason = ?, detail = ?, next_at = ?, made_by = ?, approved_by = ?, ended_at = ?
		 WHERE id = ? AND state = ? AND version = ?`,
		to, p.Reason, p.Detail, millis(p.NextAt), p.MadeBy, p.ApprovedBy, ended, p.ID, p.State, p.Version)
}

// RunPush lets a push whose recipients are all written down begin to send.
func (s *Store) RunPush(ctx context.Context, id string, now time.Time) error {
	return s.guard(ctx, `UPDATE push SET state = 'running', reason = '', detail = '', started_at = ? WHERE id = ? AND state = 'building'`, millis(now), id)
}

// RebuildPush forgets the recipients of a push of which nothing was sent, so that they are written down anew.
func (s *Store) RebuildPush(ctx context.Context, id string) error {
	if err := s.DropRecipients(ctx, id); err != nil {
		return err
	}
	return s.guard(ctx, `UPDATE push SET cursor_id = '', total = 0 WHERE id = ? AND started_at = 0`, id)
}

// DuePush names the pushes that work waits for and nobody holds.
func (s *Store) DuePush(ctx context.Context, now time.Time) ([]string, error) {
	var ids []string
	err := s.list(ctx, &ids,
		`SELECT id FROM push WHERE state IN ('building', 'running') AND next_at <= ? AND lease_until <= ? ORDER BY next_at, id`,
		millis(now), millis(now))
	return ids, err
}

// LeasePush takes a push for owner; false where somebody else was first.
func (s *Store) LeasePush(ctx context.Context, id, owner string, now time.Time, lease time.Duration) (bool, error) {
	n, err := s.exec(ctx,
		`UPDATE push SET lease_owner = ?, lease_until = ? WHERE id = ? AND state IN ('building', 'running') AND next_at <= ? AND lease_until <= ?`,
		owner, millis(now.Add(lease)), id, millis(now), millis(now))
	return n == 1, err
}

// HoldPush renews the lease of a push in a state; changed where it is lost or the state is another.
func (s *Store) HoldPush(ctx context.Context, id, owner string, state enroll.PushState, now time.Time, lease time.Duration) error {
	return s.guard(ctx, `UPDATE push SET lease_until = ? WHERE id = ? AND lease_owner = ? AND state = ?`,
		millis(now.Add(lease)), id, owner, state)
}

// OwnPush renews the lease whatever the state, to write the last results; changed where it is lost.
func (s *Store) OwnPush(ctx context.Context, id, owner string, now time.Time, lease time.Duration) error {
	return s.guard(ctx, `UPDATE push SET lease_until = ? WHERE id = ? AND lease_owner = ?`, millis(now.Add(lease)), id, owner)
}

// ReleasePush gives the lease back.
func (s *Store) ReleasePush(ctx context.Context, id, owner string) error {
	_, err := s.exec(ctx, `UPDATE push SET lease_owner = '', lease_until = 0 WHERE id = ? AND lease_owner = ?`, id, owner)
	return err
}

// BuiltPush notes how far the recipients of a push are written down.
func (s *Store) BuiltPush(ctx context.Context, id, cursor string, added int) error {
	return s.guard(ctx, `UPDATE push SET cursor_id = ?, total = total + ? WHERE id = ? AND state = 'building'`, cursor, added, id)
}

// LastPushSpeed gives total and duration of the last finished push to at least 100, zeros without one.
func (s *Store) LastPushSpeed(ctx context.Context) (total int, took time.Duration, err error) {
	var row struct {
		Total   int   `db:"total"`
		Started int64 `db:"started_at"`
		Ended   int64 `db:"ended_at"`
	}
	err = s.get(ctx, &row, `SELECT total, started_at, ended_at FROM push WHERE state = 'done' AND total >= 100 AND started_at > 0 ORDER BY id DESC LIMIT 1`)
	if enroll.CodeOf(err) == enroll.NotFound {
		return 0, 0, nil
	}
	return row.Total, time.Duration(row.Ended-row.Started) * time.Millisecond, err
}
