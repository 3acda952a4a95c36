package service_test

import (
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// TestAssistedApplications: at the counter the student signs with own hand and
// needs no code; the rest is as if the student had done it, and marked.
func TestAssistedApplications(t *testing.T) {
	for _, kind := range []enroll.ApplicationKind{enroll.ApplyReserve, enroll.ApplyGiveUp} {
		t.Run(string(kind), func(t *testing.T) {
			w := world.New(t)
			ctx, s := t.Context(), w.Service
			d := w.Duty(t, enroll.RoleClerk, "02")
			v := atCounter(t, w, d, "D02")
			asked := draft(t, kind)
			unsigned := asked
			unsigned.Signing = service.Signing{}
			wantReason(t, s.FileApplication(ctx, v, unsigned), "signature_missing")
			wantReason(t, s.FileApplication(ctx, v, draft(t, enroll.ApplyLeave)), "wrong_state")
			if err := s.FileApplication(ctx, v, asked); err != nil {
				t.Fatal(err)
			}
			a, err := s.LastApplication(ctx, v)
			if err != nil {
				t.Fatal(err)
			}
			if a.FiledBy != "教学点 "+d.Staff.Account || a.Signature == "" {
				t.Errorf("filed by %q, signature %q", a.FiledBy, a.Signature)
			}
			if _, err := s.AssistVisit(ctx, d, v.Registration.ID); enroll.ReasonOf(err) != "assist_needed" {
				t.Errorf("the work at the counter goes on: %v", err)
			}
			wantReason(t, s.BeginAssist(ctx, d, v.Registration.ID, "再办一次"), "wrong_state")
			appliedAtCounter(t, w, d, v.Registration.ID, "提交"+kind.Name()+"申请")
			if kind == enroll.ApplyGiveUp {
				_, err := s.GrantApplication(ctx, a.ID, time.Time{}, alone)
				wantReason(t, err, "second_person")
			}
		})
	}
}

// appliedAtCounter looks for the mark in the event and in the audit log.
func appliedAtCounter(t *testing.T, w *world.World, d *service.Duty, registration, said string) {
	t.Helper()
	events, err := w.Service.Store.Events(t.Context(), registration)
	if err != nil {
		t.Fatal(err)
	}
	last := events[len(events)-1]
	if !last.To.Pending() || last.By != enroll.ByRegistrar || last.ByID != d.Staff.Account || !strings.Contains(last.Reason, "现场代办") {
		t.Errorf("the event is not marked: %+v", last)
	}
	looks, err := w.Service.Store.Looks(t.Context(), registration)
	if err != nil || looks[0].Action != "assist" || looks[0].Detail != said {
		t.Errorf("the audit log says %+v, %v", looks[0], err)
	}
}

// TestAssistedResume: a reserved student comes to the counter with the document, and comes back into the next intake.
func TestAssistedResume(t *testing.T) {
	w := world.New(t)
	ctx, s := t.Context(), w.Service
	v := reservedLastYear(t, w, "D01")
	d := w.Duty(t, enroll.RoleRegistrar)
	if _, err := s.VerifyInPerson(ctx, d, service.InPerson{Registration: v.Registration.ID, Phone: "13900008888", Note: "身份证原件"}); err != nil {
		t.Fatal(err)
	}
	if err := s.BeginAssist(ctx, d, v.Registration.ID, "退役后没有手机号"); err != nil {
		t.Fatal(err)
	}
	v = nextAt(t, w, d, v)
	wantReason(t, s.FileApplication(ctx, v, draft(t, enroll.ApplyReserve)), "wrong_state")
	form, err := s.ApplicationForm(ctx, v, enroll.ApplyResume, "")
	if err != nil {
		t.Fatal(err)
	}
	asked := draft(t, enroll.ApplyResume)
	asked.Program, asked.Point = form.Resume.Program, form.Resume.Point
	if err := s.FileApplication(ctx, v, asked); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, w, v, enroll.ResumePending)
	a, err := s.LastApplication(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.GrantApplication(ctx, a.ID, time.Time{}, alone); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, w, v, enroll.Resumed)
}
