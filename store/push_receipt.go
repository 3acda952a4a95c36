package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// Receipt is WeChat's report on one message of a push: success, or why it failed.
type Receipt struct {
	MsgID  string
	Status string
	At     time.Time
}

type receiptRow struct {
	MsgID  string `db:"msgid"`
	Status string `db:"status"`
	At     int64  `db:"at"`
}

// AddReceipts keeps reports until they are applied; they may come before the
// sending itself is written down. A repetition is no error.
func (s *Store) AddReceipts(ctx context.Context, list []Receipt) error {
	rows := make([]receiptRow, len(list))
	for i, r := range list {
		rows[i] = receiptRow{r.MsgID, r.Status, millis(r.At)}
	}
	return insertNew(ctx, s, "push_receipt", rows)
}

// Reported is a recipient on whom WeChat has reported.
type Reported struct {
	ID      string             `db:"id"`
	Push    string             `db:"push_id"`
	MsgID   string             `db:"msgid"`
	Status  string             `db:"status"`
	Carrier enroll.PushCarrier `db:"carrier"`
}

// ReportedRecipients finds recipients whose report has come and is not applied yet.
func (s *Store) ReportedRecipients(ctx context.Context, limit int) ([]Reported, error) {
	var list []Reported
	err := s.list(ctx, &list, `SELECT push_recipient.id, push_recipient.push_id, push_receipt.msgid, push_receipt.status, push_recipient.carrier
		FROM push_receipt JOIN push_recipient ON push_recipient.msgid = push_receipt.msgid LIMIT ?`, limit)
	return list, err
}

// ApplyReceipt writes WeChat's report on a recipient whose message it had taken; to says what follows from it.
// One who waits again does so until next.
// A recipient that has had another message since, or an SMS, stays as it is: another replica applied the report.
func (s *Store) ApplyReceipt(ctx context.Context, id, msgid string, to enroll.RecipientState, carrier enroll.PushCarrier, failure enroll.PushFailure, code string, next time.Time) error {
	_, err := s.exec(ctx,
		`UPDATE push_recipient SET state = ?, carrier = ?, failure = ?, code = ?, next_at = ?, unsure_since = 0, attempts = 0
		 WHERE id = ? AND msgid = ? AND state = 'accepted'`, to, carrier, failure, code, millis(next), id, msgid)
	return err
}

// DeliveredRecipients writes that WeChat has brought messages to their recipients, where these are still their last ones.
func (s *Store) DeliveredRecipients(ctx context.Context, ids, msgids []string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := s.execIn(ctx, `UPDATE push_recipient SET state = 'delivered', failure = '', code = '', next_at = 0, unsure_since = 0, attempts = 0
		WHERE id IN (?) AND msgid IN (?) AND state = 'accepted'`, ids, msgids)
	return err
}

// EndReceipts forgets reports that are applied.
func (s *Store) EndReceipts(ctx context.Context, msgids []string) error {
	_, err := s.execIn(ctx, `DELETE FROM push_receipt WHERE msgid IN (?)`, msgids)
	return err
}

// DropReceipts forgets reports from before a moment, whose messages are not of any push.
func (s *Store) DropReceipts(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM push_receipt WHERE at < ?`, millis(before))
	return err
}

// ReopenPush lets a push run on for recipients who wait again; call it before
// they do, in the same transaction: it holds the push's row, too, where it has
// not finished, so that it cannot finish meanwhile.
func (s *Store) ReopenPush(ctx context.Context, id string) error {
	_, err := s.exec(ctx, `UPDATE push SET state = 'running', ended_at = 0 WHERE id = ? AND state IN ('running', 'done')`, id)
	return err
}
