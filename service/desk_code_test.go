package service_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// atDesk is what a demo student types who got a code from staff.
func atDesk(id, phone, code string) service.DeskLogin {
	q, p := codeRequest(id, phone), func() demo.Person { p, _ := demo.Find(id); return p }()
	return service.DeskLogin{
		IDType: q.IDType, IDNumber: q.IDNumber, Phone: q.Phone, Name: p.Typed, Code: code, OpenID: "", Address: q.Address, Device: "测试",
	}
}

const seen = "已查验身份证原件"

func TestDeskCodeLetsInWhoGetsNoSMS(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D13")
	ctx, s := context.Background(), w.Service
	clerk := w.Duty(t, enroll.RoleClerk, "03")
	for _, phone := range []string{"13900000091", "13900000092"} {
		if _, err := s.RequestCode(ctx, codeRequest("D13", phone)); err != nil {
			t.Fatalf("%s: what the carrier refuses is told to nobody at the door: %v", phone, err)
		}
		w.Clock.Advance(61 * time.Minute)
	}
	s.Background.Wait()
	issued, err := s.StaffDeskCode(ctx, clerk, r.ID, "13900000091", seen)
	if err != nil {
		t.Fatal(err)
	}
	v, _, err := s.LoginByDesk(ctx, atDesk("D13", "13900000091", enroll.SpacedDeskCode(issued.Code)))
	if err != nil || v.Verified || v.Registration.ID != r.ID {
		t.Fatalf("%+v, %v", v, err)
	}
	_, _, err = s.LoginByDesk(ctx, atDesk("D13", "13900000091", issued.Code))
	wantReason(t, err, "desk_code_wrong")

	student, err := s.Store.Student(ctx, r.Student)
	if err != nil {
		t.Fatal(err)
	}
	if last, err := s.LastSMS(ctx, student); err != nil || !strings.Contains(last, enroll.SMSResult("sms_limited")) {
		t.Errorf("staff hear of the last SMS: %q, %v", last, err)
	}
	events, err := s.Store.Events(ctx, r.ID)
	if e := events[len(events)-1]; err != nil || e.Event != "desk_code" || e.ByID != clerk.Staff.Account || strings.Contains(e.Reason, "13900000091") || strings.Contains(e.Reason, issued.Code) {
		t.Errorf("timeline %+v, %v", e, err)
	}
}

func TestDeskCodeIsForOnePersonOnePhoneOneTimeAndSomeMinutes(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D13")
	w.Enrolled(t, "D01")
	ctx, s := context.Background(), w.Service
	const phone = "13900000113"
	issue := func() string {
		t.Helper()
		issued, err := s.IssueDeskCode(ctx, r.ID, phone, service.Decision{By: "demo", Reason: seen})
		if err != nil {
			t.Fatal(err)
		}
		return issued.Code
	}
	refused := func(q service.DeskLogin, want enroll.Reason) {
		t.Helper()
		_, _, err := s.LoginByDesk(ctx, q)
		wantReason(t, err, want)
	}
	first := issue()
	refused(atDesk("D13", "13900000013", first), "desk_code_wrong")
	refused(atDesk("D01", phone, first), "desk_code_wrong")
	second := issue()
	if first != second {
		refused(atDesk("D13", phone, first), "desk_code_wrong")
	}
	wrongName := atDesk("D13", phone, second)
	wrongName.Name = "错名字"
	refused(wrongName, "name_mismatch")
	w.Clock.Advance(16 * time.Minute)
	refused(atDesk("D13", phone, second), "desk_code_wrong")

	third := issue()
	for range 4 {
		refused(atDesk("D13", phone, "00000000x"), "desk_code_wrong")
	}
	if _, _, err := s.LoginByDesk(ctx, atDesk("D13", phone, third)); err != nil {
		t.Errorf("the fifth try is the last that counts: %v", err)
	}
	for range 2 {
		issue()
	}
	_, err := s.IssueDeskCode(ctx, r.ID, phone, service.Decision{By: "demo", Reason: seen})
	wantReason(t, err, "desk_code_limit")
	_, err = s.IssueDeskCode(ctx, r.ID, phone, service.Decision{By: "demo"})
	wantReason(t, err, "reason_missing")
}

func TestStrangersLockNobodyOutByDeskCodes(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	ctx, s := context.Background(), w.Service
	for range 8 {
		_, _, err := s.LoginByDesk(ctx, atDesk("D01", "", "12345678"))
		wantReason(t, err, "desk_code_wrong")
	}
	enter(t, w, "D01", "")
}

func TestDeskCodeDoesNotShowWhatOnlyTheBoundPhoneMaySee(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D01")
	ctx, s := context.Background(), w.Service
	pass(t, w, atCamera(t, w, "D01", ""))
	register(t, w, r.ID, "26101010001")
	issued, err := s.StaffDeskCode(ctx, w.Duty(t, enroll.RoleRegistrar), r.ID, "13900000001", seen)
	if err != nil {
		t.Fatal(err)
	}
	v, _, err := s.LoginByDesk(ctx, atDesk("D01", "", issued.Code))
	if err != nil || v.Verified {
		t.Fatalf("verified %v, %v", v != nil && v.Verified, err)
	}
	if v = pass(t, w, answered(t, w, v, true)); !v.Verified {
		t.Error("after the face the student still sees nothing")
	}
}

// byDesk lets a demo student in by a code of staff for a phone, consent given.
func byDesk(t *testing.T, w *world.World, r enroll.Registration, id, phone string) *service.Visit {
	t.Helper()
	ctx := context.Background()
	issued, err := w.Service.StaffDeskCode(ctx, w.Duty(t, enroll.RoleRegistrar), r.ID, codeRequest(id, phone).Phone, seen)
	if err != nil {
		t.Fatal(err)
	}
	v, _, err := w.Service.LoginByDesk(ctx, atDesk(id, phone, issued.Code))
	if err != nil {
		t.Fatal(err)
	}
	return answered(t, w, v, true)
}

// TestPhotoAfterDeskCodeShowsNothingOfWhoCameBefore: the phone that staff typed proves nothing, be it the former one or another.
func TestPhotoAfterDeskCodeShowsNothingOfWhoCameBefore(t *testing.T) {
	for _, row := range []struct {
		name  string
		first func(t *testing.T, w *world.World)
		sees  bool
	}{
		{"nothing stored", func(*testing.T, *world.World) {}, true},
		{"same phone passed", func(t *testing.T, w *world.World) { pass(t, w, atCamera(t, w, "D01", "")) }, false},
		{"same phone rejected", func(t *testing.T, w *world.World) {
			archive(t, w, atCamera(t, w, "D01", ""))
			rejectAll(t, w)
		}, false},
		{"other phone archived", func(t *testing.T, w *world.World) { archive(t, w, atCamera(t, w, "D01", "13900000113")) }, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := world.New(t)
			r := w.Enrolled(t, "D01")
			row.first(t, w)
			if v := archive(t, w, byDesk(t, w, r, "D01", "")); v.Verified != row.sees {
				t.Errorf("with an undecided archive the desk's entry sees things: %v, want %v", v.Verified, row.sees)
			}
		})
	}
}

func TestDeskCodeReplacesNoPhotoOfAnother(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D01")
	first := archive(t, w, atCamera(t, w, "D01", ""))
	v := byDesk(t, w, r, "D01", "")
	wantReason(t, w.Service.ArchiveFace(context.Background(), v, picture(t, w, "face.jpg")), "archive_waiting")
	if now := reload(t, w, first); now.Archive.Object != first.Archive.Object || now.Archive.Login != first.Login.ID || !now.Verified {
		t.Errorf("archive %+v, was %+v, verified %v", now.Archive, first.Archive, now.Verified)
	}
}

func TestDeskCodeProvesNoPhoneForApplications(t *testing.T) {
	w := world.New(t)
	manyCodes(t, w)
	r := w.Enrolled(t, "D01")
	ctx, s := context.Background(), w.Service
	v := byDesk(t, w, r, "D01", "")
	_, err := s.ApplicationForm(ctx, v, enroll.ApplyReserve, "")
	wantReason(t, err, "identity_step_needed")
	handIn(t, w, enter(t, w, "D01", ""), draft(t, enroll.ApplyReserve))
	_, err = s.LastApplication(ctx, revisit(t, w, v))
	wantReason(t, err, "identity_step_needed")
}

// TestDeskCodeMovesNoBinding: an approved photo lets the desk's entry see, and change no phone.
func TestDeskCodeMovesNoBinding(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D14")
	ctx, s := context.Background(), w.Service
	first := archive(t, w, atCamera(t, w, "D14", ""))
	if err := s.ApproveFace(ctx, first.Archive.ID, "registrar"); err != nil {
		t.Fatal(err)
	}
	v := byDesk(t, w, r, "D14", "")
	if !v.Verified {
		t.Error("an approved photo lets the desk's entry see nothing")
	}
	wantReason(t, newPhone(t, w, v, "13900000114"), "identity_step_needed")
	_, err := s.OfferFollow(ctx, v)
	wantReason(t, err, "identity_step_needed")
}

func TestClerkIssuesCodesAtTheOwnPointOnly(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D13") // point 03
	ctx := context.Background()
	_, err := w.Service.StaffDeskCode(ctx, w.Duty(t, enroll.RoleClerk, "01"), r.ID, "13900000113", seen)
	wantReason(t, err, "not_found")
	f, err := w.Service.StudentFile(ctx, w.Duty(t, enroll.RoleFinance), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range f.Acts {
		if act == "code" {
			t.Error("finance is offered to issue login codes")
		}
	}
}
