package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type sectionRow struct {
	Registration string `db:"registration_id"`
	Name         string `db:"name"`
	Content      []byte `db:"content"`
	Version      int    `db:"version"`
	SavedAt      int64  `db:"saved_at"`
	Login        string `db:"login_id"`
	Device       string `db:"device"`
}

func sectionPlace(registration, name string) string { return registration + "/" + name }

func (s *Store) section(r sectionRow) (enroll.Section, error) {
	content, err := s.keys.Open("section", "content", sectionPlace(r.Registration, r.Name), r.Content)
	return enroll.Section{
		Registration: r.Registration, Key: r.Name, Content: content, Version: r.Version,
		SavedAt: moment(r.SavedAt), Login: r.Login, Device: r.Device,
	}, err
}

// Sections gives a registration's drafts by key; what was never saved is not there.
func (s *Store) Sections(ctx context.Context, registration string) (map[string]enroll.Section, error) {
	var rows []sectionRow
	if err := s.list(ctx, &rows, `SELECT * FROM section WHERE registration_id = ?`, registration); err != nil {
		return nil, err
	}
	drafts := make(map[string]enroll.Section, len(rows))
	for _, r := range rows {
		draft, err := s.section(r)
		if err != nil {
			return nil, err
		}
		drafts[r.Name] = draft
	}
	return drafts, nil
}

// Section gives one draft, with version 0 where it was never saved.
func (s *Store) Section(ctx context.Context, registration, key string) (enroll.Section, error) {
	var row sectionRow
	err := s.get(ctx, &row, `SELECT * FROM section WHERE registration_id = ? AND name = ?`, registration, key)
	if enroll.CodeOf(err) == enroll.NotFound {
		return enroll.Section{Registration: registration, Key: key}, nil
	}
	if err != nil {
		return enroll.Section{}, err
	}
	return s.section(row)
}

// SaveSection keeps a draft sealed over the version that it names, 0 for a new
// one, and counts the version up; changed where another version stands.
func (s *Store) SaveSection(ctx context.Context, draft enroll.Section, now time.Time) error {
	sealed := s.keys.Seal("section", "content", sectionPlace(draft.Registration, draft.Key), draft.Content)
	if draft.Version > 0 {
		return s.guard(ctx,
			`UPDATE section SET content = ?, version = version + 1, saved_at = ?, login_id = ?, device = ? WHERE registration_id = ? AND name = ? AND version = ?`,
			sealed, millis(now), draft.Login, draft.Device, draft.Registration, draft.Key, draft.Version)
	}
	err := s.insert(ctx, "section", sectionRow{
		Registration: draft.Registration, Name: draft.Key, Content: sealed, Version: 1,
		SavedAt: millis(now), Login: draft.Login, Device: draft.Device,
	})
	if err != nil && s.IsTaken(err) {
		return enroll.Fail("changed").Because(err)
	}
	return err
}
