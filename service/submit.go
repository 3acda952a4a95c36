package service

import (
	"context"
	"errors"
	"fmt"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Submit hands the form in (提交): the bill is frozen and the registration
// becomes payable, waits for approval where the intake asks for it, or is
// registered at once where nothing is owed. Without a price it stays open, and
// student and registrar are told.
func (s *Service) Submit(ctx context.Context, v *Visit) error {
	if err := s.maySubmit(ctx, v); err != nil {
		return err
	}
	items, err := s.quote(ctx, v)
	if errors.Is(err, enroll.Fail("tuition_missing")) {
		return errors.Join(err, s.reportTuition(ctx, v))
	}
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.holdForm(ctx, tx, v); err != nil {
			return err
		}
		// Another tab may have taken a file away since; what counts is what stands now.
		if err := s.within(tx).formDone(ctx, v); err != nil {
			return err
		}
		return s.submit(ctx, tx, v, items)
	})
}

// maySubmit checks the time, every step up to the signature, and the status.
func (s *Service) maySubmit(ctx context.Context, v *Visit) error {
	if err := s.mayRead(ctx, v, enroll.StepReview); err != nil {
		return err
	}
	if !v.Registration.Status.Editable() {
		return enroll.Fail("wrong_state", v.Registration.Status.Name())
	}
	if err := s.inTime(v); err != nil {
		return err
	}
	return s.formDone(ctx, v)
}

// formDone proves that nothing of the form is missing and the letter is signed where the level asks for it.
func (s *Service) formDone(ctx context.Context, v *Visit) error {
	sections, err := s.reviewSections(ctx, v)
	if err != nil {
		return err
	}
	var problems []enroll.Problem
	for _, section := range sections {
		problems = append(problems, section.Problems...)
	}
	if len(problems) > 0 {
		return enroll.Incomplete(problems)
	}
	if !v.Program.Level.NeedsProof() {
		return nil
	}
	signature, err := s.Store.Signature(ctx, v.Registration.ID, enroll.TextCommitment)
	if err == nil && signature == nil {
		return enroll.Fail("signature_needed")
	}
	return err
}

// quote finds what the first school year costs this student, or fails with tuition_missing.
func (s *Service) quote(ctx context.Context, v *Visit) ([]enroll.BillItem, error) {
	prices, err := s.Store.Tuitions(ctx, v.Intake.ID)
	if err != nil {
		return nil, err
	}
	price, found := enroll.TuitionFor(prices, v.Program.ID, v.Point.ID)
	items, priced := enroll.FirstYear(price, v.Intake.Settings.SchoolYear)
	if !found || !priced {
		return nil, enroll.Fail("tuition_missing")
	}
	return items, nil
}

// reportTuition opens a case for the registrar and tells the student, once.
func (s *Service) reportTuition(ctx context.Context, v *Visit) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		opened, err := s.openCase(ctx, tx, enroll.Case{
			Kind: enroll.CaseTuitionMissing, Registration: v.Registration.ID,
			Detail: fmt.Sprintf("%s %s，%s，%s", v.Program.Level, v.Program.Name, v.Program.Form, v.Point.Name),
		}, v.Registration.ID)
		if err != nil || !opened {
			return err
		}
		return s.notify(ctx, tx, v.Registration.ID, enroll.MessageTuitionMissing, map[string]string{"program": v.Program.Name, "result": "待补充", "reason": "学费标准补齐后会通知您"}, false)
	})
}

func (s *Service) submit(ctx context.Context, tx *store.Store, v *Visit, items []enroll.BillItem) error {
	bill, err := s.freezeBill(ctx, tx, v.Registration.ID, items)
	if err != nil {
		return err
	}
	event := enroll.EventSubmit
	if v.Intake.Settings.Review {
		event = enroll.EventSubmitForReview
	}
	if err := tx.SetStamp(ctx, v.Registration.ID, store.StampSubmitted, s.Now()); err != nil {
		return err
	}
	if err := tx.SetReturnItems(ctx, v.Registration.ID, nil); err != nil {
		return err
	}
	to, err := s.advance(ctx, tx, v.Registration, event, enroll.Complete(true, false, v.Intake.Settings.Review, bill.Covered()), v.by())
	if err != nil {
		return err
	}
	if err := s.tellAssisted(ctx, tx, v, to); err != nil {
		return err
	}
	return s.within(tx).closeAssist(ctx, v, "提交登记表")
}

// freezeBill writes the items into the registration's one bill; what was paid earlier stays paid.
func (s *Service) freezeBill(ctx context.Context, tx *store.Store, registration string, items []enroll.BillItem) (enroll.Bill, error) {
	bill, err := tx.Bill(ctx, registration)
	if enroll.CodeOf(err) == enroll.NotFound {
		bill, err = enroll.Bill{ID: tx.NewID(), Registration: registration}, nil
	}
	if err != nil {
		return bill, err
	}
	bill.Items, bill.TotalFen = items, 0
	for _, item := range items {
		bill.TotalFen += item.AmountFen
	}
	return bill, tx.SaveBill(ctx, bill, s.Now())
}

// advance moves a registration and, where it lands in registered, finishes it in the same transaction.
func (s *Service) advance(ctx context.Context, tx *store.Store, r enroll.Registration, event enroll.Event, complete bool, by enroll.RegistrationEvent) (enroll.Status, error) {
	to, err := s.transition(ctx, tx, r, event, complete, by)
	if err != nil || to != enroll.Registered || r.Status == enroll.Registered {
		return to, err
	}
	return to, s.finish(ctx, tx, r)
}
