package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type gateRow struct {
	ID       string `db:"id"`
	Gate     string `db:"gate"`
	Version  int    `db:"version"`
	Paused   bool   `db:"paused"`
	Sentence string `db:"sentence"`
	Account  string `db:"account"`
	At       int64  `db:"at"`
}

func (r gateRow) value() enroll.GateState {
	return enroll.GateState{
		Gate: enroll.Gate(r.Gate), Version: r.Version, Paused: r.Paused, Sentence: r.Sentence, By: r.Account, At: moment(r.At),
	}
}

// Gates gives how each gate stands that was ever changed.
func (s *Store) Gates(ctx context.Context) (map[enroll.Gate]enroll.GateState, error) {
	list, err := s.gates(ctx, `SELECT g.* FROM gate g WHERE g.version = (SELECT MAX(version) FROM gate WHERE gate = g.gate)`)
	found := make(map[enroll.Gate]enroll.GateState, len(list))
	for _, g := range list {
		found[g.Gate] = g
	}
	return found, err
}

// Gate gives how one gate stands; version 0 was never changed.
func (s *Store) Gate(ctx context.Context, gate enroll.Gate) (enroll.GateState, error) {
	list, err := s.gates(ctx, `SELECT * FROM gate WHERE gate = ? ORDER BY version DESC LIMIT 1`, string(gate))
	if err != nil || len(list) == 0 {
		return enroll.GateState{Gate: gate}, err
	}
	return list[0], nil
}

// GateChanges lists the last changes of all gates, the newest first.
func (s *Store) GateChanges(ctx context.Context, limit int) ([]enroll.GateState, error) {
	return s.gates(ctx, `SELECT * FROM gate ORDER BY id DESC LIMIT ?`, limit)
}

func (s *Store) gates(ctx context.Context, query string, args ...any) ([]enroll.GateState, error) {
	var rows []gateRow
	err := s.list(ctx, &rows, query, args...)
	list := make([]enroll.GateState, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// ChangeGate adds the next version of a gate; changed where somebody else was first.
func (s *Store) ChangeGate(ctx context.Context, g enroll.GateState, at time.Time) error {
	err := s.insert(ctx, "gate", gateRow{
		ID: s.newID(), Gate: string(g.Gate), Version: g.Version, Paused: g.Paused, Sentence: g.Sentence, Account: g.By, At: millis(at),
	})
	if s.IsTaken(err) {
		return enroll.Fail("changed")
	}
	return err
}
