//go:build faults

package faults

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

// resumed is how long a push may stand still after its worker was killed.
const resumed = 10 * time.Second

// pushing is a push that has been started and waits for a running program.
type pushing struct {
	*testing.T
	world   *world.World
	outside *sandbox.World
	push    string
	n       int
}

// TestKillWhilePushing kills the program at a third and at two thirds of a push
// and wants the next one to go on within ten seconds, and every student to get
// the message once; FAULT_CROWD is how many there are.
func TestKillWhilePushing(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("FAULT_CROWD"))
	if err != nil {
		n = 2000
	}
	delivering(t)
	first := freeAddress(t)
	p := preparePush(t, first, n)
	running := start(t, p.world, first, "")
	slowest := time.Duration(0)
	begun := time.Now()
	for third := range 2 {
		eventually(t, "a third is sent", func() bool { return p.sent() >= n*(third+1)/3 })
		next := freeAddress(t)
		if os.Getenv("XINSHENG_TEST_MYSQL") == "" {
			running.kill()
			running = start(t, p.world, next, "")
		} else { // another replica stands by
			standby := start(t, p.world, next, "")
			time.Sleep(time.Second)
			running.kill()
			running = standby
		}
		p.outside.SetSite(siteOf(next))
		died, before := time.Now(), p.sent()
		eventually(t, "the next one goes on", func() bool { return p.sent() > before })
		slowest = max(slowest, time.Since(died))
	}
	for p.view().Push.State != enroll.PushDone {
		if time.Since(begun) > time.Duration(n)*10*time.Millisecond+time.Minute {
			t.Fatalf("not done: %+v", p.view())
		}
		time.Sleep(100 * time.Millisecond)
	}
	v := p.view()
	took := v.Push.EndedAt.Sub(v.Push.StartedAt)
	for end := time.Now().Add(patience); p.view().Counts.States[enroll.RecipientDelivered] < n; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not every message is reported: %+v", p.view().Counts)
		}
	}
	running.stop()
	tally := p.outside.Tally()
	fmt.Printf("push of %d, killed twice: %.1f s, at most %.1f s standing still, %d messages, %d repetitions dropped\n",
		n, took.Seconds(), slowest.Seconds(), tally.Messages, tally.Repeats)
	if tally.Messages != n || slowest > resumed {
		t.Fatalf("%+v, %s", tally, slowest)
	}
}

// preparePush starts a push to n students for a program that does not run yet.
func preparePush(t *testing.T, listen string, n int) *pushing {
	t.Helper()
	ctx, w := context.Background(), world.New(t)
	p := &pushing{T: t, world: w, outside: w.Sandbox.World(w.Credentials.AppID), n: n}
	p.outside.SetSite(siteOf(listen))
	w.Crowd(t, n)
	if _, err := p.outside.AddFault(sandbox.Fault{Path: "template/send", Kind: "delay", DelayMS: 50}); err != nil {
		t.Fatal(err)
	}
	p.push = w.Deadline(t, enroll.PushSelection{}, nil).ID
	sure := *world.Maker
	sure.ConfirmedAt = w.Clock.Now()
	started, err := w.Service.StartPush(ctx, &sure, p.push, time.Time{})
	if err == nil && started.State == enroll.PushPending {
		_, err = w.Service.ApprovePush(ctx, world.Second, p.push)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *pushing) sent() int { return p.outside.Tally().Messages }

func (p *pushing) view() service.PushView {
	p.Helper()
	v, err := p.world.Service.Push(context.Background(), p.push)
	if err != nil {
		p.Fatal(err)
	}
	return v
}

// kill ends the program as a power cut does.
func (p *program) kill() {
	p.t.Helper()
	_ = p.command.Process.Kill()
	<-p.ended
}
