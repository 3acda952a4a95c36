package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"xinsheng/enroll"
)

type recipientRow struct {
	ID           string `db:"id"`
	Push         string `db:"push_id"`
	Registration string `db:"registration_id"`
	OpenID       string `db:"openid"`
	Carrier      string `db:"carrier"`
	State        string `db:"state"`
	Failure      string `db:"failure"`
	Code         string `db:"code"`
	Content      []byte `db:"content"`
	Attempts     int    `db:"attempts"`
	Round        int    `db:"round"`
	NextAt       int64  `db:"next_at"`
	TriedAt      int64  `db:"tried_at"`
	UnsureSince  int64  `db:"unsure_since"`
	MsgID        string `db:"msgid"`
	SentAt       int64  `db:"sent_at"`
}

func (s *Store) recipient(r recipientRow) (enroll.PushRecipient, error) {
	out := enroll.PushRecipient{
		ID: r.ID, Push: r.Push, Registration: r.Registration, OpenID: r.OpenID, Carrier: enroll.PushCarrier(r.Carrier),
		State: enroll.RecipientState(r.State), Failure: enroll.PushFailure(r.Failure), Code: r.Code, Attempts: r.Attempts, Round: r.Round,
		NextAt: moment(r.NextAt), TriedAt: moment(r.TriedAt), UnsureSince: moment(r.UnsureSince), MsgID: r.MsgID, SentAt: moment(r.SentAt),
	}
	content, err := s.keys.Open("push_recipient", "content", r.ID, r.Content)
	if err == nil {
		err = json.Unmarshal(content, &out.Content)
	}
	if err != nil {
		return out, fmt.Errorf("content of push recipient %s: %w", r.ID, err)
	}
	return out, nil
}

func (s *Store) recipients(rows []recipientRow) ([]enroll.PushRecipient, error) {
	list := make([]enroll.PushRecipient, 0, len(rows))
	for _, row := range rows {
		r, err := s.recipient(row)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// AddRecipients writes recipients of a push down, their words sealed.
func (s *Store) AddRecipients(ctx context.Context, list []enroll.PushRecipient) error {
	rows := make([]recipientRow, len(list))
	for i, r := range list {
		content, err := json.Marshal(r.Content)
		if err != nil {
			return err
		}
		rows[i] = recipientRow{
			ID: r.ID, Push: r.Push, Registration: r.Registration, OpenID: r.OpenID, Carrier: string(r.Carrier), State: string(r.State),
			Failure: string(r.Failure), Content: s.keys.Seal("push_recipient", "content", r.ID, content),
		}
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := sqlx.NamedExecContext(ctx, s.writer(), insertQuery("push_recipient", rows[0]), rows)
	return err
}

// ClaimRecipients marks recipients of a carrier that are due as being sent, before any call;
// only who holds the push's lease may call it, in the transaction that renews the lease.
func (s *Store) ClaimRecipients(ctx context.Context, push string, carrier enroll.PushCarrier, now time.Time, limit int) ([]enroll.PushRecipient, error) {
	var rows []recipientRow
	err := s.list(ctx, &rows,
		`SELECT * FROM push_recipient WHERE push_id = ? AND state = 'waiting' AND carrier = ? AND next_at <= ? ORDER BY next_at, id LIMIT ?`,
		push, carrier, millis(now), limit)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	query, args, err := sqlx.In(
		`UPDATE push_recipient SET state = 'sending', tried_at = ?, attempts = attempts + 1 WHERE id IN (?) AND state = 'waiting'`, millis(now), ids)
	if err != nil {
		return nil, err
	}
	n, err := s.exec(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	if int(n) != len(ids) {
		return nil, enroll.Fail("changed")
	}
	list, err := s.recipients(rows)
	for i := range list {
		list[i].State, list[i].TriedAt, list[i].Attempts = enroll.RecipientSending, now, list[i].Attempts+1
	}
	return list, err
}

// EndRecipients writes what became of recipients that were being sent, in the
// transaction that holds the push's lease; all that were taken in one statement.
func (s *Store) EndRecipients(ctx context.Context, list []enroll.PushRecipient) error {
	var accepted, others []enroll.PushRecipient
	for _, r := range list {
		if r.State == enroll.RecipientAccepted {
			accepted = append(accepted, r)
		} else {
			others = append(others, r)
		}
	}
	if err := s.acceptedRecipients(ctx, accepted); err != nil {
		return err
	}
	for _, r := range others {
		_, err := s.exec(ctx,
			`UPDATE push_recipient SET state = ?, failure = ?, code = ?, carrier = ?, next_at = ?, unsure_since = ?, attempts = ?, msgid = ?, sent_at = ?
			 WHERE id = ? AND state = 'sending'`,
			r.State, r.Failure, r.Code, r.Carrier, millis(r.NextAt), millis(r.UnsureSince), r.Attempts, r.MsgID, millis(r.SentAt), r.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) acceptedRecipients(ctx context.Context, list []enroll.PushRecipient) error {
	if len(list) == 0 {
		return nil
	}
	var cases strings.Builder
	msgids, sent, ids := []any{}, []any{}, []string{}
	for _, r := range list {
		cases.WriteString(" WHEN ? THEN ?")
		msgids, sent, ids = append(msgids, r.ID, r.MsgID), append(sent, r.ID, millis(r.SentAt)), append(ids, r.ID)
	}
	query := `UPDATE push_recipient SET state = 'accepted', failure = '', code = '', next_at = 0, unsure_since = 0,
		msgid = CASE id` + cases.String() + ` END, sent_at = CASE id` + cases.String() + ` END WHERE id IN (?) AND state = 'sending'`
	_, err := s.execIn(ctx, query, append(append(msgids, sent...), ids)...)
	return err
}

// AbandonedRecipients takes back what a vanished worker was sending: a template
// message may be tried again within the life of its dedup id, anything else is
// of unknown outcome. Only the new holder of the push's lease may call it.
func (s *Store) AbandonedRecipients(ctx context.Context, push string) error {
	_, err := s.exec(ctx,
		`UPDATE push_recipient SET state = 'unknown', failure = 'unknown' WHERE push_id = ? AND state = 'sending' AND carrier <> 'template'`, push)
	if err != nil {
		return err
	}
	_, err = s.exec(ctx,
		`UPDATE push_recipient SET state = 'waiting', next_at = 0, unsure_since = CASE WHEN unsure_since = 0 THEN tried_at ELSE unsure_since END
		 WHERE push_id = ? AND state = 'sending'`, push)
	return err
}

// NextRecipient says when the next waiting recipient of a push may be tried; none where nobody waits or is being sent.
func (s *Store) NextRecipient(ctx context.Context, push string) (at time.Time, some bool, err error) {
	var row struct {
		N  int   `db:"n"`
		At int64 `db:"at"`
	}
	err = s.get(ctx, &row, `SELECT COUNT(*) AS n, COALESCE(MIN(next_at), 0) AS at FROM push_recipient WHERE push_id = ? AND state IN ('waiting', 'sending')`, push)
	return moment(row.At), row.N > 0, err
}

// DropWaiting takes back what a cancelled push has not sent.
func (s *Store) DropWaiting(ctx context.Context, push string) error {
	_, err := s.exec(ctx, `UPDATE push_recipient SET state = 'dropped' WHERE push_id = ? AND state = 'waiting'`, push)
	return err
}

// DropRecipients forgets everybody of a push of which nothing was sent.
func (s *Store) DropRecipients(ctx context.Context, push string) error {
	_, err := s.exec(ctx, `DELETE FROM push_recipient WHERE push_id = ?`, push)
	return err
}

// PostponeSMS lets the SMS of a push wait until the budget's next day.
func (s *Store) PostponeSMS(ctx context.Context, push string, until time.Time) error {
	_, err := s.exec(ctx, `UPDATE push_recipient SET next_at = ? WHERE push_id = ? AND state = 'waiting' AND carrier = 'sms' AND next_at < ?`,
		millis(until), push, millis(until))
	return err
}

// PushCounts counts a push's recipients by state and failures by reason.
func (s *Store) PushCounts(ctx context.Context, push string) (enroll.PushCounts, error) {
	counts := enroll.PushCounts{States: map[enroll.RecipientState]int{}, Failures: map[enroll.PushFailure]int{}}
	var rows []struct {
		State   enroll.RecipientState `db:"state"`
		Failure enroll.PushFailure    `db:"failure"`
		N       int                   `db:"n"`
	}
	err := s.list(ctx, &rows, `SELECT state, failure, COUNT(*) AS n FROM push_recipient WHERE push_id = ? GROUP BY state, failure`, push)
	for _, r := range rows {
		counts.States[r.State] += r.N
		if r.State == enroll.RecipientFailed || r.State == enroll.RecipientUnknown {
			counts.Failures[r.Failure] += r.N
		}
	}
	return counts, err
}

// Recipients lists one page of a push's recipients after an id, in some states.
func (s *Store) Recipients(ctx context.Context, push string, states []enroll.RecipientState, after string, limit int) ([]enroll.PushRecipient, error) {
	var rows []recipientRow
	err := s.listIn(ctx, &rows, `SELECT * FROM push_recipient WHERE push_id = ? AND state IN (?) AND id > ? ORDER BY id LIMIT ?`, push, states, after, limit)
	if err != nil {
		return nil, err
	}
	return s.recipients(rows)
}

// RecipientsOf lists what was pushed to one registration, the newest first.
func (s *Store) RecipientsOf(ctx context.Context, registration string) ([]enroll.PushRecipient, error) {
	var rows []recipientRow
	if err := s.list(ctx, &rows, `SELECT * FROM push_recipient WHERE registration_id = ? ORDER BY id DESC LIMIT 200`, registration); err != nil {
		return nil, err
	}
	return s.recipients(rows)
}

// ResendRecipients lets recipients in a state be tried once more, as a new message to the vendor, and says how many.
func (s *Store) ResendRecipients(ctx context.Context, push string, state enroll.RecipientState) (int64, error) {
	return s.exec(ctx,
		`UPDATE push_recipient SET state = 'waiting', failure = '', code = '', attempts = 0, round = round + 1, next_at = 0, unsure_since = 0, msgid = ''
		 WHERE push_id = ? AND state = ?`, push, state)
}

// SentSince counts what vendors have taken by a carrier since a moment.
func (s *Store) SentSince(ctx context.Context, carrier enroll.PushCarrier, since time.Time) (int, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM push_recipient WHERE sent_at >= ? AND carrier = ?`, millis(since), carrier)
	return n, err
}

// DeliveriesSince counts the single template messages of the outbox since a moment.
func (s *Store) DeliveriesSince(ctx context.Context, since time.Time) (int, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM delivery WHERE at >= ?`, millis(since))
	return n, err
}

// UrgentDue says that an urgent message waits to be sent now.
func (s *Store) UrgentDue(ctx context.Context, now time.Time) (bool, error) {
	var ids []string
	err := s.list(ctx, &ids, `SELECT id FROM outbox WHERE state = 'waiting' AND urgent = 1 AND next_at <= ? AND lease_until <= ? LIMIT 1`,
		millis(now), millis(now))
	return len(ids) > 0, err
}
