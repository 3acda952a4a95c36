package service_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// fileProgram is a program that stands, as a registrar's page sends it.
func fileProgram(p enroll.Program) service.FileProgram {
	return service.FileProgram{No: p.No, Code: p.Code, Name: p.Name, Level: string(p.Level), Form: p.Form, Years: p.Years()}
}

func TestPlacesAreBoundAsTheirColumns(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, intake := w.Duty(t, enroll.RoleRegistrar), w.Intake(t).ID
	places, err := w.Service.Places(ctx, intake)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ code, name string }{{"", "名"}, {"甲", "名"}, {"01/2", "名"}, {"..", "名"}, {strings.Repeat("1", 21), "名"}, {"88", strings.Repeat("长", 61)}, {"88", " "}} {
		wantReason(t, w.Service.SavePoint(ctx, d, intake, service.PointChange{Code: c.code, Name: c.name}), "settings_invalid")
	}
	if err := w.Service.SavePoint(ctx, d, intake, service.PointChange{Code: strings.Repeat("1", 20), Name: strings.Repeat("长", 60)}); err != nil {
		t.Errorf("as long as may be: %v", err)
	}
	slashed := fileProgram(places.Programs[0])
	slashed.No = "1/1"
	wantReason(t, w.Service.SaveProgram(ctx, d, intake, slashed, "", ""), "settings_invalid")
	for _, change := range []func(p *service.FileProgram){
		func(p *service.FileProgram) { p.No = "专1" },
		func(p *service.FileProgram) { p.No = strings.Repeat("1", 11) },
		func(p *service.FileProgram) { p.Code = "码" },
		func(p *service.FileProgram) { p.Code = strings.Repeat("1", 21) },
		func(p *service.FileProgram) { p.Name = strings.Repeat("长", 61) },
	} {
		p := fileProgram(places.Programs[0])
		p.No = "9901"
		change(&p)
		err := w.Service.SaveProgram(ctx, d, intake, p, "", "")
		wantReason(t, err, "settings_invalid")
		file := service.IntakeFile{Programs: []service.FileProgram{p}}
		if told := enrollError(file.Check()).Message(); !strings.Contains(told, "最多") {
			t.Errorf("a file with %+v: %s", p, told)
		}
	}
}

// TestProgramInUseKeepsWhatStudentsSigned: level, form and years stay once a student has submitted; the name may be put right.
func TestProgramInUseKeepsWhatStudentsSigned(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, intake := w.Duty(t, enroll.RoleRegistrar), w.Intake(t).ID
	v := filledIn(t, w, "D07")
	p, err := w.Service.Store.Program(ctx, v.Registration.Program)
	if err != nil {
		t.Fatal(err)
	}
	former, was := fileProgram(p), p.Words()
	p.HalfYears++
	longer := fileProgram(p)
	if err := w.Service.SaveProgram(ctx, d, intake, longer, "", was); err != nil {
		t.Fatalf("nobody has submitted yet: %v", err)
	}
	if err := w.Service.SaveProgram(ctx, d, intake, former, "", p.Words()); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Submit(ctx, v); err != nil {
		t.Fatal(err)
	}
	wantReason(t, w.Service.SaveProgram(ctx, d, intake, longer, "", was), "program_used")
	renamed := former
	renamed.Name = "改正的名称"
	if err := w.Service.SaveProgram(ctx, d, intake, renamed, "", was); err != nil {
		t.Errorf("the name alone: %v", err)
	}
}

// TestOneOfManyChangesOfAPlaceStands: who read the same as another and comes second is told.
func TestOneOfManyChangesOfAPlaceStands(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, intake := w.Duty(t, enroll.RoleRegistrar), w.Intake(t).ID
	if err := w.Service.SavePoint(ctx, d, intake, service.PointChange{Code: "77", Name: "原名"}); err != nil {
		t.Fatal(err)
	}
	names := []string{"甲", "乙", "丙", "丁", "戊", "己"}
	errs := make([]error, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() {
			errs[i] = w.Service.SavePoint(ctx, d, intake, service.PointChange{Code: "77", Name: name, Was: "原名"})
		})
	}
	all.Wait()
	stand := 0
	for _, err := range errs {
		if err == nil {
			stand++
			continue
		}
		wantReason(t, err, "changed")
	}
	if stand != 1 {
		t.Errorf("%d of %d changes stand", stand, len(names))
	}
}

// TestHistoryKeepsLargeSettings: a version of an intake may be larger than 64 kB.
func TestHistoryKeepsLargeSettings(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	intake := w.Intake(t)
	intake.Name, intake.Version = strings.Repeat("大", 30_000), 900
	if err := w.Service.Store.AddIntakeVersion(ctx, enroll.IntakeVersion{Intake: intake, At: w.Clock.Now()}); err != nil {
		t.Fatal(err)
	}
	kept, err := w.Service.Store.IntakeVersions(ctx, intake.ID, 1)
	if err != nil || len(kept) != 1 || kept[0].Intake.Name != intake.Name {
		t.Errorf("%d versions, %v", len(kept), err)
	}
}
