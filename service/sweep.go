package service

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"xinsheng/enroll"
)

// The sweeper's pace; how long after its time an order that WeChat Pay never
// knew is closed; and by how much our clock may be ahead of WeChat Pay's.
const (
	sweepTick    = 2 * time.Second
	sweepBatch   = 48
	sweepAtOnce  = 8
	missingGrace = 10 * time.Minute
	clockGrace   = time.Minute
)

// RunSweeper asks WeChat Pay about orders whose notice has not come, until ctx ends; any number of replicas may run it.
func (s *Service) RunSweeper(ctx context.Context) error {
	tick := time.NewTicker(sweepTick)
	defer tick.Stop()
	for {
		err := s.SweepOrders(ctx)
		s.beat(ctx, "sweeper", err)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("sweep", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// SweepOrders asks about every live order that is due and closes those whose time is over.
func (s *Service) SweepOrders(ctx context.Context) error {
	orders, err := s.Store.DueOrders(ctx, s.Now(), sweepBatch)
	if err != nil {
		return err
	}
	errs := make([]error, len(orders))
	slots := make(chan struct{}, sweepAtOnce)
	var work sync.WaitGroup
	for i, o := range orders {
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			errs[i] = s.sweep(ctx, o)
		})
	}
	work.Wait()
	return errors.Join(errs...)
}

// sweep asks about one order where it is this replica's turn: an order on its
// way out, or past its time, is closed; any other is asked about.
func (s *Service) sweep(ctx context.Context, o enroll.Order) error {
	now := s.Now()
	won, err := s.Store.ClaimQuery(ctx, o, now.Add(enroll.QueryInterval(now.Sub(o.CreatedAt), false)))
	if err != nil || !won {
		return err
	}
	if o.Status == enroll.OrderClosing || now.After(o.ExpiresAt) {
		_, err = s.closeOrder(ctx, o)
	} else if _, err = s.askOrder(ctx, o); errors.Is(err, errUnanswered) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("order %s: %w", o.OutTradeNo, err)
	}
	return nil
}
