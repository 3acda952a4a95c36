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
	pace  pushPace
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
func (s *Service) sendPush(ctx context.Context, p enroll.Push, owner string) error {
	cfg := s.Config.Push.WithDefaults()
	ahead := 6 * cfg.AtOnce
	w := &pushWork{
		Service: s, push: p, owner: owner, claimed: map[string]enroll.PushCarrier{},
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
	err = w.keep(ctx, ahead)
	close(w.jobs)
	w.callers.Wait()
	return err
}

// keep claims and writes until the push has ended or is halted.
func (w *pushWork) keep(ctx context.Context, ahead int) error {
	for {
		ended := w.collect(ctx, ahead/2)
		if w.halted() == nil && ctx.Err() != nil {
			w.stop(pushHalt{})
		}
		if w.halted() != nil {
			return w.finish(ctx, ended)
		}
		more, err := w.turn(ctx, ended, ahead)
		switch {
		case enroll.ReasonOf(err) == "changed", ctx.Err() != nil:
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

// turn writes results and claims the next recipients in one transaction that
// renews the lease; more is false where the push has ended or waits for a later time.
func (w *pushWork) turn(ctx context.Context, ended []enroll.PushRecipient, ahead int) (more bool, err error) {
	templates, notices, sms, err := w.room(ctx, ahead, ended)
	if err != nil {
		return false, err
	}
	begun := time.Now()
	var claimed []enroll.PushRecipient
	var next time.Time
	waits := false
	err = w.Store.InTx(ctx, func(tx *store.Store) error {
		claimed = nil
		if err := tx.HoldPush(ctx, w.push.ID, w.owner, enroll.PushRunning, w.Now(), pushLease); err != nil {
			return err
		}
		if err := w.write(ctx, tx, ended); err != nil {
			return err
		}
		for carrier, room := range map[enroll.PushCarrier]int{enroll.PushTemplate: templates, enroll.PushSubscribe: notices, enroll.PushSMS: sms} {
			if room <= 0 {
				continue
			}
			list, err := tx.ClaimRecipients(ctx, w.push.ID, carrier, w.Now(), room)
			if err != nil {
				return err
			}
			claimed = append(claimed, list...)
		}
		if len(claimed) > 0 || w.outstanding() > len(ended) {
			return nil
		}
		next, waits, err = tx.NextRecipient(ctx, w.push.ID)
		return err
	})
	if err != nil {
		return false, err
	}
	w.leased.Store(begun.UnixNano())
	w.feed(ended, claimed)
	if len(claimed) > 0 || w.outstanding() > 0 {
		return true, nil
	}
	return w.idle(ctx, next, waits)
}

// idle says whether a push with nothing to do now goes on: it ends, waits for a later day, or for a moment.
func (w *pushWork) idle(ctx context.Context, next time.Time, waits bool) (more bool, err error) {
	p := w.push
	p.Reason, p.NextAt = "", time.Time{}
	switch {
	case !waits:
		return false, w.Store.MovePush(ctx, p, enroll.PushDone, w.Now())
	case next.Sub(w.Now()) > time.Minute:
		p.Reason, p.NextAt = enroll.HoldBudget, next
		return false, w.Store.MovePush(ctx, p, enroll.PushRunning, w.Now())
	}
	return true, nil
}

// feed forgets who has ended and hands the callers whom to write to next.
func (w *pushWork) feed(ended, claimed []enroll.PushRecipient) {
	for _, r := range ended {
		delete(w.claimed, r.ID)
	}
	for _, r := range claimed {
		w.claimed[r.ID] = r.Carrier
		if r.Carrier == enroll.PushSMS {
			w.smsBudget--
		} else {
			w.quota--
		}
		w.jobs <- r
	}
}

// write keeps results; who agreed to one subscription notice has had it.
func (w *pushWork) write(ctx context.Context, tx *store.Store, ended []enroll.PushRecipient) error {
	for _, r := range ended {
		if r.Carrier == enroll.PushSubscribe && r.State == enroll.RecipientAccepted {
			if err := tx.UseAgreement(ctx, r.OpenID, w.push.Letter.Template, w.Now()); err != nil {
				return err
			}
		}
	}
	return tx.EndRecipients(ctx, ended)
}

// room is how many recipients may be claimed now, by kind; none while urgent single messages wait, or without quota.
func (w *pushWork) room(ctx context.Context, ahead int, ended []enroll.PushRecipient) (templates, notices, sms int, err error) {
	if err := w.look(ctx); err != nil {
		return 0, 0, 0, err
	}
	urgent, err := w.Store.UrgentDue(ctx, w.Now())
	if err != nil {
		return 0, 0, 0, err
	}
	if !urgent {
		w.yielded = time.Time{}
	} else if w.yielded.IsZero() {
		w.yielded = time.Now()
	}
	if urgent && time.Since(w.yielded) < pushYield || w.pace.held() {
		return 0, 0, 0, nil
	}
	templates = min(ahead-w.outstanding()+len(ended), w.quota)
	notices = min(smsAtOnce-w.claimedFor(enroll.PushSubscribe), w.quota)
	sms = min(smsAtOnce-w.claimedFor(enroll.PushSMS), w.smsBudget)
	return templates, notices, sms, nil
}

// look counts quota and budget now and then: without quota the push waits for the next day, without budget its SMS do.
func (w *pushWork) look(ctx context.Context) (err error) {
	if time.Since(w.looked) < pushLook {
		return nil
	}
	w.looked = time.Now()
	if w.quota, err = w.pushQuotaLeft(ctx); err != nil {
		return err
	}
	spent := w.quota == 0
	w.quota -= w.claimedFor(enroll.PushTemplate) + w.claimedFor(enroll.PushSubscribe)
	fen, err := w.smsBudgetLeft(ctx)
	if err != nil {
		return err
	}
	w.smsBudget = fen/max(w.Config.Push.WithDefaults().SMSPriceFen, 1) - w.claimedFor(enroll.PushSMS)
	_, tomorrow := w.quotaDay()
	if w.smsBudget <= 0 {
		if err := w.Store.PostponeSMS(ctx, w.push.ID, tomorrow); err != nil {
			return err
		}
	}
	if spent && w.push.Letter.Carrier != enroll.PushSMS {
		w.stop(pushHalt{state: enroll.PushRunning, reason: enroll.HoldQuota, next: tomorrow})
	}
	return nil
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
	}
}

// ready waits until the vendor may be called: the lease is fresh and nobody asked
// to slow down; false where the push is halted.
func (w *pushWork) ready(ctx context.Context) bool {
	for {
		if w.halted() != nil || ctx.Err() != nil {
			return false
		}
		if !w.pace.held() && time.Since(time.Unix(0, w.leased.Load())) < pushFresh {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
}
