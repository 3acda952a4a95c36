package store

import (
	"context"
	"encoding/hex"
	"time"

	"xinsheng/enroll"
)

// NoteTrace keeps what a student came with (phone, openid, device, picture) as
// a blind index, once for each student, to find several who share it.
func (s *Store) NoteTrace(ctx context.Context, kind enroll.TraceKind, value, student, registration string, at time.Time) error {
	hash := s.keys.Index("trace "+string(kind), value)
	n, err := s.exec(ctx, `UPDATE trace SET last_at = ?, registration_id = ? WHERE kind = ? AND hash = ? AND student_id = ?`,
		millis(at), registration, kind, hash, student)
	if err != nil || n > 0 {
		return err
	}
	_, err = s.exec(ctx, `INSERT INTO trace (kind, hash, student_id, registration_id, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?)`,
		kind, hash, student, registration, millis(at), millis(at))
	if s.IsTaken(err) {
		return nil // noted by another request at the same moment
	}
	return err
}

type alertRow struct {
	Kind     enroll.TraceKind `db:"kind"`
	Hash     []byte           `db:"hash"`
	Students int              `db:"students"`
	FirstAt  int64            `db:"first_at"`
	LastAt   int64            `db:"last_at"`
	Note     *string          `db:"note"`
	By       *string          `db:"account"`
	LookAt   *int64           `db:"look_at"`
	Looked   *int             `db:"looked"`
	Version  *int             `db:"version"`
}

func (r alertRow) value() enroll.Alert {
	a := enroll.Alert{
		Kind: r.Kind, Hash: hex.EncodeToString(r.Hash), Students: r.Students, FirstAt: moment(r.FirstAt), LastAt: moment(r.LastAt),
	}
	if r.Version != nil {
		a.Look = &enroll.AlertLook{Note: *r.Note, By: *r.By, At: moment(*r.LookAt), Students: *r.Looked, Version: *r.Version}
	}
	return a
}

// alertQuery counts along the key first, so that the times are read of those few only that many share.
const alertQuery = `SELECT t.kind, t.hash, t.students, MIN(x.first_at) AS first_at, MAX(x.last_at) AS last_at,
		k.note, k.account, k.at AS look_at, k.students AS looked, k.version
	FROM (SELECT kind, hash, COUNT(*) AS students FROM trace WHERE kind = ? AND (hash = ? OR ? = 0) GROUP BY kind, hash HAVING COUNT(*) >= ?) t
	JOIN trace x ON x.kind = t.kind AND x.hash = t.hash
	LEFT JOIN alert_look k ON k.kind = t.kind AND k.hash = t.hash
	WHERE ? = 0 OR k.students IS NULL OR k.students < t.students
	GROUP BY t.kind, t.hash, t.students, k.note, k.account, k.at, k.students, k.version
	ORDER BY last_at DESC LIMIT ?`

// anyHash stands where all traces of a kind are meant.
var anyHash = []byte{}

// Alerts lists traces of a kind that so many students share, the latest first;
// open leaves out those that somebody has looked at since the last student joined.
func (s *Store) Alerts(ctx context.Context, kind enroll.TraceKind, from int, open bool, limit int) ([]enroll.Alert, error) {
	var rows []alertRow
	err := s.list(ctx, &rows, alertQuery, kind, anyHash, 0, from, flag(open), limit)
	list := make([]enroll.Alert, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// TraceRegistrations lists the matters of who shares a trace, those who came first at the top.
func (s *Store) TraceRegistrations(ctx context.Context, a enroll.Alert, limit int) ([]enroll.Registration, error) {
	hash, err := hex.DecodeString(a.Hash)
	if err != nil {
		return nil, enroll.Fail("not_found").Because(err)
	}
	var rows []registrationRow
	err = s.list(ctx, &rows, `SELECT r.* FROM trace t JOIN registration r ON r.id = t.registration_id
		WHERE t.kind = ? AND t.hash = ? ORDER BY t.first_at, t.student_id LIMIT ?`, a.Kind, hash, limit)
	if err != nil {
		return nil, err
	}
	return s.registrations(rows)
}

// LookAtAlert keeps that somebody looked at an alert, and at how many students; changed where somebody else was first.
func (s *Store) LookAtAlert(ctx context.Context, a enroll.Alert, version int) error {
	hash, err := hex.DecodeString(a.Hash)
	if err != nil {
		return enroll.Fail("not_found").Because(err)
	}
	look := a.Look
	if version > 0 {
		return s.guard(ctx, `UPDATE alert_look SET students = ?, note = ?, account = ?, at = ?, version = version + 1 WHERE kind = ? AND hash = ? AND version = ?`,
			look.Students, look.Note, look.By, millis(look.At), a.Kind, hash, version)
	}
	_, err = s.exec(ctx, `INSERT INTO alert_look (kind, hash, students, note, account, at, version) VALUES (?, ?, ?, ?, ?, ?, 1)`,
		a.Kind, hash, look.Students, look.Note, look.By, millis(look.At))
	if s.IsTaken(err) {
		return enroll.Fail("changed")
	}
	return err
}

// Alert finds one trace by its kind and hash; one that fewer students share is not_found.
func (s *Store) Alert(ctx context.Context, kind enroll.TraceKind, hash string, from int) (enroll.Alert, error) {
	raw, err := hex.DecodeString(hash)
	if err != nil {
		return enroll.Alert{}, enroll.Fail("not_found").Because(err)
	}
	var row alertRow
	err = s.get(ctx, &row, alertQuery, kind, raw, 1, from, 0, 1)
	return row.value(), err
}

// DropTraces forgets the traces that were last met before a moment, and what was noted of those that are gone.
func (s *Store) DropTraces(ctx context.Context, before time.Time) error {
	if _, err := s.exec(ctx, `DELETE FROM trace WHERE last_at < ?`, millis(before)); err != nil {
		return err
	}
	if _, err := s.exec(ctx, `DELETE FROM picture_print WHERE at < ?`, millis(before)); err != nil {
		return err
	}
	_, err := s.exec(ctx, `DELETE FROM alert_look WHERE at < ?`, millis(before))
	return err
}
