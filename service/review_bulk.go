package service

import (
	"context"
	"errors"
	"time"

	"xinsheng/enroll"
)

// bulkMost bounds how many items are decided by one click.
const bulkMost = 200

// BulkPreview is what a verdict would do to one item, or why it cannot be done.
type BulkPreview struct {
	Kind    enroll.ReviewKind
	ID      string
	Name    string
	ExamNo  string
	Version int64
	// Outcome tells what happens; empty where Err says why nothing can.
	Outcome string
	Err     error
}

// PreviewReviews tells of each chosen item what a verdict would do; nothing is changed.
func (s *Service) PreviewReviews(ctx context.Context, d *Duty, verdicts []Verdict) ([]BulkPreview, error) {
	if len(verdicts) == 0 || len(verdicts) > bulkMost {
		return nil, enroll.FailField("items", "review_bulk", bulkMost)
	}
	list := make([]BulkPreview, len(verdicts))
	for i, v := range verdicts {
		p, err := s.previewReview(ctx, d, v)
		var known *enroll.Error
		if err != nil && !errors.As(err, &known) {
			return nil, err
		}
		p.Kind, p.ID, p.Err = v.Kind, v.ID, err
		list[i] = p
	}
	return list, nil
}

func (s *Service) previewReview(ctx context.Context, d *Duty, v Verdict) (BulkPreview, error) {
	if err := v.check(); err != nil {
		return BulkPreview{}, err
	}
	item, err := s.maySay(ctx, d, v)
	p := BulkPreview{Name: item.Name, ExamNo: item.ExamNo, Version: item.Version}
	if err != nil {
		return p, err
	}
	if !v.Pass {
		p.Outcome = "退回，学生会看到：" + firstReason(v)
		return p, nil
	}
	o := &OpenReview{QueuedReview: QueuedReview{ReviewItem: item}}
	if o.Matter, err = s.matterOf(ctx, item.Registration); err != nil {
		return p, err
	}
	if err := s.fillKind(ctx, o); err != nil {
		return p, err
	}
	if a := o.Application; a != nil && a.Kind != enroll.ApplyGiveUp && a.Filer == d.Staff.ID && d.Staff.Role != enroll.RoleClerk {
		return p, enroll.Fail("review_own")
	}
	p.Outcome = o.Outcome
	if d.Staff.Role == enroll.RoleClerk {
		p.Outcome = "初审通过，转学籍管理部终审"
	}
	return p, nil
}

// bulkParams is what the job of many verdicts goes by.
type bulkParams struct {
	Verdicts []Verdict `json:"verdicts"`
	Address  string    `json:"address"`
	Started  time.Time `json:"started"`
}

// StartReviews decides many items in a job, each by itself, as it was seen in the preview (批量审核).
func (s *Service) StartReviews(ctx context.Context, d *Duty, verdicts []Verdict) (enroll.Job, error) {
	if len(verdicts) == 0 || len(verdicts) > bulkMost {
		return enroll.Job{}, enroll.FailField("items", "review_bulk", bulkMost)
	}
	for i := range verdicts {
		if err := verdicts[i].check(); err != nil {
			return enroll.Job{}, err
		}
	}
	return s.StartJob(ctx, d, enroll.JobReview, "批量审核", bulkParams{verdicts, d.Address, s.Now()})
}

// workReviews is the job of many verdicts; what this person decided since its start counts as done, so that it may begin anew.
func (s *Service) workReviews(ctx context.Context, run *jobRun) error {
	var p bulkParams
	if err := run.params(&p); err != nil {
		return err
	}
	if err := run.anew(ctx); err != nil {
		return err
	}
	staff, err := s.Store.Staff(ctx, run.Staff)
	if err != nil {
		return err
	}
	d := &Duty{Staff: staff, Address: p.Address}
	for i, v := range p.Verdicts {
		if err := run.progress(ctx, i, len(p.Verdicts)); err != nil {
			return err
		}
		_, err := s.DecideReview(ctx, d, v)
		if err != nil && !s.decidedBy(ctx, d, v, p.Started) {
			if err := run.failure(ctx, s.reviewSubject(ctx, v), err); err != nil {
				return err
			}
		}
	}
	return run.progress(ctx, len(p.Verdicts), len(p.Verdicts))
}

// decidedBy says that this person decided an item since a moment.
func (s *Service) decidedBy(ctx context.Context, d *Duty, v Verdict, since time.Time) bool {
	end, err := s.reviewEnd(ctx, v.Kind, v.ID)
	return err == nil && end.by == d.Staff.Account && !end.at.Before(since)
}

// reviewSubject names an item in the list of what failed: its kind and the 考生号.
func (s *Service) reviewSubject(ctx context.Context, v Verdict) string {
	end, err := s.reviewEnd(ctx, v.Kind, v.ID)
	if err != nil {
		return v.Kind.Name()
	}
	r, err := s.Store.Registration(ctx, end.registration)
	if err != nil {
		return v.Kind.Name()
	}
	return v.Kind.Name() + " " + r.ExamNo + " " + enroll.MaskName(r.Name)
}
