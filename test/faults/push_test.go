//go:build faults

package faults

import (
	"context"
	"database/sql"
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

// sendLatency is WeChat's for one message, in milliseconds.
const sendLatency = 50

// resumed is how long a push may stand still after its worker was killed.
const resumed = 10 * time.Second

// pushing is a push that has been started and waits for a running program.
type pushing struct {
	*testing.T
	world    *world.World
	outside  *sandbox.World
	database *sql.DB
	push     string
}

// TestKillWhilePushing kills the program at a third and at two thirds of a push
// and wants the next one to go on, and every student to get the message once;
// FAULT_CROWD is how many there are, and wants it within ten seconds, too.
func TestKillWhilePushing(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("FAULT_CROWD"))
	measured := err == nil
	if !measured {
		n = 2000
	}
	delivering(t)
	first := freeAddress(t)
	p := preparePush(t, first, n)
	running := start(t, p.world, first, "")
	slowest, still := time.Duration(0), time.Duration(0)
	for third := range 2 {
		eventually(t, "a third is sent", func() bool { return p.sent() >= n*(third+1)/3 })
		if !measured {
			p.latency(3000) // nobody finishes while a second program starts
		}
		next := freeAddress(t)
		var standby *program
		if os.Getenv("XINSHENG_TEST_MYSQL") != "" {
			standby = start(t, p.world, next, "")
		}
		running.kill()
		died := time.Now()
		if left := n - p.sent(); left < n/6 {
			t.Fatalf("only %d are left to send: nothing is learnt from this death", left)
		}
		p.latency(sendLatency)
		if standby == nil { // SQLite takes one program at a time
			standby = start(t, p.world, next, "")
			died = time.Now()
		}
		running = standby
		p.outside.SetSite(siteOf(next))
		eventually(t, "the next one goes on", func() bool { return p.claimedSince(died) })
		slowest, still = max(slowest, time.Since(died)), still+time.Since(died)
	}
	for end := time.Now().Add(time.Duration(n)*10*time.Millisecond + time.Minute); p.view().Push.State != enroll.PushDone; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not done: %+v", p.view())
		}
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
	fmt.Printf("push of %d, killed twice: %.1f s, %.1f of them standing still, at most %.1f at once, %d messages, %d repetitions dropped\n",
		n, took.Seconds(), still.Seconds(), slowest.Seconds(), tally.Messages, tally.Repeats)
	if tally.Messages != n || measured && slowest > resumed {
		t.Fatalf("%+v, %s", tally, slowest)
	}
}

// preparePush starts a push to n students for a program that does not run yet.
func preparePush(t *testing.T, listen string, n int) *pushing {
	t.Helper()
	ctx, w := context.Background(), world.Alone(t)
	p := &pushing{T: t, world: w, outside: w.Sandbox.World(w.Credentials.AppID), database: w.Database(t)}
	p.outside.SetSite(siteOf(listen))
	w.Crowd(t, n)
	p.latency(sendLatency)
	p.push = w.Deadline(t, enroll.PushSelection{}, nil).ID
	sure := *world.Maker
	sure.ConfirmedAt = w.Clock.Now()
	started, err := w.Service.StartPush(ctx, &sure, p.push, 0, time.Time{})
	if err == nil && started.State == enroll.PushPending {
		second := *world.Second
		second.ConfirmedAt = sure.ConfirmedAt
		_, err = w.Service.ApprovePush(ctx, &second, p.push)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *pushing) sent() int { return p.outside.Tally().Messages }

// latency is how many milliseconds WeChat takes for a message from now on.
func (p *pushing) latency(ms int64) {
	p.Helper()
	p.outside.RemoveFault(0)
	if _, err := p.outside.AddFault(sandbox.Fault{Path: "template/send", Kind: "delay", DelayMS: ms}); err != nil {
		p.Fatal(err)
	}
}

// claimedSince says that recipients were claimed after a moment: messages that
// were on their way when a program died count for nothing.
func (p *pushing) claimedSince(moment time.Time) bool {
	p.Helper()
	var n int
	if err := p.database.QueryRow(`SELECT COUNT(*) FROM push_recipient WHERE push_id = ? AND tried_at > ?`, p.push, moment.UnixMilli()).Scan(&n); err != nil {
		p.Fatal(err)
	}
	return n > 0
}

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
