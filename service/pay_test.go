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

func TestPaying(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	c := checkout(t, w, v, enroll.JSAPI)
	sheet := sandbox.PaySheet(*c.JSAPI)
	bill, err := outside(w).OpenSheet("D01", sheet)
	if err != nil || bill.Fen != 240000 || bill.OutTradeNo != c.Order.OutTradeNo {
		t.Fatalf("cashier: %+v, %v", bill, err)
	}
	wantState(t, w, v, service.PayUnpaid)
	payAt(t, w, c.Order, "D01")
	take(t, w, notice(t, w, c.Order, ""))
	wantAccount(t, w, v, settled)
	wantState(t, w, v, service.PayDone)
	_, err = w.Service.StartPayment(ctx, revisit(t, w, v), enroll.JSAPI, v.Login.OpenID)
	wantReason(t, err, "bill_covered")
	if done, err := w.Service.Done(ctx, revisit(t, w, v)); err != nil || done.Number != settled.Number || len(done.Events) == 0 {
		t.Errorf("done: %+v, %v", done, err)
	}
}

func wantState(t *testing.T, w *world.World, v *service.Visit, want service.PayState) {
	t.Helper()
	if state, _, err := w.Service.PayStatus(context.Background(), revisit(t, w, v)); err != nil || state != want {
		t.Errorf("pay state %q, %v; want %q", state, err, want)
	}
}

// The same channel again, from any tab, is the same order; prepay is not even asked for again.
func TestParallelPaymentsMakeOneOrder(t *testing.T) {
	w := world.New(t)
	v := payable(t, w, "D01", 240000)
	numbers, errs := make([]string, 20), make([]error, 20)
	var tabs sync.WaitGroup
	for i := range numbers {
		tabs.Go(func() {
			c, err := w.Service.StartPayment(context.Background(), v, enroll.JSAPI, v.Login.OpenID)
			if errs[i] = err; err == nil {
				_, errs[i] = outside(w).OpenSheet("D01", sandbox.PaySheet(*c.JSAPI))
			}
			numbers[i] = c.Order.OutTradeNo
		})
	}
	tabs.Wait()
	for i := range numbers {
		if errs[i] != nil || numbers[i] != numbers[0] {
			t.Errorf("tab %d: order %s, %v", i, numbers[i], errs[i])
		}
	}
	if orders := outside(w).Orders(); len(orders) != 1 {
		t.Errorf("%d orders at WeChat Pay", len(orders))
	}
	wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "created"})
}

// Another channel, or another WeChat, closes the former order first, by a signed answer.
func TestOtherChannelClosesTheFormer(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	first := checkout(t, w, v, enroll.JSAPI).Order
	second := checkout(t, w, v, enroll.Native).Order
	if second.CodeURL == "" || second.OpenID != "" {
		t.Errorf("native order: %+v", second)
	}
	if outside(w).PayOrder("D01", first.OutTradeNo) == nil {
		t.Error("the former order can still be paid")
	}
	v.Intake.Settings.H5Pay = true
	third := checkout(t, w, v, enroll.H5).Order
	if third.H5URL == "" || outside(w).PayOrder("D01", second.OutTradeNo) == nil {
		t.Errorf("after the phone's browser took over: %+v, and the code can still be paid", third)
	}
	if live, err := w.Service.LiveOrder(ctx, v.Registration.ID); err != nil || live.OutTradeNo != third.OutTradeNo {
		t.Errorf("the page with the code hears of %+v, %v", live, err)
	}
	other, err := w.Service.StartPayment(ctx, v, enroll.JSAPI, w.OpenID("D02"))
	if err != nil || other.Order.OpenID != w.OpenID("D02") {
		t.Fatalf("other WeChat: %+v, %v", other, err)
	}
	wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "closed closed closed created"})
}

// An order that WeChat Pay finds too young to close keeps its channel open; money on it settles.
func TestTooYoungToClose(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	first := checkout(t, w, v, enroll.JSAPI).Order
	fault(t, w, sandbox.Fault{Path: "/close", Kind: "error", Code: "RULE_LIMIT"})
	_, err := w.Service.StartPayment(ctx, v, enroll.Native, "")
	wantReason(t, err, "pay_closing")
	if e := enrollError(err); e.Data["channel"] != enroll.JSAPI || e.Data["wait_s"].(int) < 200 {
		t.Errorf("told %+v", e.Data)
	}
	if same := checkout(t, w, v, enroll.JSAPI).Order; same.OutTradeNo != first.OutTradeNo {
		t.Error("the former channel made another order")
	}
	wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "closing"})
	wantReason(t, w.Service.Amend(ctx, v), "order_in_flight")
	outside(w).RemoveFault(0)
	w.Clock.Advance(time.Minute)
	if err := w.Service.SweepOrders(ctx); err != nil {
		t.Fatal(err)
	}
	wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "closed"})
}

func fault(t *testing.T, w *world.World, f sandbox.Fault) {
	t.Helper()
	if _, err := outside(w).AddFault(f); err != nil {
		t.Fatal(err)
	}
}

// A prepay of unknown outcome is told again with the same number and the same body, which the sandbox insists on.
func TestUnknownPrepayIsRepeated(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	for _, f := range []sandbox.Fault{
		{Path: "/jsapi", Kind: "drop", Acts: true, Times: 1}, {Path: "/jsapi", Kind: "status", Status: 502, Acts: true, Times: 1},
		{Path: "/jsapi", Kind: "unsigned", Times: 1}, {Path: "/jsapi", Kind: "error", Code: "SYSTEM_ERROR", Times: 1},
	} {
		fault(t, w, f)
		_, err := w.Service.StartPayment(ctx, v, enroll.JSAPI, v.Login.OpenID)
		wantReason(t, err, "pay_upstream")
		w.Clock.Advance(time.Second)
	}
	c := checkout(t, w, v, enroll.JSAPI)
	if orders := outside(w).Orders(); len(orders) != 1 || orders[0].OutTradeNo != c.Order.OutTradeNo {
		t.Errorf("orders at WeChat Pay: %+v", orders)
	}
	if _, err := outside(w).OpenSheet("D01", sandbox.PaySheet(*c.JSAPI)); err != nil {
		t.Error(err)
	}
}

func TestWhoMayNotPay(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	v.Intake.Settings.H5Pay = false // the demo's intake offers it
	for _, row := range []struct {
		channel enroll.Channel
		openid  string
		want    enroll.Reason
	}{{enroll.JSAPI, "", "pay_openid_missing"}, {enroll.H5, "", "pay_channel"}, {"cash", "", "pay_channel"}} {
		_, err := w.Service.StartPayment(ctx, v, row.channel, row.openid)
		wantReason(t, err, row.want)
	}
	rejected := *v
	rejected.Registration.Face = enroll.FaceRejected
	_, err := w.Service.StartPayment(ctx, &rejected, enroll.Native, "")
	wantReason(t, err, "face_rejected")
	unverified := *v
	unverified.Verified = false
	_, err = w.Service.StartPayment(ctx, &unverified, enroll.Native, "")
	wantReason(t, err, "identity_step_needed")
	w.Clock.Advance(94 * 24 * time.Hour)
	_, err = w.Service.StartPayment(ctx, revisit(t, w, v), enroll.Native, "")
	wantReason(t, err, "pay_deadline")
	wantAccount(t, w, v, account{Status: enroll.Payable})
}

// Nothing may be paid after the time to pay: the last order expires with it.
func TestOrderEndsWithTheTimeToPay(t *testing.T) {
	w := world.New(t)
	v := payable(t, w, "D01", 240000)
	end := enroll.DeadlinesOf(v.Intake, v.Registration).Pay
	w.Clock.Advance(end.Sub(w.Clock.Now()) - 20*time.Minute)
	outside(w).Advance(time.Until(end) - 20*time.Minute)
	if o := checkout(t, w, v, enroll.Native).Order; o.ExpiresAt.After(end) {
		t.Errorf("expires %s, the time ends %s", o.ExpiresAt, end)
	}
}

func TestNothingOwedSettlesAtOnce(t *testing.T) {
	w := world.New(t)
	v := payable(t, w, "D01", 0)
	if c := checkout(t, w, v, enroll.JSAPI); !c.Settled {
		t.Errorf("%+v", c)
	}
	wantAccount(t, w, v, account{Status: enroll.Registered, Number: settled.Number, Messages: 1})
}
