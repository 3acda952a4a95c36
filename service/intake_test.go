package service_test

import (
	"context"
	"strings"
	"testing"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func demoFile(w *world.World) string {
	return string(demo.IntakeFile(w.Clock.Now(), w.Credentials))
}

func importIntake(t *testing.T, w *world.World, text string) service.IntakeReport {
	t.Helper()
	f, err := service.ReadIntakeFile([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	report, err := w.Service.ImportIntake(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestIntakeTextsGetAVersionOnlyWhenWordsChange(t *testing.T) {
	w := world.New(t)
	importIntake(t, w, demoFile(w)) // the world's own texts are another version
	if again := importIntake(t, w, demoFile(w)); len(again.Texts)+again.Added+again.Changed != 0 || again.Created {
		t.Errorf("again: %+v", again)
	}
	ctx, st := context.Background(), w.Service.Store
	before, err := st.Text(ctx, w.Intake(t).ID, enroll.TextConsent)
	if err != nil {
		t.Fatal(err)
	}
	report := importIntake(t, w, strings.Replace(demoFile(w), "点击“同意并继续”", "点“同意并继续”", 1))
	if len(report.Texts) != 1 || report.Texts[0].Kind != enroll.TextConsent || report.Texts[0].Version != before.Version+1 {
		t.Errorf("changed: %+v", report.Texts)
	}
	old, err := st.TextVersion(ctx, w.Intake(t).ID, enroll.TextConsent, before.Version)
	if err != nil || old.Hash != enroll.TextHash(old.Title, old.Body) {
		t.Errorf("what was signed before does not stand any more: %v", err)
	}
}

func TestIntakeFileListsEveryMistake(t *testing.T) {
	w := world.New(t)
	text := strings.NewReplacer(
		"grade: 2026", "grade: 26", `{seq:4}`, "", "level: 高起专", "level: 大专", `years: "2.5"}`, `years: "9"}`,
		"2880.00, 2880.00, 1440.00", "2880.001", `{program: "04"`, `{program: "44"`, "kind: privacy", "kind: secret", "refund:", "refunds:",
	).Replace(demoFile(w))
	f, err := service.ReadIntakeFile([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	err = f.Check()
	found, _ := enrollError(err).Data["mistakes"].([]string)
	if enroll.ReasonOf(err) != "intake_invalid" || len(found) < 10 {
		t.Errorf("%d mistakes: %v", len(found), err)
	}
	if _, err := service.ReadIntakeFile([]byte("grad: 2026")); enroll.ReasonOf(err) != "intake_invalid" {
		t.Errorf("an unknown word: %v", err)
	}
}

func enrollError(err error) *enroll.Error {
	if e, ok := err.(*enroll.Error); ok {
		return e
	}
	return &enroll.Error{}
}

func unproven(t *testing.T, w *world.World) []string {
	t.Helper()
	findings, err := w.Service.CheckIntake(context.Background(), w.Intake(t))
	if err != nil {
		t.Fatal(err)
	}
	var bad []string
	for _, f := range findings {
		if !f.OK {
			bad = append(bad, f.Text)
		}
	}
	return bad
}

func TestIntakeCheckProvesTheDemoSchool(t *testing.T) {
	w, intake := school(t)
	apply(t, w, stage(t, w, intake, demo.Roster()).ID)
	if bad := unproven(t, w); len(bad) > 0 {
		t.Errorf("the demo school cannot open: %q", bad)
	}
}

func TestIntakeCheckFindsWhatIsMissing(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"number rule too short": func(s string) string { return strings.Replace(s, "{seq:4}", "{seq:1}", 1) },
		"level without a code":  func(s string) string { return strings.Replace(s, `专升本: "3"`, `专升本: ""`, 1) },
		"number cut from SMS":   func(s string) string { return strings.Replace(s, "sms_full_number: true", "sms_full_number: false", 1) },
		"contacts": func(s string) string {
			return strings.NewReplacer(`"000-00000000"`, "", "xueji@example.edu", "", `"000000000"`, "").Replace(s)
		},
		"payee": func(s string) string { return strings.Replace(s, "payee: 示例大学", "payee: ''", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			w := world.New(t)
			importIntake(t, w, change(demoFile(w)))
			apply(t, w, stage(t, w, w.Intake(t), roster(20, phoneOf)).ID)
			if bad := unproven(t, w); len(bad) == 0 {
				t.Error("nothing was found")
			}
		})
	}
}

func TestIntakeCheckFindsStudentsWithoutPrice(t *testing.T) {
	w := world.New(t)
	text := demoFile(w)
	text = strings.Replace(text, "name: 2026级", "name: 2026级春", 1)
	at := strings.Index(text, `  - {program: "03"`)
	text = text[:at] + text[at+strings.Index(text[at:], "\n")+1:]
	intake := importIntake(t, w, text).Intake
	in := stage(t, w, intake, roster(3, phoneOf))
	if !noted(lines(t, w, in.ID)[2].Flags, "roster_tuition") {
		t.Error("the line without a price is not flagged")
	}
	apply(t, w, in.ID)
	findings, err := w.Service.CheckIntake(context.Background(), intake)
	if err != nil {
		t.Fatal(err)
	}
	bad := 0
	for _, f := range findings {
		if !f.OK {
			bad++
		}
	}
	if bad == 0 {
		t.Error("nothing was found")
	}
}

func TestTablesStandInThePlaceOfTheFilesLists(t *testing.T) {
	w := world.New(t)
	f, err := service.ReadIntakeFile([]byte(demoFile(w)))
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		f.AddPoints([]byte("教学点,教学点代码\n北山教学点,01\n")),
		f.AddPrograms([]byte("专业编号,专业代码,专业,层次,学习形式,学制\n01,030101K,法学,本科,非脱产,5年\n")),
		f.AddTuition([]byte("专业编号,教学点代码,学费,批准文号\n01,,2400/2400/2400/2400/1200.50,甲\n")),
		f.Check(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	f.Name = "2026级表格"
	report, err := w.Service.ImportIntake(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	prices, err := w.Service.Store.Tuitions(context.Background(), report.Intake.ID)
	if err != nil || len(prices) != 1 || len(prices[0].Fens) != 5 || prices[0].Fens[4] != 120050 || report.Added != 3 {
		t.Errorf("%+v %+v %v", prices, report, err)
	}
	if err := f.AddPoints([]byte("代码,名称\n01,北山\n")); enroll.ReasonOf(err) != "table_columns" {
		t.Errorf("other headings: %v", err)
	}
}
