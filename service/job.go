package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"xinsheng/enroll"
)

// A job's worker renews its hold at least this often; another takes over once it is silent for as long.
const (
	jobLease = 8 * time.Second
	jobTick  = time.Second
)

// errJobCancelled ends a job that somebody cancelled.
var errJobCancelled = errors.New("job cancelled")

// jobWork does the work of one kind of job. It may begin anew after a crash, so
// it goes by what stands in the database, not by what it remembers.
type jobWork func(ctx context.Context, run *jobRun) error

// jobWorks names the work of every kind of job (任务).
func (s *Service) jobWorks() map[enroll.JobKind]jobWork {
	return map[enroll.JobKind]jobWork{}
}

// StartJob keeps a long work for the workers, with its line in the audit log.
func (s *Service) StartJob(ctx context.Context, d *Duty, kind enroll.JobKind, title string, params any) (enroll.Job, error) {
	body, err := json.Marshal(params)
	if err != nil {
		return enroll.Job{}, err
	}
	j := enroll.Job{ID: s.Store.NewID(), Kind: kind, Title: title, Staff: d.Staff.ID, State: enroll.JobWaiting, Params: body, CreatedAt: s.Now()}
	if err := s.Store.AddJob(ctx, j); err != nil {
		return j, err
	}
	return j, s.audit(ctx, s.Store, d, "job", j.ID, string(kind))
}

// jobRun is a job in the hands of a worker.
type jobRun struct {
	enroll.Job
	service  *Service
	owner    string
	reported time.Time
}

// params reads what the job was started with.
func (r *jobRun) params(into any) error { return json.Unmarshal(r.Params, into) }

// progress tells how far the work is; errJobCancelled or changed ends it.
func (r *jobRun) progress(ctx context.Context, done, total int) error {
	r.Done, r.Total = done, total
	if time.Since(r.reported) < jobTick && done < total {
		return nil
	}
	r.reported = time.Now()
	now := r.service.Now()
	err := r.service.Store.ReportJob(ctx, r.Job, r.owner, now.Add(jobLease))
	if enroll.ReasonOf(err) != "changed" {
		return err
	}
	if j, err := r.service.Store.Job(ctx, r.ID); err == nil && j.State == enroll.JobCancelling {
		return errJobCancelled
	}
	return err
}

// failure records one thing that could not be done; the job goes on.
func (r *jobRun) failure(ctx context.Context, subject string, why error) error {
	var known *enroll.Error
	reason := enroll.Reason("internal").Text()
	if errors.As(why, &known) {
		reason = known.Message()
	}
	r.Failed++
	return r.service.Store.AddJobFailure(ctx, r.ID, enroll.JobFailure{No: r.Failed, Subject: subject, Reason: reason})
}

// RunJobs works on jobs until ctx ends; any number of replicas may run it.
func (s *Service) RunJobs(ctx context.Context) error {
	tick := time.NewTicker(jobTick)
	defer tick.Stop()
	for {
		if err := s.WorkJobs(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("jobs", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// WorkJobs takes what waits and works on it, one after the other.
func (s *Service) WorkJobs(ctx context.Context) error {
	ids, err := s.Store.DueJobs(ctx, s.Now(), 4)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.workJob(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) workJob(ctx context.Context, id string) error {
	owner, now := s.Store.NewID(), s.Now()
	won, err := s.Store.LeaseJob(ctx, id, owner, now, now.Add(jobLease))
	if err != nil || !won {
		return err
	}
	j, err := s.Store.Job(ctx, id)
	if err != nil {
		return err
	}
	run := &jobRun{Job: j, service: s, owner: owner}
	outcome := s.doJob(ctx, run)
	if ctx.Err() != nil {
		return s.Store.ReleaseJob(context.WithoutCancel(ctx), id, owner)
	}
	return s.endJob(ctx, run, outcome)
}

func (s *Service) doJob(ctx context.Context, run *jobRun) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	if run.State == enroll.JobCancelling {
		return errJobCancelled
	}
	work, ok := s.jobWorks()[run.Kind]
	if !ok {
		return fmt.Errorf("no work for jobs of kind %s", run.Kind)
	}
	return work(ctx, run)
}

func (s *Service) endJob(ctx context.Context, run *jobRun, outcome error) error {
	run.State = enroll.JobDone
	var known *enroll.Error
	switch {
	case errors.Is(outcome, errJobCancelled):
		run.State = enroll.JobCancelled
	case errors.As(outcome, &known):
		run.State, run.Error = enroll.JobFailed, known.Message()
	case outcome != nil:
		run.State, run.Error = enroll.JobFailed, enroll.Reason("internal").Text()
		s.Log.Error("job failed", "job", run.ID, "kind", run.Kind, "error", outcome)
	}
	return s.Store.EndJob(ctx, run.Job, run.owner, s.Now())
}
