package service

import (
	"context"
	"errors"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/pay"
)

// Checkout is what the page needs to let the student pay; Settled says that nothing is owed any more.
type Checkout struct {
	Order   enroll.Order
	JSAPI   *pay.JSAPI
	Settled bool
}

// StartPayment opens a payment over one channel (去缴费). The same channel gives
// the same order again, freshly signed; another channel closes the former order
// first; a bill of 0 settles at once.
func (s *Service) StartPayment(ctx context.Context, v *Visit, channel enroll.Channel, openid string) (Checkout, error) {
	bill, err := s.payableBill(ctx, v)
	if err != nil {
		return Checkout{}, err
	}
	if bill.Covered() {
		return Checkout{Settled: true}, s.settleCovered(ctx, v.Registration.ID)
	}
	return s.checkOut(ctx, v, bill, payer{channel: channel, openid: openid})
}

func (s *Service) checkOut(ctx context.Context, v *Visit, bill enroll.Bill, by payer) (Checkout, error) {
	if err := s.mayPay(ctx, v, bill, by); err != nil {
		return Checkout{}, err
	}
	if err := s.mayPass(ctx, enroll.GatePay); err != nil {
		return Checkout{}, err
	}
	if by.channel != enroll.JSAPI {
		by.openid = ""
	}
	o, err := s.orderFor(ctx, v, bill, by)
	if err != nil {
		return Checkout{}, err
	}
	return s.prepay(ctx, o)
}

// Owed is what a student owes, the order that can still be paid, if any, and
// whether paying is locked while a person looks at money that came.
type Owed struct {
	enroll.Bill
	Live   *enroll.Order
	Locked bool
}

// Bill gives what a student owes.
func (s *Service) Bill(ctx context.Context, v *Visit) (Owed, error) {
	if !v.Verified {
		return Owed{}, enroll.Fail("identity_step_needed")
	}
	bill, err := s.Store.Bill(ctx, v.Registration.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return Owed{}, enroll.Fail("bill_none")
	}
	if err != nil {
		return Owed{}, err
	}
	cases, err := s.Store.CasesOfBill(ctx, bill.ID)
	if err != nil || len(cases) > 0 {
		return Owed{Bill: bill, Locked: true}, err
	}
	live, err := liveOrder(ctx, s.Store, bill.Registration)
	return Owed{Bill: bill, Live: live}, err
}

func (s *Service) payableBill(ctx context.Context, v *Visit) (enroll.Bill, error) {
	if !v.Verified {
		return enroll.Bill{}, enroll.Fail("identity_step_needed")
	}
	bill, err := s.Store.Bill(ctx, v.Registration.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return bill, enroll.Fail("bill_none")
	}
	if err != nil {
		return bill, err
	}
	if v.Registration.Status == enroll.Registered {
		return bill, enroll.Fail("bill_covered")
	}
	if v.Registration.Status != enroll.Payable {
		return bill, enroll.Fail("wrong_state", v.Registration.Status.Name())
	}
	disputed, err := s.disputed(ctx, v.Registration)
	if err == nil && disputed {
		err = enroll.Fail("identity_disputed")
	}
	return bill, err
}

// mayPay refuses while a case is open on the bill, after a rejected face, after the time to pay, and on a channel that cannot work.
func (s *Service) mayPay(ctx context.Context, v *Visit, bill enroll.Bill, by payer) error {
	cases, err := s.Store.CasesOfBill(ctx, bill.ID)
	if err != nil {
		return err
	}
	end := enroll.DeadlinesOf(v.Intake, v.Registration).Pay
	switch {
	case len(cases) > 0:
		return enroll.Fail("paying_locked")
	case v.Registration.Face == enroll.FaceRejected:
		return enroll.Fail("face_rejected")
	case !s.Now().Before(end):
		return enroll.Fail("pay_deadline", enroll.EndMinute(end))
	case by.channel == enroll.JSAPI && by.openid == "":
		return enroll.Fail("pay_openid_missing")
	case by.channel != enroll.JSAPI && by.channel != enroll.Native && (by.channel != enroll.H5 || !v.Intake.Settings.H5Pay), !s.Pay.Enabled():
		return enroll.Fail("pay_channel")
	}
	return nil
}

// prepay tells WeChat Pay of the order, unless it was told; an unknown outcome is told again with the same number and body.
func (s *Service) prepay(ctx context.Context, o enroll.Order) (Checkout, error) {
	if o.PrepayID+o.CodeURL == "" {
		made, err := s.Pay.Prepay(ctx, o)
		s.noteCall(callPay, payFault(err))
		if errors.Is(err, pay.ErrPaid) || errors.Is(err, pay.ErrClosed) {
			return Checkout{}, s.overtaken(ctx, o)
		}
		if err != nil {
			return Checkout{}, enroll.Fail("pay_upstream").Because(err)
		}
		if o = made; s.Store.KeepPrepay(ctx, o) != nil {
			s.Log.Warn("prepay not kept; it will be asked for again", "order", o.OutTradeNo)
		}
	}
	if o.Channel != enroll.JSAPI {
		return Checkout{Order: o}, nil
	}
	signed, err := s.Pay.SignJSAPI(o.PrepayID)
	return Checkout{Order: o, JSAPI: &signed}, err
}

// overtaken learns by a signed answer what became of an order that WeChat Pay would not make again.
func (s *Service) overtaken(ctx context.Context, o enroll.Order) error {
	status, err := s.askOrder(ctx, o)
	switch {
	case errors.Is(err, errUnanswered):
		return enroll.Fail("pay_upstream").Because(err)
	case err != nil:
		return err
	case status == enroll.OrderPaid:
		return enroll.Fail("bill_covered")
	}
	return enroll.Fail("pay_upstream")
}

// settleCovered lets a payable registration whose bill owes nothing become registered.
func (s *Service) settleCovered(ctx context.Context, registration string) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		r, err := tx.Registration(ctx, registration)
		if err != nil || r.Status != enroll.Payable {
			return err
		}
		covered, err := s.covered(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		_, err = s.advance(ctx, tx, r, enroll.EventSettle, covered, enroll.RegistrationEvent{})
		return err
	})
}

func (s *Service) billCovered(ctx context.Context, v *Visit) (bool, error) {
	return s.covered(ctx, s.Store, v.Registration.ID)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
