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

// The schedule finds a payment whose notice is lost, and the page finds it sooner.
func TestLostNotice(t *testing.T) {
	t.Run("sweeper", func(t *testing.T) {
		w, ctx := world.New(t), context.Background()
		v := payable(t, w, "D01", 240000)
		payAt(t, w, checkout(t, w, v, enroll.JSAPI).Order, "D01")
		sweep(t, w)
		if got := accountOf(t, w, v); got.Status != enroll.Payable {
			t.Error("asked before the time")
		}
		fault(t, w, sandbox.Fault{Path: "out-trade-no", Kind: "status", Status: 502, Times: 1})
		w.Clock.Advance(11 * time.Second)
		sweep(t, w)
		w.Clock.Advance(31 * time.Second)
		sweep(t, w)
		wantAccount(t, w, v, settled)
		if due, err := w.Service.Store.DueOrders(ctx, w.Clock.Now().Add(48*time.Hour), 10); err != nil || len(due) != 0 {
			t.Errorf("still asking: %v, %v", due, err)
		}
	})
	t.Run("page", func(t *testing.T) {
		w := world.New(t)
		v := payable(t, w, "D01", 240000)
		o := checkout(t, w, v, enroll.JSAPI).Order
		wantState(t, w, v, service.PayUnpaid)
		fault(t, w, sandbox.Fault{Path: "out-trade-no", Kind: "drop"})
		w.Clock.Advance(4 * time.Second)
		wantState(t, w, v, service.PayConfirming)
		outside(w).RemoveFault(0)
		payAt(t, w, o, "D01")
		before := len(outside(w).Calls())
		w.Clock.Advance(4 * time.Second)
		var tabs sync.WaitGroup
		for range 10 {
			tabs.Go(func() { _, _, _ = w.Service.PayStatus(context.Background(), v) })
		}
		tabs.Wait()
		if asked := len(outside(w).Calls()) - before; asked != 1 {
			t.Errorf("ten tabs asked %d times", asked)
		}
		wantAccount(t, w, v, settled)
	})
}

func sweep(t *testing.T, w *world.World) {
	t.Helper()
	if err := w.Service.SweepOrders(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// An order that nobody paid is closed after its time; one that WeChat Pay never knew ten minutes later.
func TestUnpaidOrdersEnd(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	checkout(t, w, v, enroll.JSAPI)
	unheard := payable(t, w, "D02", 240000)
	fault(t, w, sandbox.Fault{Path: "/native", Kind: "drop"})
	if _, err := w.Service.StartPayment(ctx, unheard, enroll.Native, ""); err == nil {
		t.Fatal("prepay went through")
	}
	w.Clock.Advance(92 * time.Minute)
	sweep(t, w)
	wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "closed"})
	wantAccount(t, w, unheard, account{Status: enroll.Payable, Orders: "closing"})
	w.Clock.Advance(2 * time.Hour)
	sweep(t, w)
	wantAccount(t, w, unheard, account{Status: enroll.Payable, Orders: "closed"})
	wantState(t, w, v, service.PayClosed)
}

// An unsigned answer never moves an order, whatever it says.
func TestUnsignedAnswersProveNothing(t *testing.T) {
	w := world.New(t)
	v := payable(t, w, "D01", 240000)
	checkout(t, w, v, enroll.JSAPI)
	for _, f := range []sandbox.Fault{
		{Path: "out-trade-no", Kind: "unsigned"}, {Path: "out-trade-no", Kind: "badsign"}, {Path: "out-trade-no", Kind: "error", Code: "ORDERPAID"},
		{Path: "out-trade-no", Kind: "error", Code: "ORDER_CLOSED"}, {Path: "out-trade-no", Kind: "error", Code: "ORDERNOTEXIST"},
		{Path: "out-trade-no", Kind: "body", Body: `{"trade_state":"SUCCESS"}`},
	} {
		fault(t, w, f)
		w.Clock.Advance(4 * time.Second)
		if _, _, err := w.Service.PayStatus(context.Background(), v); err != nil {
			t.Errorf("%+v: %v", f, err)
		}
		outside(w).RemoveFault(0)
		wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "created"})
	}
}
