package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

// found names the 考生号 of whom a member of staff finds.
func found(t *testing.T, w *world.World, d *service.Duty, q service.StudentQuery) []string {
	t.Helper()
	rows, _, err := w.Service.Students(context.Background(), d, q, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, row := range rows {
		list = append(list, row.Registration.ExamNo)
	}
	return list
}

// clerkOf is a clerk of the point where a registration is.
func clerkOf(t *testing.T, w *world.World, r enroll.Registration) *service.Duty {
	t.Helper()
	p, err := w.Service.Store.Point(context.Background(), r.Point)
	if err != nil {
		t.Fatal(err)
	}
	return duty(t, w, "dian"+p.Code, enroll.RoleClerk, p.Code)
}

// strange is a clerk of a point where a registration is not.
func strange(t *testing.T, w *world.World) *service.Duty {
	t.Helper()
	return duty(t, w, "dian99", enroll.RoleClerk, "99")
}

// Whole document and phone find one student, beginnings of name and numbers find all that begin so; nobody finds by a part of the document.
func TestFindingStudents(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	one, two := w.Enrolled(t, "D01"), w.Enrolled(t, "D02")
	person, _ := demo.Find("D01")
	if err := w.Service.Store.AddNumber(ctx, "2699K001", one, store.NumberImported, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	registrar := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	first := string([]rune(person.Name)[:2])
	for word, want := range map[string]int{
		person.IDNumber: 1, " " + person.IDNumber[:6] + " " + person.IDNumber[6:]: 1, person.Phone: 1, person.IDNumber[:10]: 0,
		person.Name: 1, first: 1, one.ExamNo: 1, one.ExamNo[:8]: 2, "2699k": 1, "没有此人": 0,
	} {
		if got := found(t, w, registrar, service.StudentQuery{Word: word}); len(got) != want {
			t.Errorf("%q finds %v, want %d", word, got, want)
		}
	}
	_, _, err := w.Service.Students(ctx, registrar, service.StudentQuery{Word: "2"}, "", 0)
	reason(t, err, "search_void")
	code, err := w.Service.AskHelp(ctx, w.Visit(t, "D02"), "127.0.0.1", enroll.HelpNote{Page: "/face"})
	if err != nil {
		t.Fatal(err)
	}
	if got := found(t, w, registrar, service.StudentQuery{Word: code}); len(got) != 1 || got[0] != two.ExamNo {
		t.Errorf("help code finds %v", got)
	}
	rows, next, err := w.Service.Students(ctx, registrar, service.StudentQuery{}, "", 1)
	if err != nil || len(rows) != 1 || next == "" {
		t.Fatalf("%d rows, next %q, %v", len(rows), next, err)
	}
	if rows, next, err = w.Service.Students(ctx, registrar, service.StudentQuery{}, next, 1); err != nil || len(rows) != 1 || next != "" {
		t.Errorf("%d rows, next %q, %v", len(rows), next, err)
	}
}

// The step that a student stands before can be filtered by, from never seen to payment.
func TestStuckAt(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	v := filling(t, w, "D01")
	w.Enrolled(t, "D02")
	registrar := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	if _, err := w.Service.Me(ctx, v); err != nil {
		t.Fatal(err)
	}
	for step, want := range map[enroll.StepKey]int{enroll.StepNone: 1, enroll.StepBasic: 1, enroll.StepPay: 0} {
		if got := found(t, w, registrar, service.StudentQuery{Step: step}); len(got) != want {
			t.Errorf("%d stand at %s, want %d", len(got), step, want)
		}
	}
	counts, err := w.Service.StudentCounts(ctx, registrar, service.StudentQuery{Step: enroll.StepBasic})
	if err != nil || counts[enroll.Open] != 2 {
		t.Errorf("%v, %v", counts, err)
	}
}

// A clerk of another point finds nobody and is told of every act and view that there is no such student.
func TestClerkOfAnotherPoint(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	v := submitted(t, w, "D01")
	r, s := v.Registration, w.Service
	d := strange(t, w)
	if got := found(t, w, d, service.StudentQuery{Word: r.ExamNo, Point: "01"}); len(got) != 0 {
		t.Errorf("finds %v", got)
	}
	if got := found(t, w, clerkOf(t, w, r), service.StudentQuery{Word: r.ExamNo}); len(got) != 1 {
		t.Errorf("own clerk finds %v", got)
	}
	files, err := s.Store.Attachments(ctx, r.ID)
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	until := w.Clock.Now().Add(time.Hour)
	for name, act := range map[string]func() error{
		"file":       func() error { _, err := s.StudentFile(ctx, d, r.ID); return err },
		"timeline":   func() error { _, err := s.StudentTimeline(ctx, d, r.ID); return err },
		"attachment": func() error { _, err := s.StudentAttachment(ctx, d, r.ID, files[0].ID); return err },
		"face":       func() error { _, err := s.StudentFace(ctx, d, r.ID, files[0].ID); return err },
		"unmask":     func() error { _, err := s.Unmask(ctx, d, r.ID, "核对"); return err },
		"extend":     func() error { return s.StaffExtend(ctx, d, r.ID, until, "核对") },
		"unlock":     func() error { return s.StaffUnlock(ctx, d, r.ID, "核对") },
		"attempts":   func() error { return s.GrantAttempts(ctx, d, r.ID, "核对") },
		"bind":       func() error { return s.StaffBind(ctx, d, r.ID, "13900000009", "核对") },
		"unbind":     func() error { return s.StaffUnbind(ctx, d, r.ID, false, "核对") },
		"approve":    func() error { return s.StaffApprove(ctx, d, r.ID) },
		"send_back": func() error {
			return s.StaffSendBack(ctx, d, r.ID, []enroll.ReturnItem{{Item: "basic", Reason: "核对"}})
		},
		"lapse":     func() error { return s.StaffLapse(ctx, d, r.ID, "核对") },
		"reinstate": func() error { _, err := s.StaffReinstate(ctx, d, r.ID, until, "核对"); return err },
		"cancel":    func() error { return s.StaffCancel(ctx, d, r.ID, "核对") },
		"correct": func() error {
			return s.StaffCorrect(ctx, d, r.ID, service.CorrectionDraft{Field: "sex", Value: "男", Note: "核对"})
		},
	} {
		if err := act(); enroll.ReasonOf(err) != "not_found" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Everything that staff do for a student has its line in the audit log and on the timeline, and the student is told.
func TestActsOnAStudent(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	v := filling(t, w, "D01")
	id, s := v.Registration.ID, w.Service
	d := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	reason(t, s.StaffExtend(ctx, d, id, w.Clock.Now().Add(time.Hour), " "), "reason_missing")
	reason(t, s.StaffExtend(ctx, d, id, w.Clock.Now().Add(time.Hour), "出差"), "")
	reason(t, s.GrantAttempts(ctx, d, id, "光线不好"), "")
	reason(t, s.StaffUnlock(ctx, d, id, "本人来电"), "")
	reason(t, s.StaffBind(ctx, d, id, "139 0000 0009", "换号，已核对身份证"), "")
	reason(t, s.StaffUnbind(ctx, d, id, false, "手机丢失"), "")
	reason(t, s.StaffUnbind(ctx, d, id, false, "手机丢失"), "not_bound")
	reason(t, s.StaffCorrect(ctx, d, id, service.CorrectionDraft{Field: "ethnic", Value: "回族", Note: "户口本", Picture: photo(t, 900, 600)}), "")
	shown, err := s.Unmask(ctx, d, id, "电话核对")
	person, _ := demo.Find("D01")
	if err != nil || shown.IDNumber != person.IDNumber {
		t.Errorf("%+v, %v", shown, err)
	}
	r, _ := s.Store.Registration(ctx, id)
	if r.Ethnic != "回族" {
		t.Errorf("ethnic %s", r.Ethnic)
	}
	if _, err := s.Visit(ctx, v.Login.ID, "", ""); enroll.ReasonOf(err) != "not_logged_in" {
		t.Errorf("entry after unbinding: %v", err)
	}
	lines, err := s.StudentTimeline(ctx, d, id)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[service.TimelineKind]int{}
	for _, l := range lines {
		kinds[l.Kind]++
	}
	for kind, least := range map[service.TimelineKind]int{service.LineEvent: 6, service.LineLogin: 1, service.LineMessage: 4, service.LineLook: 1} {
		if kinds[kind] < least {
			t.Errorf("%d lines of %s, want %d: %+v", kinds[kind], kind, least, lines)
		}
	}
	own, err := s.Looks(ctx, w.Visit(t, "D01"))
	if err != nil || len(own) != 1 || own[0].Why != "电话核对" {
		t.Errorf("the student sees %+v, %v", own, err)
	}
	looks, err := s.Store.Looks(ctx, id)
	if err != nil || len(looks) != 7 {
		t.Errorf("%d lines in the audit log, %v", len(looks), err)
	}
}
