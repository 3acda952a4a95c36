package service_test

import (
	"context"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

// Money stands even where no number can be had; the registrar gives it later.
func TestNumberMissing(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	rule := v.Intake.Settings.NumberRule
	setting(t, w, func(s *enroll.Settings) { s.NumberRule = "{yy}{level}{point:1}{seq:4}" })
	o := checkout(t, w, v, enroll.JSAPI).Order
	take(t, w, notice(t, w, o, ""))
	wantAccount(t, w, v, account{Status: enroll.Registered, PaidFen: 240000, Orders: "paid", Cases: "number_missing"})
	wantState(t, w, v, service.PayNumberPending)
	setting(t, w, func(s *enroll.Settings) { s.NumberRule = rule })
	for range 2 {
		if number, err := w.Service.IssueNumber(ctx, v.Registration.ID, "registrar"); err != nil || number != settled.Number {
			t.Fatalf("number %q, %v", number, err)
		}
	}
	wantAccount(t, w, v, settled)
}

// A number that somebody has is passed over; an imported one is the student's own.
func TestNumberCollisions(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	holder := w.Enrolled(t, "D08")
	for n := range 3 {
		number := "2610101000" + string(rune('1'+n))
		r := holder
		if n > 0 {
			r = w.Enrolled(t, []string{"", "D07", "D11"}[n])
		}
		if err := w.Service.Store.AddNumber(ctx, number, r, store.NumberImported, w.Clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	v := payable(t, w, "D01", 0)
	checkout(t, w, v, enroll.JSAPI)
	if got := accountOf(t, w, v).Number; got != "26101010004" {
		t.Errorf("number %s", got)
	}
	own := payable(t, w, "D02", 0)
	if err := w.Service.Store.AddNumber(ctx, "20269999", own.Registration, store.NumberImported, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	checkout(t, w, own, enroll.JSAPI)
	if got := accountOf(t, w, own).Number; got != "20269999" {
		t.Errorf("imported number became %s", got)
	}
}

// Who was cancelled by mistake and reinstated keeps the number, and is told of it once.
func TestReinstatedKeepsTheNumber(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := registered(t, w, "D01")
	two := service.Decision{By: "registrar", Second: "admin", Reason: "误操作"}
	if err := w.Service.Cancel(ctx, v.Registration.ID, two); err != nil {
		t.Fatal(err)
	}
	if status, err := w.Service.Reinstate(ctx, v.Registration.ID, w.Clock.Now().AddDate(0, 0, 7), two); err != nil || status != enroll.Registered {
		t.Fatalf("%s, %v", status, err)
	}
	want := settled
	want.Cases = "refund_due"
	wantAccount(t, w, v, want)
}
