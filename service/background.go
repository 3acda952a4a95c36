package service

import (
	"context"
	"sync"
	"time"
)

// Background runs what must not hold up an answer: a bounded number at a time,
// a bounded number of them waiting.
type Background struct {
	slots, room chan struct{}
	closing     chan struct{}
	running     sync.WaitGroup
}

// NewBackground allows n jobs to run at a time, and so many more to wait.
func NewBackground(n, waiting int) *Background {
	return &Background{slots: make(chan struct{}, n), room: make(chan struct{}, n+waiting), closing: make(chan struct{})}
}

// Go runs a job soon and returns at once. The time that the job has begins now,
// waiting included; its context has ended already where there was no room, no
// turn in time, or the program ends: such a job only notes that it failed.
func (b *Background) Go(within time.Duration, job func(context.Context)) {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	select {
	case b.room <- struct{}{}:
		b.running.Go(func() {
			defer cancel()
			defer func() { <-b.room }()
			b.wait(ctx, cancel, job)
		})
	default:
		cancel()
		b.running.Go(func() { job(ctx) })
	}
}

func (b *Background) wait(ctx context.Context, cancel func(), job func(context.Context)) {
	select {
	case b.slots <- struct{}{}:
		defer func() { <-b.slots }()
	case <-ctx.Done():
	case <-b.closing:
		cancel()
	}
	job(ctx)
}

// Wait returns when all jobs have ended, before the program does.
func (b *Background) Wait() { b.running.Wait() }

// Close has those that wait give up, and returns when those that run have ended.
func (b *Background) Close() {
	close(b.closing)
	b.running.Wait()
}
