package service_test

import (
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func TestWorklistRemindsOnceADay(t *testing.T) {
	w := world.New(t)
	ctx, s := t.Context(), w.Service
	fresh, other := w.Enrolled(t, "D01"), w.Enrolled(t, "D02")
	v := filledIn(t, w, "D07")
	if err := s.Submit(ctx, v); err != nil {
		t.Fatal(err)
	}
	d := w.Duty(t, enroll.RoleClerk, "01")
	counts, err := s.WorkCounts(ctx, d)
	if err != nil || counts[service.WorkNew] != 1 || counts[service.WorkUnpaid] != 1 || counts[service.WorkStuck] != 0 {
		t.Errorf("the heaps are %v, %v", counts, err)
	}
	rows, _, err := s.Worklist(ctx, d, service.WorkNew, "", 10)
	if err != nil || len(rows) != 1 || rows[0].Registration.ID != fresh.ID || rows[0].Reminded {
		t.Fatalf("%v, %v", rows, err)
	}
	if err := s.RemindStudent(ctx, d, fresh.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.RemindStudent(ctx, d, fresh.ID); enroll.ReasonOf(err) != "remind_today" {
		t.Errorf("a second time today: %v", err)
	}
	if rows, _, _ := s.Worklist(ctx, d, service.WorkNew, "", 10); !rows[0].Reminded {
		t.Error("the list does not say that they were reminded")
	}
	if err := s.RemindStudent(ctx, d, other.ID); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("another point's student: %v", err)
	}
	if err := s.RemindStudent(ctx, d, v.Registration.ID); err != nil {
		t.Errorf("who has to pay: %v", err)
	}
}
