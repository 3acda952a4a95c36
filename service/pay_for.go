package service

import (
	"context"

	"xinsheng/enroll"
)

// Favour is what somebody sees who was asked to pay (代付): no more than whom
// the money goes to, what for, how much, and the masked name of the student.
type Favour struct {
	Link   enroll.PayLink
	Bill   enroll.Bill
	Intake enroll.Intake
	Name   string
	State  PayState
}

// PayFor opens a link for whoever holds its token, without a login. An ended
// link tells nothing but that it ended; a paid bill is told for a day after.
func (s *Service) PayFor(ctx context.Context, token, address string) (Favour, error) {
	f, v, err := s.favour(ctx, token, address)
	if err != nil {
		return f, err
	}
	f.State, _, err = s.payStatus(ctx, v)
	if err != nil {
		return f, err
	}
	if f.Bill, err = s.Store.Bill(ctx, v.Registration.ID); f.Bill.Covered() {
		f.State = PayDone
	}
	return f, err
}

// StartPaymentFor opens a payment by a link (代付) by the same rules as the
// student's own, from the payer's WeChat, phone or PC; nothing is bound by it.
func (s *Service) StartPaymentFor(ctx context.Context, token, address string, channel enroll.Channel, openid string) (Checkout, error) {
	f, v, err := s.favour(ctx, token, address)
	if err != nil {
		return Checkout{}, err
	}
	if f.Bill.Covered() || v.Registration.Status == enroll.Registered {
		return Checkout{}, enroll.Fail("bill_covered")
	}
	return s.checkOut(ctx, v, f.Bill, payer{channel: channel, openid: openid, link: f.Link})
}

// favour finds what a token opens, and the matter behind it for the rules of paying; nobody is logged in by it.
func (s *Service) favour(ctx context.Context, token, address string) (f Favour, v *Visit, err error) {
	if err := s.mayGuess(ctx, address); err != nil {
		return f, nil, err
	}
	f.Link, err = s.Store.PayLinkByToken(ctx, token)
	if enroll.CodeOf(err) == enroll.NotFound {
		if err := s.missed(ctx, address); err != nil {
			return f, nil, err
		}
		return f, nil, enroll.Fail("pay_link_unknown")
	}
	if err != nil {
		return f, nil, err
	}
	v = &Visit{Address: address}
	if v.Registration, err = s.Store.Registration(ctx, f.Link.Registration); err != nil {
		return f, nil, err
	}
	if v.Intake, err = s.Store.Intake(ctx, v.Registration.Intake); err != nil {
		return f, nil, err
	}
	if f.Bill, err = s.Store.Bill(ctx, v.Registration.ID); err != nil {
		return f, nil, err
	}
	f.Intake, f.Name = v.Intake, enroll.MaskName(v.Registration.Name)
	return f, v, s.opens(f, v)
}

// opens says whether a link still tells anything: a paid bill for a day, an unpaid one while it can be paid.
func (s *Service) opens(f Favour, v *Visit) error {
	if f.Bill.Covered() && s.Now().Before(f.Link.ExpiresAt.Add(enroll.PayLinkMemory)) {
		return nil
	}
	if err := f.Link.Pays(f.Bill, s.Now()); err != nil {
		return err
	}
	if v.Registration.Status != enroll.Payable {
		return enroll.Fail("pay_link_expired")
	}
	return nil
}
