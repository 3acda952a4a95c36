package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type payLinkRow struct {
	ID           string  `db:"id"`
	Bill         string  `db:"bill_id"`
	Registration string  `db:"registration_id"`
	BillVersion  int     `db:"bill_version"`
	TokenHash    []byte  `db:"token_hash"`
	LiveKey      *string `db:"live_key"`
	CreatedAt    int64   `db:"created_at"`
	ExpiresAt    int64   `db:"expires_at"`
	Version      int     `db:"version"`
}

func (s *Store) payLinkHash(token string) []byte { return s.keys.Index("pay_link", token) }

// AddPayLink keeps a new link by its token's keyed hash; IsTaken tells that its bill has a live one already.
func (s *Store) AddPayLink(ctx context.Context, l enroll.PayLink, token string) error {
	return s.insert(ctx, "pay_link", payLinkRow{
		ID: l.ID, Bill: l.Bill, Registration: l.Registration, BillVersion: l.BillVersion, TokenHash: s.payLinkHash(token),
		LiveKey: &l.Bill, CreatedAt: millis(l.CreatedAt), ExpiresAt: millis(l.ExpiresAt),
	})
}

func (s *Store) payLink(ctx context.Context, where string, arg any) (enroll.PayLink, error) {
	var r payLinkRow
	err := s.get(ctx, &r, `SELECT * FROM pay_link WHERE `+where, arg)
	return enroll.PayLink{
		ID: r.ID, Bill: r.Bill, Registration: r.Registration, BillVersion: r.BillVersion, Live: r.LiveKey != nil,
		CreatedAt: moment(r.CreatedAt), ExpiresAt: moment(r.ExpiresAt),
	}, err
}

// PayLinkByToken finds the link that a token opens.
func (s *Store) PayLinkByToken(ctx context.Context, token string) (enroll.PayLink, error) {
	return s.payLink(ctx, `token_hash = ?`, s.payLinkHash(token))
}

// LivePayLink finds the one link of a bill that nothing has ended; its time may be over.
func (s *Store) LivePayLink(ctx context.Context, bill string) (enroll.PayLink, error) {
	return s.payLink(ctx, `live_key = ?`, bill)
}

// EndPayLinks takes every link of a bill out of use.
func (s *Store) EndPayLinks(ctx context.Context, bill string) error {
	_, err := s.exec(ctx, `UPDATE pay_link SET live_key = NULL, version = version + 1 WHERE live_key = ?`, bill)
	return err
}

// HoldPayLink keeps a link in use until the end of the transaction; changed where it was ended or is over.
func (s *Store) HoldPayLink(ctx context.Context, id string, now time.Time) error {
	return s.guard(ctx, `UPDATE pay_link SET version = version + 1 WHERE id = ? AND live_key IS NOT NULL AND expires_at > ?`, id, millis(now))
}
