package service_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// spare adds a teaching point on which nothing hangs.
func spare(t *testing.T, w *world.World, d *service.Duty, intake string) enroll.Point {
	t.Helper()
	ctx := context.Background()
	if err := w.Service.SavePoint(ctx, d, intake, service.PointChange{Code: "77", Name: "误建教学点"}); err != nil {
		t.Fatal(err)
	}
	points, err := w.Service.Store.Points(ctx, intake)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range points {
		if p.Code == "77" {
			return p
		}
	}
	t.Fatal("no point 77")
	return enroll.Point{}
}

// Of a point that goes while a student asks for it, and the request, one is refused.
func TestPointGoesWhileItIsAskedFor(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, v := w.Duty(t, enroll.RoleRegistrar), submitted(t, w, "D01")
	point := spare(t, w, d, v.Intake.ID)
	calls, dropped, clock := 0, error(nil), w.Service.Now
	w.Service.Now = func() time.Time {
		if calls++; calls == 2 { // the points have been read
			dropped = w.Service.DropPoint(ctx, d, v.Intake.ID, point.Code, point.Words())
		}
		return clock()
	}
	asked := service.CorrectionDraft{Field: "point", Value: point.ID, Picture: photo(t, 900, 600)}
	err := w.Service.FileCorrection(ctx, v, asked)
	w.Service.Now = clock
	if calls < 2 || (err == nil) == (dropped == nil) {
		t.Fatalf("asked for: %v, dropped: %v", err, dropped)
	}
	wantReason(t, err, "place_gone")
}

// What was asked for and has been retired since is not granted.
func TestRetiredPointIsNotGranted(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, v := w.Duty(t, enroll.RoleRegistrar), submitted(t, w, "D01")
	point := spare(t, w, d, v.Intake.ID)
	c := dispute(t, w, v, "point", point.ID)
	wantReason(t, w.Service.DropPoint(ctx, d, v.Intake.ID, point.Code, point.Words()), "place_in_use")
	change := service.PointChange{Code: point.Code, Name: point.Name, RetiredFrom: enroll.Day(w.Clock.Now()), Was: point.Words()}
	if err := w.Service.SavePoint(ctx, d, v.Intake.ID, change); err != nil {
		t.Fatal(err)
	}
	wantReason(t, w.Service.GrantCorrection(ctx, c.ID, alone), "roster_retired")
	if r := revisit(t, w, v).Registration; r.Point != v.Registration.Point {
		t.Error("placed at the retired point")
	}
}

// Nobody comes back to a point that is gone.
func TestNobodyResumesWhereNothingStands(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	former := revisit(t, w, reservedLastYear(t, w, "D01"))
	d, next := w.Duty(t, enroll.RoleRegistrar), w.Intake(t)
	point := spare(t, w, d, next.ID)
	f, err := w.Service.ApplicationForm(ctx, former, enroll.ApplyResume, "")
	if err != nil {
		t.Fatal(err)
	}
	a := handIn(t, w, former, service.ApplicationDraft{Kind: enroll.ApplyResume, Program: f.Resume.Program, Point: point.ID, Signing: service.Signing{Signature: strokes(t)}})
	wantReason(t, w.Service.DropPoint(ctx, d, next.ID, point.Code, point.Words()), "place_in_use")
	w.Exec(t, "DELETE FROM point WHERE code = '77'")
	_, err = w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone)
	wantReason(t, err, "place_gone")
	wantStatus(t, w, former, enroll.ResumePending)
}

// An import is taken back after the point is gone from which it moved the
// students: they stay where they are, and each is named.
func TestUndoBringsNobodyWhereNothingStands(t *testing.T) {
	w, intake := school(t)
	d, ctx := registrar(w), context.Background()
	point := spare(t, w, d, intake.ID)
	right := roster(3, phoneOf)
	imported(t, w, d, intake, bytes.ReplaceAll(right, []byte("校本部教学点"), []byte(point.Name)))
	moved := imported(t, w, d, intake, right)
	if counts(moved) != [4]int{0, 3, 0, 0} {
		t.Fatalf("%v", counts(moved))
	}
	if err := w.Service.DropPoint(ctx, d, intake.ID, point.Code, point.Words()); err != nil {
		t.Fatal(err)
	}
	brought := lines(t, w, moved.ID)
	back := undone(t, w, d, moved.ID)
	named, _, err := w.Service.JobFailures(ctx, d, back.Job, 0, 10)
	if err != nil || back.State != enroll.RosterUndone || len(named) != 3 {
		t.Errorf("%s, %+v, %v", back.State, named, err)
	}
	for _, line := range brought {
		r, err := w.Service.Store.Registration(ctx, line.Registration)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Service.Store.Point(ctx, r.Point); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
	}
}
