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

// registered is a student who has paid and whose message with the number waits in the outbox.
func registered(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	v := payable(t, w, id, 240000)
	take(t, w, notice(t, w, checkout(t, w, v, enroll.JSAPI).Order, ""))
	return revisit(t, w, v)
}

func drain(t *testing.T, w *world.World) {
	t.Helper()
	if _, err := w.Service.DrainOutbox(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// sends counts the template messages that WeChat was asked for.
func sends(w *world.World) int {
	n := 0
	for _, call := range outside(w).Calls() {
		if call.Name == "/cgi-bin/message/template/send" {
			n++
		}
	}
	return n
}

// received counts what reached a student's WeChat.
func received(w *world.World, id string) int {
	u, err := outside(w).User(id)
	if err != nil {
		return -1
	}
	n := 0
	for _, m := range u.Chat {
		if m.Kind == "template" {
			n++
		}
	}
	return n
}

// Ten replicas send each message once.
func TestOutboxSendsOnce(t *testing.T) {
	w := world.New(t)
	for _, id := range []string{"D01", "D02", "D05"} {
		registered(t, w, id)
	}
	var replicas sync.WaitGroup
	for range 10 {
		replicas.Go(func() { _, _ = w.Service.DrainOutbox(context.Background()) })
	}
	replicas.Wait()
	if n := sends(w); n != 3 {
		t.Errorf("%d sends for three messages", n)
	}
	for _, id := range []string{"D01", "D02", "D05"} {
		if n := received(w, id); n != 1 {
			t.Errorf("%s has %d messages", id, n)
		}
	}
}

// A refusal that may pass is tried again, later and later; the student hears once.
func TestOutboxTriesAgain(t *testing.T) {
	w := world.New(t)
	v := registered(t, w, "D01")
	fault(t, w, sandbox.Fault{Path: "template/send", Kind: "error", Code: "-1", Times: 3})
	for range 6 {
		drain(t, w)
		w.Clock.Advance(20 * time.Second)
	}
	if received(w, "D01") != 1 || sends(w) != 4 || waiting(t, w, v.Registration.ID, enroll.OutboxNotify) != 0 {
		t.Errorf("chat %d, sends %d", received(w, "D01"), sends(w))
	}
}

// A try of unknown outcome is repeated only while WeChat drops repetitions; afterwards a person decides.
func TestOutboxUnknownOutcome(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	registered(t, w, "D01")
	fault(t, w, sandbox.Fault{Path: "template/send", Kind: "drop", Acts: true})
	drain(t, w)
	w.Clock.Advance(5 * time.Second)
	drain(t, w)
	if received(w, "D01") != 1 {
		t.Errorf("the repetition reached the student: %d messages", received(w, "D01"))
	}
	outside(w).RemoveFault(0)
	w.Clock.Advance(11 * time.Minute)
	outside(w).Advance(11 * time.Minute)
	before := sends(w)
	drain(t, w)
	stuck, err := w.Service.Store.StuckOutbox(ctx)
	if err != nil || len(stuck) != 1 || stuck[0].State != enroll.OutboxUnknown || sends(w) != before {
		t.Fatalf("stuck %+v, %v, %d sends more", stuck, err, sends(w)-before)
	}
	if err := w.Service.ReplayOutbox(ctx, stuck[0].ID); err != nil {
		t.Fatal(err)
	}
	drain(t, w)
	if received(w, "D01") != 2 {
		t.Errorf("%d messages after a person sent it again", received(w, "D01"))
	}
}

// A worker that vanishes in the middle of a try leaves its message to another, within the same bounds.
func TestOutboxAfterAVanishedWorker(t *testing.T) {
	for wait, want := range map[time.Duration]string{31 * time.Second: enroll.OutboxDone, 20 * time.Minute: enroll.OutboxUnknown} {
		w, ctx := world.New(t), context.Background()
		registered(t, w, "D01")
		st := w.Service.Store
		ids, err := st.DueOutbox(ctx, w.Clock.Now(), 1)
		if err != nil || len(ids) != 1 {
			t.Fatal(ids, err)
		}
		if won, err := st.LeaseOutbox(ctx, ids[0], "vanished", w.Clock.Now(), 30*time.Second); err != nil || !won {
			t.Fatal(won, err)
		}
		drain(t, w)
		if sends(w) != 0 {
			t.Error("sent under another worker's lease")
		}
		w.Clock.Advance(wait)
		drain(t, w)
		if m, err := st.OutboxMessage(ctx, ids[0]); err != nil || m.State != want {
			t.Errorf("after %s: %s, %v; want %s", wait, m.State, err, want)
		}
	}
}

// What can never succeed is dead at once and opens a case.
func TestOutboxDead(t *testing.T) {
	w := world.New(t)
	setting(t, w, func(s *enroll.Settings) { s.Messages = nil })
	v := registered(t, w, "D01")
	drain(t, w)
	if cases := openCases(t, w, v.Registration.ID); len(cases) != 1 || cases[0] != string(enroll.CaseMessage) {
		t.Errorf("cases %v", cases)
	}
}

// What was given up is listed in words, and goes out once more when a person says so.
func TestStuckMessageIsSentAgain(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	registered(t, w, "D01")
	w.Exec(t, `UPDATE outbox SET state = 'dead', last_error = 'x' WHERE kind = 'notify'`)
	list, err := w.Service.StuckOutbox(ctx)
	if err != nil || len(list) != 1 || list[0].Name != "消息：学号已生成" || list[0].Unknown {
		t.Fatalf("%+v %v", list, err)
	}
	d := w.Duty(t, enroll.RoleAdmin)
	for i, want := range []int{1, 0} { // a second click sends nothing more
		if sent, err := w.Service.ResendOutbox(ctx, d, []string{list[0].ID}); err != nil || sent != want {
			t.Fatalf("click %d: %d %v", i, sent, err)
		}
	}
	drain(t, w)
	if received(w, "D01") != 1 {
		t.Error("the message did not arrive")
	}
}
