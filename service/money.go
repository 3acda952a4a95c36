package service

import (
	"context"

	"xinsheng/enroll"
)

// Money is what the home page says of bill, payment and number; Paying is
// none, unpaid, confirming, paid or locked. A form that is open again shows no
// bill, unless something was paid on it.
type Money struct {
	Bill          *enroll.Bill
	Paying        string
	Number        string
	NumberPending bool
}

func (s *Service) money(ctx context.Context, v *Visit) (m Money, err error) {
	m.Paying = "none"
	if v.Registration.Status == enroll.Registered {
		m.Paying = "paid"
		m.Number, err = s.Store.Number(ctx, v.Registration.ID)
		m.NumberPending = m.Number == ""
		if err != nil {
			return m, err
		}
	}
	bill, err := s.Store.Bill(ctx, v.Registration.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	if v.Registration.Status.Editable() && bill.PaidFen == 0 {
		return m, nil
	}
	m.Bill = &bill
	if m.Paying == "none" {
		m.Paying, err = s.paying(ctx, bill)
	}
	return m, err
}

// paying tells from what is stored how a bill stands; only the pay page asks WeChat Pay.
func (s *Service) paying(ctx context.Context, bill enroll.Bill) (string, error) {
	cases, err := s.Store.CasesOfBill(ctx, bill.ID)
	switch {
	case err != nil:
		return "", err
	case len(cases) > 0:
		return "locked", nil
	case bill.Covered():
		return "paid", nil
	}
	live, err := s.Store.LiveOrder(ctx, bill.ID)
	if err != nil && enroll.CodeOf(err) != enroll.NotFound {
		return "", err
	}
	if live.Status == enroll.OrderClosing {
		return "confirming", nil
	}
	return "unpaid", nil
}
