package service_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

// The same notice, and a query's answer beside it, a hundred times at once: one effect.
func TestManyNoticesOneEffect(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	o := checkout(t, w, v, enroll.JSAPI).Order
	payAt(t, w, o, "D01")
	same := notice(t, w, o, "")
	errs := make([]error, 100)
	var senders sync.WaitGroup
	for i := range errs {
		r := again(t, same)
		senders.Go(func() {
			if i%10 == 0 {
				_, _, errs[i] = w.Service.PayStatus(ctx, v)
				return
			}
			errs[i] = w.Service.TakeNotice(ctx, r)
		})
	}
	senders.Wait()
	for i, err := range errs {
		if err != nil {
			t.Errorf("notice %d: %v", i, err)
		}
	}
	take(t, w, notice(t, w, o, "")) // another notice of the same trade
	wantAccount(t, w, v, settled)
}

// Signed notices that do not fit the order are kept, leave the order alone, open one case and lock paying.
func TestMisfits(t *testing.T) {
	w, ctx, next := world.New(t), context.Background(), students()
	for how, want := range map[string]string{
		"amount": "mismatch", "currency": "mismatch", "mchid": "mismatch", "appid": "mismatch", "order": "unknown_order", "event": "", "state": "",
	} {
		t.Run(how, func(t *testing.T) {
			v := payable(t, w, next(), 240000)
			o := checkout(t, w, v, enroll.JSAPI).Order
			wrong := notice(t, w, o, how)
			take(t, w, wrong)
			take(t, w, wrong)
			if want == "unknown_order" {
				if unknown := openCases(t, w, ""); len(unknown) != 1 || unknown[0] != want {
					t.Errorf("cases of nobody: %v", unknown)
				}
				want = ""
			}
			wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "created", Cases: want})
			_, err := w.Service.StartPayment(ctx, v, enroll.JSAPI, v.Login.OpenID)
			if want == "mismatch" {
				wantReason(t, err, "paying_locked")
				wantState(t, w, v, service.PayLocked)
				if owed, err := w.Service.Bill(ctx, v); err != nil || !owed.Locked || owed.Live != nil {
					t.Errorf("bill %+v, %v", owed, err)
				}
			} else if err != nil {
				t.Errorf("paying is locked: %v", err)
			}
		})
	}
}

// Whatever the order of arrival, an order once paid stays paid, one number is
// given at most, and a refund made outside is found once.
func TestAnyOrderOfArrival(t *testing.T) {
	w, ctx, next := world.New(t), context.Background(), students()
	for _, arrival := range permutations("SUCCESS", "SUCCESS", "REFUND", "CLOSED") {
		v := payable(t, w, next(), 240000)
		o := checkout(t, w, v, enroll.JSAPI).Order
		payAt(t, w, o, "")
		refundedFirst := true
		for _, state := range arrival {
			outside(w).SetState(o.OutTradeNo, state)
			fact, err := w.Service.Pay.Query(ctx, o.OutTradeNo)
			if err == nil {
				err = w.Service.Settle(ctx, fact)
			}
			if err != nil {
				t.Fatalf("%v: %s: %v", arrival, state, err)
			}
			if state == "SUCCESS" && accountOf(t, w, v).Cases == "" {
				refundedFirst = false
			}
		}
		want := settled
		want.Cases = "refunded_outside"
		if refundedFirst {
			want = account{Status: enroll.Payable, Orders: "paid", Cases: "refunded_outside"}
		}
		if wantMoney(t, w, v, want); t.Failed() {
			t.Fatalf("arrived as %v", arrival)
		}
	}
}

// permutations are all different orders of some words.
func permutations(words ...string) [][]string {
	if len(words) == 0 {
		return [][]string{nil}
	}
	var all [][]string
	for i, first := range words {
		if slices.Contains(words[:i], first) {
			continue
		}
		for _, p := range permutations(slices.Concat(words[:i], words[i+1:])...) {
			all = append(all, append([]string{first}, p...))
		}
	}
	return all
}

// A closed order that was paid all the same settles while the bill is open, and the other order is closed by the outbox.
func TestClosedOrderPaidLate(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	former := checkout(t, w, v, enroll.JSAPI).Order
	live := checkout(t, w, v, enroll.Native).Order
	take(t, w, notice(t, w, former, ""))
	want := settled
	want.Orders, want.Closings = "created paid", 1
	wantAccount(t, w, v, want)
	if _, err := w.Service.DrainOutbox(ctx); err != nil {
		t.Fatal(err)
	}
	if outside(w).PayOrder("parent", live.OutTradeNo) == nil {
		t.Error("the other order can still be paid")
	}
	if got := accountOf(t, w, v); got.Orders != "closed paid" || got.Closings != 0 {
		t.Errorf("after the outbox: %+v", got)
	}
}

func TestPaidTwice(t *testing.T) {
	w := world.New(t)
	v := payable(t, w, "D01", 240000)
	former := checkout(t, w, v, enroll.JSAPI).Order
	live := checkout(t, w, v, enroll.Native).Order
	payAt(t, w, live, "parent")
	first, second := notice(t, w, live, ""), notice(t, w, former, "")
	var both sync.WaitGroup
	both.Go(func() { take(t, w, first) })
	both.Go(func() { take(t, w, second) })
	both.Wait()
	take(t, w, second)
	got := accountOf(t, w, v)
	got.Closings = 0 // the live order may have been paid second
	want := settled
	want.Orders, want.Cases = "paid paid", "double"
	if got != want {
		t.Errorf("account:\n got %+v\nwant %+v", got, want)
	}
}

// What money does in each status of the registration.
func TestMoneyInEveryStatus(t *testing.T) {
	applied := account{PaidFen: 240000, Orders: "paid"}
	kept := account{Orders: "paid", Cases: "not_payable"}
	w, next := world.New(t), students()
	for status, want := range map[enroll.Status]account{
		enroll.Open: applied, enroll.Submitted: applied, enroll.Returned: applied,
		enroll.ReservePending: kept, enroll.Reserved: kept, enroll.ResumePending: kept, enroll.Resumed: kept,
		enroll.GiveUpPending: kept, enroll.GivenUp: kept, enroll.Lapsed: kept, enroll.Cancelled: kept,
	} {
		t.Run(string(status), func(t *testing.T) {
			v := payable(t, w, next(), 240000)
			o := checkout(t, w, v, enroll.JSAPI).Order
			moveTo(t, w, v, status)
			take(t, w, notice(t, w, o, ""))
			want.Status = status
			wantMoney(t, w, v, want)
		})
	}
}

// moveTo puts a registration into a status behind the state table's back.
func moveTo(t *testing.T, w *world.World, v *service.Visit, to enroll.Status) {
	t.Helper()
	ctx := context.Background()
	r, err := w.Service.Store.Registration(ctx, v.Registration.ID)
	if err == nil {
		err = w.Service.Store.Move(ctx, r, enroll.RegistrationEvent{Event: "test", To: to, By: enroll.BySystem, At: w.Clock.Now()})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Money that came while the form was open again completes the registration at the next submit.
func TestPaidWhileOpenCompletesAtSubmit(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D01")
	if err := w.Service.Submit(ctx, v); err != nil {
		t.Fatal(err)
	}
	v = revisit(t, w, v)
	o := checkout(t, w, v, enroll.JSAPI).Order
	moveTo(t, w, v, enroll.Open)
	take(t, w, notice(t, w, o, ""))
	if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	wantAccount(t, w, v, settled)
}

// A form is taken back only after the order is closed; where money was faster, money wins.
func TestAmendMeetsMoney(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	checkout(t, w, v, enroll.JSAPI)
	if err := w.Service.Amend(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	wantAccount(t, w, v, account{Status: enroll.Open, Orders: "closed"})
	moveTo(t, w, v, enroll.Payable)
	v = revisit(t, w, v)
	payAt(t, w, checkout(t, w, v, enroll.Native).Order, "parent")
	wantReason(t, w.Service.Amend(ctx, revisit(t, w, v)), "already_paid")
	want := settled
	want.Orders = "closed paid"
	wantAccount(t, w, v, want)
}

// Orders and what must not meet them never pass each other, even at the same moment.
func TestPayAndLeaveAtTheSameMoment(t *testing.T) {
	w, ctx, next := world.New(t), context.Background(), students()
	photo := []enroll.ReturnItem{{Item: enroll.Portrait, Reason: "请更换照片"}}
	for i := range 16 {
		v := payable(t, w, next(), 240000)
		var both sync.WaitGroup
		both.Go(func() { _, _ = w.Service.StartPayment(ctx, v, enroll.Native, "") })
		both.Go(func() {
			if i%2 == 0 {
				_ = w.Service.Amend(ctx, v)
				return
			}
			_ = w.Service.SendBack(ctx, v.Registration.ID, photo, service.Decision{By: "registrar"})
		})
		both.Wait()
		got := accountOf(t, w, v)
		if got.Status.Editable() && (got.Orders == "created" || got.Orders == "closing") {
			t.Fatalf("an open form with an order to pay: %+v", got)
		}
	}
}

// An order that is made between the look for live orders and the decision stops the decision.
func TestOrderMadeMeanwhile(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	fault(t, w, sandbox.Fault{Path: "/close", Kind: "delay", DelayMS: 300})
	checkout(t, w, v, enroll.JSAPI)
	var both sync.WaitGroup
	both.Go(func() {
		err := w.Service.SendBack(ctx, v.Registration.ID, []enroll.ReturnItem{{Item: enroll.Portrait, Reason: "请更换照片"}}, service.Decision{By: "registrar"})
		if err != nil && enroll.ReasonOf(err) != "order_in_flight" && enroll.ReasonOf(err) != "changed" {
			t.Error(err)
		}
	})
	both.Go(func() {
		for range 30 {
			_, _ = w.Service.StartPayment(ctx, revisit(t, w, v), enroll.Native, "")
			time.Sleep(20 * time.Millisecond)
		}
	})
	both.Wait()
	if got := accountOf(t, w, v); got.Status.Editable() && strings.Contains(got.Orders, "created") {
		t.Errorf("%+v", got)
	}
}

func TestLateMoney(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := payable(t, w, "D01", 240000)
	o := checkout(t, w, v, enroll.JSAPI).Order
	outside(w).Advance(100 * 24 * time.Hour)
	take(t, w, notice(t, w, o, ""))
	wantAccount(t, w, v, settled)
	if o, err := w.Service.Store.Order(ctx, o.ID); err != nil || !o.Late {
		t.Errorf("late %v, %v", o.Late, err)
	}
}
