package service_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

// Fifty at once, of one student: reserves, give-ups and signed notices of a
// payment. One outcome, and the money is either on the bill or in a case.
func TestOneOutcomeOfFifty(t *testing.T) {
	w, ctx, next := world.New(t), context.Background(), students()
	manyCodes(t, w)
	for round := range 4 {
		v := payable(t, w, next(), 240000)
		o := checkout(t, w, v, enroll.JSAPI).Order
		paid := notice(t, w, o, "")
		drafts := make([]service.ApplicationDraft, 40)
		visits := make([]*service.Visit, len(drafts))
		for i := range drafts {
			kind := enroll.ApplyReserve
			if i%2 == 1 {
				kind = enroll.ApplyGiveUp
			}
			// The sandbox sends 30 SMS an hour to one phone, as Tencent does; the student comes with two.
			visit := *v
			if i >= 20 {
				visit.Login.Phone = enroll.Phone("1390000020" + string(rune('0'+round)))
			}
			visits[i], drafts[i] = &visit, withCode(t, w, &visit, draft(t, kind))
		}
		errs := make([]error, len(drafts))
		var all sync.WaitGroup
		for i := range drafts {
			all.Go(func() { errs[i] = w.Service.FileApplication(ctx, visits[i], drafts[i]) })
			if i%4 == 0 {
				r := again(t, paid)
				all.Go(func() {
					time.Sleep(time.Duration(round) * 25 * time.Millisecond)
					if err := w.Service.TakeNotice(ctx, r); err != nil {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
		filed := 0
		for i, err := range errs {
			switch enroll.ReasonOf(err) {
			case "application_open", "option_closed", "already_paid", "order_in_flight":
			default:
				if err != nil {
					t.Errorf("submission %d: %v", i, err)
				} else {
					filed++
				}
			}
		}
		wantOneOutcome(t, w, v, filed)
	}
}

func wantOneOutcome(t *testing.T, w *world.World, v *service.Visit, filed int) {
	t.Helper()
	got := accountOf(t, w, v)
	list, err := w.Service.Store.Applications(context.Background(), v.Registration.ID)
	if err != nil || len(list) != filed {
		t.Fatalf("%d applications of %d accepted, %v", len(list), filed, err)
	}
	switch {
	case got.Status == enroll.Registered && filed == 0 && got.PaidFen == 240000 && got.Cases == "":
	case got.Status == enroll.ReservePending && filed == 1 && list[0].Kind == enroll.ApplyReserve && got.Cases == "not_payable":
	case got.Status == enroll.GiveUpPending && filed == 1 && list[0].Kind == enroll.ApplyGiveUp && got.Cases == "not_payable":
	default:
		t.Errorf("%d filed: %+v", filed, got)
	}
	if got.Orders != "paid" {
		t.Errorf("orders %s", got.Orders)
	}
}

// Two staff at once: one decides, the other is told who and when.
func TestTwoDecideAtOnce(t *testing.T) {
	w, ctx, next := world.New(t), context.Background(), students()
	manyCodes(t, w)
	for range 5 {
		v := filling(t, w, next())
		a := handIn(t, w, v, draft(t, enroll.ApplyGiveUp))
		var granted, refused, withdrawn error
		var all sync.WaitGroup
		all.Go(func() { _, granted = w.Service.GrantApplication(ctx, a.ID, time.Time{}, together) })
		all.Go(func() { _, refused = w.Service.RefuseApplication(ctx, a.ID, against) })
		all.Go(func() { _, withdrawn = w.Service.WithdrawApplication(ctx, v) })
		all.Wait()
		done := 0
		for _, err := range []error{granted, refused, withdrawn} {
			if err == nil {
				done++
			} else if enroll.ReasonOf(err) != "application_decided" {
				t.Errorf("%v", err)
			}
		}
		if done != 1 {
			t.Errorf("%d decided", done)
		}
	}
}

// An application closes the open order first; a payment that was faster wins,
// and where WeChat Pay does not answer nothing is submitted.
func TestApplicationMeetsOrders(t *testing.T) {
	w, ctx, next := world.New(t), context.Background(), students()
	manyCodes(t, w)
	t.Run("closed first", func(t *testing.T) {
		v := payable(t, w, next(), 240000)
		o := checkout(t, w, v, enroll.JSAPI).Order
		handIn(t, w, v, draft(t, enroll.ApplyReserve))
		wantAccount(t, w, v, account{Status: enroll.ReservePending, Orders: "closed", Messages: 1})
		take(t, w, notice(t, w, o, ""))
		wantAccount(t, w, v, account{Status: enroll.ReservePending, Orders: "paid", Cases: "not_payable", Messages: 1})
		if _, err := w.Service.GrantApplication(ctx, lastApplication(t, w, v).ID, time.Time{}, alone); err != nil {
			t.Fatal(err)
		}
		wantAccount(t, w, v, account{Status: enroll.Reserved, Orders: "paid", Cases: "not_payable refund_due", Messages: 2})
	})
	t.Run("paid already", func(t *testing.T) {
		v := payable(t, w, next(), 240000)
		payAt(t, w, checkout(t, w, v, enroll.Native).Order, "parent")
		d := withCode(t, w, v, draft(t, enroll.ApplyGiveUp))
		wantReason(t, w.Service.FileApplication(ctx, v, d), "already_paid")
		wantMoney(t, w, v, account{Status: enroll.Registered, PaidFen: 240000, Orders: "paid", Messages: 1})
	})
	t.Run("unknown", func(t *testing.T) {
		v := payable(t, w, next(), 240000)
		checkout(t, w, v, enroll.Native)
		d := withCode(t, w, v, draft(t, enroll.ApplyReserve))
		fault(t, w, sandbox.Fault{Path: "/close", Kind: "status", Status: 502})
		fault(t, w, sandbox.Fault{Path: "/out-trade-no/", Kind: "status", Status: 502})
		wantReason(t, w.Service.FileApplication(ctx, v, d), "order_in_flight")
		wantMoney(t, w, v, account{Status: enroll.Payable, Orders: "closing"})
		outside(w).RemoveFault(0)
		if err := w.Service.FileApplication(ctx, v, d); err != nil {
			t.Fatalf("the same code once WeChat Pay answers: %v", err)
		}
		wantMoney(t, w, v, account{Status: enroll.ReservePending, Orders: "closed", Messages: 1})
	})
	t.Run("covered while the form was open", func(t *testing.T) {
		v := payable(t, w, next(), 240000)
		o := checkout(t, w, v, enroll.JSAPI).Order
		moveTo(t, w, v, enroll.Open)
		take(t, w, notice(t, w, o, ""))
		v = revisit(t, w, v)
		d := withCode(t, w, v, draft(t, enroll.ApplyReserve))
		wantReason(t, w.Service.FileApplication(ctx, v, d), "already_paid")
		wantStatus(t, w, v, enroll.Open)
	})
}

// Refused after the bill was covered meanwhile: the registration completes.
func TestRefusedWithTheBillCovered(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v := payable(t, w, "D01", 240000)
	a := handIn(t, w, v, draft(t, enroll.ApplyReserve))
	bill, err := w.Service.Store.Bill(ctx, v.Registration.ID)
	if err != nil {
		t.Fatal(err)
	}
	bill.WaivedFen = bill.TotalFen
	if err := w.Service.Store.SaveBill(ctx, bill, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	if to, err := w.Service.RefuseApplication(ctx, a.ID, against); err != nil || to != enroll.Registered {
		t.Errorf("refused to %s, %v", to, err)
	}
}
