package service_test

import (
	"context"
	"testing"

	"xinsheng/service"
	"xinsheng/test/world"
)

// A new year opens with everything of the last, and a check finds nothing that the last did not have.
func TestOpenIntake(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	from := w.Intake(t)
	for _, y := range []service.NewYear{
		{Grade: 2026, Opens: "2027-11-16", Closes: "2028-02-28"}, {Grade: 2027, Opens: "soon", Closes: "2028-02-28"}, {Grade: 2027, Opens: "2028-11-16", Closes: "2028-02-28"},
	} {
		_, err := w.Service.OpenIntake(ctx, nil, from, y)
		wantReason(t, err, "intake_invalid")
	}
	next, err := w.Service.OpenIntake(ctx, nil, from, service.NewYear{Grade: 2027, Opens: "2027-11-16", Closes: "2028-02-28"})
	if err != nil || next.Name != "2027级" || next.Settings.SchoolYear != "2027-2028" || next.Settings.NumberRule != from.Settings.NumberRule {
		t.Fatalf("%+v, %v", next, err)
	}
	before, err := w.Service.CheckIntake(ctx, from)
	if err != nil {
		t.Fatal(err)
	}
	after, err := w.Service.CheckIntake(ctx, next)
	if err != nil || len(after) != len(before) {
		t.Fatalf("%d findings, before %d, %v", len(after), len(before), err)
	}
	for i := range after {
		if before[i].OK && !after[i].OK {
			t.Errorf("%s", after[i].Text)
		}
	}
	_, err = w.Service.OpenIntake(ctx, nil, from, service.NewYear{Grade: 2027, Opens: "2027-11-16", Closes: "2028-02-28"})
	wantReason(t, err, "intake_invalid")
}
