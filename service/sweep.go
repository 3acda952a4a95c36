package service

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// The sweeper's pace, and how long after its time an order that WeChat Pay never knew is closed.
const (
	sweepTick    = 2 * time.Second
	sweepBatch   = 50
	missingGrace = 10 * time.Minute
)

// RunSweeper asks WeChat Pay about orders whose notice has not come, until ctx ends; any number of replicas may run it.
func (s *Service) RunSweeper(ctx context.Context) error {
	tick := time.NewTicker(sweepTick)
	defer tick.Stop()
	for {
		if err := s.SweepOrders(ctx); err != nil && ctx.Err() == nil {
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
	for _, o := range orders {
		won, err := s.Store.ClaimQuery(ctx, o, s.Now().Add(enroll.QueryInterval(s.Now().Sub(o.CreatedAt), false)))
		if err != nil {
			return err
		}
		if !won {
			continue
		}
		if err := s.sweep(ctx, o); err != nil {
			s.Log.Error("sweep order", "order", o.OutTradeNo, "error", err)
		}
	}
	return nil
}

func (s *Service) sweep(ctx context.Context, o enroll.Order) error {
	status, err := s.askOrder(ctx, o)
	if err != nil || !status.Live() {
		return err
	}
	if o.Status == enroll.OrderClosing || s.Now().After(o.ExpiresAt) {
		_, err = s.closeOrder(ctx, o)
	}
	return err
}
