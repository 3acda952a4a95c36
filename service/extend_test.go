package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func TestExtensionLetsOneStudentGoOnAndTells(t *testing.T) {
	w := world.New(t)
	ctx, st := context.Background(), w.Service.Store
	r := w.Enrolled(t, "D01")
	end := w.Intake(t).ClosesAt
	d := service.Decision{By: "registrar"}
	if err := w.Service.Extend(ctx, r.ID, end.AddDate(0, 0, 7), d); enroll.ReasonOf(err) != "reason_missing" {
		t.Errorf("without a reason: %v", err)
	}
	d.Reason = "住院"
	if err := w.Service.Extend(ctx, r.ID, w.Clock.Now().Add(-time.Hour), d); enroll.ReasonOf(err) != "date_out_of_range" {
		t.Errorf("into the past: %v", err)
	}
	if err := w.Service.Extend(ctx, r.ID, end.AddDate(0, 0, 7), d); err != nil {
		t.Fatal(err)
	}
	after, err := st.Registration(ctx, r.ID)
	if err != nil || !enroll.DeadlinesOf(w.Intake(t), after).Submit.Equal(end.AddDate(0, 0, 7)) {
		t.Errorf("%v, %v", after.Extension, err)
	}
	events, err := st.Events(ctx, r.ID)
	if err != nil || len(events) != 1 || events[0].Reason != d.Reason || events[0].ByID != d.By || enroll.EventTitle(events[0]) == "" {
		t.Errorf("%+v %v", events, err)
	}
	waiting, err := st.DueOutbox(ctx, w.Clock.Now().Add(time.Minute), 10)
	if err != nil || len(waiting) != 1 {
		t.Errorf("messages: %v %v", waiting, err)
	}
}
