package service_test

import (
	"context"
	"testing"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// onlyCase is the one case that waits.
func onlyCase(t *testing.T, w *world.World) enroll.Case {
	t.Helper()
	cases, err := w.Service.Cases(context.Background())
	if err != nil || len(cases) != 1 {
		t.Fatalf("cases %+v, %v", cases, err)
	}
	return cases[0]
}

// Money of an order that was closed for a change of the form covers the bill
// once finance says so, and the next submit completes the registration.
func TestCaseAppliesMoneyToTheBill(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D01")
	if err := w.Service.Submit(ctx, v); err != nil {
		t.Fatal(err)
	}
	v = revisit(t, w, v)
	o := checkout(t, w, v, enroll.JSAPI).Order
	if err := w.Service.Amend(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	take(t, w, notice(t, w, o, ""))
	c := onlyCase(t, w)
	if c.Kind != enroll.CaseLate {
		t.Fatalf("case %s", c.Kind)
	}
	wantReason(t, w.Service.CloseCase(ctx, c.ID, "finance", "", true), "reason_missing")
	if err := w.Service.CloseCase(ctx, c.ID, "finance", "计入学费", true); err != nil {
		t.Fatal(err)
	}
	wantReason(t, w.Service.CloseCase(ctx, c.ID, "finance", "计入学费", true), "changed")
	if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	wantAccount(t, w, v, settled)
}

// Money of a wrong amount is never applied; closing the case lets the student pay, and says so.
func TestClosedCaseUnlocksPaying(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	o := checkout(t, w, v, enroll.JSAPI).Order
	take(t, w, notice(t, w, o, "amount"))
	_, err := w.Service.StartPayment(ctx, v, enroll.JSAPI, v.Login.OpenID)
	wantReason(t, err, "paying_locked")
	c := onlyCase(t, w)
	wantReason(t, w.Service.CloseCase(ctx, c.ID, "finance", "计入学费", true), "case_not_applicable")
	if err := w.Service.CloseCase(ctx, c.ID, "finance", "已原路退回", false); err != nil {
		t.Fatal(err)
	}
	drain(t, w)
	if n := received(w, "D01"); n != 1 {
		t.Errorf("%d messages", n)
	}
	if again := checkout(t, w, v, enroll.JSAPI).Order; again.ID != o.ID {
		t.Errorf("a second order beside %s", o.OutTradeNo)
	}
}
