package service

import (
	"context"
	"io"

	"xinsheng/enroll"
	"xinsheng/wechat/oa"
)

// WorkJobsWith works on all jobs of one kind that are due, with the work of a test.
func (s *Service) WorkJobsWith(ctx context.Context, kind enroll.JobKind, work func(ctx context.Context, progress func(done, total int) error, failure func(string, error) error) error) error {
	return newJobCrew(s, map[enroll.JobKind]jobWork{kind: func(ctx context.Context, run *jobRun) error {
		return work(ctx, func(done, total int) error { return run.progress(ctx, done, total) },
			func(subject string, why error) error { return run.failure(ctx, subject, why) })
	}}).all(ctx)
}

// OpenLarge opens a large file as jobs do.
func (s *Service) OpenLarge(ctx context.Context, id string) (*io.SectionReader, error) {
	return s.openLarge(ctx, id)
}

// Take takes an event as Callback does once it is verified.
func (s *Service) Take(ctx context.Context, event oa.Event) (string, error) {
	return s.take(ctx, event)
}

// EndPush ends a push as its worker does that has found nobody to wait any more.
func (s *Service) EndPush(ctx context.Context, p enroll.Push) (more bool, err error) {
	return (&pushWork{Service: s}).end(ctx, p)
}
