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

// JobsOf lists a member of staff's jobs before the given id, the newest first; without a name everybody's.
func (s *Store) JobsOf(ctx context.Context, staff, before string, limit int) ([]enroll.Job, error) {
	var rows []jobRow
	err := s.list(ctx, &rows, `SELECT * FROM job WHERE (staff_id = ? OR ? = '') AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`, staff, staff, before, before, limit)
	if err != nil {
		return nil, err
	}
	return s.jobsOf(rows)
}

// ShownJobs is how many jobs of one kind a page shows.
const ShownJobs = 20

// JobsOfKind lists a member of staff's last jobs of some kinds, the newest first.
func (s *Store) JobsOfKind(ctx context.Context, staff string, kinds []enroll.JobKind, limit int) ([]enroll.Job, error) {
	var rows []jobRow
	err := s.listIn(ctx, &rows, `SELECT * FROM job WHERE staff_id = ? AND kind IN (?) ORDER BY id DESC LIMIT ?`, staff, kinds, limit)
	if err != nil {
		return nil, err
	}
	return s.jobsOf(rows)
}

func (s *Store) jobsOf(rows []jobRow) ([]enroll.Job, error) {
	jobs := make([]enroll.Job, len(rows))
	for i, r := range rows {
		var err error
		if jobs[i], err = s.jobOf(r); err != nil {
			return nil, err
		}
	}
	return jobs, nil
}

// DueJobs lists the oldest job of each member of staff that waits, or whose
// worker died; one who has most jobs going already waits for them.
func (s *Store) DueJobs(ctx context.Context, now time.Time, most, limit int) (ids []string, err error) {
	err = s.list(ctx, &ids, `SELECT MIN(id) FROM job WHERE state IN ('waiting', 'running', 'cancelling') AND lease_until < ?
		AND (SELECT COUNT(*) FROM job going WHERE going.staff_id = job.staff_id AND going.state IN ('running', 'cancelling') AND going.lease_until >= ?) < ?
		GROUP BY staff_id ORDER BY MIN(id) LIMIT ?`, millis(now), millis(now), most, limit)
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

// AddJobFailures keeps what a job could not do.
func (s *Store) AddJobFailures(ctx context.Context, job string, failures []enroll.JobFailure) error {
	rows := make([]jobFailureRow, len(failures))
	for i, f := range failures {
		rows[i] = jobFailureRow{ID: s.newID(), Job: job, No: f.No, Subject: f.Subject, Reason: f.Reason}
	}
	return insertAll(ctx, s, "job_failure", rows)
}

// LastJobFailure is the number of the last failure that a job has kept.
func (s *Store) LastJobFailure(ctx context.Context, job string) (no int, err error) {
	err = s.get(ctx, &no, `SELECT COALESCE(MAX(no), 0) FROM job_failure WHERE job_id = ?`, job)
	return no, err
}

// JobFailures lists what a job could not do after a number, by number.
func (s *Store) JobFailures(ctx context.Context, job string, after, limit int) ([]enroll.JobFailure, error) {
	var rows []jobFailureRow
	err := s.list(ctx, &rows, `SELECT * FROM job_failure WHERE job_id = ? AND no > ? ORDER BY no LIMIT ?`, job, after, limit)
	list := make([]enroll.JobFailure, len(rows))
	for i, r := range rows {
		list[i] = enroll.JobFailure{No: r.No, Subject: r.Subject, Reason: r.Reason}
	}
	return list, err
}

// ClearJobFailures forgets what a job could not do, because it begins anew.
func (s *Store) ClearJobFailures(ctx context.Context, job string) error {
	_, err := s.exec(ctx, `DELETE FROM job_failure WHERE job_id = ?`, job)
	return err
}

// JobFailureCount is how often a job failed for one reason.
type JobFailureCount struct {
	Reason string `db:"reason"`
	Count  int    `db:"n"`
}

// JobFailureCounts counts a job's failures by reason, the most frequent first.
func (s *Store) JobFailureCounts(ctx context.Context, job string, limit int) ([]JobFailureCount, error) {
	var counts []JobFailureCount
	err := s.list(ctx, &counts, `SELECT reason, COUNT(*) AS n FROM job_failure WHERE job_id = ? GROUP BY reason ORDER BY n DESC, reason LIMIT ?`, job, limit)
	return counts, err
}
