package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

func TestDeclinedConsentGoesByArchive(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	ctx := context.Background()
	v := answered(t, w, enter(t, w, "D01", ""), false)
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "consent_needed")
	if err := w.Service.ArchiveFace(ctx, v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	v = reload(t, w, v)
	if !v.Verified || v.Archive.NameCheck != "match" || !v.Student.BoundAt.IsZero() {
		t.Fatalf("verified %v, archive %+v, bound %v", v.Verified, v.Archive, v.Student.BoundAt)
	}
}

func TestRetakingOverwritesUntilDecided(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D03")
	ctx := context.Background()
	v := atCamera(t, w, "D03", "")
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "face_document")
	for range 2 {
		if err := w.Service.ArchiveFace(ctx, v, picture(t, w, "face.jpg")); err != nil {
			t.Fatal(err)
		}
		v = reload(t, w, v)
	}
	list, err := w.Service.FaceList(ctx, true)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d archives wait, %v", len(list), err)
	}
	if err := w.Service.ApproveFace(ctx, list[0].Archive.ID, "registrar"); err != nil {
		t.Fatal(err)
	}
	v = reload(t, w, v)
	if !v.Verified || v.Student.Phone != "13900000003" || v.Registration.Face != enroll.FaceApproved {
		t.Errorf("verified %v, bound to %v, face %s", v.Verified, v.Student.Phone, v.Registration.Face)
	}
	wantReason(t, w.Service.ArchiveFace(ctx, v, picture(t, w, "face.jpg")), "archive_decided")
	wantReason(t, w.Service.RejectFace(ctx, list[0].Archive.ID, "registrar", "x"), "archive_decided")
	if next := enter2(t, w, "D03"); !next.Verified {
		t.Error("an approved archive does not stand in for the face pass of its phone")
	}
	events, err := w.Service.Store.Events(ctx, r.ID)
	if err != nil || events[len(events)-1].Event != "face_approved" {
		t.Errorf("timeline %v, %v", events, err)
	}
}

func TestRejectionReopensTheFaceStep(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D08")
	ctx := context.Background()
	v := atCamera(t, w, "D08", "")
	for range enroll.FaceAttempts {
		w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg"))
	}
	if err := w.Service.ArchiveFace(ctx, v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	list, err := w.Service.FaceList(ctx, true)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d archives wait, %v", len(list), err)
	}
	wantReason(t, w.Service.RejectFace(ctx, list[0].Archive.ID, "registrar", " "), "reason_missing")
	w.Clock.Advance(time.Minute)
	if err := w.Service.RejectFace(ctx, list[0].Archive.ID, "registrar", "照片模糊"); err != nil {
		t.Fatal(err)
	}
	v = reload(t, w, v)
	me, err := w.Service.Me(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	if v.Verified || v.Registration.Face != enroll.FaceRejected || me.Next != "/face" || me.Identity.Reason != "照片模糊" || me.Identity.AttemptsLeft != enroll.FaceAttempts {
		t.Errorf("verified %v, face %s, next %s, identity %+v", v.Verified, v.Registration.Face, me.Next, me.Identity)
	}
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "face_mismatch")
	if err := w.Service.ArchiveFace(ctx, v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	if v = reload(t, w, v); !v.Verified || v.Registration.Face != enroll.FaceArchived {
		t.Errorf("after a new archive: verified %v, face %s", v.Verified, v.Registration.Face)
	}
}

// TestDecisionReachesWhoIsNotBoundYet: nothing is bound before the decision, so it goes to the archive's own phone and WeChat.
func TestDecisionReachesWhoIsNotBoundYet(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D08")
	ctx := context.Background()
	archive(t, w, atCamera(t, w, "D08", "13900000113"))
	to, err := w.Service.Store.WaitingArchive(ctx, r.ID)
	if err != nil || to == nil || to.Phone != "13900000113" {
		t.Fatalf("%+v, %v", to, err)
	}
	before := len(texts(w, "13900000113")) + len(chatOf(t, w, "D08"))
	rejectAll(t, w)
	if _, err := w.Service.DrainOutbox(ctx); err != nil {
		t.Fatal(err)
	}
	if after := len(texts(w, "13900000113")) + len(chatOf(t, w, "D08")); after != before+1 {
		t.Errorf("%d messages after the decision, want one", after-before)
	}
	if n := len(texts(w, "13900000008")); n != 0 {
		t.Errorf("%d SMS to the roster's phone, which nobody has proven", n)
	}
}

// chatOf lists what the student's WeChat shows.
func chatOf(t *testing.T, w *world.World, id string) []sandbox.Message {
	t.Helper()
	u, err := w.Sandbox.World(w.Credentials.AppID).User(id)
	if err != nil {
		t.Fatal(err)
	}
	return u.Chat
}

func archive(t *testing.T, w *world.World, v *service.Visit) *service.Visit {
	t.Helper()
	if err := w.Service.ArchiveFace(context.Background(), v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	return reload(t, w, v)
}

func rejectAll(t *testing.T, w *world.World) {
	t.Helper()
	ctx := context.Background()
	list, err := w.Service.FaceList(ctx, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, review := range list {
		if err := w.Service.RejectFace(ctx, review.Archive.ID, "registrar", "不清楚"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFourthStudentOnOnePhoneIsToldToStaff(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	const phone = "13900000113"
	for i, id := range []string{"D01", "D02", "D03", "D04"} {
		w.Enrolled(t, id)
		archive(t, w, atCamera(t, w, id, phone))
		w.Clock.Advance(time.Hour)
		list, err := w.Service.FaceList(ctx, true)
		if err != nil || len(list) != i+1 || list[0].PhoneShared != (i == 3) {
			t.Errorf("%d students on one phone: %+v, %v", i+1, list[0].PhoneShared, err)
		}
	}
}
