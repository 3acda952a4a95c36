package service

import (
	"context"
	"crypto/rand"

	"xinsheng/enroll"
	"xinsheng/store"
)

// AskForPayment makes the link by which somebody else pays this student's bill
// (请人代付) and ends every earlier one. The token is told this once and kept as
// a keyed hash only.
func (s *Service) AskForPayment(ctx context.Context, v *Visit) (token string, link enroll.PayLink, err error) {
	bill, err := s.payableBill(ctx, v)
	if err != nil {
		return "", link, err
	}
	if bill.Covered() {
		return "", link, enroll.Fail("bill_covered")
	}
	if err := s.mayPay(ctx, v, bill, payer{channel: enroll.Native}); err != nil {
		return "", link, err
	}
	now := s.Now()
	token = rand.Text()
	link = enroll.PayLink{
		ID: s.Store.NewID(), Bill: bill.ID, Registration: v.Registration.ID, BillVersion: bill.Version, Live: true, CreatedAt: now,
		ExpiresAt: earlier(now.Add(enroll.OrderLife), enroll.DeadlinesOf(v.Intake, v.Registration).Pay),
	}
	if err := s.endPayment(ctx, bill); err != nil {
		return "", link, err
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.EndPayLinks(ctx, bill.ID); err != nil {
			return err
		}
		return tx.AddPayLink(ctx, link, token)
	})
	if s.Store.IsTaken(err) {
		err = enroll.Fail("changed").Because(err)
	}
	return token, link, err
}

// RevokePayLink ends the student's link (作废) and closes the payment that was begun by it.
func (s *Service) RevokePayLink(ctx context.Context, v *Visit) error {
	if !v.Verified {
		return enroll.Fail("identity_step_needed")
	}
	bill, err := s.Store.Bill(ctx, v.Registration.ID)
	if err != nil {
		return err
	}
	return s.endPayment(ctx, bill)
}

// endPayment takes a bill's links out of use first, so that none begins another
// order, and then closes the order that one of them made. An order that WeChat
// Pay does not close yet is left to the sweeper; money on it still counts.
func (s *Service) endPayment(ctx context.Context, bill enroll.Bill) error {
	if err := s.Store.EndPayLinks(ctx, bill.ID); err != nil {
		return err
	}
	live, err := s.Store.LiveOrder(ctx, bill.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil
	}
	if err != nil || live.Link == "" {
		return err
	}
	status, err := s.closeOrder(ctx, live)
	if err == nil && status == enroll.OrderPaid {
		return enroll.Fail("bill_covered")
	}
	return err
}

// PayLink gives the link of a student's bill that can still be paid by, or nil.
func (s *Service) PayLink(ctx context.Context, v *Visit) (*enroll.PayLink, error) {
	if !v.Verified {
		return nil, enroll.Fail("identity_step_needed")
	}
	bill, err := s.Store.Bill(ctx, v.Registration.ID)
	if err != nil {
		return nil, err
	}
	link, err := s.Store.LivePayLink(ctx, bill.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil, nil
	}
	if err != nil || bill.Covered() || link.Pays(bill, s.Now()) != nil {
		return nil, err
	}
	return &link, nil
}

// paidByOther says that money came by a link, from a WeChat that is not the student's.
func paidByOther(ctx context.Context, tx *store.Store, r enroll.Registration, o enroll.Order, f enroll.PaymentFact) (bool, error) {
	if o.Link == "" {
		return false, nil
	}
	student, err := tx.Student(ctx, r.Student)
	return f.OpenID == "" || f.OpenID != student.OpenID, err
}
