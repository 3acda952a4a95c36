//go:build faults

package faults

import (
	"context"
	"database/sql"
	"net/http"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/store"
	"xinsheng/test/world"
)

// student is the demo student who pays; every round has a world of its own.
const student = "D01"

// payment is an order that WeChat Pay knows and nobody has paid yet.
type payment struct {
	world        *world.World
	outside      *sandbox.World
	registration string
	order        enroll.Order
}

// prepare makes a student who owes the price and has opened a payment, on a site at listen that does not run yet.
func prepare(t *testing.T, listen string) *payment {
	t.Helper()
	ctx, w := context.Background(), world.Alone(t)
	p := &payment{world: w, outside: w.Sandbox.World(w.Credentials.AppID)}
	p.outside.SetSite(siteOf(listen))
	p.control(t, "account", `{"probes":0,"retry_s":[3600]}`) // the notice comes to the mark, no probe before it, and again only as the round says
	w.Service.Config.PublicURL = siteOf(listen)
	p.registration = w.Enrolled(t, student).ID
	v := w.Visit(t, student)
	err := w.Service.Store.InTx(ctx, func(tx *store.Store) error {
		bill := enroll.Bill{ID: tx.NewID(), Registration: p.registration, TotalFen: price, Items: []enroll.BillItem{{Name: "学费", SchoolYear: "2026-2027", AmountFen: price}}}
		if err := tx.SaveBill(ctx, bill, w.Clock.Now()); err != nil {
			return err
		}
		return tx.Move(ctx, v.Registration, enroll.RegistrationEvent{Event: string(enroll.EventSubmit), To: enroll.Payable, By: enroll.ByStudent, At: w.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	checkout, err := w.Service.StartPayment(ctx, w.Visit(t, student), enroll.JSAPI, v.Login.OpenID)
	if err != nil {
		t.Fatal(err)
	}
	p.order = checkout.Order
	if err := w.Service.Store.Close(); err != nil { // the database belongs to the program now
		t.Fatal(err)
	}
	return p
}

// control asks the sandbox for something that has no method.
func (p *payment) control(t *testing.T, route, body string) {
	t.Helper()
	answer, err := http.Post(p.world.Outside+"/_sandbox/"+route+"?world="+p.world.Credentials.AppID, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("sandbox: %s %s", route, answer.Status)
	}
}

// notice is the one notice of the payment.
func (p *payment) notice(t *testing.T) sandbox.Notice {
	t.Helper()
	list := p.outside.Notices()
	if len(list) != 1 {
		t.Fatalf("%d notices for one payment", len(list))
	}
	return list[0]
}

// sweepAt says when the sweeper asks about the order.
func (p *payment) sweepAt(t *testing.T, db *sql.DB, at time.Time) {
	t.Helper()
	if _, err := db.Exec(`UPDATE pay_order SET next_query_at = ? WHERE id = ?`, at.UnixMilli(), p.order.ID); err != nil {
		t.Fatal(err)
	}
}

// resend lets WeChat Pay send the notice again, as it may at any time.
func (p *payment) resend(t *testing.T) {
	t.Helper()
	if err := p.outside.ResendNotice(p.notice(t).ID); err != nil {
		t.Fatal(err)
	}
}
