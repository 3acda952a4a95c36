package service

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// The pace of pushes: how often work is looked for, how long a lease lasts, and
// how much of it must be left before a call to a vendor (which lasts 5 s at most).
const (
	pushTick  = 500 * time.Millisecond
	pushLease = 8 * time.Second
	pushFresh = 2 * time.Second
)

// pushLine is what the pushes of one process share: how many calls are on their way at once, and WeChat's pace.
type pushLine struct {
	slots chan struct{}
	pace  pushPace
}

func (s *Service) newPushLine() *pushLine {
	return &pushLine{slots: make(chan struct{}, s.Config.Push.WithDefaults().AtOnce)}
}

// RunPush sends what pushes wait for until ctx ends, all that are due beside each
// other; any number of replicas may run it, and one that dies is replaced within
// the lease by whoever is left, however busy with other pushes.
func (s *Service) RunPush(ctx context.Context) error {
	line := s.newPushLine()
	var working sync.WaitGroup
	defer working.Wait()
	tick := time.NewTicker(pushTick)
	defer tick.Stop()
	for {
		err := s.eachDuePush(ctx, func(id, owner string) error {
			working.Go(func() { s.logPush(ctx, s.workPush(ctx, line, id, owner)) })
			return nil
		})
		s.logPush(ctx, err)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (s *Service) logPush(ctx context.Context, err error) {
	s.beat(ctx, "push", err)
	if err != nil && ctx.Err() == nil {
		s.Log.Error("push", "error", err)
	}
}

// DrainPush works on every push that is due and free, one after the other, until
// each has ended or waits.
func (s *Service) DrainPush(ctx context.Context) error {
	line := s.newPushLine()
	return s.eachDuePush(ctx, func(id, owner string) error { return s.workPush(ctx, line, id, owner) })
}

// eachDuePush leases every push that is due and free, and hands it on; none while pushes are paused.
func (s *Service) eachDuePush(ctx context.Context, do func(id, owner string) error) error {
	if paused, err := s.paused(ctx, enroll.GatePush); err != nil || paused {
		return err
	}
	ids, err := s.Store.DuePush(ctx, s.Now())
	if err != nil {
		return err
	}
	for _, id := range ids {
		owner := s.Store.NewID()
		won, err := s.Store.LeasePush(ctx, id, owner, s.Now(), pushLease)
		if err != nil {
			return err
		}
		if !won {
			continue
		}
		if err := do(id, owner); err != nil {
			return err
		}
	}
	return nil
}

// workPush brings one leased push on as far as it goes, and gives the lease back.
func (s *Service) workPush(ctx context.Context, line *pushLine, id, owner string) (err error) {
	defer func() {
		if err = errors.Join(err, s.Store.ReleasePush(context.WithoutCancel(ctx), id, owner)); err != nil {
			err = fmt.Errorf("push %s: %w", id, err)
		}
	}()
	p, err := s.Store.Push(ctx, id)
	if err != nil {
		return err
	}
	if p.State == enroll.PushBuilding {
		if p, err = s.buildPush(ctx, p, owner); err != nil || p.State != enroll.PushRunning {
			return lostIsFine(err)
		}
	}
	return lostIsFine(s.sendPush(ctx, line, p, owner))
}

// lostIsFine takes a lease or a state that changed for what it is: somebody else goes on.
func lostIsFine(err error) error {
	if enroll.ReasonOf(err) == "changed" || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// errStopped ends the building of a push that a value stops.
var errStopped = errors.New("a value stops the push")

// buildPush writes every recipient down with checked words, page by page, and
// lets the push run; one value that does not fit stops it before anything is sent.
func (s *Service) buildPush(ctx context.Context, p enroll.Push, owner string) (enroll.Push, error) {
	end := s.keepLease(ctx, p.ID, owner)
	defer end()
	err := s.eachAddressed(ctx, p, p.Cursor, true, func(page []addressed, last string) error {
		list := make([]enroll.PushRecipient, len(page))
		for i, one := range page {
			if one.problem != nil && one.recipient.State != enroll.RecipientFailed {
				return errors.Join(errStopped, s.stopBuilding(ctx, p, one.problem.err()))
			}
			list[i] = one.recipient
		}
		p.Total += len(list)
		return s.Store.InTx(ctx, func(tx *store.Store) error {
			if err := tx.HoldPush(ctx, p.ID, owner, enroll.PushBuilding, s.Now(), pushLease); err != nil {
				return err
			}
			if err := tx.AddRecipients(ctx, list); err != nil {
				return err
			}
			return tx.BuiltPush(ctx, p.ID, last, len(list))
		})
	})
	if errors.Is(err, errStopped) {
		p.State = enroll.PushStopped
		return p, nil
	}
	if err != nil {
		return p, err
	}
	return s.built(ctx, p)
}

// keepLease renews the lease while recipients are found and WeChat is asked who follows; the returned function ends that.
func (s *Service) keepLease(ctx context.Context, id, owner string) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(pushFresh)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if s.Store.HoldPush(ctx, id, owner, enroll.PushBuilding, s.Now(), pushLease) != nil {
					return
				}
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

func (s *Service) stopBuilding(ctx context.Context, p enroll.Push, why *enroll.Error) error {
	p.Reason, p.Detail = enroll.HoldValue, clip(why.Message(), 500)
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.RebuildPush(ctx, p.ID); err != nil {
			return err
		}
		return tx.MovePush(ctx, p, enroll.PushStopped, s.Now())
	})
}

// built lets a push run whose recipients stand, unless they have become so many that a second person must approve.
func (s *Service) built(ctx context.Context, p enroll.Push) (enroll.Push, error) {
	if p.ApprovedBy == "" && p.Total > s.Config.Push.WithDefaults().ApproveAbove {
		counts, err := s.Store.PushCounts(ctx, p.ID)
		if err != nil {
			return p, err
		}
		if counts.States[enroll.RecipientWaiting] > s.Config.Push.WithDefaults().ApproveAbove {
			p.Reason, p.NextAt = enroll.HoldReach, time.Time{}
			err = s.Store.MovePush(ctx, p, enroll.PushPending, s.Now())
			p.State = enroll.PushPending
			return p, err
		}
	}
	err := s.Store.RunPush(ctx, p.ID, s.Now())
	p.State, p.StartedAt = enroll.PushRunning, s.Now()
	return p, err
}
