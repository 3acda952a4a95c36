package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// Credential finds how a member of staff proves who they are, by id.
func (s *Store) Credential(ctx context.Context, id string) (Credential, error) {
	var row staffRow
	if err := s.get(ctx, &row, `SELECT * FROM staff WHERE id = ?`, id); err != nil {
		return Credential{}, err
	}
	seed, err := s.keys.openText("staff", "totp_secret", row.ID, row.TOTPSecret)
	return Credential{
		Staff: row.value(), PasswordHash: row.PasswordHash, FirstUntil: moment(row.FirstUntil), TOTP: enroll.Secret(seed), TOTPStep: row.TOTPStep, Mark: row.SessionMark,
	}, err
}

// StaffSession finds a member of staff by id, with the mark of the living session.
func (s *Store) StaffSession(ctx context.Context, id string) (enroll.Staff, string, error) {
	var row staffRow
	err := s.get(ctx, &row, `SELECT * FROM staff WHERE id = ?`, id)
	return row.value(), row.SessionMark, err
}

// SetPassword keeps the hash of a password and ends the living session; a first password ends by itself, an own one has no end.
func (s *Store) SetPassword(ctx context.Context, id, hash string, firstUntil time.Time) error {
	return s.guard(ctx, `UPDATE staff SET password_hash = ?, first_until = ?, session_mark = '', version = version + 1 WHERE id = ?`, hash, millis(firstUntil), id)
}

// SetFirstPassword keeps the hash of a first password where the account has none of its own; changed where it has.
func (s *Store) SetFirstPassword(ctx context.Context, id, hash string, until time.Time) error {
	return s.guard(ctx, `UPDATE staff SET password_hash = ?, first_until = ?, session_mark = '', version = version + 1
		WHERE id = ? AND (password_hash = '' OR first_until > 0)`, hash, millis(until), id)
}

// SetTOTP keeps the seed of an authenticator and the step that proved it; an empty seed asks for enrolment anew.
func (s *Store) SetTOTP(ctx context.Context, id string, seed enroll.Secret, step int64) error {
	return s.guard(ctx, `UPDATE staff SET totp_secret = ?, totp_step = ?, version = version + 1 WHERE id = ?`,
		s.keys.sealText("staff", "totp_secret", id, seed.Raw()), step, id)
}

// UseTOTP uses a step up; false where its code, or a later one, was used already.
func (s *Store) UseTOTP(ctx context.Context, id string, step int64) (bool, error) {
	n, err := s.exec(ctx, `UPDATE staff SET totp_step = ? WHERE id = ? AND totp_step < ?`, step, id, step)
	return n == 1, err
}

// EnterStaff begins a session, which ends any former one.
func (s *Store) EnterStaff(ctx context.Context, id, mark string, at time.Time) error {
	return s.guard(ctx, `UPDATE staff SET session_mark = ?, seen_at = ? WHERE id = ?`, mark, millis(at), id)
}

// LeaveStaff ends a session where it is the living one.
func (s *Store) LeaveStaff(ctx context.Context, id, mark string) error {
	_, err := s.exec(ctx, `UPDATE staff SET session_mark = '' WHERE id = ? AND session_mark = ?`, id, mark)
	return err
}

type recoveryRow struct {
	ID    string `db:"id"`
	Staff string `db:"staff_id"`
	Code  []byte `db:"code_hash"`
}

// SetRecoveryCodes keeps new recovery codes as keyed hashes and forgets all former ones.
func (s *Store) SetRecoveryCodes(ctx context.Context, staff string, codes []string) error {
	if _, err := s.exec(ctx, `DELETE FROM staff_recovery WHERE staff_id = ?`, staff); err != nil {
		return err
	}
	for _, code := range codes {
		if err := s.insert(ctx, "staff_recovery", recoveryRow{ID: s.NewID(), Staff: staff, Code: s.recoveryHash(code)}); err != nil {
			return err
		}
	}
	return nil
}

// UseRecoveryCode uses a code up; false where there is none such.
func (s *Store) UseRecoveryCode(ctx context.Context, staff, code string) (bool, error) {
	n, err := s.exec(ctx, `DELETE FROM staff_recovery WHERE staff_id = ? AND code_hash = ?`, staff, s.recoveryHash(code))
	return n == 1, err
}

// RecoveryCodesLeft counts the codes that still open.
func (s *Store) RecoveryCodesLeft(ctx context.Context, staff string) (n int, err error) {
	err = s.get(ctx, &n, `SELECT COUNT(*) FROM staff_recovery WHERE staff_id = ?`, staff)
	return n, err
}

func (s *Store) recoveryHash(code string) []byte { return s.keys.Index("recovery", code) }
