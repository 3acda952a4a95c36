package service

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// The outbox's pace: how often it looks, how long one try holds a message, how
// often a message is tried and within which time a repetition is surely dropped
// by WeChat (client_msg_id lives ten minutes).
const (
	outboxTick   = 500 * time.Millisecond
	outboxLease  = 30 * time.Second
	outboxBatch  = 16
	outboxTries  = 20
	outboxDedupe = 10 * time.Minute
)

// enqueue writes an outside effect into the outbox, in the transaction of its fact; the same dedupe key stands once.
func (s *Service) enqueue(ctx context.Context, tx *store.Store, m enroll.OutboxMessage) error {
	m.ID, m.CreatedAt, m.NextAt = tx.NewID(), s.Now(), s.Now()
	if err := tx.AddOutbox(ctx, m); !tx.IsTaken(err) {
		return err
	}
	return nil
}

// RunOutbox delivers what waits, until ctx ends; any number of replicas may run it.
func (s *Service) RunOutbox(ctx context.Context) error {
	tick := time.NewTicker(outboxTick)
	defer tick.Stop()
	for {
		if _, err := s.DrainOutbox(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("outbox", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// DrainOutbox tries one batch of what is due and says how many it tried.
func (s *Service) DrainOutbox(ctx context.Context) (int, error) {
	ids, err := s.Store.DueOutbox(ctx, s.Now(), outboxBatch)
	if err != nil {
		return 0, err
	}
	rand.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	var work sync.WaitGroup
	errs := make([]error, len(ids))
	for i, id := range ids {
		work.Go(func() { errs[i] = s.deliverOne(ctx, id) })
	}
	work.Wait()
	return len(ids), errors.Join(errs...)
}

func (s *Service) deliverOne(ctx context.Context, id string) (err error) {
	owner, now := s.Store.NewID(), s.Now()
	won, err := s.Store.LeaseOutbox(ctx, id, owner, now, now.Add(outboxLease))
	if err != nil || !won {
		return err
	}
	m, err := s.Store.OutboxMessage(ctx, id)
	if err != nil {
		return err
	}
	try, cancel := context.WithTimeout(ctx, outboxLease-5*time.Second)
	defer cancel()
	outcome := s.deliver(try, m)
	if ctx.Err() != nil {
		return nil // the lease runs out and another worker goes on
	}
	state, next := s.judge(m, outcome)
	text := ""
	if outcome != nil {
		text = clip(outcome.Error(), 500)
		s.Log.Warn("outbox message not delivered", "kind", m.Kind, "id", m.ID, "attempt", m.Attempts, "state", state, "error", outcome)
	}
	return s.endMessage(ctx, m, owner, state, next, text)
}

// deliver does the effect of one message; a panic is an outcome like any other.
func (s *Service) deliver(ctx context.Context, m enroll.OutboxMessage) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	switch m.Kind {
	case enroll.OutboxNotify:
		return s.deliverNotify(ctx, m)
	case enroll.OutboxClose:
		return s.deliverClose(ctx, m)
	}
	return fmt.Errorf("%w: no such kind %s", errDead, m.Kind)
}

// judge says what becomes of a message after a try: done, once more later, or left to a person.
func (s *Service) judge(m enroll.OutboxMessage, outcome error) (state string, next time.Time) {
	switch {
	case outcome == nil:
		return enroll.OutboxDone, time.Time{}
	case errors.Is(outcome, errUnknown):
		return enroll.OutboxUnknown, time.Time{}
	case errors.Is(outcome, errDead), m.Attempts >= outboxTries:
		return enroll.OutboxDead, time.Time{}
	}
	pause := time.Second << min(m.Attempts, 8)
	pause += time.Duration(rand.Int64N(int64(pause)))
	return enroll.OutboxWaiting, s.Now().Add(pause)
}

// endMessage writes the outcome; a dead message opens a case for a person.
func (s *Service) endMessage(ctx context.Context, m enroll.OutboxMessage, owner, state string, next time.Time, text string) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.EndOutbox(ctx, m.ID, owner, state, s.Now(), next, text); err != nil {
			return err
		}
		if state != enroll.OutboxDead && state != enroll.OutboxUnknown {
			return nil
		}
		_, err := s.openCase(ctx, tx, enroll.Case{Kind: enroll.CaseMessage, Registration: m.Registration, Detail: text}, m.ID)
		return err
	})
}

// ReplayOutbox lets a person send a stuck message once more.
func (s *Service) ReplayOutbox(ctx context.Context, id string) error {
	return s.Store.ReplayOutbox(ctx, id, s.Now())
}

func clip(s string, n int) string {
	runes := []rune(s)
	return string(runes[:min(n, len(runes))])
}
