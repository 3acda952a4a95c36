package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"xinsheng/enroll"
)

type intakeRow struct {
	ID        string `db:"id"`
	Grade     int    `db:"grade"`
	Name      string `db:"name"`
	OpensAt   int64  `db:"opens_at"`
	ClosesAt  int64  `db:"closes_at"`
	Settings  string `db:"settings"`
	Version   int    `db:"version"`
	CreatedAt int64  `db:"created_at"`
}

func (r intakeRow) value() (enroll.Intake, error) {
	i := enroll.Intake{ID: r.ID, Grade: r.Grade, Name: r.Name, OpensAt: moment(r.OpensAt), ClosesAt: moment(r.ClosesAt), Version: r.Version}
	if err := json.Unmarshal([]byte(r.Settings), &i.Settings); err != nil {
		return i, fmt.Errorf("settings of intake %s: %w", r.ID, err)
	}
	return i, nil
}

// Intake finds an intake by id.
func (s *Store) Intake(ctx context.Context, id string) (enroll.Intake, error) {
	var row intakeRow
	if err := s.get(ctx, &row, `SELECT * FROM intake WHERE id = ?`, id); err != nil {
		return enroll.Intake{}, err
	}
	return row.value()
}

// Intakes lists all intakes, the newest grade first.
func (s *Store) Intakes(ctx context.Context) ([]enroll.Intake, error) {
	var rows []intakeRow
	if err := s.list(ctx, &rows, `SELECT * FROM intake ORDER BY grade DESC, opens_at DESC, id`); err != nil {
		return nil, err
	}
	list := make([]enroll.Intake, 0, len(rows))
	for _, row := range rows {
		i, err := row.value()
		if err != nil {
			return nil, err
		}
		list = append(list, i)
	}
	return list, nil
}

// AddIntake keeps a new intake.
func (s *Store) AddIntake(ctx context.Context, i enroll.Intake, now time.Time) error {
	settings, err := json.Marshal(i.Settings)
	if err != nil {
		return err
	}
	return s.insert(ctx, "intake", intakeRow{
		ID: i.ID, Grade: i.Grade, Name: i.Name, OpensAt: millis(i.OpensAt), ClosesAt: millis(i.ClosesAt),
		Settings: string(settings), Version: 1, CreatedAt: millis(now),
	})
}

// ChangeIntake replaces window and settings of an intake as it was read.
func (s *Store) ChangeIntake(ctx context.Context, i enroll.Intake) error {
	settings, err := json.Marshal(i.Settings)
	if err != nil {
		return err
	}
	return s.guard(ctx,
		`UPDATE intake SET name = ?, opens_at = ?, closes_at = ?, settings = ?, version = version + 1 WHERE id = ? AND version = ?`,
		i.Name, millis(i.OpensAt), millis(i.ClosesAt), string(settings), i.ID, i.Version)
}

// LockIntake has other changes of an intake's places wait until the transaction ends; it comes first in one.
func (s *Store) LockIntake(ctx context.Context, id string) error {
	return s.guard(ctx, `UPDATE intake SET version = version WHERE id = ?`, id)
}

type textRow struct {
	ID        string `db:"id"`
	Intake    string `db:"intake_id"`
	Kind      string `db:"kind"`
	Version   int    `db:"version"`
	Title     string `db:"title"`
	Body      string `db:"body"`
	Hash      string `db:"hash"`
	CreatedAt int64  `db:"created_at"`
	ChangedBy string `db:"changed_by"`
}

func (r textRow) value() enroll.Text {
	return enroll.Text{
		ID: r.ID, Intake: r.Intake, Kind: enroll.TextKind(r.Kind), Version: r.Version, Title: r.Title, Body: r.Body, Hash: r.Hash,
		At: moment(r.CreatedAt), By: r.ChangedBy,
	}
}

// Text finds the newest version of a text.
func (s *Store) Text(ctx context.Context, intake string, kind enroll.TextKind) (enroll.Text, error) {
	var row textRow
	err := s.get(ctx, &row, `SELECT * FROM intake_text WHERE intake_id = ? AND kind = ? ORDER BY version DESC LIMIT 1`, intake, kind)
	return row.value(), err
}

// TextVersion finds one version of a text, for what was signed earlier.
func (s *Store) TextVersion(ctx context.Context, intake string, kind enroll.TextKind, version int) (enroll.Text, error) {
	var row textRow
	err := s.get(ctx, &row, `SELECT * FROM intake_text WHERE intake_id = ? AND kind = ? AND version = ?`, intake, kind, version)
	return row.value(), err
}

// TextVersions lists all versions of an intake's texts, by kind and the newest first.
func (s *Store) TextVersions(ctx context.Context, intake string) ([]enroll.Text, error) {
	var rows []textRow
	err := s.list(ctx, &rows, `SELECT * FROM intake_text WHERE intake_id = ? ORDER BY kind, version DESC`, intake)
	list := make([]enroll.Text, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// AddText keeps a further version of a text; versions are never changed.
func (s *Store) AddText(ctx context.Context, t enroll.Text, now time.Time) error {
	return s.insert(ctx, "intake_text", textRow{
		ID: t.ID, Intake: t.Intake, Kind: string(t.Kind), Version: t.Version, Title: t.Title, Body: t.Body, Hash: t.Hash, CreatedAt: millis(now),
		ChangedBy: t.By,
	})
}
