package service

import "sync"

// Background runs what must not hold up an answer, a bounded number at a time.
type Background struct {
	slots   chan struct{}
	running sync.WaitGroup
}

// NewBackground allows n jobs to run at a time; further ones wait.
func NewBackground(n int) *Background { return &Background{slots: make(chan struct{}, n)} }

// Go runs a job soon and returns at once.
func (b *Background) Go(job func()) {
	b.running.Go(func() {
		b.slots <- struct{}{}
		defer func() { <-b.slots }()
		job()
	})
}

// Wait returns when all jobs have ended, before the program does.
func (b *Background) Wait() { b.running.Wait() }
