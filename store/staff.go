package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// Credential is how a member of staff proves who they are.
type Credential struct {
	Staff enroll.Staff
	// PasswordHash is empty until a first password was given.
	PasswordHash string
	// FirstUntil ends a first password, which opens nothing but the choice of one's own; zero for an own password.
	FirstUntil time.Time
	// TOTP is the seed of the authenticator in base32; empty before it is enrolled.
	TOTP enroll.Secret
	// TOTPStep is the last step of 30 seconds whose code was used.
	TOTPStep int64
	// Mark tells the one living session from former ones; empty without any.
	Mark string
}

type staffRow struct {
	ID           string `db:"id"`
	Account      string `db:"account"`
	Name         string `db:"name"`
	Role         string `db:"role"`
	Point        string `db:"point_code"`
	PasswordHash string `db:"password_hash"`
	FirstUntil   int64  `db:"first_until"`
	TOTPSecret   []byte `db:"totp_secret"`
	TOTPStep     int64  `db:"totp_step"`
	SessionMark  string `db:"session_mark"`
	CreatedAt    int64  `db:"created_at"`
	ExpiresAt    int64  `db:"expires_at"`
	SeenAt       int64  `db:"seen_at"`
	DisabledAt   int64  `db:"disabled_at"`
	OpenID       string `db:"openid"`
	Digest       bool   `db:"digest"`
	DigestDay    string `db:"digest_day"`
	Version      int    `db:"version"`
}

func (r staffRow) value() enroll.Staff {
	return enroll.Staff{
		ID: r.ID, Account: r.Account, Name: r.Name, Role: enroll.Role(r.Role), Point: r.Point, Enrolled: r.TOTPSecret != nil && r.FirstUntil == 0,
		CreatedAt: moment(r.CreatedAt), ExpiresAt: moment(r.ExpiresAt), SeenAt: moment(r.SeenAt), DisabledAt: moment(r.DisabledAt), OpenID: r.OpenID, Digest: r.Digest, Version: r.Version,
	}
}

// AddStaff keeps a new account, without a password until one is set; IsTaken tells that the account stands.
func (s *Store) AddStaff(ctx context.Context, p enroll.Staff) error {
	return s.insert(ctx, "staff", staffRow{
		ID: p.ID, Account: p.Account, Name: p.Name, Role: string(p.Role), Point: p.Point, CreatedAt: millis(p.CreatedAt), ExpiresAt: millis(p.ExpiresAt),
		Digest: true,
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

// StaffQuery narrows a list of accounts; empty fields do not.
type StaffQuery struct {
	// Text is how account or name begins.
	Text string
	Role enroll.Role
	// After is the account that ended the former page.
	After string
	Limit int
}

// StaffList lists accounts in the order of their names.
func (s *Store) StaffList(ctx context.Context, q StaffQuery) ([]enroll.Staff, error) {
	var rows []staffRow
	err := s.list(ctx, &rows, `SELECT * FROM staff WHERE account > ? AND (role = ? OR ? = '')
		AND (SUBSTR(account, 1, ?) = ? OR SUBSTR(name, 1, ?) = ?) ORDER BY account LIMIT ?`,
		q.After, string(q.Role), string(q.Role), runes(q.Text), q.Text, runes(q.Text), q.Text, q.Limit)
	list := make([]enroll.Staff, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

func runes(s string) int { return len([]rune(s)) }

// ChangeStaff writes what an admin changes of an account; changed says that somebody else was first.
func (s *Store) ChangeStaff(ctx context.Context, p enroll.Staff) error {
	return s.guard(ctx, `UPDATE staff SET name = ?, role = ?, point_code = ?, expires_at = ?, seen_at = ?, disabled_at = ?, version = version + 1
		WHERE id = ? AND version = ?`, p.Name, string(p.Role), p.Point, millis(p.ExpiresAt), millis(p.SeenAt), millis(p.DisabledAt), p.ID, p.Version)
}

// IdleStaff lists accounts that nobody used since a moment and that are not disabled yet.
func (s *Store) IdleStaff(ctx context.Context, since time.Time) ([]enroll.Staff, error) {
	var rows []staffRow
	err := s.list(ctx, &rows, `SELECT * FROM staff WHERE disabled_at = 0 AND seen_at < ? AND created_at < ? ORDER BY account`, millis(since), millis(since))
	list := make([]enroll.Staff, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// SawStaff notes that the living session asked for something.
func (s *Store) SawStaff(ctx context.Context, id string, at time.Time) error {
	_, err := s.exec(ctx, `UPDATE staff SET seen_at = ? WHERE id = ? AND seen_at < ?`, millis(at), id, millis(at))
	return err
}
