package service_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

// picture takes a ready picture from the sandbox's album: face.jpg, other-face.jpg, no-face.jpg.
func picture(t *testing.T, w *world.World, name string) []byte {
	t.Helper()
	r := httptest.NewRecorder()
	w.Sandbox.ServeHTTP(r, httptest.NewRequest("GET", "/phone/album/D01/"+name, nil))
	if r.Code != 200 {
		t.Fatalf("album: %d %s", r.Code, r.Body)
	}
	return r.Body.Bytes()
}

// reload is the same entry's next request.
func reload(t *testing.T, w *world.World, v *service.Visit) *service.Visit {
	t.Helper()
	v, err := w.Service.Visit(context.Background(), v.Login.ID, "192.0.2.1", "测试")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// answered brings an entry to the camera: prepared, and consent answered.
func answered(t *testing.T, w *world.World, v *service.Visit, agree bool) *service.Visit {
	t.Helper()
	ctx := context.Background()
	if err := w.Service.FinishPreparation(ctx, v); err != nil {
		t.Fatal(err)
	}
	v = reload(t, w, v)
	if err := w.Service.AnswerConsent(ctx, v, 1, agree); err != nil {
		t.Fatal(err)
	}
	return reload(t, w, v)
}

// atCamera logs a demo student in with a phone and agrees to face recognition.
func atCamera(t *testing.T, w *world.World, id, phone string) *service.Visit {
	t.Helper()
	w.Clock.Advance(time.Hour + time.Minute) // no picture to read, however often one logs in
	return answered(t, w, enter(t, w, id, phone), true)
}

func outcome(t *testing.T, w *world.World, id string, o sandbox.FaceOutcome) {
	t.Helper()
	p, _ := demo.Find(id)
	if err := w.Sandbox.World(w.Credentials.AppID).SetOutcome(p.IDNumber, o); err != nil {
		t.Fatal(err)
	}
}

func TestFacePassBindsAndOpens(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	ctx := context.Background()
	v := enter(t, w, "D01", "")
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "step_locked")
	v = answered(t, w, v, true)
	_, err := w.Service.IdentityRows(ctx, v)
	wantReason(t, err, "identity_step_needed")
	if err := w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	v = reload(t, w, v)
	rows, err := w.Service.IdentityRows(ctx, v)
	if err != nil || len(rows) != 11 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if v.Student.Phone != "13900000001" || v.Student.OpenID != w.OpenID("D01") || v.Registration.Face != enroll.FacePassed {
		t.Errorf("bound %v %q, face %s", v.Student.Phone, v.Student.OpenID, v.Registration.Face)
	}
	if err := w.Service.ConfirmIdentity(ctx, v); err != nil {
		t.Fatal(err)
	}
	me, err := w.Service.Me(ctx, v)
	if err != nil || me.Next != "/form/basic" || me.Identity.State != "passed" {
		t.Errorf("next %q, identity %+v, %v", me.Next, me.Identity, err)
	}
	second := enter2(t, w, "D01")
	if second.Verified {
		t.Error("a face pass went over to another login before the flow was finished")
	}
}

// enter2 is a later login with the student's own phone.
func enter2(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	w.Clock.Advance(time.Hour + time.Minute)
	return enter(t, w, id, "")
}

func TestFaceOutcomes(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	ctx := context.Background()
	v := atCamera(t, w, "D01", "")
	left := enroll.FaceAttempts
	for _, row := range []struct {
		outcome sandbox.FaceOutcome
		want    enroll.Reason
		counted bool
	}{
		{sandbox.FaceMismatch, "face_mismatch", true},
		{sandbox.FaceLow, "face_mismatch", true},
		{sandbox.FaceFake, "face_mismatch", true},
		{sandbox.FaceNoRecord, "face_not_in_library", false},
		{sandbox.FaceUnknownType, "face_not_in_library", false},
		{sandbox.FaceDown, "face_later", false},
		{sandbox.FaceBusy, "face_later", false},
		{sandbox.FaceMany, "face_many", false},
		{sandbox.FaceBlurred, "face_retake", false},
	} {
		outcome(t, w, "D01", row.outcome)
		err := w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg"))
		wantReason(t, err, row.want)
		if row.counted {
			left--
		}
		data := err.(*enroll.Error).Data
		if data["attempts_left"] != left || data["archive"] != true {
			t.Errorf("%s: data %v, want %d left", row.outcome, data, left)
		}
	}
	outcome(t, w, "D01", sandbox.FacePassed)
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "no-face.jpg")), "face_none")
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "other-face.jpg")), "face_mismatch")
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "broken.jpg")), "face_picture")
	if err := w.Service.CheckFace(ctx, v, picture(t, w, "large.jpg")); err != nil && enroll.CodeOf(err) == enroll.Internal {
		t.Errorf("a telephone's own picture: %v", err)
	}
}

func TestNameMismatchAtTheAuthority(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D01")
	v := atCamera(t, w, "D01", "")
	if err := w.Service.Store.RenameStudent(context.Background(), r.Student, "张例示"); err != nil {
		t.Fatal(err)
	}
	v.Registration.Name = "张例示"
	wantReason(t, w.Service.CheckFace(context.Background(), v, picture(t, w, "face.jpg")), "face_name_mismatch")
}

func TestFiveAttemptsADay(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D08")
	ctx := context.Background()
	v := atCamera(t, w, "D08", "")
	var mismatches, spent atomic.Int32
	photo := picture(t, w, "face.jpg")
	for range 3 {
		wantReason(t, w.Service.CheckFace(ctx, v, photo), "face_mismatch")
	}
	var wait sync.WaitGroup
	for range 12 {
		wait.Go(func() {
			for {
				switch enroll.ReasonOf(w.Service.CheckFace(ctx, v, photo)) {
				case "face_mismatch":
					mismatches.Add(1)
				case "face_attempts_spent":
					spent.Add(1)
				case "too_many":
					time.Sleep(5 * time.Millisecond)
					continue
				}
				return
			}
		})
	}
	wait.Wait()
	if mismatches.Load() != 2 || spent.Load() != 10 {
		t.Fatalf("after three attempts %d more were counted and %d refused", mismatches.Load(), spent.Load())
	}
	w.Clock.Advance(25 * time.Hour)
	wantReason(t, w.Service.CheckFace(ctx, v, photo), "face_mismatch")
}

func TestCeilingOfUncountedAttempts(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D09")
	ctx := context.Background()
	v := atCamera(t, w, "D09", "")
	for range enroll.FaceCeiling {
		wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "face_not_in_library")
	}
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "face_ceiling")
}

func TestPictureBombIsRefusedUnopened(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	v := atCamera(t, w, "D01", "")
	var bomb bytes.Buffer
	if err := png.Encode(&bomb, image.NewPaletted(image.Rect(0, 0, 6000, 5000), color.Palette{color.White})); err != nil {
		t.Fatal(err)
	}
	wantReason(t, w.Service.CheckFace(context.Background(), v, bomb.Bytes()), "face_picture")
	wantReason(t, w.Service.CheckFace(context.Background(), v, make([]byte, 3_000_001)), "upload_too_large")
}
