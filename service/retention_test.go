package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

func TestFacePhotosGoAfterTheirDecision(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Enrolled(t, "D03")
	w.Enrolled(t, "D09")
	decided := archive(t, w, atCamera(t, w, "D03", "")).Archive
	if err := w.Service.ApproveFace(ctx, decided.ID, "registrar"); err != nil {
		t.Fatal(err)
	}
	waiting := archive(t, w, atCamera(t, w, "D09", "")).Archive
	drop := func(want int) {
		t.Helper()
		if n, err := w.Service.DropFacePhotos(ctx); n != want || err != nil {
			t.Fatalf("%d photos dropped, want %d; %v", n, want, err)
		}
	}
	w.Clock.Advance(29 * 24 * time.Hour)
	drop(0)
	w.Clock.Advance(25 * time.Hour)
	drop(1)
	drop(0)
	if _, err := w.Service.Files.Get(ctx, decided.Object); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("the decided photo stands: %v", err)
	}
	if _, err := w.Service.FacePhoto(ctx, waiting.ID); err != nil {
		t.Errorf("the photo that waits is gone: %v", err)
	}
	if a, err := w.Service.Store.Archive(ctx, decided.ID); err != nil || a.State != enroll.FaceApproved || a.DecidedBy != "registrar" {
		t.Errorf("the decision is gone: %+v, %v", a, err)
	}
	events, err := w.Service.Store.Events(ctx, decided.Registration)
	if err != nil || events[len(events)-1].Event != "face_dropped" || enroll.EventTitle(events[len(events)-1]) == "" {
		t.Errorf("the deletion is not in the timeline: %+v, %v", events, err)
	}
	if next := enter2(t, w, "D03"); !next.Verified {
		t.Error("the approval ended with its photo")
	}
}
