package service

import (
	"context"
	"errors"

	"xinsheng/enroll"
)

// PayState is where a payment stands, in the words of the page.
type PayState string

// The states of a payment that a student sees.
const (
	PayUnpaid        PayState = "unpaid"
	PayConfirming    PayState = "confirming"
	PayNumberPending PayState = "paid_number_pending"
	PayDone          PayState = "done"
	PayClosed        PayState = "closed"
	PayLocked        PayState = "locked"
)

// Name is the Chinese sentence of a payment's state.
func (p PayState) Name() string {
	return map[PayState]string{
		PayUnpaid: "待支付", PayConfirming: "正在向微信支付确认，请勿重复支付", PayNumberPending: "支付成功，正在生成学号",
		PayDone: "注册完成", PayClosed: "未支付", PayLocked: "有一笔款项正在人工核对，请勿重复支付",
	}[p]
}

// PayStatus says where a student's payment stands; it believes WeChat Pay, never
// the page. While a page waits, WeChat Pay is asked at most every three seconds,
// however many tabs and replicas there are.
func (s *Service) PayStatus(ctx context.Context, v *Visit) (state PayState, number string, err error) {
	if !v.Verified {
		return "", "", enroll.Fail("identity_step_needed")
	}
	return s.payStatus(ctx, v)
}

// payStatus is PayStatus for whoever may know of this payment.
func (s *Service) payStatus(ctx context.Context, v *Visit) (state PayState, number string, err error) {
	bill, err := s.Store.Bill(ctx, v.Registration.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return "", "", enroll.Fail("bill_none")
	}
	if err != nil {
		return "", "", err
	}
	waiting, err := s.askWaiting(ctx, bill)
	if err != nil {
		return "", "", err
	}
	r, err := s.Store.Registration(ctx, v.Registration.ID)
	if err != nil {
		return "", "", err
	}
	if r.Status == enroll.Registered {
		number, err = s.Store.Number(ctx, r.ID)
		if number == "" {
			return PayNumberPending, "", err
		}
		return PayDone, number, err
	}
	cases, err := s.Store.CasesOfBill(ctx, bill.ID)
	switch {
	case err != nil:
		return "", "", err
	case len(cases) > 0:
		return PayLocked, "", nil
	case bill.Covered():
		return PayNumberPending, "", nil // the form was taken back or sent back meanwhile; handing it in completes
	case waiting:
		return PayConfirming, "", nil
	}
	return s.unpaid(ctx, bill)
}

// LiveOrder is the order of a registration that can be paid now, or nil.
func (s *Service) LiveOrder(ctx context.Context, registration string) (*enroll.Order, error) {
	return liveOrder(ctx, s.Store, registration)
}

// unpaid tells an order that may still be paid from one that was closed unpaid.
func (s *Service) unpaid(ctx context.Context, bill enroll.Bill) (PayState, string, error) {
	_, err := s.Store.LiveOrder(ctx, bill.ID)
	if err == nil {
		return PayUnpaid, "", nil
	}
	if enroll.CodeOf(err) != enroll.NotFound {
		return "", "", err
	}
	orders, err := s.Store.Orders(ctx, bill.ID)
	if len(orders) > 0 {
		return PayClosed, "", err
	}
	return PayUnpaid, "", err
}

// askWaiting asks about the live order where it is this caller's turn; waiting says that the answer is still open.
func (s *Service) askWaiting(ctx context.Context, bill enroll.Bill) (waiting bool, err error) {
	live, err := s.Store.LiveOrder(ctx, bill.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	now, pause := s.Now(), enroll.QueryInterval(0, true)
	if live.NextQueryAt.Sub(now) > pause || !now.Before(live.NextQueryAt) {
		won, err := s.Store.ClaimQuery(ctx, live, now.Add(pause))
		if err != nil {
			return false, err
		}
		if won {
			status, err := s.askOrder(ctx, live)
			if errors.Is(err, errUnanswered) {
				return true, nil
			}
			return status == enroll.OrderClosing, err
		}
	}
	return live.Status == enroll.OrderClosing, nil
}
