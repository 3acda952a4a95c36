package service_test

import (
	"context"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// TestFaceServiceDownTwiceThenPasses is D20: nothing is counted while the service is down.
func TestFaceServiceDownTwiceThenPasses(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D20")
	ctx := context.Background()
	v := atCamera(t, w, "D20", "")
	for range 2 {
		wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "face_later")
	}
	if left, err := w.Service.FaceAttemptsLeft(ctx, v); err != nil || left != enroll.FaceAttempts {
		t.Errorf("%d attempts left, %v", left, err)
	}
	if !pass(t, w, v).Verified {
		t.Error("the third try does not let the student on")
	}
}

// TestNumberWithLettersIsShown is D16: registered, with a number of the roster's that no rule made.
func TestNumberWithLettersIsShown(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D16")
	ctx := context.Background()
	pass(t, w, atCamera(t, w, "D16", ""))
	register(t, w, r.ID, "26100CS10001")
	w.Clock.Advance(61 * 60e9)
	v := enter(t, w, "D16", "")
	done, err := w.Service.Done(ctx, v)
	if err != nil || done.Number != "26100CS10001" || done.NumberPending {
		t.Fatalf("%+v, %v", done, err)
	}
	found, err := w.Service.FindRegistration(ctx, "26100CS10001")
	if err != nil || found.ID != r.ID {
		t.Errorf("staff find %s, %v", found.ID, err)
	}
}

// TestWindowOverForWhoNeverStarted is D19: no code goes out, the answer tells nothing, and an extension opens the door.
func TestWindowOverForWhoNeverStarted(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D13")
	ctx := context.Background()
	closes := w.Intake(t).ClosesAt
	w.Clock.Advance(closes.Sub(w.Clock.Now()) + 48*60*60e9)
	if _, err := w.Service.RequestCode(ctx, codeRequest("D13", "")); err != nil {
		t.Fatal(err)
	}
	if sent := texts(w, "13900000013"); len(sent) != 0 {
		t.Fatalf("a code went out: %v", sent)
	}
	_, err := w.Service.IssueDeskCode(ctx, r.ID, "13900000013", service.Decision{By: "demo", Reason: seen})
	wantReason(t, err, "window_after")
	if err := w.Service.Extend(ctx, r.ID, w.Clock.Now().Add(48*60*60e9), service.Decision{By: "demo", Reason: "生病"}); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(61 * 60e9)
	if v := enter(t, w, "D13", ""); v.Registration.ID != r.ID {
		t.Errorf("entered %s", v.Registration.ID)
	}
}
