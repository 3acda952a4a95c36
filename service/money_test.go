package service_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

// payable is a student who has handed in the form and owes an amount.
func payable(t *testing.T, w *world.World, id string, fen int64) *service.Visit {
	t.Helper()
	ctx, v := context.Background(), filling(t, w, id)
	err := w.Service.Store.InTx(ctx, func(tx *store.Store) error {
		bill := enroll.Bill{ID: tx.NewID(), Registration: v.Registration.ID, TotalFen: fen, Items: []enroll.BillItem{{Name: "学费", SchoolYear: "2026-2027", AmountFen: fen}}}
		if err := tx.SaveBill(ctx, bill, w.Clock.Now()); err != nil {
			return err
		}
		return tx.Move(ctx, v.Registration, enroll.RegistrationEvent{Event: string(enroll.EventSubmit), To: enroll.Payable, By: enroll.ByStudent, At: w.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	return revisit(t, w, v)
}

// checkout opens a payment over a channel, in the student's own WeChat.
func checkout(t *testing.T, w *world.World, v *service.Visit, channel enroll.Channel) service.Checkout {
	t.Helper()
	c, err := w.Service.StartPayment(context.Background(), v, channel, v.Login.OpenID)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func outside(w *world.World) *sandbox.World { return w.Sandbox.World(w.Credentials.AppID) }

// payAt pays an order at WeChat Pay; its notice is lost, since nobody delivers it.
func payAt(t *testing.T, w *world.World, o enroll.Order, user string) {
	t.Helper()
	if err := outside(w).PayOrder(user, o.OutTradeNo); err != nil {
		t.Fatal(err)
	}
}

// notice is WeChat Pay's signed notice of an order, wrong in the way asked.
func notice(t *testing.T, w *world.World, o enroll.Order, how string) *http.Request {
	t.Helper()
	r, err := outside(w).NoticeRequest(context.Background(), o.OutTradeNo, how)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// again is the same signed notice once more.
func again(t *testing.T, r *http.Request) *http.Request {
	t.Helper()
	body, err := r.GetBody()
	if err != nil {
		t.Fatal(err)
	}
	next := r.Clone(r.Context())
	next.Body = body
	return next
}

// take gives a notice to the service, which must keep it.
func take(t *testing.T, w *world.World, r *http.Request) {
	t.Helper()
	if err := w.Service.TakeNotice(context.Background(), again(t, r)); err != nil {
		t.Fatal(err)
	}
}

// account is all that money has done to one student.
type account struct {
	Status   enroll.Status
	PaidFen  int64
	Number   string
	Orders   string
	Cases    string
	Messages int
	Closings int
}

func accountOf(t *testing.T, w *world.World, v *service.Visit) account {
	t.Helper()
	ctx, st := context.Background(), w.Service.Store
	r, err := st.Registration(ctx, v.Registration.ID)
	if err != nil {
		t.Fatal(err)
	}
	bill, err := st.Bill(ctx, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	a := account{Status: r.Status, PaidFen: bill.PaidFen}
	if a.Number, err = st.Number(ctx, r.ID); err != nil {
		t.Fatal(err)
	}
	orders, err := st.Orders(ctx, bill.ID)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, o := range orders {
		words = append(words, string(o.Status))
	}
	slices.Sort(words)
	a.Orders = strings.Join(words, " ")
	a.Cases = strings.Join(openCases(t, w, r.ID), " ")
	a.Messages, a.Closings = waiting(t, w, r.ID, enroll.OutboxNotify), waiting(t, w, r.ID, enroll.OutboxClose)
	return a
}

// openCases are the kinds of a registration's open cases, or of those that belong to none.
func openCases(t *testing.T, w *world.World, registration string) []string {
	t.Helper()
	cases, err := w.Service.Cases(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, c := range cases {
		if c.Registration == registration {
			kinds = append(kinds, string(c.Kind))
		}
	}
	slices.Sort(kinds)
	return kinds
}

// waiting counts what stands in the outbox for a registration.
func waiting(t *testing.T, w *world.World, registration, kind string) int {
	t.Helper()
	ctx, n := context.Background(), 0
	ids, err := w.Service.Store.DueOutbox(ctx, w.Clock.Now().Add(time.Hour), 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		m, err := w.Service.Store.OutboxMessage(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if m.Kind == kind && m.Registration == registration {
			n++
		}
	}
	return n
}

func wantAccount(t *testing.T, w *world.World, v *service.Visit, want account) {
	t.Helper()
	if got := accountOf(t, w, v); got != want {
		t.Errorf("account:\n got %+v\nwant %+v", got, want)
	}
}

// wantMoney is wantAccount for one of many students: a number is given exactly to who is registered.
func wantMoney(t *testing.T, w *world.World, v *service.Visit, want account) {
	t.Helper()
	got := accountOf(t, w, v)
	if (got.Number != "") != (got.Status == enroll.Registered) {
		t.Errorf("%s with number %q", got.Status, got.Number)
	}
	if got.Number, want.Number = "", ""; got != want {
		t.Errorf("account:\n got %+v\nwant %+v", got, want)
	}
}

// students come from the roster one after another, for tests that need a new one for every row.
func students() func() string {
	ids := []string{"D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12", "D13", "D14", "D16", "D17", "D18", "D20"}
	return func() string {
		next := ids[0]
		ids = ids[1:]
		return next
	}
}

// settled is what one payment of 240000 fen does to D01, the first of the program at the point.
var settled = account{Status: enroll.Registered, PaidFen: 240000, Number: "26101010001", Orders: "paid", Messages: 1}
