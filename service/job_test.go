package service_test

import (
	"bytes"
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func registrar(w *world.World) *service.Duty {
	return &service.Duty{Staff: enroll.Staff{ID: w.Service.Store.NewID(), Account: "xueji", Role: enroll.RoleRegistrar}, ConfirmedAt: w.Clock.Now()}
}

func startJob(t *testing.T, w *world.World, d *service.Duty) enroll.Job {
	t.Helper()
	j, err := w.Service.StartJob(context.Background(), d, "test", "试验", map[string]string{})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func jobNow(t *testing.T, w *world.World, d *service.Duty, id string) enroll.Job {
	t.Helper()
	j, err := w.Service.Job(context.Background(), d, id)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// A step that hears of nothing but its context ends within a second or two of the cancel.
func TestJobIsCancelledInTheMiddleOfAStep(t *testing.T) {
	w, ctx := world.Alone(t), context.Background()
	d := registrar(w)
	j := startJob(t, w, d)
	begun := time.Now()
	err := w.Service.WorkJobsWith(ctx, "test", func(ctx context.Context, progress func(int, int) error, _ func(string, error) error) error {
		if err := progress(3, 10); err != nil {
			return err
		}
		if _, err := w.Service.CancelJob(context.Background(), d, j.ID); err != nil {
			t.Error(err)
		}
		<-ctx.Done()
		return ctx.Err()
	})
	j = jobNow(t, w, d, j.ID)
	if err != nil || j.State != enroll.JobCancelled || j.Done != 3 || time.Since(begun) > 3*time.Second {
		t.Errorf("%v, %+v after %s", err, j, time.Since(begun))
	}
	if _, err := w.Service.CancelJob(ctx, d, j.ID); enroll.ReasonOf(err) != "changed" {
		t.Errorf("cancelled twice: %v", err)
	}
}

// The hold on a job is renewed while one step is longer than the hold, so that
// no other replica takes it; one whose worker is dead is taken up by another.
func TestJobIsHeldDuringALongStepAndTakenUpAfterACrash(t *testing.T) {
	w, ctx := world.Alone(t), context.Background()
	d := registrar(w)
	j := startJob(t, w, d)
	st := w.Service.Store
	err := w.Service.WorkJobsWith(ctx, "test", func(context.Context, func(int, int) error, func(string, error) error) error {
		w.Clock.Advance(7 * time.Second) // 1 s before the end of the first hold
		time.Sleep(1500 * time.Millisecond)
		w.Clock.Advance(6 * time.Second)
		if due, err := st.DueJobs(ctx, w.Clock.Now(), 2, 10); err != nil || len(due) != 0 {
			t.Errorf("due during its work: %v, %v", due, err)
		}
		return nil
	})
	if j = jobNow(t, w, d, j.ID); err != nil || j.State != enroll.JobDone {
		t.Fatalf("%v, %+v", err, j)
	}

	crashed := startJob(t, w, d)
	if won, err := st.LeaseJob(ctx, crashed.ID, st.NewID(), w.Clock.Now(), w.Clock.Now().Add(8*time.Second)); !won || err != nil {
		t.Fatal(won, err)
	}
	var works atomic.Int32
	count := func(context.Context, func(int, int) error, func(string, error) error) error { works.Add(1); return nil }
	if err := w.Service.WorkJobsWith(ctx, "test", count); err != nil || works.Load() != 0 {
		t.Errorf("taken from a living worker: %v, %d", err, works.Load())
	}
	w.Clock.Advance(9 * time.Second)
	if err := w.Service.WorkJobsWith(ctx, "test", count); err != nil || works.Load() != 1 || jobNow(t, w, d, crashed.ID).State != enroll.JobDone {
		t.Errorf("not taken up: %v, %d", err, works.Load())
	}
}

// Somebody with many jobs does not hold up another's.
func TestJobsOfOneDoNotBlockAnothers(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	busy, other := registrar(w), registrar(w)
	for range 4 {
		startJob(t, w, busy)
	}
	quick := startJob(t, w, other)
	due, err := w.Service.Store.DueJobs(ctx, w.Clock.Now(), 2, 6)
	if err != nil || len(due) != 2 || due[1] != quick.ID {
		t.Errorf("%v, %v", due, err)
	}
	if _, err := w.Service.Job(ctx, busy, quick.ID); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("another's job: %v", err)
	}
}

// What a job could not do is listed in order and as a file; an unknown error tells nothing of itself.
func TestJobFailures(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d := registrar(w)
	j := startJob(t, w, d)
	err := w.Service.WorkJobsWith(ctx, "test", func(_ context.Context, _ func(int, int) error, failure func(string, error) error) error {
		for range 250 {
			if err := failure("=1+1", enroll.Fail("upload_broken")); err != nil {
				return err
			}
		}
		return failure("26320100000101", errors.New("secret of the database"))
	})
	if err != nil {
		t.Fatal(err)
	}
	list, counts, err := w.Service.JobFailures(ctx, d, j.ID, 249, 10)
	if err != nil || len(list) != 2 || list[1].No != 251 || len(counts) != 2 || counts[0].Count != 250 || jobNow(t, w, d, j.ID).Failed != 251 {
		t.Errorf("%v, %v, %v", list, counts, err)
	}
	var file bytes.Buffer
	if err := w.Service.JobFailureFile(ctx, d, j.ID, &file); err != nil || bytes.Count(file.Bytes(), []byte("\n")) != 252 {
		t.Errorf("%v, %d lines", err, bytes.Count(file.Bytes(), []byte("\n")))
	}
	if bytes.Contains(file.Bytes(), []byte("secret")) || bytes.Contains(file.Bytes(), []byte(",=1+1")) {
		t.Error("the file tells too much, or carries a formula")
	}
}
