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
// often a message is tried (about a day), and within which time WeChat surely
// drops a repetition (client_msg_id lives ten minutes).
const (
	outboxTick   = 500 * time.Millisecond
	outboxLease  = 30 * time.Second
	outboxBatch  = 16
	outboxTries  = 120
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
		tried, err := s.DrainOutbox(ctx)
		s.beat(ctx, "outbox", err)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("outbox", "error", err)
		}
		if tried == outboxBatch && err == nil {
			continue
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
	held, err := s.heldKinds(ctx)
	if err != nil {
		return 0, err
	}
	ids, err := s.Store.DueOutbox(ctx, s.Now(), outboxBatch, held...)
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

// heldKinds are the messages that wait while staff have paused them.
func (s *Service) heldKinds(ctx context.Context) ([]string, error) {
	if paused, err := s.paused(ctx, enroll.GateMessage); err != nil || !paused {
		return nil, err
	}
	return []string{enroll.OutboxNotify, enroll.OutboxDigest}, nil
}

func (s *Service) deliverOne(ctx context.Context, id string) (err error) {
	owner, now := s.Store.NewID(), s.Now()
	won, err := s.Store.LeaseOutbox(ctx, id, owner, now, outboxLease)
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
	m = s.judge(m, outcome, now)
	if outcome != nil {
		s.Log.Warn("outbox message not delivered", "kind", m.Kind, "id", m.ID, "attempt", m.Attempts, "state", m.State, "error", outcome)
	}
	return s.endMessage(ctx, m)
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
		if !m.UnsureSince.IsZero() && s.Now().Sub(m.UnsureSince) > outboxDedupe-outboxLease {
			return fmt.Errorf("%w: an earlier try may have reached the student", errUnknown)
		}
		return s.deliverNotify(ctx, m)
	case enroll.OutboxDigest:
		return s.deliverDigest(ctx, m)
	case enroll.OutboxClose:
		return s.deliverClose(ctx, m)
	}
	return fmt.Errorf("%w: no such kind %s", errDead, m.Kind)
}

// judge says what becomes of a message after a try: done, once more later, or left to a person.
func (s *Service) judge(m enroll.OutboxMessage, outcome error, tried time.Time) enroll.OutboxMessage {
	if outcome == nil {
		m.State, m.DoneAt, m.NextAt, m.LastError = enroll.OutboxDone, s.Now(), time.Time{}, ""
		return m
	}
	m.LastError = clip(outcome.Error(), 500)
	if errors.Is(outcome, errUnsure) && m.UnsureSince.IsZero() {
		m.UnsureSince = tried
	}
	var later *notBefore
	switch {
	case errors.As(outcome, &later):
		m.NextAt = later.at
	case errors.Is(outcome, errUnknown):
		m.State = enroll.OutboxUnknown
	case errors.Is(outcome, errDead), m.Attempts >= outboxTries:
		m.State = enroll.OutboxDead
	default:
		pause := time.Second << min(m.Attempts, 8)
		m.NextAt = s.Now().Add(pause + time.Duration(rand.Int64N(int64(pause))))
	}
	return m
}

// endMessage writes the outcome; what is left to a person opens a case.
func (s *Service) endMessage(ctx context.Context, m enroll.OutboxMessage) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.EndOutbox(ctx, m); err != nil {
			return err
		}
		if m.State != enroll.OutboxDead && m.State != enroll.OutboxUnknown {
			return nil
		}
		_, err := s.openCase(ctx, tx, enroll.Case{Kind: enroll.CaseMessage, Registration: m.Registration, Detail: m.LastError}, m.ID)
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
