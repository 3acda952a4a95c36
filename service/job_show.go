package service

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strconv"

	"xinsheng/enroll"
	"xinsheng/store"
)

// JobsOf lists a member of staff's own jobs before the given id, the newest first.
func (s *Service) JobsOf(ctx context.Context, d *Duty, before string, limit int) ([]enroll.Job, error) {
	return s.Store.JobsOf(ctx, d.Staff.ID, before, limit)
}

// Job finds one of a member of staff's own jobs; that of another is not_found.
func (s *Service) Job(ctx context.Context, d *Duty, id string) (enroll.Job, error) {
	j, err := s.Store.Job(ctx, id)
	if err == nil && j.Staff != d.Staff.ID {
		return enroll.Job{}, enroll.Fail("not_found")
	}
	return j, err
}

// CancelJob asks a job to end early, within about a second; what it has done stays. One that has ended is changed.
func (s *Service) CancelJob(ctx context.Context, d *Duty, id string) (enroll.Job, error) {
	j, err := s.Job(ctx, d, id)
	if err != nil {
		return j, err
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.CancelJob(ctx, id, s.Now()); err != nil {
			return err
		}
		if j, err = tx.Job(ctx, id); err != nil {
			return err
		}
		if j.State == enroll.JobCancelled {
			if err := s.clearCancelled(ctx, tx, j); err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, d, "job_cancel", id, j.Title)
	})
	if err != nil {
		return j, err
	}
	return s.Job(ctx, d, id)
}

// JobFailures lists what a job could not do after a number, with how often each reason came up.
func (s *Service) JobFailures(ctx context.Context, d *Duty, id string, after, limit int) ([]enroll.JobFailure, []store.JobFailureCount, error) {
	if _, err := s.Job(ctx, d, id); err != nil {
		return nil, nil, err
	}
	counts, err := s.Store.JobFailureCounts(ctx, id, 50)
	if err != nil {
		return nil, nil, err
	}
	list, err := s.Store.JobFailures(ctx, id, after, limit)
	return list, counts, err
}

// JobFailureFile writes all that a job could not do as csv.
func (s *Service) JobFailureFile(ctx context.Context, d *Duty, id string, to io.Writer) error {
	if _, err := s.Job(ctx, d, id); err != nil {
		return err
	}
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(to)
	if err := w.Write([]string{"序号", "对象", "原因"}); err != nil {
		return err
	}
	for after := 0; ; {
		list, err := s.Store.JobFailures(ctx, id, after, rosterChunk)
		if err != nil || len(list) == 0 {
			w.Flush()
			return errors.Join(err, w.Error())
		}
		for _, f := range list {
			if err := w.Write([]string{strconv.Itoa(f.No), harmless(f.Subject), f.Reason}); err != nil {
				return err
			}
		}
		after = list[len(list)-1].No
	}
}

// JobResult opens the file that came out of a job for the one who started it,
// and writes down who took it; not_found once its week is over.
func (s *Service) JobResult(ctx context.Context, d *Duty, id string) (enroll.Job, *io.SectionReader, error) {
	j, err := s.Job(ctx, d, id)
	if err != nil {
		return j, nil, err
	}
	if j.Result == "" {
		return j, nil, enroll.Fail("not_found")
	}
	file, err := s.openLarge(ctx, j.Result)
	if err != nil {
		return j, nil, err
	}
	return j, file, s.audit(ctx, s.Store, d, "download", id, j.ResultName)
}

// JobResultUntil is until when a job's result can be downloaded.
func JobResultUntil(j enroll.Job) int64 {
	if j.Result == "" {
		return 0
	}
	return j.CreatedAt.Add(largeKept).UnixMilli()
}
