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
