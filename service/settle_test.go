package service_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/store"
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
	for how, want := range map[string]string{
		"amount": "mismatch", "currency": "mismatch", "mchid": "mismatch", "appid": "mismatch", "order": "unknown_order", "event": "", "state": "",
	} {
		t.Run(how, func(t *testing.T) {
			w, ctx := world.New(t), context.Background()
			v := payable(t, w, "D01", 240000)
			o := checkout(t, w, v, enroll.JSAPI).Order
			wrong := notice(t, w, o, how)
			take(t, w, wrong)
			take(t, w, wrong)
			wantAccount(t, w, v, account{Status: enroll.Payable, Orders: "created", Cases: want})
			_, err := w.Service.StartPayment(ctx, v, enroll.JSAPI, v.Login.OpenID)
			if want == "mismatch" {
				wantReason(t, err, "paying_locked")
				wantState(t, w, v, service.PayLocked)
			} else if err != nil {
				t.Errorf("paying is locked: %v", err)
			}
		})
	}
}

// Whatever the order of arrival, an order once paid stays paid, one number is
// given at most, and a refund made outside is found once.
func TestAnyOrderOfArrival(t *testing.T) {
	for _, arrival := range permutations([]string{"SUCCESS", "SUCCESS", "REFUND", "CLOSED"}) {
		w, ctx := world.New(t), context.Background()
		v := payable(t, w, "D01", 240000)
		o := checkout(t, w, v, enroll.JSAPI).Order
		payAt(t, w, o, "D01")
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
		if got := accountOf(t, w, v); got != want {
			t.Errorf("%v:\n got %+v\nwant %+v", arrival, got, want)
		}
	}
}

func permutations(words []string) [][]string {
	if len(words) <= 1 {
		return [][]string{words}
	}
	var all [][]string
	for i := range words {
		rest := append(append([]string{}, words[:i]...), words[i+1:]...)
		for _, p := range permutations(rest) {
			all = append(all, append([]string{words[i]}, p...))
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
	want.Orders, want.Closings = "closed paid", 1
	want.Orders = "created paid"
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
	for status, want := range map[enroll.Status]account{
		enroll.Open: applied, enroll.Submitted: applied, enroll.Returned: applied,
		enroll.ReservePending: kept, enroll.Reserved: kept, enroll.ResumePending: kept, enroll.Resumed: kept,
		enroll.GiveUpPending: kept, enroll.GivenUp: kept, enroll.Lapsed: kept, enroll.Cancelled: kept,
	} {
		t.Run(string(status), func(t *testing.T) {
			w := world.New(t)
			v := payable(t, w, "D01", 240000)
			o := checkout(t, w, v, enroll.JSAPI).Order
			moveTo(t, w, v, status)
			take(t, w, notice(t, w, o, ""))
			want.Status = status
			wantAccount(t, w, v, want)
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
func TestPayAndAmendAtTheSameMoment(t *testing.T) {
	for range 10 {
		w, ctx := world.New(t), context.Background()
		v := payable(t, w, "D01", 240000)
		var both sync.WaitGroup
		both.Go(func() { _, _ = w.Service.StartPayment(ctx, v, enroll.Native, "") })
		both.Go(func() { _ = w.Service.Amend(ctx, v) })
		both.Wait()
		got := accountOf(t, w, v)
		if got.Status == enroll.Open && (got.Orders == "created" || got.Orders == "closing") {
			t.Fatalf("an open form with an order to pay: %+v", got)
		}
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
