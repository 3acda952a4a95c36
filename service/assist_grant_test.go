package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// TestUnconfirmedAtTheCounter: a check in person that waits for its second word opens the form, and no application.
func TestUnconfirmedAtTheCounter(t *testing.T) {
	for _, kind := range []enroll.ApplicationKind{enroll.ApplyReserve, enroll.ApplyGiveUp} {
		t.Run(string(kind), func(t *testing.T) {
			w := world.New(t)
			setting(t, w, func(s *enroll.Settings) { s.InPersonTwo = true })
			d := w.Duty(t, enroll.RoleClerk, "02")
			v := atCounter(t, w, d, "D02")
			_, err := w.Service.ApplicationForm(t.Context(), v, kind, "")
			wantReason(t, err, "application_face")
			wantReason(t, w.Service.FileApplication(t.Context(), v, draft(t, kind)), "application_face")
		})
	}
}

// TestIdentityRejectedMeanwhile: nothing is granted on an identity that a colleague has rejected.
func TestIdentityRejectedMeanwhile(t *testing.T) {
	w := world.New(t)
	d := w.Duty(t, enroll.RoleClerk, "02")
	a := filedAtCounter(t, w, d, enroll.ApplyReserve)
	face := func(state enroll.FaceState) {
		t.Helper()
		r, err := w.Service.Store.Registration(t.Context(), a.Registration)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Service.Store.SetFace(t.Context(), r.ID, r.Face, state); err != nil {
			t.Fatal(err)
		}
	}
	for _, state := range []enroll.FaceState{enroll.FaceArchived, enroll.FaceRejected} {
		face(state)
		_, err := w.Service.GrantApplication(t.Context(), a.ID, time.Time{}, alone)
		wantReason(t, err, "application_face")
	}
	face(enroll.FaceApproved)
	if _, err := w.Service.GrantApplication(t.Context(), a.ID, time.Time{}, alone); err != nil {
		t.Fatal(err)
	}
}

// filedAtCounter is an application that d has handed in for a student at the counter.
func filedAtCounter(t *testing.T, w *world.World, d *service.Duty, kind enroll.ApplicationKind) service.FiledApplication {
	t.Helper()
	v := atCounter(t, w, d, "D02")
	if err := w.Service.FileApplication(t.Context(), v, draft(t, kind)); err != nil {
		t.Fatal(err)
	}
	a, err := w.Service.LastApplication(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestFilerDecidesNotAlone: who filed a reserve at the counter leaves the word to a colleague.
func TestFilerDecidesNotAlone(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, other := w.Duty(t, enroll.RoleRegistrar), w.Duty(t, enroll.RoleRegistrar)
	a := filedAtCounter(t, w, d, enroll.ApplyReserve)
	own := verdict(onDesk(t, w, d, enroll.ReviewApplication), true, "")
	_, err := w.Service.DecideReview(ctx, d, own)
	wantReason(t, err, "review_own")
	rows, err := w.Service.PreviewReviews(ctx, d, []service.Verdict{own})
	if err != nil || enroll.ReasonOf(rows[0].Err) != "review_own" {
		t.Errorf("the preview says %+v, %v", rows, err)
	}
	if err := w.Service.ReleaseReview(ctx, d, own.Kind, own.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.DecideReview(ctx, other, verdict(onDesk(t, w, other, enroll.ReviewApplication), true, "")); err != nil {
		t.Fatal(err)
	}
	if got := status(t, w, a.Registration); got != enroll.Reserved {
		t.Errorf("status %s", got)
	}
}

// TestFilerOfAGiveUp may have the first word of two, never the last.
func TestFilerOfAGiveUp(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d := w.Duty(t, enroll.RoleRegistrar)
	a := filedAtCounter(t, w, d, enroll.ApplyGiveUp)
	me := d.Staff.Account
	_, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, service.Decision{By: "a", Second: me})
	wantReason(t, err, "review_own")
	if to, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, service.Decision{By: me, Second: "b"}); err != nil || to != enroll.GivenUp {
		t.Errorf("granted to %s, %v", to, err)
	}
}
