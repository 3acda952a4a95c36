package store

import (
	"context"

	"xinsheng/enroll"
)

type photoRow struct {
	Registration string `db:"registration_id"`
	Object       string `db:"object"`
	SourceHash   string `db:"source_hash"`
	Bytes        int    `db:"bytes"`
	Width        int    `db:"width"`
	Height       int    `db:"height"`
	CreatedAt    int64  `db:"created_at"`
}

func (r photoRow) value() enroll.RosterPhoto {
	return enroll.RosterPhoto{
		Registration: r.Registration, Object: r.Object, SourceHash: r.SourceHash,
		Bytes: r.Bytes, Width: r.Width, Height: r.Height, CreatedAt: moment(r.CreatedAt),
	}
}

// RosterPhoto finds the admission's picture of a registration; not_found where none was imported.
func (s *Store) RosterPhoto(ctx context.Context, registration string) (enroll.RosterPhoto, error) {
	var row photoRow
	err := s.get(ctx, &row, `SELECT * FROM roster_photo WHERE registration_id = ?`, registration)
	return row.value(), err
}

// RosterPhotos gives the admission's pictures of some registrations, by registration.
func (s *Store) RosterPhotos(ctx context.Context, registrations []string) (map[string]enroll.RosterPhoto, error) {
	photos := map[string]enroll.RosterPhoto{}
	if len(registrations) == 0 {
		return photos, nil
	}
	var rows []photoRow
	err := s.listIn(ctx, &rows, `SELECT * FROM roster_photo WHERE registration_id IN (?)`, registrations)
	for _, r := range rows {
		photos[r.Registration] = r.value()
	}
	return photos, err
}

// SaveRosterPhoto keeps a registration's picture in the place of a former one; its object is kept already.
func (s *Store) SaveRosterPhoto(ctx context.Context, p enroll.RosterPhoto) error {
	return s.InTx(ctx, func(tx *Store) error {
		if err := tx.DropRosterPhoto(ctx, p.Registration); err != nil {
			return err
		}
		return tx.insert(ctx, "roster_photo", photoRow{
			Registration: p.Registration, Object: p.Object, SourceHash: p.SourceHash,
			Bytes: p.Bytes, Width: p.Width, Height: p.Height, CreatedAt: millis(p.CreatedAt),
		})
	})
}

// DropRosterPhoto forgets a registration's picture, if there is one; its object is deleted after it.
func (s *Store) DropRosterPhoto(ctx context.Context, registration string) error {
	_, err := s.exec(ctx, `DELETE FROM roster_photo WHERE registration_id = ?`, registration)
	return err
}

// WithoutPhoto lists one page of an intake's registrations that have no picture, after the given id.
func (s *Store) WithoutPhoto(ctx context.Context, intake, after string, limit int) ([]enroll.Registration, error) {
	var rows []registrationRow
	err := s.list(ctx, &rows, `SELECT * FROM registration WHERE intake_id = ? AND id > ?
		AND NOT EXISTS (SELECT 1 FROM roster_photo WHERE roster_photo.registration_id = registration.id) ORDER BY id LIMIT ?`, intake, after, limit)
	if err != nil {
		return nil, err
	}
	return s.registrations(rows)
}

// PhotoCounts says how many registrations an intake has, and how many of them have a picture.
func (s *Store) PhotoCounts(ctx context.Context, intake string) (all, pictured int, err error) {
	var n struct {
		All      int `db:"n"`
		Pictured int `db:"pictured"`
	}
	err = s.get(ctx, &n, `SELECT COUNT(*) AS n, COUNT(roster_photo.registration_id) AS pictured FROM registration
		LEFT JOIN roster_photo ON roster_photo.registration_id = registration.id WHERE intake_id = ?`, intake)
	return n.All, n.Pictured, err
}
