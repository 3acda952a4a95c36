package service

import (
	"context"

	"xinsheng/enroll"
)

// Money is what the home page says of bill, payment and number; Paying is
// none, unpaid, confirming, paid or locked.
type Money struct {
	Bill          *enroll.Bill
	Paying        string
	Number        string
	NumberPending bool
}

func (s *Service) money(ctx context.Context, v *Visit) (Money, error) {
	m := Money{Paying: "none"}
	bill, err := s.Store.Bill(ctx, v.Registration.ID)
	if err != nil && enroll.CodeOf(err) != enroll.NotFound {
		return m, err
	}
	if err == nil {
		m.Bill, m.Paying = &bill, "unpaid"
		if bill.Covered() {
			m.Paying = "paid"
		}
	}
	if v.Registration.Status != enroll.Registered {
		return m, nil
	}
	m.Paying = "paid"
	m.Number, err = s.Store.Number(ctx, v.Registration.ID)
	m.NumberPending = m.Number == ""
	return m, err
}
