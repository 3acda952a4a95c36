package service

import (
	"context"
	"fmt"

	"xinsheng/enroll"
	"xinsheng/store"
)

// settleTries is how often a settlement that met another change is begun anew.
const settleTries = 10

// Settle takes what WeChat Pay signed about an order (支付事实) and gives it its
// effect exactly once, whoever brings it: notice, page, sweeper or bill. One
// transaction keeps the fact, marks the order paid, covers the bill, moves the
// registration, gives the number and writes the message. What does not fit
// opens a case and is never an error to WeChat.
func (s *Service) Settle(ctx context.Context, f enroll.PaymentFact) error {
	var err error
	for range settleTries {
		err = s.Store.InTx(ctx, func(tx *store.Store) error {
			err := s.settle(ctx, tx, f)
			Mark("in_transaction")
			return err
		})
		if enroll.ReasonOf(err) != "changed" {
			break
		}
	}
	if err == nil {
		Mark("after_commit")
	}
	return err
}

func (s *Service) settle(ctx context.Context, tx *store.Store, f enroll.PaymentFact) error {
	f.ID, f.ReceivedAt = tx.NewID(), s.Now()
	err := tx.AddFact(ctx, f)
	if tx.IsTaken(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if f.TradeState != "SUCCESS" && f.TradeState != "REFUND" {
		return nil
	}
	o, err := tx.OrderByTradeNo(ctx, f.OutTradeNo)
	if enroll.CodeOf(err) == enroll.NotFound {
		return s.misfit(ctx, tx, enroll.CaseUnknownOrder, enroll.Order{}, f, "商户订单号 "+f.OutTradeNo)
	}
	if err != nil {
		return err
	}
	return s.settleOrder(ctx, tx, o, f)
}

func (s *Service) settleOrder(ctx context.Context, tx *store.Store, o enroll.Order, f enroll.PaymentFact) error {
	if appID, mchID := s.Pay.Merchant(); f.AmountFen != o.AmountFen || f.Currency != "CNY" || f.AppID != appID || f.MchID != mchID {
		return s.misfit(ctx, tx, enroll.CaseMismatch, o, f, fmt.Sprintf("应收 %s 元，实收 %s 元 %s", enroll.Yuan(o.AmountFen), enroll.Yuan(f.AmountFen), f.Currency))
	}
	if f.TradeState == "REFUND" {
		if err := s.misfit(ctx, tx, enroll.CaseRefundedOutside, o, f, "微信支付商户平台显示已退款"); err != nil {
			return err
		}
	}
	if o.Status == enroll.OrderPaid {
		if o.TransactionID == f.TransactionID {
			return nil
		}
		return s.misfit(ctx, tx, enroll.CaseDouble, o, f, "同一订单出现第二笔微信支付交易")
	}
	r, err := tx.Registration(ctx, o.Registration)
	if err != nil {
		return err
	}
	intake, err := tx.Intake(ctx, r.Intake)
	if err != nil {
		return err
	}
	before := o.Status
	o.TransactionID, o.PaidAt = f.TransactionID, f.SuccessAt
	o.Late = f.SuccessAt.After(enroll.DeadlinesOf(intake, r).Pay)
	if err := s.moveOrder(ctx, tx, o, enroll.OrderPaid); err != nil {
		return err
	}
	if f.TradeState == "REFUND" {
		return nil
	}
	return s.credit(ctx, tx, r, o, before, f)
}

// credit lets the money cover the bill where the state table says so, and leaves it to a person everywhere else.
func (s *Service) credit(ctx context.Context, tx *store.Store, r enroll.Registration, o enroll.Order, before enroll.OrderStatus, f enroll.PaymentFact) error {
	bill, err := tx.Bill(ctx, r.ID)
	if err != nil {
		return err
	}
	switch {
	case bill.Covered():
		return s.misfit(ctx, tx, enroll.CaseDouble, o, f, "账单已结清，又到账 "+enroll.Yuan(f.AmountFen)+" 元")
	case r.Status != enroll.Payable && r.Status != enroll.Submitted && !r.Status.Editable():
		if _, err := s.transition(ctx, tx, r, enroll.EventSettle, false, enroll.RegistrationEvent{}); err != nil {
			return err
		}
		return s.misfit(ctx, tx, enroll.CaseNotPayable, o, f, "当前状态："+r.Status.Name())
	case before == enroll.OrderClosed && r.Status != enroll.Payable:
		return s.misfit(ctx, tx, enroll.CaseLate, o, f, "订单关闭后到账，当前状态："+r.Status.Name())
	}
	bill.PaidFen += f.AmountFen
	if err := tx.SaveBill(ctx, bill, s.Now()); err != nil {
		return err
	}
	if err := s.closeOthers(ctx, tx, o); err != nil {
		return err
	}
	other, err := paidByOther(ctx, tx, r, o, f)
	if err != nil {
		return err
	}
	var event enroll.RegistrationEvent
	if other {
		event.Reason = enroll.PaidByOther
	}
	complete := r.Status == enroll.Payable && bill.Covered()
	_, err = s.advance(ctx, tx, r, enroll.EventSettle, complete, event)
	return err
}

// closeOthers lets the outbox close another order of the bill that could still be paid.
func (s *Service) closeOthers(ctx context.Context, tx *store.Store, paid enroll.Order) error {
	live, err := tx.LiveOrder(ctx, paid.Bill)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return s.enqueue(ctx, tx, enroll.OutboxMessage{
		Kind: enroll.OutboxClose, Dedupe: "close:" + live.ID, Registration: live.Registration, Payload: []byte(live.ID), Urgent: true,
	})
}

// misfit leaves money that does not fit to the finance officer; the same trade opens one case of a kind.
func (s *Service) misfit(ctx context.Context, tx *store.Store, kind enroll.CaseKind, o enroll.Order, f enroll.PaymentFact, detail string) error {
	subject := f.TransactionID
	if subject == "" {
		subject = f.OutTradeNo
	}
	_, err := s.openCase(ctx, tx, enroll.Case{Kind: kind, Registration: o.Registration, Bill: o.Bill, Order: o.ID, Fact: f.ID, Detail: detail}, subject)
	return err
}
