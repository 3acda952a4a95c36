package store

import (
	"context"

	"xinsheng/enroll"
)

type archiveRow struct {
	ID           string `db:"id"`
	Registration string `db:"registration_id"`
	Login        string `db:"login_id"`
	PhoneHash    []byte `db:"phone_hash"`
	Phone        []byte `db:"phone"`
	OpenID       string `db:"openid"`
	Object       string `db:"object"`
	At           int64  `db:"at"`
	State        string `db:"state"`
	DecidedBy    string `db:"decided_by"`
	DecidedAt    int64  `db:"decided_at"`
	Reason       string `db:"reason"`
	NameCheck    string `db:"name_check"`
	Version      int    `db:"version"`
}

func (s *Store) archive(row archiveRow) (enroll.Archive, error) {
	phone, err := s.keys.openText("face_archive", "phone", row.ID, row.Phone)
	return enroll.Archive{
		ID: row.ID, Registration: row.Registration, Login: row.Login, Phone: enroll.Phone(phone), OpenID: row.OpenID,
		Object: row.Object, At: moment(row.At), State: enroll.FaceState(row.State), DecidedBy: row.DecidedBy,
		DecidedAt: moment(row.DecidedAt), Reason: row.Reason, NameCheck: row.NameCheck, Version: row.Version,
	}, err
}

// LastArchive finds a registration's latest archived photo, or nil where there is none.
func (s *Store) LastArchive(ctx context.Context, registration string) (*enroll.Archive, error) {
	var rows []archiveRow
	err := s.list(ctx, &rows, `SELECT * FROM face_archive WHERE registration_id = ? ORDER BY at DESC, id DESC LIMIT 1`, registration)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	a, err := s.archive(rows[0])
	return &a, err
}
