package service_test

import (
	"context"
	"os"
	"strconv"
	"sync"
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

// The account's day quota ends the day: the push waits, and goes on after midnight with who is left.
func TestPushWaitsForTheQuotasDay(t *testing.T) {
	w, n := world.New(t), crowdSize(t)
	w.Crowd(t, n)
	outside(w).SetQuota(n/2, 0)
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	startPush(t, w, p.ID)
	drainPush(t, w)
	v := pushView(t, w, p.ID)
	if v.Push.State != enroll.PushRunning || v.Push.Reason != enroll.HoldQuota || v.Counts.Sent() != n/2 || v.Counts.States[enroll.RecipientWaiting] != n-n/2 {
		t.Fatalf("%+v", v)
	}
	before := sends(w)
	drainPush(t, w)
	if sends(w) != before {
		t.Error("sent on the same day")
	}
	wait := v.Push.NextAt.Sub(w.Clock.Now()) + time.Second
	w.Clock.Advance(wait)
	outside(w).Advance(wait)
	drainPush(t, w)
	if v = pushView(t, w, p.ID); v.Push.State != enroll.PushDone || v.Counts.Sent() != n || outside(w).Tally().Messages != n {
		t.Fatalf("%+v, %+v", v, outside(w).Tally())
	}
}

// replica is a second program on the same database and Redis, with a WeChat client of its own.
func replica(w *world.World) *service.Service {
	other := *w.Service
	other.OA = w.Account()
	return &other
}

// Two replicas send at the same time while every token turns invalid at once: each time one of them asks for a new one.
func TestPushThroughStormsOfStaleTokens(t *testing.T) {
	w, n := world.New(t), crowdSize(t)
	list := w.Crowd(t, n)
	fault(t, w, sandbox.Fault{Path: "template/send", Kind: "delay", DelayMS: 20})
	halves := [2][]string{}
	for i, r := range list {
		halves[i%2] = append(halves[i%2], r.ExamNo)
	}
	var ids []string
	for _, half := range halves {
		p := w.Deadline(t, enroll.PushSelection{}, half)
		startPush(t, w, p.ID)
		ids = append(ids, p.ID)
	}
	tokens := outside(w).Tally().Tokens
	const storms = 2
	var replicas sync.WaitGroup
	for _, s := range []*service.Service{w.Service, replica(w)} {
		replicas.Go(func() {
			if err := s.DrainPush(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	for storm := range storms {
		for outside(w).Tally().Messages < n*(storm+1)/(storms+1) {
			time.Sleep(5 * time.Millisecond)
		}
		outside(w).RevokeTokens()
	}
	replicas.Wait()
	drainPush(t, w)
	tally := outside(w).Tally()
	t.Logf("%d recipients, %d storms: %d token calls, %+v", n, storms, tally.Tokens-tokens, tally)
	for _, id := range ids {
		if v := pushView(t, w, id); v.Push.State != enroll.PushDone || v.Counts.Sent() != v.Push.Total {
			t.Errorf("%+v", v)
		}
	}
	if tally.Messages != n || tally.Tokens-tokens > 1+storms {
		t.Errorf("%+v after %d storms", tally, storms)
	}
}
