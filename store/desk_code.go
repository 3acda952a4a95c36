package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// DeskCode is a one-time code that staff gave to one person for one phone (登录码); the digits are kept as a digest only.
type DeskCode struct {
	ID           string
	Registration string
	IDType       enroll.IDType
	IDNumber     enroll.IDNumber
	Phone        enroll.Phone
	Digest       string
	At           time.Time
	ExpiresAt    time.Time
	IssuedBy     string
}

type deskCodeRow struct {
	ID           string `db:"id"`
	Registration string `db:"registration_id"`
	IDNumberHash []byte `db:"id_number_hash"`
	PhoneHash    []byte `db:"phone_hash"`
	Digest       string `db:"digest"`
	At           int64  `db:"at"`
	ExpiresAt    int64  `db:"expires_at"`
	Tries        int    `db:"tries"`
	UsedAt       int64  `db:"used_at"`
	IssuedBy     string `db:"issued_by"`
}

// AddDeskCode keeps a code; of several for one person and phone only the newest is good.
func (s *Store) AddDeskCode(ctx context.Context, c DeskCode) error {
	return s.insert(ctx, "desk_code", deskCodeRow{
		ID: c.ID, Registration: c.Registration, IDNumberHash: s.documentHash(c.IDType, c.IDNumber), PhoneHash: s.PhoneHash(c.Phone),
		Digest: c.Digest, At: millis(c.At), ExpiresAt: millis(c.ExpiresAt), IssuedBy: c.IssuedBy,
	})
}

// TryDeskCode counts a try at the newest code of a person and a phone and gives
// its id and digest; not_found where none is good any more, or all tries are used.
func (s *Store) TryDeskCode(ctx context.Context, t enroll.IDType, n enroll.IDNumber, phone enroll.Phone, most int, now time.Time) (id, digest string, err error) {
	var row deskCodeRow
	err = s.get(ctx, &row, `SELECT * FROM desk_code WHERE id_number_hash = ? AND phone_hash = ? ORDER BY id DESC LIMIT 1`, s.documentHash(t, n), s.PhoneHash(phone))
	if err != nil {
		return "", "", err
	}
	good, err := s.exec(ctx, `UPDATE desk_code SET tries = tries + 1 WHERE id = ? AND used_at = 0 AND expires_at > ? AND tries < ?`, row.ID, millis(now), most)
	if err == nil && good != 1 {
		err = enroll.Fail("not_found")
	}
	return row.ID, row.Digest, err
}

// UseDeskCode uses a code up; a second time, or too late, it is changed.
func (s *Store) UseDeskCode(ctx context.Context, id string, now time.Time) error {
	return s.guard(ctx, `UPDATE desk_code SET used_at = ? WHERE id = ? AND used_at = 0 AND expires_at > ?`, millis(now), id, millis(now))
}

// DeskCodesOf lists when codes were issued for a registration since a moment, the newest first.
func (s *Store) DeskCodesOf(ctx context.Context, registration string, since time.Time) ([]time.Time, error) {
	return s.attempts(ctx, `SELECT at FROM desk_code WHERE registration_id = ? AND at > ? ORDER BY at DESC`, registration, millis(since))
}

// DropDeskCodes takes away what was issued before a moment; timeline and audit log keep that it was.
func (s *Store) DropDeskCodes(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM desk_code WHERE at < ?`, millis(before))
	return err
}
