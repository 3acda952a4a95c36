package service_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// reservedLastYear is a student with a reserved place of an intake that is over, after its form was begun; the next intake is open.
func reservedLastYear(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	ctx := context.Background()
	manyCodes(t, w)
	v := filling(t, w, id)
	if _, err := w.Service.SaveSection(ctx, v, enroll.SectionBasic, 0, []byte(basicContent), false); err != nil {
		t.Fatal(err)
	}
	a := handIn(t, w, v, draft(t, enroll.ApplyReserve))
	if _, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(340 * 24 * time.Hour)
	openNext(t, w, 2027)
	return v
}

// openNext imports the demo school's intake of a later year, open now.
func openNext(t *testing.T, w *world.World, grade int) enroll.Intake {
	t.Helper()
	f, err := service.ReadIntakeFile(demo.IntakeFile(w.Clock.Now(), w.Credentials))
	if err != nil {
		t.Fatal(err)
	}
	f.Grade, f.Name = grade, "2027级"
	f.Tuition[slices.IndexFunc(f.Tuition, func(p service.FileTuition) bool { return p.Program == "01" })].Yuan = []string{"2500"}
	report, err := w.Service.ImportIntake(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	manyCodes(t, w) // of the newest intake, which is this one
	return report.Intake
}

// A reserved student comes back with another phone: the new intake, price and facts, what was filled in before, and the same person.
func TestResume(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	former := reservedLastYear(t, w, "D01")
	v := enter(t, w, "D01", "13900000177")
	if v.Registration.ID != former.Registration.ID {
		t.Fatal("not the reserved matter")
	}
	_, err := w.Service.ApplicationForm(ctx, v, enroll.ApplyResume, "")
	wantReason(t, err, "identity_step_needed")
	if err := w.Service.Store.PassFace(ctx, v.Login.ID, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	v = revisit(t, w, v)
	f, err := w.Service.ApplicationForm(ctx, v, enroll.ApplyResume, "")
	if err != nil {
		t.Fatal(err)
	}
	price := f.Resume.Facts[len(f.Resume.Facts)-1]
	if f.Resume.Intake.Grade != 2027 || f.Resume.Program == "" || f.Resume.Point == "" || price.Old != "¥2,400.00" || price.New != "¥2,500.00" {
		t.Fatalf("%+v", f.Resume)
	}
	d := service.ApplicationDraft{Kind: enroll.ApplyResume, Program: f.Resume.Program, Point: "moon", Signing: service.Signing{Signature: strokes(t)}}
	_, err = w.Service.ApplicationCode(ctx, v, d)
	wantReason(t, err, "resume_program")
	d.Point = f.Resume.Point
	a := handIn(t, w, v, d)
	wantStatus(t, w, v, enroll.ResumePending)
	if to, err := w.Service.WithdrawApplication(ctx, revisit(t, w, v)); err != nil || to != enroll.Reserved {
		t.Fatalf("withdrawn to %s, %v", to, err)
	}
	a = handIn(t, w, revisit(t, w, v), d)
	if to, err := w.Service.RefuseApplication(ctx, a.ID, against); err != nil || to != enroll.Reserved {
		t.Fatalf("refused to %s, %v", to, err)
	}
	a = handIn(t, w, revisit(t, w, v), d)
	if to, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone); err != nil || to != enroll.Resumed {
		t.Fatalf("granted to %s, %v", to, err)
	}
	wantGoesOn(t, w, former)
}

func wantGoesOn(t *testing.T, w *world.World, former *service.Visit) {
	t.Helper()
	ctx := context.Background()
	next := enter(t, w, "D01", "13900000177")
	r := next.Registration
	if r.Grade != 2027 || r.Status != enroll.Open || r.Student != former.Student.ID || r.ExamNo != former.Registration.ExamNo {
		t.Fatalf("%+v", r)
	}
	if err := w.Service.Store.PassFace(ctx, next.Login.ID, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	drafts, err := w.Service.Store.Sections(ctx, r.ID)
	if err != nil || len(drafts) != 1 {
		t.Errorf("%d sections were taken over, %v", len(drafts), err)
	}
	a, err := w.Service.LastApplication(ctx, revisit(t, w, next))
	if err != nil || a.State != enroll.ApplicationGranted || a.Kind != enroll.ApplyResume {
		t.Errorf("%+v, %v", a, err)
	}
}

// Who was put on the new roster as well is linked while nobody has handed anything in there.
func TestResumeIntoTheNewRoster(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	former := reservedLastYear(t, w, "D01")
	intakes, err := w.Service.Store.Intakes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	placed := placeIn(t, w, former, intakes[0])
	v := revisit(t, w, former)
	f, err := w.Service.ApplicationForm(ctx, v, enroll.ApplyResume, "")
	if err != nil || !f.Resume.Linked || f.Resume.Program != placed.Program {
		t.Fatalf("%+v, %v", f.Resume, err)
	}
	a := handIn(t, w, v, service.ApplicationDraft{Kind: enroll.ApplyResume, Signing: service.Signing{Signature: strokes(t)}})
	moveTo(t, w, &service.Visit{Registration: placed}, enroll.Payable)
	_, err = w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone)
	wantReason(t, err, "resume_target")
	moveTo(t, w, &service.Visit{Registration: placed}, enroll.Open)
	if to, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone); err != nil || to != enroll.Resumed {
		t.Errorf("granted to %s, %v", to, err)
	}
	list, err := w.Service.Store.RegistrationsOf(ctx, former.Student.ID)
	if err != nil || len(list) != 2 {
		t.Errorf("%d matters, %v", len(list), err)
	}
}

// placeIn puts a student on a later roster, in the program of the same name.
func placeIn(t *testing.T, w *world.World, v *service.Visit, intake enroll.Intake) enroll.Registration {
	t.Helper()
	ctx, st := context.Background(), w.Service.Store
	programs, err := st.Programs(ctx, intake.ID)
	if err != nil {
		t.Fatal(err)
	}
	points, err := st.Points(ctx, intake.ID)
	if err != nil {
		t.Fatal(err)
	}
	r := v.Registration
	r.ID, r.Intake, r.Grade, r.Status, r.Point = st.NewID(), intake.ID, intake.Grade, enroll.Open, points[0].ID
	r.Program = programs[slices.IndexFunc(programs, func(p enroll.Program) bool { return p.Name == v.Program.Name })].ID
	if err := st.AddRegistration(ctx, r, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestResumeHasItsTime(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v := filling(t, w, "D01")
	a := handIn(t, w, v, draft(t, enroll.ApplyReserve))
	if _, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone); err != nil {
		t.Fatal(err)
	}
	_, err := w.Service.ApplicationForm(ctx, revisit(t, w, v), enroll.ApplyResume, "")
	wantReason(t, err, "resume_none")
	wantReason(t, w.Service.Lapse(ctx, v.Registration.ID, alone), "lapse_too_early")
	w.Clock.Advance(a.Until.Sub(w.Clock.Now()) + time.Second)
	openNext(t, w, 2028)
	_, err = w.Service.ApplicationForm(ctx, revisit(t, w, v), enroll.ApplyResume, "")
	wantReason(t, err, "resume_over")
	if err := w.Service.Lapse(ctx, v.Registration.ID, service.Decision{By: "a", Reason: "保留期满"}); err != nil {
		t.Fatal(err)
	}
	until := w.Clock.Now().Add(30 * 24 * time.Hour)
	if to, err := w.Service.Reinstate(ctx, v.Registration.ID, until, against); err != nil || to != enroll.Reserved {
		t.Fatalf("reinstated to %s, %v", to, err)
	}
	if _, err := w.Service.ApplicationForm(ctx, revisit(t, w, v), enroll.ApplyResume, ""); err != nil {
		t.Errorf("after reinstating: %v", err)
	}
}

// One message at 60, 14 and 3 days, however often the register is looked through.
func TestReservedIsReminded(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v := filling(t, w, "D01")
	a := handIn(t, w, v, draft(t, enroll.ApplyReserve))
	if _, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone); err != nil {
		t.Fatal(err)
	}
	want := 2 // received and granted
	for _, days := range []int{61, 59, 15, 13, 4, 2, -1} {
		w.Clock.Advance(a.Until.AddDate(0, 0, -days).Add(10 * time.Hour).Sub(w.Clock.Now()))
		for range 2 {
			if err := w.Service.SendReminders(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if days == 59 || days == 13 || days == 2 {
			want++
		}
		if n := waiting(t, w, v.Registration.ID, enroll.OutboxNotify); n != want {
			t.Errorf("%d days before: %d messages, want %d", days, n, want)
		}
	}
	if list, err := w.Service.Reserved(ctx, 1); err != nil || len(list) != 1 {
		t.Errorf("register %v, %v", list, err)
	}
}

// A clerk hands in for a conscript without a phone: no code, no signature, marked as such; never a give-up.
func TestClerkFilesForAConscript(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filling(t, w, "D11")
	d := service.ApplicationDraft{Kind: enroll.ApplyReserve, Reason: "military", Discharge: enroll.Day(w.Clock.Now().AddDate(2, 0, 0)), Text: why}
	_, err := w.Service.FileForStudent(ctx, v.Registration.ID, d, nil, "clerk")
	wantReason(t, err, "attachment_missing")
	id, err := w.Service.FileForStudent(ctx, v.Registration.ID, d, [][]byte{photo(t, 800, 600)}, "clerk")
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.Service.Application(ctx, id)
	if err != nil || a.FiledBy != "clerk" || a.Signature != "" || len(a.Files) != 1 {
		t.Errorf("%+v, %v", a, err)
	}
	wantStatus(t, w, v, enroll.ReservePending)
	_, err = w.Service.FileForStudent(ctx, v.Registration.ID, service.ApplicationDraft{Kind: enroll.ApplyGiveUp, Text: why}, nil, "clerk")
	wantReason(t, err, "application_own_hand")
}
