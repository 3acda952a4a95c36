package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type orderRow struct {
	ID            string  `db:"id"`
	Bill          string  `db:"bill_id"`
	Registration  string  `db:"registration_id"`
	OutTradeNo    string  `db:"out_trade_no"`
	Channel       string  `db:"channel"`
	OpenID        string  `db:"openid"`
	AmountFen     int64   `db:"amount_fen"`
	BillVersion   int     `db:"bill_version"`
	Status        string  `db:"status"`
	LiveKey       *string `db:"live_key"`
	Description   string  `db:"description"`
	NotifyURL     string  `db:"notify_url"`
	ClientIP      string  `db:"client_ip"`
	Link          string  `db:"link_id"`
	PrepayID      string  `db:"prepay_id"`
	CodeURL       string  `db:"code_url"`
	H5URL         string  `db:"h5_url"`
	ExpiresAt     int64   `db:"expires_at"`
	CreatedAt     int64   `db:"created_at"`
	NextQueryAt   int64   `db:"next_query_at"`
	Queries       int     `db:"queries"`
	TransactionID string  `db:"transaction_id"`
	PaidAt        int64   `db:"paid_at"`
	RefundedFen   int64   `db:"refunded_fen"`
	Late          int     `db:"late"`
	Version       int     `db:"version"`
}

func (r orderRow) value() enroll.Order {
	return enroll.Order{
		ID: r.ID, Bill: r.Bill, Registration: r.Registration, OutTradeNo: r.OutTradeNo, Channel: enroll.Channel(r.Channel),
		OpenID: r.OpenID, AmountFen: r.AmountFen, BillVersion: r.BillVersion, Status: enroll.OrderStatus(r.Status),
		Description: r.Description, NotifyURL: r.NotifyURL, ClientIP: r.ClientIP, Link: r.Link, PrepayID: r.PrepayID, CodeURL: r.CodeURL,
		H5URL: r.H5URL, ExpiresAt: moment(r.ExpiresAt), CreatedAt: moment(r.CreatedAt), NextQueryAt: moment(r.NextQueryAt),
		Queries: r.Queries, TransactionID: r.TransactionID, PaidAt: moment(r.PaidAt), RefundedFen: r.RefundedFen,
		Late: r.Late == 1, Version: r.Version,
	}
}

// AddOrder keeps a new order; IsTaken tells that its bill has a live one already.
func (s *Store) AddOrder(ctx context.Context, o enroll.Order) error {
	return s.insert(ctx, "pay_order", orderRow{
		ID: o.ID, Bill: o.Bill, Registration: o.Registration, OutTradeNo: o.OutTradeNo, Channel: string(o.Channel), OpenID: o.OpenID,
		AmountFen: o.AmountFen, BillVersion: o.BillVersion, Status: string(o.Status), LiveKey: &o.Bill, Description: o.Description,
		NotifyURL: o.NotifyURL, ClientIP: o.ClientIP, Link: o.Link, ExpiresAt: millis(o.ExpiresAt), CreatedAt: millis(o.CreatedAt),
		NextQueryAt: millis(o.NextQueryAt),
	})
}

func (s *Store) order(ctx context.Context, where string, arg any) (enroll.Order, error) {
	var row orderRow
	err := s.get(ctx, &row, `SELECT * FROM pay_order WHERE `+where, arg)
	return row.value(), err
}

// Order finds an order by id.
func (s *Store) Order(ctx context.Context, id string) (enroll.Order, error) {
	return s.order(ctx, `id = ?`, id)
}

// OrderByTradeNo finds an order by the number that WeChat Pay knows.
func (s *Store) OrderByTradeNo(ctx context.Context, no string) (enroll.Order, error) {
	return s.order(ctx, `out_trade_no = ?`, no)
}

// LiveOrder finds the one order of a bill that can still be paid; not_found without one.
func (s *Store) LiveOrder(ctx context.Context, bill string) (enroll.Order, error) {
	return s.order(ctx, `live_key = ?`, bill)
}

// Orders lists a bill's orders, the newest first.
func (s *Store) Orders(ctx context.Context, bill string) ([]enroll.Order, error) {
	return s.orders(ctx, `SELECT * FROM pay_order WHERE bill_id = ? ORDER BY created_at DESC, id DESC`, bill)
}

// DueOrders lists live orders that WeChat Pay should be asked about now.
func (s *Store) DueOrders(ctx context.Context, now time.Time, limit int) ([]enroll.Order, error) {
	return s.orders(ctx,
		`SELECT * FROM pay_order WHERE status IN ('created', 'closing') AND next_query_at <= ? ORDER BY next_query_at LIMIT ?`, millis(now), limit)
}

func (s *Store) orders(ctx context.Context, query string, args ...any) ([]enroll.Order, error) {
	var rows []orderRow
	err := s.list(ctx, &rows, query, args...)
	list := make([]enroll.Order, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// MoveOrder changes an order's status by compare-and-set; the live key goes with the last live status.
func (s *Store) MoveOrder(ctx context.Context, o enroll.Order, to enroll.OrderStatus) error {
	var live *string
	if to.Live() {
		live = &o.Bill
	}
	return s.guard(ctx,
		`UPDATE pay_order SET status = ?, live_key = ?, transaction_id = ?, paid_at = ?, late = ?, version = version + 1 WHERE id = ? AND status = ? AND version = ?`,
		to, live, o.TransactionID, millis(o.PaidAt), flag(o.Late), o.ID, o.Status, o.Version)
}

// KeepPrepay keeps what WeChat Pay answered to an order's making; a repetition overwrites it with a fresh one.
func (s *Store) KeepPrepay(ctx context.Context, o enroll.Order) error {
	return s.guard(ctx, `UPDATE pay_order SET prepay_id = ?, code_url = ?, h5_url = ? WHERE id = ?`, o.PrepayID, o.CodeURL, o.H5URL, o.ID)
}

// ClaimQuery takes the right to ask WeChat Pay about an order until next; false
// where somebody else has taken it.
func (s *Store) ClaimQuery(ctx context.Context, o enroll.Order, next time.Time) (bool, error) {
	n, err := s.exec(ctx, `UPDATE pay_order SET next_query_at = ?, queries = queries + 1 WHERE id = ? AND next_query_at = ?`,
		millis(next), o.ID, millis(o.NextQueryAt))
	return n == 1, err
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
