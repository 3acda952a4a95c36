package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// openCase leaves something to a person; one kind and subject opens one case, and opened says whether this did.
func (s *Service) openCase(ctx context.Context, tx *store.Store, c enroll.Case, subject string) (opened bool, err error) {
	stands, err := tx.HasCase(ctx, c.Kind, subject)
	if err != nil || stands {
		return false, err
	}
	c.ID, c.OpenedAt = tx.NewID(), s.Now()
	if err := tx.OpenCase(ctx, c, subject); tx.IsTaken(err) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	s.Log.Warn("case opened", "kind", c.Kind, "case", c.ID, "registration", c.Registration)
	return true, nil
}

// Cases lists what waits for a person, the oldest first.
func (s *Service) Cases(ctx context.Context) ([]enroll.Case, error) { return s.Store.OpenCases(ctx) }

// CloseCase ends a case with the words of who settled it; a closed one is
// changed. With apply the money that came covers the bill (计入账单), and
// completes what waited for it; otherwise a student who may pay again is told.
func (s *Service) CloseCase(ctx context.Context, id, by, note string, apply bool) error {
	if note == "" {
		return enroll.Fail("reason_missing")
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		c, err := tx.Case(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.CloseCase(ctx, id, by, note, s.Now()); err != nil || c.Bill == "" {
			return err
		}
		r, err := tx.Registration(ctx, c.Registration)
		if err != nil {
			return err
		}
		if apply {
			return s.applyCase(ctx, tx, c, r)
		}
		return s.tellUnlocked(ctx, tx, c, r)
	})
}

// applyCase lets money that came late, or while nothing was to be paid, cover
// the bill; it is refused where the matter is over or the bill needs no money.
func (s *Service) applyCase(ctx context.Context, tx *store.Store, c enroll.Case, r enroll.Registration) error {
	if c.Kind != enroll.CaseLate && c.Kind != enroll.CaseNotPayable {
		return enroll.Fail("case_not_applicable", c.Kind.Name())
	}
	if r.Status == enroll.Registered || r.Status == enroll.Reserved || r.Status.Final() {
		return enroll.Fail("wrong_state", r.Status.Name())
	}
	o, err := tx.Order(ctx, c.Order)
	if err != nil {
		return err
	}
	bill, err := tx.Bill(ctx, r.ID)
	if err != nil {
		return err
	}
	if bill.Covered() {
		return enroll.Fail("bill_covered")
	}
	bill.PaidFen += o.AmountFen
	if err := tx.SaveBill(ctx, bill, s.Now()); err != nil {
		return err
	}
	if err := s.closeOthers(ctx, tx, o); err != nil {
		return err
	}
	complete := r.Status == enroll.Payable && bill.Covered()
	_, err = s.advance(ctx, tx, r, enroll.EventSettle, complete, enroll.RegistrationEvent{})
	return err
}

// tellUnlocked tells a student whose last case on the bill was closed to go on and pay.
func (s *Service) tellUnlocked(ctx context.Context, tx *store.Store, c enroll.Case, r enroll.Registration) error {
	left, err := tx.CasesOfBill(ctx, c.Bill)
	if err != nil || len(left) > 0 || r.Status != enroll.Payable {
		return err
	}
	return s.remindToPay(ctx, tx, r, "款项已核对，可以缴费")
}
