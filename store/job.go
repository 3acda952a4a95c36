package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type jobRow struct {
	ID         string `db:"id"`
	Kind       string `db:"kind"`
	Title      string `db:"title"`
	Staff      string `db:"staff_id"`
	State      string `db:"state"`
	Params     []byte `db:"params"`
	Done       int    `db:"done"`
	Total      int    `db:"total"`
	Failed     int    `db:"failed"`
	Result     string `db:"result"`
	ResultName string `db:"result_name"`
	Error      string `db:"error"`
	LeaseBy    string `db:"lease_by"`
	LeaseUntil int64  `db:"lease_until"`
	CreatedAt  int64  `db:"created_at"`
	EndedAt    int64  `db:"ended_at"`
	Version    int    `db:"version"`
}

func (s *Store) jobOf(r jobRow) (enroll.Job, error) {
	params, err := s.keys.openText("job", "params", r.ID, r.Params)
	return enroll.Job{
		ID: r.ID, Kind: enroll.JobKind(r.Kind), Title: r.Title, Staff: r.Staff, State: enroll.JobState(r.State), Params: []byte(params),
		Done: r.Done, Total: r.Total, Failed: r.Failed, Result: r.Result, ResultName: r.ResultName, Error: r.Error,
		CreatedAt: moment(r.CreatedAt), EndedAt: moment(r.EndedAt),
	}, err
}

// AddJob keeps a job that waits for a worker; its parameters are sealed.
func (s *Store) AddJob(ctx context.Context, j enroll.Job) error {
	return s.insert(ctx, "job", jobRow{
		ID: j.ID, Kind: string(j.Kind), Title: j.Title, Staff: j.Staff, State: string(enroll.JobWaiting), Total: j.Total,
		Params: s.keys.sealText("job", "params", j.ID, string(j.Params)), CreatedAt: millis(j.CreatedAt),
	})
}

// Job finds a job by id.
func (s *Store) Job(ctx context.Context, id string) (enroll.Job, error) {
	var row jobRow
	if err := s.get(ctx, &row, `SELECT * FROM job WHERE id = ?`, id); err != nil {
		return enroll.Job{}, err
	}
	return s.jobOf(row)
}

// JobsOf lists a member of staff's last jobs, the newest first; without a name everybody's.
func (s *Store) JobsOf(ctx context.Context, staff string, limit int) ([]enroll.Job, error) {
	var rows []jobRow
	err := s.list(ctx, &rows, `SELECT * FROM job WHERE (staff_id = ? OR ? = '') ORDER BY created_at DESC, id DESC LIMIT ?`, staff, staff, limit)
	if err != nil {
		return nil, err
	}
	jobs := make([]enroll.Job, len(rows))
	for i, r := range rows {
		if jobs[i], err = s.jobOf(r); err != nil {
			return nil, err
		}
	}
	return jobs, nil
}

// DueJobs lists jobs that wait, or whose worker died, the oldest first.
func (s *Store) DueJobs(ctx context.Context, now time.Time, limit int) (ids []string, err error) {
	err = s.list(ctx, &ids, `SELECT id FROM job WHERE state IN ('waiting', 'running', 'cancelling') AND lease_until < ? ORDER BY created_at, id LIMIT ?`, millis(now), limit)
	return ids, err
}

// LeaseJob takes a job for a worker until a moment; false where another was first.
func (s *Store) LeaseJob(ctx context.Context, id, owner string, now, until time.Time) (bool, error) {
	n, err := s.exec(ctx, `UPDATE job SET state = CASE state WHEN 'waiting' THEN 'running' ELSE state END, lease_by = ?, lease_until = ?, version = version + 1
		WHERE id = ? AND state IN ('waiting', 'running', 'cancelling') AND lease_until < ?`, owner, millis(until), id, millis(now))
	return n == 1, err
}

// ReportJob writes progress and renews the lease; changed says that the worker lost the job or that it is to be cancelled.
func (s *Store) ReportJob(ctx context.Context, j enroll.Job, owner string, until time.Time) error {
	return s.guard(ctx, `UPDATE job SET done = ?, total = ?, failed = ?, lease_until = ?, version = version + 1 WHERE id = ? AND lease_by = ? AND state = 'running'`,
		j.Done, j.Total, j.Failed, millis(until), j.ID, owner)
}

// EndJob ends a job that this worker holds.
func (s *Store) EndJob(ctx context.Context, j enroll.Job, owner string, at time.Time) error {
	return s.guard(ctx, `UPDATE job SET state = ?, done = ?, total = ?, failed = ?, result = ?, result_name = ?, error = ?, lease_until = 0, ended_at = ?, version = version + 1
		WHERE id = ? AND lease_by = ? AND state IN ('running', 'cancelling')`,
		string(j.State), j.Done, j.Total, j.Failed, j.Result, j.ResultName, j.Error, millis(at), j.ID, owner)
}

// ReleaseJob gives a job back, so that another worker goes on at once.
func (s *Store) ReleaseJob(ctx context.Context, id, owner string) error {
	_, err := s.exec(ctx, `UPDATE job SET lease_until = 0 WHERE id = ? AND lease_by = ?`, id, owner)
	return err
}

// CancelJob asks a job to end early; one that nobody works on ends at once.
func (s *Store) CancelJob(ctx context.Context, id string, at time.Time) error {
	n, err := s.exec(ctx, `UPDATE job SET state = 'cancelled', ended_at = ?, version = version + 1 WHERE id = ? AND state = 'waiting'`, millis(at), id)
	if err != nil || n == 1 {
		return err
	}
	return s.guard(ctx, `UPDATE job SET state = 'cancelling', version = version + 1 WHERE id = ? AND state IN ('running', 'cancelling')`, id)
}

type jobFailureRow struct {
	ID      string `db:"id"`
	Job     string `db:"job_id"`
	No      int    `db:"no"`
	Subject string `db:"subject"`
	Reason  string `db:"reason"`
}

// AddJobFailure keeps one thing that a job could not do.
func (s *Store) AddJobFailure(ctx context.Context, job string, f enroll.JobFailure) error {
	return s.insert(ctx, "job_failure", jobFailureRow{ID: s.newID(), Job: job, No: f.No, Subject: f.Subject, Reason: f.Reason})
}

// JobFailures lists what a job could not do, by number.
func (s *Store) JobFailures(ctx context.Context, job string, limit int) ([]enroll.JobFailure, error) {
	var rows []jobFailureRow
	err := s.list(ctx, &rows, `SELECT * FROM job_failure WHERE job_id = ? ORDER BY no, id LIMIT ?`, job, limit)
	list := make([]enroll.JobFailure, len(rows))
	for i, r := range rows {
		list[i] = enroll.JobFailure{No: r.No, Subject: r.Subject, Reason: r.Reason}
	}
	return list, err
}
