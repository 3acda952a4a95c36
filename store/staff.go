package store

import (
	"context"

	"xinsheng/enroll"
)

type staffRow struct {
	ID           string `db:"id"`
	Account      string `db:"account"`
	Name         string `db:"name"`
	Role         string `db:"role"`
	Point        string `db:"point_code"`
	PasswordHash string `db:"password_hash"`
	TOTPSecret   []byte `db:"totp_secret"`
	TOTPStep     int64  `db:"totp_step"`
	SessionMark  string `db:"session_mark"`
	Failures     int    `db:"failures"`
	LockedUntil  int64  `db:"locked_until"`
	CreatedAt    int64  `db:"created_at"`
	ExpiresAt    int64  `db:"expires_at"`
	SeenAt       int64  `db:"seen_at"`
	DisabledAt   int64  `db:"disabled_at"`
	Version      int    `db:"version"`
}

func (r staffRow) value() enroll.Staff {
	return enroll.Staff{
		ID: r.ID, Account: r.Account, Name: r.Name, Role: enroll.Role(r.Role), Point: r.Point, CreatedAt: moment(r.CreatedAt),
		ExpiresAt: moment(r.ExpiresAt), SeenAt: moment(r.SeenAt), DisabledAt: moment(r.DisabledAt), Version: r.Version,
	}
}

// AddStaff keeps a new account, without a password until one is set; IsTaken tells that the account stands.
func (s *Store) AddStaff(ctx context.Context, p enroll.Staff) error {
	return s.insert(ctx, "staff", staffRow{
		ID: p.ID, Account: p.Account, Name: p.Name, Role: string(p.Role), Point: p.Point, CreatedAt: millis(p.CreatedAt), ExpiresAt: millis(p.ExpiresAt),
	})
}

// Staff finds a member of staff by id.
func (s *Store) Staff(ctx context.Context, id string) (enroll.Staff, error) {
	var row staffRow
	err := s.get(ctx, &row, `SELECT * FROM staff WHERE id = ?`, id)
	return row.value(), err
}

// StaffByAccount finds a member of staff by the name of the account.
func (s *Store) StaffByAccount(ctx context.Context, account string) (enroll.Staff, error) {
	var row staffRow
	err := s.get(ctx, &row, `SELECT * FROM staff WHERE account = ?`, account)
	return row.value(), err
}
