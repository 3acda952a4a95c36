package service

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// How results are written: so many together, or after so long.
const (
	pushBatch = 200
	pushFlush = 150 * time.Millisecond
	// Recipients claimed ahead of the calls, for each call at once, and how many of them are left when more
	// are claimed: what lies between is a batch, what is left bridges a slow write.
	pushAhead = 10
	pushLow   = 6
	// pushLook is how often quota and budget are counted anew.
	pushLook = 5 * time.Second
	// pushYield is how long urgent single messages may hold a push back.
	pushYield = 2 * time.Second
	// smsAtOnce bounds the SMS that a kill would leave with unknown outcome.
	smsAtOnce = 16
)

// pushWork is one worker's hold on one push: a keeper that claims recipients and
// writes results, the only one to touch the database, and callers that send.
type pushWork struct {
	*Service
	push  enroll.Push
	owner string
	jobs  chan enroll.PushRecipient
	done  chan enroll.PushRecipient
	line  *pushLine
	// leased is when the lease was last renewed (UnixNano).
	leased atomic.Int64
	// claimed are the recipients that are claimed and not written down yet, with the carrier that they were claimed for.
	claimed map[string]enroll.PushCarrier

	mu   sync.Mutex
	halt *pushHalt

	looked, yielded  time.Time
	quota, smsBudget int
	callers          sync.WaitGroup
}

// pushHalt ends the work of a push before its recipients do.
type pushHalt struct {
	state  enroll.PushState // "" where somebody else has decided
	reason enroll.PushHold
	detail string
	next   time.Time
}

// sendPush sends a running push until it has ended, waits, or is stopped.
func (s *Service) sendPush(ctx context.Context, line *pushLine, p enroll.Push, owner string) error {
	cfg := s.Config.Push.WithDefaults()
	ahead := pushAhead * cfg.AtOnce
	w := &pushWork{
		Service: s, line: line, push: p, owner: owner, claimed: map[string]enroll.PushCarrier{},
		jobs: make(chan enroll.PushRecipient, ahead+2*smsAtOnce), done: make(chan enroll.PushRecipient, ahead+2*smsAtOnce),
	}
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.HoldPush(ctx, p.ID, owner, enroll.PushRunning, s.Now(), pushLease); err != nil {
			return err
		}
		p.Reason, p.Detail, p.NextAt = "", "", time.Time{}
		if err := tx.MovePush(ctx, p, enroll.PushRunning, s.Now()); err != nil {
			return err
		}
		return tx.AbandonedRecipients(ctx, p.ID)
	})
	if err != nil {
		return err
	}
	w.leased.Store(time.Now().UnixNano())
	for range cfg.AtOnce {
		w.callers.Go(func() { w.caller(ctx) })
	}
	err = w.keep(ctx, ahead, pushLow*cfg.AtOnce)
	close(w.jobs)
	w.callers.Wait()
	return err
}

// keep claims and writes until the push has ended or is halted.
func (w *pushWork) keep(ctx context.Context, ahead, low int) error {
	for {
		ended := w.collect(ctx, low)
		if w.halted() == nil && ctx.Err() != nil {
			w.stop(pushHalt{})
		}
		if w.halted() != nil {
			return w.finish(ctx, ended)
		}
		more, err := w.turn(ctx, ended, ahead)
		switch {
		case enroll.ReasonOf(err) == "changed", err != nil && ctx.Err() != nil:
			w.stop(pushHalt{})
			return w.finish(ctx, ended)
		case err != nil:
			w.stop(pushHalt{})
			return errors.Join(err, w.finish(ctx, ended))
		case !more:
			return nil
		}
	}
}

// collect waits for results: a batch of them, or until few are left to do, or for a moment.
func (w *pushWork) collect(ctx context.Context, low int) []enroll.PushRecipient {
	var ended []enroll.PushRecipient
	moment := time.NewTimer(pushFlush)
	defer moment.Stop()
	for len(ended) < pushBatch {
		select {
		case r := <-w.done:
			ended = append(ended, r)
			if total := w.outstanding(); total >= low && total-len(ended) < low {
				return ended
			}
		case <-moment.C:
			return ended
		case <-ctx.Done():
			return ended
		}
	}
	return ended
}

func (w *pushWork) outstanding() int { return len(w.claimed) }

// claimedFor counts what is claimed for a carrier.
func (w *pushWork) claimedFor(carrier enroll.PushCarrier) int {
	n := 0
	for _, c := range w.claimed {
		if c == carrier {
			n++
		}
	}
	return n
}

// finish lets what is on its way end, gives back what was not begun, and writes why.
func (w *pushWork) finish(ctx context.Context, ended []enroll.PushRecipient) error {
	ctx = context.WithoutCancel(ctx)
	for w.outstanding() > len(ended) {
		select {
		case r := <-w.done:
			ended = append(ended, r)
		case r := <-w.jobs:
			ended = append(ended, unbegun(r))
		}
	}
	halt := *w.halted()
	return w.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.OwnPush(ctx, w.push.ID, w.owner, w.Now(), pushLease); err != nil {
			return err
		}
		if err := w.write(ctx, tx, ended); err != nil {
			return err
		}
		p, err := tx.Push(ctx, w.push.ID)
		if err != nil {
			return err
		}
		if p.State == enroll.PushCancelled {
			return tx.DropWaiting(ctx, p.ID)
		}
		if halt.state == "" || p.State != enroll.PushRunning {
			return nil
		}
		p.Reason, p.Detail, p.NextAt = halt.reason, halt.detail, halt.next
		return tx.MovePush(ctx, p, halt.state, w.Now())
	})
}

// unbegun gives a claimed recipient back that no call was made for.
func unbegun(r enroll.PushRecipient) enroll.PushRecipient {
	r.State, r.Attempts = enroll.RecipientWaiting, r.Attempts-1
	return r
}

func (w *pushWork) stop(h pushHalt) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.halt == nil || w.halt.state == "" {
		w.halt = &h
	}
}

func (w *pushWork) halted() *pushHalt {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.halt
}

// caller sends one recipient after the other.
func (w *pushWork) caller(ctx context.Context) {
	for r := range w.jobs {
		if !w.ready(ctx) {
			w.done <- unbegun(r)
			continue
		}
		w.done <- w.send(context.WithoutCancel(ctx), r)
		<-w.line.slots
	}
}

// ready takes a slot of the line as soon as the vendor may be called: the lease is
// fresh and nobody asked to slow down; false where the push is halted.
func (w *pushWork) ready(ctx context.Context) bool {
	for w.halted() == nil && ctx.Err() == nil {
		if w.line.pace.held() || !w.fresh() {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		if !w.takeSlot(ctx) {
			continue
		}
		if w.halted() == nil && w.fresh() { // time has passed in the queue
			return true
		}
		<-w.line.slots
	}
	return false
}

func (w *pushWork) fresh() bool { return time.Since(time.Unix(0, w.leased.Load())) < pushFresh }

// takeSlot queues for a slot, in the order of asking, so that a large push leaves
// room for a small one; false after a moment, to look whether the push was halted.
func (w *pushWork) takeSlot(ctx context.Context) bool {
	moment := time.NewTimer(500 * time.Millisecond)
	defer moment.Stop()
	select {
	case w.line.slots <- struct{}{}:
		return true
	case <-moment.C:
	case <-ctx.Done():
	}
	return false
}
