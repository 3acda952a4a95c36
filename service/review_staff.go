package service

import (
	"context"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Decision is what staff decide on a registration: who, with which second
// person where the state table asks for two, and why.
type Decision struct {
	By     string
	Second string
	Reason string
}

func (d Decision) event() enroll.RegistrationEvent {
	by := d.By
	if d.Second != "" {
		by += "+" + d.Second
	}
	return enroll.RegistrationEvent{ByID: by, Reason: d.Reason}
}

func (d Decision) two() error {
	if strings.TrimSpace(d.Reason) == "" {
		return enroll.Fail("reason_missing")
	}
	if d.By == "" || d.Second == "" || d.By == d.Second {
		return enroll.Fail("second_person")
	}
	return nil
}

// Approve lets a handed-in form go on to payment (审核通过), and tells the
// student to pay, or finishes it where the bill is covered.
func (s *Service) Approve(ctx context.Context, registration string, d Decision) (enroll.Status, error) {
	return s.decide(ctx, registration, enroll.EventApprove, func(tx *store.Store, r enroll.Registration) (enroll.Status, error) {
		covered, err := s.covered(ctx, tx, r.ID)
		if err != nil {
			return "", err
		}
		if err := tx.SetStamp(ctx, r.ID, store.StampApproved, s.Now()); err != nil {
			return "", err
		}
		to, err := s.advance(ctx, tx, r, enroll.EventApprove, enroll.Complete(true, true, true, covered), d.event())
		if err != nil || to != enroll.Payable {
			return to, err
		}
		return to, s.remindToPay(ctx, tx, r, "登记表审核通过，请缴费")
	})
}

// SendBack asks the student to change named items (退回修改): at least one,
// each with its reason; the time left is at least the intake's grace.
func (s *Service) SendBack(ctx context.Context, registration string, items []enroll.ReturnItem, d Decision) error {
	if err := checkReturnItems(items); err != nil {
		return err
	}
	if err := s.noLiveOrder(ctx, registration); err != nil {
		return err
	}
	return s.sendBack(ctx, registration, items, d)
}

// sendBack is SendBack after its items were checked and every order that could be paid was closed.
func (s *Service) sendBack(ctx context.Context, registration string, items []enroll.ReturnItem, d Decision) error {
	_, err := s.decide(ctx, registration, enroll.EventSendBack, func(tx *store.Store, r enroll.Registration) (enroll.Status, error) {
		d.Reason = returnText(items)
		to, err := s.transition(ctx, tx, r, enroll.EventSendBack, false, d.event())
		if err != nil {
			return to, err
		}
		return to, s.returnTo(ctx, tx, r, items)
	})
	return err
}

func checkReturnItems(items []enroll.ReturnItem) error {
	keys := make([]string, len(enroll.ReturnTargets))
	for i, t := range enroll.ReturnTargets {
		keys[i] = t.Item
	}
	for _, i := range items {
		reason := len([]rune(strings.TrimSpace(i.Reason)))
		if _, ok := enroll.FindReturnTarget(i.Item); !ok || reason == 0 || reason > 200 {
			return enroll.Fail("return_item", strings.Join(keys, " "))
		}
	}
	if len(items) == 0 {
		return enroll.Fail("return_item", strings.Join(keys, " "))
	}
	return nil
}

func returnText(items []enroll.ReturnItem) string {
	parts := make([]string, len(items))
	for i, item := range items {
		target, _ := enroll.FindReturnTarget(item.Item)
		parts[i] = target.Title + "：" + item.Reason
	}
	text := []rune(strings.Join(parts, "；"))
	return string(text[:min(len(text), 500)])
}

func (s *Service) returnTo(ctx context.Context, tx *store.Store, r enroll.Registration, items []enroll.ReturnItem) error {
	intake, err := tx.Intake(ctx, r.Intake)
	if err != nil {
		return err
	}
	if err := s.unsubmit(ctx, tx, r); err != nil {
		return err
	}
	if err := tx.SetReturnItems(ctx, r.ID, items); err != nil {
		return err
	}
	for _, i := range items {
		if i.Item != "commitment" {
			continue
		}
		if err := s.voidSignature(ctx, tx, r); err != nil {
			return err
		}
	}
	until := s.Now().Add(time.Duration(intake.Settings.GraceHours) * time.Hour)
	if until.After(enroll.DeadlinesOf(intake, r).Submit) {
		if err := tx.SetStamp(ctx, r.ID, store.StampExtension, until); err != nil {
			return err
		}
	}
	return s.notify(ctx, tx, r.ID, enroll.MessageReturned, map[string]string{"reason": returnText(items)}, true)
}

// Reinstate brings a lapsed matter back to where it was, with time until a
// moment (恢复办理); a cancelled one only with a second person.
func (s *Service) Reinstate(ctx context.Context, registration string, until time.Time, d Decision) (enroll.Status, error) {
	if strings.TrimSpace(d.Reason) == "" {
		return "", enroll.Fail("reason_missing")
	}
	if !until.After(s.Now()) {
		return "", enroll.FailField("until", "date_out_of_range")
	}
	return s.decide(ctx, registration, enroll.EventReinstate, func(tx *store.Store, r enroll.Registration) (enroll.Status, error) {
		if r.Status == enroll.Cancelled {
			if err := d.two(); err != nil {
				return "", err
			}
		}
		covered, err := s.covered(ctx, tx, r.ID)
		if err != nil {
			return "", err
		}
		stamp := store.StampExtension
		if r.Earlier == enroll.Reserved {
			stamp = store.StampUntil
		}
		if err := tx.SetStamp(ctx, r.ID, stamp, until); err != nil {
			return "", err
		}
		return s.advance(ctx, tx, r, enroll.EventReinstate, r.Earlier == enroll.Payable && covered, d.event())
	})
}

// Cancel ends the right to enrol (取消入学资格); money that came opens a refund case, the number stays taken.
func (s *Service) Cancel(ctx context.Context, registration string, d Decision) error {
	if err := d.two(); err != nil {
		return err
	}
	if err := s.noLiveOrder(ctx, registration); err != nil {
		return err
	}
	return s.cancel(ctx, registration, d)
}

// cancel is Cancel after every order that could be paid was closed.
func (s *Service) cancel(ctx context.Context, registration string, d Decision) error {
	_, err := s.decide(ctx, registration, enroll.EventCancel, func(tx *store.Store, r enroll.Registration) (enroll.Status, error) {
		to, err := s.transition(ctx, tx, r, enroll.EventCancel, false, d.event())
		if err != nil {
			return to, err
		}
		bill, err := tx.Bill(ctx, r.ID)
		if enroll.CodeOf(err) == enroll.NotFound || err == nil && bill.PaidFen == 0 {
			return to, nil
		}
		if err != nil {
			return to, err
		}
		_, err = s.openCase(ctx, tx, enroll.Case{
			Kind: enroll.CaseRefundDue, Registration: r.ID, Bill: bill.ID, Detail: "取消入学资格，已缴 " + enroll.Yuan(bill.PaidFen) + " 元",
		}, bill.ID)
		return to, err
	})
	return err
}

// decide loads a registration in a transaction, refuses an event that the
// state table does not hold, and runs the decision.
func (s *Service) decide(ctx context.Context, registration string, event enroll.Event, act func(*store.Store, enroll.Registration) (enroll.Status, error)) (to enroll.Status, err error) {
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		r, err := tx.Registration(ctx, registration)
		if err != nil {
			return err
		}
		if _, err := enroll.Next(r.Status, event); err != nil {
			return err
		}
		to, err = act(tx, r)
		return err
	})
	return to, err
}

func (s *Service) covered(ctx context.Context, tx *store.Store, registration string) (bool, error) {
	bill, err := tx.Bill(ctx, registration)
	if enroll.CodeOf(err) == enroll.NotFound {
		return false, nil
	}
	return bill.Covered(), err
}
