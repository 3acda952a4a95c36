//go:build faults

package faults

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"xinsheng/test/world"
)

// mark is a moment in the way of a notice; answered says what WeChat Pay sees of
// it, and kept what the program still knows after dying there.
type mark struct {
	name     string
	answered string
	kept     bool
}

var marks = []mark{
	{"before_verify", "no answer", false}, {"after_verify", "no answer", false}, {"in_transaction", "no answer", false},
	{"after_commit", "no answer", true}, {"after_answer", "204", true},
}

// way is what brings a payment home after the restart: the notice again, the
// sweeper, or both at once; the rounds take turns.
type way struct {
	notice  bool
	sweeper time.Duration
}

var ways = []way{{true, time.Hour}, {false, 0}, {true, 0}}

// tally counts the rounds of one mark.
type tally struct {
	settled atomic.Int64
	slowest atomic.Int64 // from the restart to the student's message
}

// TestKillAtEveryMark pays, kills the program at a mark, starts it again and
// wants the payment settled exactly once; the table on the screen is the result.
func TestKillAtEveryMark(t *testing.T) {
	rounds, err := strconv.Atoi(os.Getenv("FAULT_ROUNDS"))
	if err != nil || rounds < 1 || os.Getenv("FAULT_PROGRAM") == "" {
		t.Fatal("run `make faults`")
	}
	delivering(t)
	storeName := "SQLite, embedded KV"
	if os.Getenv("XINSHENG_TEST_MYSQL") != "" {
		storeName = "MariaDB, Redis"
	}
	fmt.Printf("%-16s%-22s%7s%23s%18s%8s\n", "mark", "store", "rounds", "settled exactly once", "slowest restart", "time")
	for i, m := range marks {
		var all tally
		begun := time.Now()
		t.Run(m.name, func(t *testing.T) {
			for n := range rounds {
				t.Run(strconv.Itoa(n), func(t *testing.T) {
					t.Parallel()
					all.round(t, m, ways[(i+1+n)%len(ways)], n == 0)
				})
			}
		})
		fmt.Printf("%-16s%-22s%7d%23d%16.1f s%6.0f s\n", m.name, storeName, rounds, all.settled.Load(),
			time.Duration(all.slowest.Load()).Seconds(), time.Since(begun).Seconds())
	}
}

// delivering lets the sandbox send its notices while the test runs.
func delivering(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	sb := world.Alone(t).Sandbox
	go func() { ended <- sb.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// round is one payment over one death; look also opens the database in between.
func (all *tally) round(t *testing.T, m mark, way way, look bool) {
	listen := freeAddress(t)
	p := prepare(t, listen)
	dying := start(t, p.world, listen, m.name)
	if err := p.outside.PayOrder(student, p.order.OutTradeNo); err != nil {
		t.Fatal(err)
	}
	dying.killed()
	eventually(t, "WeChat Pay's first try ends", func() bool { return len(p.notice(t).Results) > 0 })
	if got := p.notice(t).Results[0]; got != m.answered {
		t.Fatalf("WeChat Pay saw %q, want %q: the mark is not where it should be", got, m.answered)
	}
	if look {
		p.wantLeft(t, m)
	}
	begun := time.Now()
	again := start(t, p.world, listen, "")
	db := p.world.Database(t)
	p.sweepAt(t, db, begun.Add(way.sweeper))
	if way.notice {
		p.resend(t)
	}
	eventually(t, "settled and told", func() bool { return p.account(t, db) == once || t.Failed() })
	slowest(&all.slowest, time.Since(begun))
	p.resend(t) // once more, long after
	eventually(t, "the notice is taken", func() bool { return p.notice(t).Done })
	again.stop()
	if got := p.account(t, db); got != once {
		t.Fatalf("%+v:\n got %+v\nwant %+v", way, got, once)
	}
	all.settled.Add(1)
}

// wantLeft looks at what a death at the mark has left: nothing, or all but the message.
func (p *payment) wantLeft(t *testing.T, m mark) {
	t.Helper()
	db := p.world.Database(t)
	defer db.Close()
	got, want := p.account(t, db), untouched
	if m.kept {
		want = once
		want.Done, want.Received = got.Done, got.Received // the outbox may have been faster than death
	}
	if got != want {
		t.Fatalf("left at the mark:\n got %+v\nwant %+v", got, want)
	}
}

func slowest(max *atomic.Int64, d time.Duration) {
	for old := max.Load(); int64(d) > old; old = max.Load() {
		if max.CompareAndSwap(old, int64(d)) {
			return
		}
	}
}
