package service_test

import (
	"testing"
	"time"

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

// TestReminderOfTheEveningIsTheMorningsOnly: a click at night is read at 8:00, and nothing more comes that day.
func TestReminderOfTheEveningIsTheMorningsOnly(t *testing.T) {
	w := world.New(t)
	ctx, s := t.Context(), w.Service
	r := w.Enrolled(t, "D01")
	d := w.Duty(t, enroll.RoleClerk, "01")
	w.Clock.Advance(enroll.DayStart(w.Clock.Now()).Add(22 * time.Hour).Sub(w.Clock.Now()))
	if err := s.RemindStudent(ctx, d, r.ID); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(11 * time.Hour)
	if rows, _, err := s.Worklist(ctx, d, service.WorkNew, "", 10); err != nil || len(rows) != 1 || !rows[0].Reminded {
		t.Errorf("in the morning the list says %v, %v", rows, err)
	}
	if err := s.RemindStudent(ctx, d, r.ID); enroll.ReasonOf(err) != "remind_today" {
		t.Errorf("a second one on the day of the first: %v", err)
	}
}
