package service_test

import (
	"context"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// TestPlaceOnWhichSomethingHangsStays: the refusal counts what does; what nobody uses goes, and the history tells it.
func TestPlaceOnWhichSomethingHangsStays(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, intake := w.Duty(t, enroll.RoleRegistrar), w.Intake(t).ID
	v := filledIn(t, w, "D07")
	point, program := v.Point, v.Program
	err := w.Service.DropPoint(ctx, d, intake, point.Code, point.Words())
	wantReason(t, err, "place_in_use")
	if told := enrollError(err).Message(); !strings.Contains(told, "名单上的学生 1 名") {
		t.Error(told)
	}
	err = w.Service.DropProgram(ctx, d, intake, program.No, program.Words())
	wantReason(t, err, "place_in_use")
	if told := enrollError(err).Message(); !strings.Contains(told, "名单上的学生 1 名、学费标准 1 条") {
		t.Error(told)
	}
	money := w.Duty(t, enroll.RoleFinance)
	prices, err := w.Service.Places(ctx, intake)
	if err != nil {
		t.Fatal(err)
	}
	price, _ := enroll.TuitionFor(prices.Tuitions, program.ID, point.ID)
	err = w.Service.DropTuition(ctx, money, intake, program.ID, price.Point, price.Words())
	wantReason(t, err, "tuition_in_use")
	if err := w.Service.Submit(ctx, v); err != nil {
		t.Fatal(err)
	}
	drop := func() error {
		return w.Service.DropTuition(ctx, money, intake, program.ID, price.Point, price.Words())
	}
	wantReason(t, drop(), "tuition_in_use") // the bill may have to be made anew
	if err := w.Service.SendBack(ctx, v.Registration.ID, []enroll.ReturnItem{{Item: "family", Reason: "请补充"}}, alone); err != nil {
		t.Fatal(err)
	}
	back := revisit(t, w, v)
	if _, err := w.Service.SaveSection(ctx, back, enroll.SectionFamily, 1, []byte(familyContent), true); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
		t.Fatalf("submitted anew: %v", err)
	}
	w.Exec(t, "UPDATE registration SET status = 'registered'")
	if err := drop(); err != nil {
		t.Errorf("everybody is registered: %v", err)
	}

	if err := w.Service.SavePoint(ctx, d, intake, service.PointChange{Code: "77", Name: "误建"}); err != nil {
		t.Fatal(err)
	}
	wantReason(t, w.Service.DropPoint(ctx, d, intake, "77", "别的名字"), "changed")
	for range 2 { // twice is once
		if err := w.Service.DropPoint(ctx, d, intake, "77", "误建"); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := w.Service.IntakeHistory(ctx, intake)
	if err != nil || lines[0].Changes[0] != (enroll.SettingChange{Key: "77", From: `"误建"`, To: `""`}) {
		t.Errorf("history %+v %v", lines[0], err)
	}
}

// TestRetiredPlaceKeepsItsStudents: a roster places nobody new there, and changes nothing for who is there.
func TestRetiredPlaceKeepsItsStudents(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, intake := w.Duty(t, enroll.RoleRegistrar), w.Intake(t)
	w.Enrolled(t, "D01")
	places, err := w.Service.Places(ctx, intake.ID)
	if err != nil {
		t.Fatal(err)
	}
	point := places.Points[0]
	for _, bad := range []string{"明年", "2027-2-1"} {
		wantReason(t, w.Service.SavePoint(ctx, d, intake.ID, service.PointChange{Code: point.Code, Name: point.Name, RetiredFrom: bad, Was: point.Words()}), "settings_invalid")
	}
	change := service.PointChange{Code: point.Code, Name: point.Name, RetiredFrom: enroll.Day(w.Clock.Now()), Was: point.Words()}
	if err := w.Service.SavePoint(ctx, d, intake.ID, change); err != nil {
		t.Fatal(err)
	}
	retired, err := w.Service.Store.Point(ctx, point.ID)
	if err != nil || !retired.Retired(w.Clock.Now()) {
		t.Fatalf("%+v %v", retired, err)
	}
	place := enroll.RosterPlace{At: w.Clock.Now(), Points: []enroll.Point{retired}}
	if notes := place.Retired(enroll.RosterEntry{Point: point.ID}, enroll.Registration{}); len(notes) != 1 || notes[0].Column != "point" {
		t.Errorf("a new student: %+v", notes)
	}
	if notes := place.Retired(enroll.RosterEntry{Point: point.ID}, enroll.Registration{Point: point.ID}); len(notes) != 0 {
		t.Errorf("who is there: %+v", notes)
	}
	day := retired.RetiredFrom
	if retired.Retired(day.Add(-1)) || !retired.Retired(day) {
		t.Error("retired on another day than was said")
	}
	next, err := w.Service.OpenIntake(ctx, nil, intake, service.NewYear{Grade: 2027, Opens: "2027-11-16", Closes: "2028-02-28"})
	if err != nil {
		t.Fatal(err)
	}
	later, err := w.Service.Places(ctx, next.ID)
	if err != nil || len(later.Points) != len(places.Points)-1 || len(later.Programs) != len(places.Programs) {
		t.Errorf("the next year: %d points, %v", len(later.Points), err)
	}
}
