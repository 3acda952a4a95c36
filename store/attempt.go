package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// AttemptKind says what was tried at the door.
type AttemptKind string

// What is tried: to get a code sent, or to log in with one. An unlock by staff
// stands among them and lets what was before it count no more.
const (
	AttemptCode   AttemptKind = "code"
	AttemptLogin  AttemptKind = "login"
	AttemptUnlock AttemptKind = "unlock"
)

// Attempt is one try at the door (登录尝试); document, phone and address are kept as blind indexes only.
type Attempt struct {
	ID       string
	At       time.Time
	Kind     AttemptKind
	IDType   enroll.IDType
	IDNumber enroll.IDNumber
	Phone    enroll.Phone
	Address  string
	// Outcome is sent or none for a code; ok, code_wrong, code_expired or name_mismatch for a login; ok for an unlock.
	Outcome string
	// SMS is what became of a code's SMS: ok, or the reason why it did not leave; empty while nobody knows.
	SMS string
}

type attemptRow struct {
	ID           string `db:"id"`
	At           int64  `db:"at"`
	Kind         string `db:"kind"`
	IDNumberHash []byte `db:"id_number_hash"`
	PhoneHash    []byte `db:"phone_hash"`
	AddressHash  []byte `db:"address_hash"`
	Outcome      string `db:"outcome"`
	SMS          string `db:"sms"`
}

// AddAttempt keeps one try.
func (s *Store) AddAttempt(ctx context.Context, a Attempt) error {
	return s.insert(ctx, "login_attempt", attemptRow{
		ID: a.ID, At: millis(a.At), Kind: string(a.Kind), IDNumberHash: s.documentHash(a.IDType, a.IDNumber),
		PhoneHash: s.PhoneHash(a.Phone), AddressHash: s.AddressHash(a.Address), Outcome: a.Outcome,
	})
}

// AttemptsOfPhone lists when codes were asked for with a phone since a time, the newest first.
func (s *Store) AttemptsOfPhone(ctx context.Context, phone enroll.Phone, since time.Time) ([]time.Time, error) {
	return s.attempts(ctx,
		`SELECT at FROM login_attempt WHERE phone_hash = ? AND at > ? AND kind = 'code' ORDER BY at DESC`, s.PhoneHash(phone), millis(since))
}

// AttemptsOfIdentity lists when codes were asked for a document since a time
// and its last unlock, the newest first.
func (s *Store) AttemptsOfIdentity(ctx context.Context, t enroll.IDType, n enroll.IDNumber, since time.Time) ([]time.Time, error) {
	return s.attempts(ctx, ofIdentity+`kind = 'code' ORDER BY at DESC`, s.documentHash(t, n), s.documentHash(t, n), millis(since))
}

// FailedLogins lists when logins with a document failed since a time and its last unlock, the newest first.
func (s *Store) FailedLogins(ctx context.Context, t enroll.IDType, n enroll.IDNumber, since time.Time) ([]time.Time, error) {
	return s.attempts(ctx, ofIdentity+`kind = 'login' AND outcome <> 'ok' ORDER BY at DESC`, s.documentHash(t, n), s.documentHash(t, n), millis(since))
}

const ofIdentity = `SELECT at FROM login_attempt WHERE id_number_hash = ?
	AND at > COALESCE((SELECT MAX(u.at) FROM login_attempt u WHERE u.id_number_hash = ? AND u.kind = 'unlock'), 0) AND at > ? AND `

// CodesSent counts the codes that went out since a time.
func (s *Store) CodesSent(ctx context.Context, since time.Time) (int, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM login_attempt WHERE kind = 'code' AND at >= ? AND outcome = 'sent'`, millis(since))
	return n, err
}

func (s *Store) attempts(ctx context.Context, query string, args ...any) ([]time.Time, error) {
	var rows []int64
	if err := s.list(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	times := make([]time.Time, len(rows))
	for i, at := range rows {
		times[i] = moment(at)
	}
	return times, nil
}

// SetSMS notes what became of the SMS of a code.
func (s *Store) SetSMS(ctx context.Context, attempt, sms string) error {
	return s.guard(ctx, `UPDATE login_attempt SET sms = ? WHERE id = ? AND kind = 'code'`, sms, attempt)
}

// LastCode is when a code was last sent for a document, and what became of its SMS; not_found where none was.
func (s *Store) LastCode(ctx context.Context, t enroll.IDType, n enroll.IDNumber) (Attempt, error) {
	var row attemptRow
	err := s.get(ctx, &row, `SELECT * FROM login_attempt WHERE id_number_hash = ? AND kind = 'code' AND outcome = 'sent' ORDER BY at DESC LIMIT 1`, s.documentHash(t, n))
	return Attempt{ID: row.ID, At: moment(row.At), Kind: AttemptKind(row.Kind), Outcome: row.Outcome, SMS: row.SMS}, err
}
