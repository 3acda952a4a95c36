package service

import (
	"context"
	"errors"
	"fmt"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/pay"
)

// moveOrder changes an order's status by its state table; nothing else does.
func (s *Service) moveOrder(ctx context.Context, tx *store.Store, o enroll.Order, to enroll.OrderStatus) error {
	if !o.Status.MayMove(to) {
		return fmt.Errorf("order %s may not move from %s to %s", o.OutTradeNo, o.Status, to)
	}
	return tx.MoveOrder(ctx, o, to)
}

// noLiveOrder closes the order that could still be paid, before something that
// must not meet money: a confirmed close lets it go on, a payment wins
// (already_paid), and an unknown outcome asks to try again (order_in_flight).
func (s *Service) noLiveOrder(ctx context.Context, registration string) error {
	live, err := liveOrder(ctx, s.Store, registration)
	if err != nil || live == nil {
		return err
	}
	status, err := s.closeOrder(ctx, *live)
	switch {
	case err != nil:
		return err
	case status == enroll.OrderPaid:
		return enroll.Fail("already_paid")
	case status.Live():
		return enroll.Fail("order_in_flight")
	}
	return nil
}

// refuseLiveOrder is noLiveOrder's last word inside the transaction: an order
// that was made meanwhile stops what must not meet money.
func (s *Service) refuseLiveOrder(ctx context.Context, tx *store.Store, registration string) error {
	live, err := liveOrder(ctx, tx, registration)
	if err == nil && live != nil {
		return enroll.Fail("order_in_flight")
	}
	return err
}

// liveOrder finds the order of a registration's bill that can still be paid, or nil.
func liveOrder(ctx context.Context, st *store.Store, registration string) (*enroll.Order, error) {
	bill, err := st.Bill(ctx, registration)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	live, err := st.LiveOrder(ctx, bill.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil, nil
	}
	return &live, err
}

// closeOrder closes an order in two short transactions with WeChat Pay's signed
// answer between them, and gives the status that it reached: closed, paid, or
// still closing where nobody knows.
func (s *Service) closeOrder(ctx context.Context, o enroll.Order) (enroll.OrderStatus, error) {
	if o.Status == enroll.OrderCreated {
		err := s.Store.InTx(ctx, func(tx *store.Store) error { return s.moveOrder(ctx, tx, o, enroll.OrderClosing) })
		if err != nil && enroll.ReasonOf(err) != "changed" {
			return o.Status, err
		}
		if o, err = s.Store.Order(ctx, o.ID); err != nil {
			return "", err
		}
	}
	if o.Status != enroll.OrderClosing {
		return o.Status, nil
	}
	if err := s.Pay.Close(ctx, o.OutTradeNo); err == nil {
		return s.endClosing(ctx, o)
	}
	status, err := s.askOrder(ctx, o)
	if errors.Is(err, errUnanswered) {
		return o.Status, nil
	}
	return status, err
}

// endClosing writes down a close that WeChat Pay has signed.
func (s *Service) endClosing(ctx context.Context, o enroll.Order) (enroll.OrderStatus, error) {
	err := s.Store.InTx(ctx, func(tx *store.Store) error { return s.moveOrder(ctx, tx, o, enroll.OrderClosed) })
	if err != nil && enroll.ReasonOf(err) != "changed" {
		return o.Status, err
	}
	return s.statusOf(ctx, o)
}

func (s *Service) statusOf(ctx context.Context, o enroll.Order) (enroll.OrderStatus, error) {
	now, err := s.Store.Order(ctx, o.ID)
	return now.Status, err
}

// errUnanswered says that WeChat Pay gave no signed answer, so that nothing is known and nothing was changed.
var errUnanswered = errors.New("wechat pay gave no signed answer")

// askOrder asks WeChat Pay what became of an order and writes it down. Without
// a signed answer nothing changes (errUnanswered), except that an order which
// WeChat Pay never knew is closed well after its time.
func (s *Service) askOrder(ctx context.Context, o enroll.Order) (enroll.OrderStatus, error) {
	fact, err := s.Pay.Query(ctx, o.OutTradeNo)
	if errors.Is(err, pay.ErrMissing) {
		if s.Now().After(o.ExpiresAt.Add(missingGrace)) {
			return s.endClosing(ctx, o)
		}
		return o.Status, nil
	}
	if err != nil {
		s.Log.Warn("order not answered for", "order", o.OutTradeNo, "error", err)
		return o.Status, fmt.Errorf("%w: %w", errUnanswered, err)
	}
	switch fact.TradeState {
	case "SUCCESS", "REFUND":
		if err := s.Settle(ctx, fact); err != nil {
			return o.Status, err
		}
		return s.statusOf(ctx, o)
	case "CLOSED", "REVOKED":
		if err := s.keepFact(ctx, fact); err != nil {
			return o.Status, err
		}
		return s.endClosing(ctx, o)
	}
	if o.Status == enroll.OrderClosing && s.Now().After(o.ExpiresAt.Add(clockGrace)) {
		return s.endClosing(ctx, o)
	}
	return o.Status, nil
}

func (s *Service) keepFact(ctx context.Context, f enroll.PaymentFact) error {
	f.ID, f.ReceivedAt = s.Store.NewID(), s.Now()
	err := s.Store.AddFact(ctx, f)
	if s.Store.IsTaken(err) {
		return nil
	}
	return err
}

// deliverClose is the outbox's way of closing an order that another one has replaced.
func (s *Service) deliverClose(ctx context.Context, m enroll.OutboxMessage) error {
	o, err := s.Store.Order(ctx, string(m.Payload))
	if err != nil {
		return err
	}
	status, err := s.closeOrder(ctx, o)
	if err == nil && status.Live() {
		return fmt.Errorf("order %s is still %s", o.OutTradeNo, status)
	}
	return err
}
