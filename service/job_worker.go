package service

import (
	"context"
	"errors"
	"sync"
	"time"

	"xinsheng/enroll"
)

// One replica works on jobsAtOnce jobs, of which one member of staff may have
// jobsEach, so that nobody's long job holds up the others.
const (
	jobsAtOnce = 6
	jobsEach   = 2
)

// RunJobs works on jobs until ctx ends; any number of replicas may run it.
func (s *Service) RunJobs(ctx context.Context) error {
	crew := newJobCrew(s, s.jobWorks())
	defer crew.running.Wait()
	tick := time.NewTicker(jobTick)
	defer tick.Stop()
	for {
		_, err := crew.begin(ctx)
		s.beat(ctx, "jobs", err)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("jobs", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// WorkJobs works on all jobs that are due and returns when they have ended.
func (s *Service) WorkJobs(ctx context.Context) error {
	return newJobCrew(s, s.jobWorks()).all(ctx)
}

// all works until nothing is due any more.
func (c *jobCrew) all(ctx context.Context) error {
	for {
		begun, err := c.begin(ctx)
		c.running.Wait()
		if err != nil || begun == 0 {
			return errors.Join(err, c.failed)
		}
	}
}

// jobCrew are the workers of one replica.
type jobCrew struct {
	service *Service
	works   map[enroll.JobKind]jobWork
	slots   chan struct{}
	running sync.WaitGroup
	mu      sync.Mutex
	failed  error
}

func newJobCrew(s *Service, works map[enroll.JobKind]jobWork) *jobCrew {
	return &jobCrew{service: s, works: works, slots: make(chan struct{}, jobsAtOnce)}
}

// begin takes what is due as far as there are free workers, one job of each member of staff.
func (c *jobCrew) begin(ctx context.Context) (begun int, err error) {
	s, free := c.service, cap(c.slots)-len(c.slots)
	if free == 0 {
		return 0, nil
	}
	ids, err := s.Store.DueJobs(ctx, s.Now(), jobsEach, free)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		owner, now := s.Store.NewID(), s.Now()
		won, err := s.Store.LeaseJob(ctx, id, owner, now, now.Add(jobLease))
		if err != nil {
			return begun, err
		}
		if won {
			begun++
			c.work(ctx, id, owner)
		}
	}
	return begun, nil
}

func (c *jobCrew) work(ctx context.Context, id, owner string) {
	c.slots <- struct{}{}
	c.running.Go(func() {
		defer func() { <-c.slots }()
		err := c.service.workJob(ctx, c.works, id, owner)
		if err == nil || enroll.ReasonOf(err) == "changed" { // taken over by another, who ends it
			return
		}
		c.service.Log.Error("job could not be ended; another worker takes it up", "job", id, "error", err)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.failed = errors.Join(c.failed, err)
	})
}
