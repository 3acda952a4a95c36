package service_test

import (
	"context"
	"os"
	"strconv"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

// crowdSize is how many a push goes to in these tests: 2,000, or PUSH_TEST_CROWD.
func crowdSize(t *testing.T) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv("PUSH_TEST_CROWD")); err == nil && n > 0 {
		return n
	}
	return 2000
}

// confirmedNow is a member of staff who has just proven password and TOTP.
func confirmedNow(w *world.World, d *service.Duty) *service.Duty {
	sure := *d
	sure.ConfirmedAt = w.Clock.Now()
	return &sure
}

// startPush starts a push and approves it where that is asked.
func startPush(t *testing.T, w *world.World, id string) enroll.Push {
	t.Helper()
	ctx := context.Background()
	p, err := w.Service.StartPush(ctx, confirmedNow(w, world.Maker), id, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if p.State == enroll.PushPending {
		if p, err = w.Service.ApprovePush(ctx, world.Second, id); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func drainPush(t *testing.T, w *world.World) {
	t.Helper()
	if err := w.Service.DrainPush(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func pushView(t *testing.T, w *world.World, id string) service.PushView {
	t.Helper()
	v, err := w.Service.Push(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Everybody gets the message once, at the pace that latency and concurrency allow.
func TestPushToMany(t *testing.T) {
	w, n := world.New(t), crowdSize(t)
	w.Crowd(t, n)
	fault(t, w, sandbox.Fault{Path: "template/send", Kind: "delay", DelayMS: 50})
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	startPush(t, w, p.ID)
	begun := time.Now()
	drainPush(t, w)
	took := time.Since(begun)
	v := pushView(t, w, p.ID)
	sending := v.Push.EndedAt.Sub(v.Push.StartedAt)
	ideal := time.Duration(n) * 50 * time.Millisecond / 50
	t.Logf("%d recipients: sent in %.2f s, %.2f of the ideal %.1f s; with writing them down %.2f s", n, sending.Seconds(), float64(sending)/float64(ideal), ideal.Seconds(), took.Seconds())
	if v.Push.State != enroll.PushDone || v.Counts.States[enroll.RecipientAccepted] != n || outside(w).Tally().Messages != n {
		t.Fatalf("%+v, %+v", v, outside(w).Tally())
	}
}
