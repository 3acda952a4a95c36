package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// A job's worker renews its hold every jobTick, also while one step is long;
// another takes over once it is silent for jobLease.
const (
	jobLease = 8 * time.Second
	jobTick  = time.Second
)

// Why a job's work ends before its end.
var (
	errJobCancelled = errors.New("job cancelled")
	errJobLost      = errors.New("job is in other hands")
)

// jobWork does the work of one kind of job. It may begin anew after a crash, so
// it goes by what stands in the database, not by what it remembers. Its context
// ends within a second of somebody cancelling the job.
type jobWork func(ctx context.Context, run *jobRun) error

// jobWorks names the work of every kind of job (任务).
func (s *Service) jobWorks() map[enroll.JobKind]jobWork {
	return map[enroll.JobKind]jobWork{
		enroll.JobReview: s.workReviews,
		jobRosterStage:   s.stageRosterJob, jobRosterApply: s.applyRosterJob, jobRosterUndo: s.undoRosterJob, jobPhotos: s.photosJob, jobExport: s.exportJob,
	}
}

// StartJob keeps a long work for the workers, with its line in the audit log.
func (s *Service) StartJob(ctx context.Context, d *Duty, kind enroll.JobKind, title string, params any) (j enroll.Job, err error) {
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		j, err = s.startJob(ctx, tx, d, kind, title, params)
		return err
	})
	return j, err
}

// startJob is StartJob in the transaction of the act that needs the work.
func (s *Service) startJob(ctx context.Context, tx *store.Store, d *Duty, kind enroll.JobKind, title string, params any) (enroll.Job, error) {
	body, err := json.Marshal(params)
	if err != nil {
		return enroll.Job{}, err
	}
	j := enroll.Job{ID: tx.NewID(), Kind: kind, Title: head(title, 200), Staff: d.Staff.ID, State: enroll.JobWaiting, Params: body, CreatedAt: s.Now()}
	if err := tx.AddJob(ctx, j); err != nil {
		return j, err
	}
	return j, s.audit(ctx, tx, d, "job", j.ID, j.Title)
}

// jobRun is a job in the hands of a worker.
type jobRun struct {
	enroll.Job
	service *Service
	owner   string
	// figures guards what the worker's clock reports: Done, Total, Failed and the failures not kept yet.
	figures  sync.Mutex
	failures []enroll.JobFailure
}

// failureHandful is how many failures are kept together at the latest.
const failureHandful = 200

// params reads what the job was started with.
func (r *jobRun) params(into any) error { return json.Unmarshal(r.Params, into) }

// progress tells how far the work is; an error says that the work is to end.
func (r *jobRun) progress(ctx context.Context, done, total int) error {
	r.figures.Lock()
	defer r.figures.Unlock()
	r.Done, r.Total = done, total
	return context.Cause(ctx)
}

// setResult names the large file that came out of the work, and what it is called.
func (r *jobRun) setResult(file, name string) {
	r.figures.Lock()
	defer r.figures.Unlock()
	r.Result, r.ResultName = file, name
}

// anew forgets the failures of an attempt that a crash ended, for work that begins again from its start.
func (r *jobRun) anew(ctx context.Context) error {
	r.figures.Lock()
	defer r.figures.Unlock()
	r.Done, r.Failed, r.failures = 0, 0, nil
	return r.service.Store.ClearJobFailures(ctx, r.ID)
}

// failure records one thing that could not be done, and why; the job goes on.
func (r *jobRun) failure(ctx context.Context, subject string, why error) error {
	var known *enroll.Error
	reason := enroll.Reason("internal").Text()
	if errors.As(why, &known) {
		reason = known.Message()
	}
	r.figures.Lock()
	defer r.figures.Unlock()
	r.Failed++
	r.failures = append(r.failures, enroll.JobFailure{No: r.Failed, Subject: subject, Reason: reason})
	if len(r.failures) < failureHandful {
		return nil
	}
	return r.keepFailures(ctx)
}

// keepFailures writes what has been recorded since; figures are held.
func (r *jobRun) keepFailures(ctx context.Context) error {
	err := r.service.Store.AddJobFailures(ctx, r.ID, r.failures)
	if err == nil {
		r.failures = nil
	}
	return err
}

// snapshot keeps the failures and gives the figures as they stand.
func (r *jobRun) snapshot(ctx context.Context) (enroll.Job, error) {
	r.figures.Lock()
	defer r.figures.Unlock()
	return r.Job, r.keepFailures(ctx)
}

// hold renews the lease until the work ends, and ends the work where it was cancelled or lost.
func (r *jobRun) hold(ctx context.Context, end context.CancelCauseFunc) {
	tick := time.NewTicker(jobTick)
	defer tick.Stop()
	renewed := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		switch err := r.renew(ctx); {
		case err == nil:
			renewed = time.Now()
		case errors.Is(err, errJobCancelled), errors.Is(err, errJobLost):
			end(err)
			return
		case time.Since(renewed) > jobLease: // the database does not answer; another may have taken the job
			end(errors.Join(errJobLost, err))
			return
		}
	}
}

func (r *jobRun) renew(ctx context.Context) error {
	now, err := r.snapshot(ctx)
	if err != nil {
		return err
	}
	err = r.service.Store.ReportJob(ctx, now, r.owner, r.service.Now().Add(jobLease))
	if enroll.ReasonOf(err) != "changed" {
		return err
	}
	j, err := r.service.Store.Job(ctx, r.ID)
	switch {
	case err != nil:
		return err
	case j.State == enroll.JobCancelling:
		return errJobCancelled
	}
	return errJobLost
}

// workJob works on a job that this worker has leased.
func (s *Service) workJob(ctx context.Context, works map[enroll.JobKind]jobWork, id, owner string) error {
	j, err := s.Store.Job(ctx, id)
	if err != nil {
		return err
	}
	if j.Failed, err = s.Store.LastJobFailure(ctx, id); err != nil {
		return err
	}
	run := &jobRun{Job: j, service: s, owner: owner}
	outcome := s.heldJob(ctx, run, works[j.Kind])
	if ctx.Err() != nil {
		return s.Store.ReleaseJob(context.WithoutCancel(ctx), id, owner)
	}
	if errors.Is(outcome, errJobLost) {
		s.Log.Warn("job went to another worker", "job", id, "error", outcome)
		return nil
	}
	return s.endJob(ctx, run, outcome)
}

// heldJob does the work while the lease is renewed beside it.
func (s *Service) heldJob(ctx context.Context, run *jobRun, do jobWork) error {
	work, end := context.WithCancelCause(ctx)
	var holding sync.WaitGroup
	holding.Go(func() { run.hold(work, end) })
	outcome := run.try(work, do)
	if outcome != nil && context.Cause(work) != nil {
		outcome = context.Cause(work)
	}
	end(nil)
	holding.Wait()
	return outcome
}

func (r *jobRun) try(ctx context.Context, do jobWork) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if r.State == enroll.JobCancelling {
		return errJobCancelled
	}
	if do == nil {
		return fmt.Errorf("no work for jobs of kind %s", r.Kind)
	}
	return do(ctx, r)
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
	ended, err := run.snapshot(ctx)
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.EndJob(ctx, ended, run.owner, s.Now()); err != nil || ended.State != enroll.JobCancelled {
			return err
		}
		return s.clearCancelled(ctx, tx, ended)
	})
}

// clearCancelled takes away what a cancelled job leaves half done, also one that
// was cancelled before anybody worked on it.
func (s *Service) clearCancelled(ctx context.Context, tx *store.Store, j enroll.Job) error {
	if j.Kind != jobRosterStage {
		return nil
	}
	return s.abandonStaging(ctx, tx, j)
}
