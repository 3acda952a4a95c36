package service_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func upload(t *testing.T, w *world.World, d *service.Duty, intake enroll.Intake, body []byte) enroll.RosterImport {
	t.Helper()
	in, err := w.Service.UploadRoster(context.Background(), d, intake.ID, "名单.csv", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return rosterWorked(t, w, in.ID)
}

// rosterWorked lets the workers do what waits, and reads the import again.
func rosterWorked(t *testing.T, w *world.World, id string) enroll.RosterImport {
	t.Helper()
	if err := w.Service.WorkJobs(context.Background()); err != nil {
		t.Fatal(err)
	}
	in, err := w.Service.Store.RosterImport(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func imported(t *testing.T, w *world.World, d *service.Duty, intake enroll.Intake, body []byte) enroll.RosterImport {
	t.Helper()
	in := upload(t, w, d, intake, body)
	if _, err := w.Service.ConfirmRoster(context.Background(), d, in.ID); err != nil {
		t.Fatal(err)
	}
	return rosterWorked(t, w, in.ID)
}

func undone(t *testing.T, w *world.World, d *service.Duty, id string) enroll.RosterImport {
	t.Helper()
	if _, err := w.Service.StartUndoRoster(context.Background(), d, id, "发错了文件"); err != nil {
		t.Fatal(err)
	}
	return rosterWorked(t, w, id)
}

// Staff upload, look, confirm, and take it all back: whom the import brought goes, what it changed is as it was.
func TestRosterByStaffAndBack(t *testing.T) {
	w, intake := school(t)
	d, ctx := registrar(w), context.Background()
	first := imported(t, w, d, intake, roster(700, phoneOf))
	if first.State != enroll.RosterApplied || first.Applied != 700 || first.Account != "xueji" {
		t.Fatalf("%+v", first)
	}
	wider := strings.NewReplacer("校本部教学点", "滨江教学点", ",139", ",138").Replace(string(roster(1300, phoneOf)))
	second := imported(t, w, d, intake, []byte(wider))
	if counts(second) != [4]int{600, 700, 0, 0} || second.State != enroll.RosterApplied {
		t.Fatalf("%+v", second)
	}
	if _, err := w.Service.StartUndoRoster(ctx, d, first.ID, "x"); enroll.ReasonOf(err) != "roster_undo_later" {
		t.Errorf("the earlier one first: %v", err)
	}
	if back := undone(t, w, d, second.ID); back.State != enroll.RosterUndone {
		t.Fatalf("%+v, job %+v", back, jobNow(t, w, d, back.Job))
	}
	if again := stage(t, w, intake, roster(1300, phoneOf)); counts(again) != [4]int{600, 0, 700, 0} {
		t.Errorf("after the undo: %v", counts(again))
	}
	if back := undone(t, w, d, first.ID); back.State != enroll.RosterUndone {
		t.Errorf("%+v", back)
	}
	if again := stage(t, w, intake, roster(700, phoneOf)); counts(again) != [4]int{700, 0, 0, 0} {
		t.Errorf("after both: %v", counts(again))
	}
}

// One student who has begun keeps the whole import, and is named; nothing is taken back.
func TestRosterIsKeptOnceSomebodyHasBegun(t *testing.T) {
	w, intake := school(t)
	d, ctx := registrar(w), context.Background()
	in := imported(t, w, d, intake, roster(600, phoneOf))
	begun := lines(t, w, in.ID)[560].Registration
	if err := w.Service.Store.SetStamp(ctx, begun, "started_at", w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	after := undone(t, w, d, in.ID)
	j := jobNow(t, w, d, after.Job)
	named, _, err := w.Service.JobFailures(ctx, d, j.ID, 0, 10)
	if err != nil || after.State != enroll.RosterApplied || j.State != enroll.JobFailed || len(named) != 1 || !strings.Contains(named[0].Subject, "学生") {
		t.Errorf("%v, %+v, %+v, %v", err, after, j, named)
	}
	if again := stage(t, w, intake, roster(600, phoneOf)); again.Same != 600 {
		t.Errorf("something went: %v", counts(again))
	}
}

// Taking back goes on after a kill in its middle; meanwhile nobody of it can log in.
func TestUndoGoesOnAfterAKill(t *testing.T) {
	w, intake := school(t)
	in := imported(t, w, registrar(w), intake, roster(1200, phoneOf))
	student := studentOf(t, w, lines(t, w, in.ID)[1190])
	ctx, cancel := context.WithCancel(context.Background())
	kept := func(context.Context, string, error) error { return nil }
	_, err := w.Service.UndoRoster(ctx, in.ID, func(done, _ int) {
		if done == 500 {
			cancel()
		}
	}, kept)
	half, _ := w.Service.Store.RosterImport(context.Background(), in.ID)
	if err == nil || half.State != enroll.RosterUndoing || visible(t, w, student) != 0 {
		t.Fatalf("%v, %+v, visible %d", err, half, visible(t, w, student))
	}
	if _, err := w.Service.ApplyRoster(context.Background(), in.ID, quiet); enroll.ReasonOf(err) != "roster_undone" {
		t.Errorf("applied in the middle of the undo: %v", err)
	}
	if back, err := w.Service.UndoRoster(context.Background(), in.ID, quiet, kept); err != nil || back.State != enroll.RosterUndone {
		t.Errorf("%v, %+v", err, back)
	}
	if again := stage(t, w, intake, roster(1200, phoneOf)); again.New != 1200 {
		t.Errorf("left: %v", counts(again))
	}
}

// A file that is none fails with its reason and leaves nothing; a cancelled reading too.
func TestUploadThatFails(t *testing.T) {
	w, intake := school(t)
	d, ctx := registrar(w), context.Background()
	in := upload(t, w, d, intake, []byte("姓名,身份证号\n甲,1\n"))
	if j := jobNow(t, w, d, in.Job); in.State != enroll.RosterAbandoned || j.State != enroll.JobFailed || j.Error == "" {
		t.Errorf("%+v, %+v", in, j)
	}
	in, err := w.Service.UploadRoster(ctx, d, intake.ID, "名单.csv", bytes.NewReader(roster(10, phoneOf)))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.GiveUpRoster(ctx, d, in.ID); enroll.ReasonOf(err) != "roster_working" {
		t.Errorf("given up while it is read: %v", err)
	}
	if _, err := w.Service.CancelJob(ctx, d, in.Job); err != nil {
		t.Fatal(err)
	}
	if in, err = w.Service.Store.RosterImport(ctx, in.ID); err != nil || in.State != enroll.RosterAbandoned {
		t.Errorf("cancelled before anybody read it: %+v, %v", in, err)
	}
}
