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
	"xinsheng/store"
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
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "face_not_in_library")
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

// TestSecondPhone holds the rule of who may see what (design §2).
func TestSecondPhone(t *testing.T) {
	const own, foreign = "13900000001", "13900000113"
	for _, row := range []struct {
		name  string
		first func(t *testing.T, w *world.World)
		sees  bool
	}{
		{"nothing stored", func(*testing.T, *world.World) {}, true},
		{"first phone passed", func(t *testing.T, w *world.World) {
			pass(t, w, atCamera(t, w, "D01", own))
		}, false},
		{"first phone archived", func(t *testing.T, w *world.World) {
			archive(t, w, atCamera(t, w, "D01", own))
		}, false},
		{"first phone rejected", func(t *testing.T, w *world.World) {
			archive(t, w, atCamera(t, w, "D01", own))
			rejectAll(t, w)
		}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := world.New(t)
			w.Enrolled(t, "D01")
			row.first(t, w)
			v := atCamera(t, w, "D01", foreign)
			if v.Verified {
				t.Fatal("a new phone sees things before its identity step")
			}
			if v = archive(t, w, v); v.Verified != row.sees {
				t.Errorf("with an undecided archive the second phone sees things: %v, want %v", v.Verified, row.sees)
			}
			if !row.sees {
				me, err := w.Service.Me(context.Background(), v)
				if err != nil || me.Money.Bill != nil || len(me.Returned) > 0 || me.Next == "/identity" {
					t.Errorf("%+v, %v", me, err)
				}
			}
		})
	}
}

func TestFirstArchiveKeepsItsViewWhileASecondWaits(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	first := archive(t, w, atCamera(t, w, "D01", ""))
	archive(t, w, atCamera(t, w, "D01", "13900000113"))
	if first = reload(t, w, first); !first.Verified {
		t.Error("a later archive of another phone shut out the first one")
	}
}

func TestBindingMovesAndTheOldPhoneIsTold(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D13")
	ctx := context.Background()
	pass(t, w, atCamera(t, w, "D13", ""))
	v := pass(t, w, atCamera(t, w, "D13", "13900000113"))
	if v.Student.Phone != "13900000113" {
		t.Fatalf("bound to %v", v.Student.Phone)
	}
	if _, err := w.Service.DrainOutbox(ctx); err != nil {
		t.Fatal(err)
	}
	told := false
	for _, text := range texts(w, "13900000013") {
		told = told || !sixDigits.MatchString(text)
	}
	if !told {
		t.Error("the old phone was not told")
	}
	if old := enter2(t, w, "D13"); old.Verified {
		t.Error("the old phone still sees things")
	}
}

func TestRegisteredShowsTheNumberToTheBoundPhoneOnly(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D01")
	ctx := context.Background()
	pass(t, w, atCamera(t, w, "D01", ""))
	register(t, w, r.ID, "26101010001")
	me, err := w.Service.Me(ctx, enter2(t, w, "D01"))
	if err != nil || me.Money.Number != "26101010001" || me.Next != "/done" {
		t.Errorf("bound phone: number %q, next %q, %v", me.Money.Number, me.Next, err)
	}
	w.Clock.Advance(2 * time.Hour)
	me, err = w.Service.Me(ctx, enter(t, w, "D01", "13900000113"))
	if err != nil || me.Money.Number != "" || me.Next == "/done" {
		t.Errorf("foreign phone: number %q, next %q, %v", me.Money.Number, me.Next, err)
	}
}

func register(t *testing.T, w *world.World, id, number string) {
	t.Helper()
	ctx, st := context.Background(), w.Service.Store
	r, err := st.Registration(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	event := enroll.RegistrationEvent{Event: "settle", To: enroll.Registered, By: enroll.BySystem, At: w.Clock.Now()}
	if err := st.Move(ctx, r, event); err != nil {
		t.Fatal(err)
	}
	if err := st.AddNumber(ctx, number, r, store.NumberIssued, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
}

func pass(t *testing.T, w *world.World, v *service.Visit) *service.Visit {
	t.Helper()
	if err := w.Service.CheckFace(context.Background(), v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	return reload(t, w, v)
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
