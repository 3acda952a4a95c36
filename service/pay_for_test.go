package service_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

const elsewhere = "192.0.2.7"

func payLink(t *testing.T, w *world.World, v *service.Visit) string {
	t.Helper()
	token, _, err := w.Service.AskForPayment(context.Background(), v)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func payFor(t *testing.T, w *world.World, token string, channel enroll.Channel, user string) service.Checkout {
	t.Helper()
	c, err := w.Service.StartPaymentFor(context.Background(), token, elsewhere, channel, w.OpenID(user))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A parent pays from another WeChat: the student is registered, and neither phone nor WeChat of the student moves.
func TestSomebodyElsePays(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	token := payLink(t, w, v)
	f, err := w.Service.PayFor(ctx, token, elsewhere)
	if err != nil || f.Name != "张**" || f.Bill.TotalFen != 240000 || f.State != service.PayUnpaid {
		t.Fatalf("%+v, %v", f, err)
	}
	c := payFor(t, w, token, enroll.JSAPI, "parent")
	if bill, err := outside(w).OpenSheet("parent", sandbox.PaySheet(*c.JSAPI)); err != nil || bill.Fen != 240000 {
		t.Fatalf("the parent's cashier: %+v, %v", bill, err)
	}
	if _, err := outside(w).OpenSheet("D01", sandbox.PaySheet(*c.JSAPI)); err == nil {
		t.Error("the student can pay the parent's order")
	}
	payAt(t, w, c.Order, "parent")
	take(t, w, notice(t, w, c.Order, ""))
	wantAccount(t, w, v, settled)
	if f, err := w.Service.PayFor(ctx, token, elsewhere); err != nil || f.State != service.PayDone {
		t.Errorf("the payer is told %q, %v", f.State, err)
	}
	_, err = w.Service.StartPaymentFor(ctx, token, elsewhere, enroll.Native, "")
	wantReason(t, err, "bill_covered")
	now := revisit(t, w, v)
	if now.Student.OpenID != v.Student.OpenID || now.Student.Phone != v.Student.Phone || !now.Student.BoundAt.Equal(v.Student.BoundAt) {
		t.Errorf("the binding moved: %+v", now.Student)
	}
	if done, err := w.Service.Done(ctx, now); err != nil || !done.PaidByOther || done.Number == "" {
		t.Errorf("the student's page: %+v, %v", done, err)
	}
}

func TestOwnMoneyByOwnLinkIsNobodyElses(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	o := payFor(t, w, payLink(t, w, v), enroll.Native, "").Order
	payAt(t, w, o, "D01")
	take(t, w, notice(t, w, o, ""))
	if done, err := w.Service.Done(ctx, revisit(t, w, v)); err != nil || done.PaidByOther {
		t.Errorf("%+v, %v", done, err)
	}
}

// What a token opens, and what it no longer opens.
func TestLinksThatDoNotPay(t *testing.T) {
	w, ctx, next := world.New(t), context.Background(), students()
	rows := map[enroll.Reason]func(v *service.Visit, token string) string{
		"pay_link_unknown": func(*service.Visit, string) string { return "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
		"pay_link_revoked": func(v *service.Visit, token string) string {
			payFor(t, w, token, enroll.Native, "")
			if err := w.Service.RevokePayLink(ctx, v); err != nil {
				t.Fatal(err)
			}
			wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "closed"})
			return token
		},
		"pay_link_expired": func(v *service.Visit, token string) string {
			changeBill(t, w, v)
			return token
		},
	}
	for reason, end := range rows {
		v := payable(t, w, next(), 240000)
		token := end(v, payLink(t, w, v))
		_, err := w.Service.PayFor(ctx, token, elsewhere)
		wantReason(t, err, reason)
		_, err = w.Service.StartPaymentFor(ctx, token, elsewhere, enroll.Native, "")
		wantReason(t, err, reason)
	}
	v := payable(t, w, next(), 240000)
	first := payLink(t, w, v)
	second := payLink(t, w, v)
	_, err := w.Service.PayFor(ctx, first, elsewhere)
	wantReason(t, err, "pay_link_revoked")
	if o := payFor(t, w, second, enroll.Native, "").Order; o.ExpiresAt.After(w.Clock.Now().Add(enroll.OrderLife)) {
		t.Errorf("the order outlives its link: %s", o.ExpiresAt)
	}
	w.Clock.Advance(enroll.OrderLife)
	_, err = w.Service.PayFor(ctx, second, elsewhere)
	wantReason(t, err, "pay_link_expired")
}

// changeBill lets the amount change after the link was sent.
func changeBill(t *testing.T, w *world.World, v *service.Visit) {
	t.Helper()
	ctx := context.Background()
	err := w.Service.Store.InTx(ctx, func(tx *store.Store) error {
		bill, err := tx.Bill(ctx, v.Registration.ID)
		if err != nil {
			return err
		}
		bill.TotalFen = 300000
		return tx.SaveBill(ctx, bill, w.Clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// An order ends with its link, also where the link was made long before it.
func TestOrderEndsWithItsLink(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	token, link, err := w.Service.AskForPayment(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(time.Hour)
	if o := payFor(t, w, token, enroll.Native, "").Order; o.ExpiresAt.After(link.ExpiresAt) {
		t.Errorf("order until %s, link until %s", o.ExpiresAt, link.ExpiresAt)
	}
}

// Student and payers share one live order: whoever pays next closes the former first.
func TestOneLiveOrderWhoeverPays(t *testing.T) {
	w := world.New(t)
	v := payable(t, w, "D01", 240000)
	own := checkout(t, w, v, enroll.Native).Order
	token := payLink(t, w, v)
	theirs := payFor(t, w, token, enroll.Native, "").Order
	if theirs.OutTradeNo == own.OutTradeNo {
		t.Error("the payer was given the student's order")
	}
	if outside(w).PayOrder("D01", own.OutTradeNo) == nil {
		t.Error("the student's former order can still be paid")
	}
	again := checkout(t, w, v, enroll.JSAPI).Order
	if outside(w).PayOrder("parent", theirs.OutTradeNo) == nil || again.Link != "" {
		t.Error("the payer's former order can still be paid")
	}
	wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "closed closed created"})
}

// Several people open the same link at the same moment and all try to pay: money has one effect.
func TestPayersInParallel(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	token := payLink(t, w, v)
	payers := []string{"parent", "stranger", "D02", "D03", "blocker"}
	paid := make([]bool, len(payers))
	var all sync.WaitGroup
	for i, user := range payers {
		all.Go(func() {
			for range 20 {
				c, err := w.Service.StartPaymentFor(ctx, token, elsewhere, enroll.JSAPI, w.OpenID(user))
				if err != nil {
					continue
				}
				if paid[i] = outside(w).PayOrder(user, c.Order.OutTradeNo) == nil; paid[i] {
					_, _ = w.Service.PayFor(ctx, token, elsewhere)
					return
				}
			}
		})
	}
	all.Wait()
	if n := len(slices.DeleteFunc(paid, func(p bool) bool { return !p })); n != 1 {
		t.Fatalf("%d payers paid", n)
	}
	w.Clock.Advance(4 * time.Second)
	wantState(t, w, v, service.PayDone)
	got := accountOf(t, w, v)
	if got.PaidFen != 240000 || got.Status != enroll.Registered || got.Cases != "" || got.Messages != 1 {
		t.Errorf("account %+v", got)
	}
}

// Who tries addresses at random is shut out, and nobody else with them.
func TestGuessingTokens(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	token := payLink(t, w, payable(t, w, "D01", 240000))
	for range 60 {
		_, err := w.Service.PayFor(ctx, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", elsewhere)
		wantReason(t, err, "pay_link_unknown")
	}
	_, err := w.Service.PayFor(ctx, token, elsewhere)
	wantReason(t, err, "too_many")
	if _, err := w.Service.PayFor(ctx, token, "198.51.100.1"); err != nil {
		t.Error(err)
	}
}

func TestOnlyTheStudentMakesAndEndsALink(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	unverified := *v
	unverified.Verified = false
	_, _, err := w.Service.AskForPayment(ctx, &unverified)
	wantReason(t, err, "identity_step_needed")
	wantReason(t, w.Service.RevokePayLink(ctx, &unverified), "identity_step_needed")
}
