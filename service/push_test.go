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

// crowdSize is how many a push goes to in these tests: 1,000, or PUSH_TEST_CROWD, which wants the pace kept, too.
func crowdSize() (n int, measured bool) {
	if n, err := strconv.Atoi(os.Getenv("PUSH_TEST_CROWD")); err == nil && n > 0 {
		return n, true
	}
	return 1000, false
}

// wechatLatency is WeChat's in these tests, by which the pace is measured.
const wechatLatency = 50 * time.Millisecond

// slowly lets WeChat take its time for each message.
func slowly(t *testing.T, w *world.World) {
	t.Helper()
	fault(t, w, sandbox.Fault{Path: "template/send", Kind: "delay", DelayMS: wechatLatency.Milliseconds()})
}

// keptPace says how long sending took beside what latency and the calls at once allow, and wants at most a tenth more where it is measured.
func keptPace(t *testing.T, n, atOnce int, took time.Duration) {
	t.Helper()
	_, measured := crowdSize()
	ideal := time.Duration(n) * wechatLatency / time.Duration(atOnce)
	t.Logf("%d recipients, %d at once: %.2f s, %.3f of the ideal %.2f s", n, atOnce, took.Seconds(), took.Seconds()/ideal.Seconds(), ideal.Seconds())
	if measured && took > ideal*11/10 {
		t.Error("slower than 1.1 of the ideal")
	}
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
	p, err := w.Service.StartPush(ctx, confirmedNow(w, world.Maker), id, pushView(t, w, id).Push.Version, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if p.State == enroll.PushPending {
		if p, err = w.Service.ApprovePush(ctx, confirmedNow(w, world.Second), id); err != nil {
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
	w := world.Alone(t)
	n, _ := crowdSize()
	w.Crowd(t, n)
	slowly(t, w)
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	begun := time.Now()
	startPush(t, w, p.ID)
	t.Logf("checked for everybody in %.2f s", time.Since(begun).Seconds())
	begun = time.Now()
	drainPush(t, w)
	took := time.Since(begun)
	v := pushView(t, w, p.ID)
	sending := v.Push.EndedAt.Sub(v.Push.StartedAt)
	t.Logf("written down in %.2f s", (took - sending).Seconds())
	keptPace(t, n, 50, sending)
	if v.Push.State != enroll.PushDone || v.Counts.States[enroll.RecipientAccepted] != n || outside(w).Tally().Messages != n {
		t.Fatalf("%+v, %+v", v, outside(w).Tally())
	}
}

// The account's day quota ends the day: the push waits, and goes on in the next morning with who is left.
func TestPushWaitsForTheQuotasDay(t *testing.T) {
	w := world.Alone(t)
	n, _ := crowdSize()
	w.Crowd(t, n)
	slowly(t, w)
	outside(w).SetQuota(n/2, 0)
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	startPush(t, w, p.ID)
	today := drainTime(t, w, p.ID)
	v := pushView(t, w, p.ID)
	if v.Push.State != enroll.PushRunning || v.Push.Reason != enroll.HoldQuota || v.Counts.Sent() != n/2 || v.Counts.States[enroll.RecipientWaiting] != n-n/2 {
		t.Fatalf("%+v", v)
	}
	before := sends(w)
	drainPush(t, w)
	if sends(w) != before {
		t.Error("sent on the same day")
	}
	if next := v.Push.NextAt; enroll.ReminderTime(next) != next {
		t.Errorf("goes on at night: %s", next)
	}
	wait := v.Push.NextAt.Sub(w.Clock.Now()) + time.Second
	w.Clock.Advance(wait)
	outside(w).Advance(wait)
	keptPace(t, n, 50, today+drainTime(t, w, p.ID))
	if v = pushView(t, w, p.ID); v.Push.State != enroll.PushDone || v.Counts.Sent() != n || outside(w).Tally().Messages != n {
		t.Fatalf("%+v, %+v", v, outside(w).Tally())
	}
}

// drainTime works on a push until it ends or waits, and says how long it sent.
func drainTime(t *testing.T, w *world.World, id string) time.Duration {
	t.Helper()
	begun := time.Now()
	drainPush(t, w)
	if started := pushView(t, w, id).Push.StartedAt; started.After(begun) {
		begun = started
	}
	return time.Since(begun)
}

// A small push does not wait for a large one that its server is busy with; so neither does one whose own server died.
func TestPushesBesideEachOther(t *testing.T) {
	w := world.New(t)
	list := w.Crowd(t, 1000)
	w.Service.Config.Push.AtOnce = 4
	slowly(t, w)
	large, small := w.Deadline(t, enroll.PushSelection{}, nil), w.Deadline(t, enroll.PushSelection{}, []string{list[0].ExamNo})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	startPush(t, w, large.ID)
	go func() { ended <- w.Service.RunPush(ctx) }()
	for outside(w).Tally().Messages == 0 {
		time.Sleep(time.Millisecond)
	}
	startPush(t, w, small.ID)
	for pushView(t, w, small.ID).Push.State != enroll.PushDone {
		time.Sleep(5 * time.Millisecond)
	}
	if v := pushView(t, w, large.ID); v.Push.State != enroll.PushRunning {
		t.Errorf("%+v", v)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
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
	w := world.Alone(t)
	n, _ := crowdSize()
	list := w.Crowd(t, n)
	slowly(t, w)
	w.Service.Config.Push.AtOnce = 25 // on each of the two
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
	if err := w.Service.OA.Token(context.Background()); err != nil {
		t.Fatal(err)
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
	sending := time.Duration(0)
	for _, id := range ids {
		v := pushView(t, w, id)
		sending = max(sending, v.Push.EndedAt.Sub(v.Push.StartedAt))
	}
	keptPace(t, n, 50, sending)
	tally := outside(w).Tally()
	t.Logf("%d recipients, %d storms: %d token calls, %+v", n, storms, tally.Tokens-tokens, tally)
	for _, id := range ids {
		if v := pushView(t, w, id); v.Push.State != enroll.PushDone || v.Counts.Sent() != v.Push.Total {
			t.Errorf("%+v", v)
		}
	}
	if tally.Messages != n || tally.Tokens-tokens > storms {
		t.Errorf("%+v after %d storms", tally, storms)
	}
}
