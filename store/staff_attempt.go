package store

import (
	"context"
	"time"
)

// StaffAttempt is one try at the door of the staff site; account and address are kept as blind indexes only,
// since people type passwords where the account belongs.
type StaffAttempt struct {
	At      time.Time
	Account string
	Address string
	// Outcome is ok for a whole login, unlock for an admin's word, and a failure otherwise.
	Outcome string
}

type staffAttemptRow struct {
	ID      string `db:"id"`
	At      int64  `db:"at"`
	Account []byte `db:"account_hash"`
	Address []byte `db:"address_hash"`
	Outcome string `db:"outcome"`
}

// AddStaffAttempt keeps one try.
func (s *Store) AddStaffAttempt(ctx context.Context, a StaffAttempt) error {
	return s.insert(ctx, "staff_attempt", staffAttemptRow{
		ID: s.NewID(), At: millis(a.At), Account: s.accountHash(a.Account), Address: s.AddressHash(a.Address), Outcome: a.Outcome,
	})
}

// StaffFailures lists when tries of an account failed from an address, since a
// time and since the last one that did not, the newest first.
func (s *Store) StaffFailures(ctx context.Context, account, address string, since time.Time) ([]time.Time, error) {
	who, where := s.accountHash(account), s.AddressHash(address)
	return s.attempts(ctx, `SELECT at FROM staff_attempt WHERE account_hash = ? AND address_hash = ? AND at > ? AND outcome NOT IN ('ok', 'unlock')
		AND at > COALESCE((SELECT MAX(o.at) FROM staff_attempt o WHERE o.account_hash = ? AND (o.address_hash = ? AND o.outcome = 'ok' OR o.outcome = 'unlock')), 0)
		ORDER BY at DESC`, who, where, millis(since), who, where)
}

// StaffFailuresOf lists when tries of an account failed from anywhere since a time and its last unlock, the newest first.
func (s *Store) StaffFailuresOf(ctx context.Context, account string, since time.Time) ([]time.Time, error) {
	who := s.accountHash(account)
	return s.attempts(ctx, `SELECT at FROM staff_attempt WHERE account_hash = ? AND at > ? AND outcome NOT IN ('ok', 'unlock')
		AND at > COALESCE((SELECT MAX(o.at) FROM staff_attempt o WHERE o.account_hash = ? AND o.outcome = 'unlock'), 0) ORDER BY at DESC`, who, millis(since), who)
}

// StaffFailuresAt lists when tries failed from an address, whatever the account, the newest first.
func (s *Store) StaffFailuresAt(ctx context.Context, address string, since time.Time) ([]time.Time, error) {
	return s.attempts(ctx, `SELECT at FROM staff_attempt WHERE address_hash = ? AND at > ? AND outcome NOT IN ('ok', 'unlock') ORDER BY at DESC`,
		s.AddressHash(address), millis(since))
}

// StaffKnown says that an account was entered from an address since a time.
func (s *Store) StaffKnown(ctx context.Context, account, address string, since time.Time) (bool, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM staff_attempt WHERE account_hash = ? AND address_hash = ? AND at > ? AND outcome = 'ok'`,
		s.accountHash(account), s.AddressHash(address), millis(since))
	return n > 0, err
}

// DropStaffAttempts forgets tries before a time.
func (s *Store) DropStaffAttempts(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM staff_attempt WHERE at < ?`, millis(before))
	return err
}

func (s *Store) accountHash(account string) []byte { return s.keys.Index("account", account) }
