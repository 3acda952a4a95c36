package service_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func quiet(int, int) {}

// school is a world with the demo school as its own files have it.
func school(t *testing.T) (*world.World, enroll.Intake) {
	t.Helper()
	w := world.New(t)
	f, err := service.ReadIntakeFile(demo.IntakeFile(w.Clock.Now(), w.Credentials))
	if err != nil {
		t.Fatal(err)
	}
	report, err := w.Service.ImportIntake(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	return w, report.Intake
}

func stage(t *testing.T, w *world.World, intake enroll.Intake, body []byte) enroll.RosterImport {
	t.Helper()
	plan, err := w.Service.StageRoster(context.Background(), intake, "名单.csv", body, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return plan.Import
}

func apply(t *testing.T, w *world.World, id string) enroll.RosterImport {
	t.Helper()
	in, err := w.Service.ApplyRoster(context.Background(), id, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func counts(in enroll.RosterImport) [4]int { return [4]int{in.New, in.Changed, in.Same, in.Refused} }

func lines(t *testing.T, w *world.World, id string) map[int]enroll.RosterLine {
	t.Helper()
	found := map[int]enroll.RosterLine{}
	all := []enroll.RosterVerdict{enroll.RosterNew, enroll.RosterChanged, enroll.RosterSame, enroll.RosterRefused}
	err := w.Service.RosterLines(context.Background(), id, all, func(l enroll.RosterLine) error {
		found[l.No] = l
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRosterAgainIsAllSame(t *testing.T) {
	w, intake := school(t)
	first := stage(t, w, intake, demo.Roster())
	if counts(first) != [4]int{18, 0, 0, 0} {
		t.Fatalf("first: %v", counts(first))
	}
	if in := apply(t, w, first.ID); in.State != enroll.RosterApplied || in.Applied != 18 {
		t.Fatalf("applied: %+v", in)
	}
	if again := stage(t, w, intake, demo.Roster()); counts(again) != [4]int{0, 0, 18, 0} {
		t.Errorf("again: %v", counts(again))
	}
}

func TestRosterOfOneSchoolIsRead(t *testing.T) {
	w, intake := school(t)
	apply(t, w, stage(t, w, intake, demo.Roster()).ID)
	ctx, st := context.Background(), w.Service.Store
	for _, p := range demo.Students() {
		d, _ := enroll.Document(p.IDType)
		student, err := st.StudentByDocument(ctx, d.Type, enroll.IDNumber(p.IDNumber))
		if err != nil {
			t.Fatalf("%s: %v", p.ID, err)
		}
		r, err := st.RegistrationIn(ctx, intake.ID, student.ID)
		if err != nil || r.Status != enroll.Open || r.RosterPhone.Raw() != p.Phone || r.Sex != p.Sex || r.BirthDate == "" {
			t.Errorf("%s: %v %+v", p.ID, err, r)
		}
		program, _ := st.Program(ctx, r.Program)
		point, _ := st.Point(ctx, r.Point)
		if program.No != p.Program || point.Code != p.Point {
			t.Errorf("%s studies %s at %s", p.ID, program.No, point.Code)
		}
		events, err := st.Events(ctx, r.ID)
		if err != nil || len(events) != 1 || events[0].Event != string(enroll.EventImport) {
			t.Errorf("%s: events %v %v", p.ID, events, err)
		}
	}
	held, err := st.NumberHolders(ctx, "26100CS10001", "")
	if err != nil || len(held) != 1 {
		t.Errorf("imported number: %v %v", held, err)
	}
}

func TestRosterBadRows(t *testing.T) {
	w, intake := school(t)
	in := stage(t, w, intake, demo.BadRoster())
	want := map[int]struct {
		refusal, flag enroll.Reason
	}{
		2: {"id_number_checksum", ""}, 3: {"roster_scientific", ""}, 4: {"id_number_date", ""}, 5: {"roster_blank", ""},
		6: {"", ""}, 7: {"roster_duplicate", ""}, 8: {"", ""}, 9: {"roster_duplicate", "roster_name_spaces"},
		10: {"roster_point", ""}, 11: {"", ""}, 12: {"", "roster_differs"}, 13: {"roster_program", ""},
	}
	got := lines(t, w, in.ID)
	for no, reasons := range want {
		line, ok := got[no]
		if !ok {
			t.Errorf("line %d is missing", no)
			continue
		}
		if (line.Verdict == enroll.RosterRefused) != (reasons.refusal != "") {
			t.Errorf("line %d: %s %v", no, line.Verdict, line.Refusals)
		}
		if reasons.refusal != "" && !noted(line.Refusals, reasons.refusal) {
			t.Errorf("line %d is refused for %v, want %s", no, line.Refusals, reasons.refusal)
		}
		if reasons.flag != "" && !noted(line.Flags, reasons.flag) {
			t.Errorf("line %d is flagged %v, want %s", no, line.Flags, reasons.flag)
		}
	}
	if got[11].Entry.IDNumber.Raw() != "32010219970101985X" {
		t.Errorf("lower x was read as %q", got[11].Entry.IDNumber.Raw())
	}
	if in.Total != len(want) || in.Refused != 8 {
		t.Errorf("%d lines, %d refused", in.Total, in.Refused)
	}
}

func noted(notes []enroll.RosterNote, reason enroll.Reason) bool {
	return slices.ContainsFunc(notes, func(n enroll.RosterNote) bool { return n.Reason == reason })
}

func TestRefusedRowsCanBeMendedAndImported(t *testing.T) {
	w, intake := school(t)
	in := stage(t, w, intake, demo.BadRoster())
	var file bytes.Buffer
	if err := w.Service.RefusedRoster(context.Background(), in.ID, &file); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 1+in.Refused {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if last := rows[1][len(rows[1])-1]; !strings.Contains(last, "证件号码") {
		t.Errorf("reason %q", last)
	}
	mended := strings.Replace(file.String(), "110123199202218846", "110123199202218849", 1)
	if again := stage(t, w, intake, []byte(mended)); again.New != 3 { // the mended one; and D01 and D02, whose twins are not in this file
		t.Errorf("mended: %v", counts(again))
	}
}

// roster writes a file of n invented students.
func roster(n int, phone func(int) string) []byte {
	var b strings.Builder
	b.WriteString("考生号,姓名,身份证号码,年级,层次,专业,学习形式,函授站,手机\n")
	for i := range n {
		first := fmt.Sprintf("320102%04d%02d%02d%03d", 1970+i%35, 1+i/35%12, 1+i/420%28, 100+i/11760)
		fmt.Fprintf(&b, "2632%010d,学生%s,%s%c,2026,专升本,会计学,非脱产,校本部教学点,%s\n", i, strings.Repeat("甲", 1+i%3), first, enroll.CheckDigit(first), phone(i))
	}
	return []byte(b.String())
}

func phoneOf(i int) string { return fmt.Sprintf("139%08d", i) }

func TestUnfinishedImportHidesItsStudentsAndResumes(t *testing.T) {
	w, intake := school(t)
	in := stage(t, w, intake, roster(1200, phoneOf))
	ctx, cancel := context.WithCancel(context.Background())
	_, err := w.Service.ApplyRoster(ctx, in.ID, func(done, _ int) {
		if done == 500 {
			cancel()
		}
	})
	if err == nil {
		t.Fatal("the import was not interrupted")
	}
	half, err := w.Service.UnfinishedRoster(context.Background(), intake.ID)
	if err != nil || half.ID != in.ID || half.Applied != 500 {
		t.Fatalf("half: %+v %v", half, err)
	}
	student := studentOf(t, w, lines(t, w, in.ID)[2])
	if visible(t, w, student) != 0 {
		t.Error("a student of an unfinished import can log in")
	}
	other := stage(t, w, intake, demo.Roster())
	if _, err := w.Service.ApplyRoster(context.Background(), other.ID, quiet); enroll.ReasonOf(err) != "roster_busy" {
		t.Errorf("second import: %v", err)
	}
	if done := apply(t, w, in.ID); done.State != enroll.RosterApplied || done.Applied != 1200 {
		t.Fatalf("resumed: %+v", done)
	}
	if visible(t, w, student) != 1 {
		t.Error("a student of a finished import cannot log in")
	}
	apply(t, w, other.ID)
}

func studentOf(t *testing.T, w *world.World, line enroll.RosterLine) string {
	t.Helper()
	st, err := w.Service.Store.StudentByDocument(context.Background(), line.Entry.IDType, line.Entry.IDNumber)
	if err != nil {
		t.Fatal(err)
	}
	return st.ID
}

func visible(t *testing.T, w *world.World, student string) int {
	t.Helper()
	list, err := w.Service.Store.RegistrationsOf(context.Background(), student)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestReimportChangesOnlyContactsOfWhoHasBegun(t *testing.T) {
	w, intake := school(t)
	apply(t, w, stage(t, w, intake, roster(2, phoneOf)).ID)
	ctx, st := context.Background(), w.Service.Store
	changed := strings.NewReplacer("139", "138", "校本部教学点", "滨江教学点").Replace(string(roster(2, phoneOf)))
	first := stage(t, w, intake, []byte(changed))
	begun := lines(t, w, first.ID)[2].Registration
	if counts(first) != [4]int{0, 2, 0, 0} {
		t.Fatalf("staged: %v", counts(first))
	}
	// One begins after the staging and before the applying: what counts is how things stand then.
	if err := st.SetStamp(ctx, begun, "started_at", w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	apply(t, w, first.ID)
	after := lines(t, w, first.ID)
	for no, want := range map[int]string{2: "01", 3: "02"} {
		r, err := st.Registration(ctx, after[no].Registration)
		if err != nil {
			t.Fatal(err)
		}
		point, _ := st.Point(ctx, r.Point)
		if point.Code != want || !strings.HasPrefix(r.RosterPhone.Raw(), "138") {
			t.Errorf("line %d: point %s, phone %s", no, point.Code, r.RosterPhone)
		}
	}
	if !noted(after[2].Flags, "roster_kept") {
		t.Errorf("flags %v", after[2].Flags)
	}
}

func TestRosterFilesOfEveryKind(t *testing.T) {
	w, intake := school(t)
	csvBody := demo.Roster()
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes(csvBody)
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{
		"utf-8": csvBody, "utf-8 with BOM": append([]byte("\ufeff"), csvBody...), "gb18030": gbk, "xlsx": asSheet(t, csvBody),
		"tabs": bytes.ReplaceAll(csvBody, []byte(","), []byte("\t")),
	} {
		if in := stage(t, w, intake, body); counts(in) != [4]int{18, 0, 0, 0} {
			t.Errorf("%s: %v", name, counts(in))
		}
	}
	for name, c := range map[string]struct {
		body []byte
		want enroll.Reason
	}{
		"empty": {nil, "roster_file"}, "old xls": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"), "roster_file"},
		"broken xlsx": {[]byte("PK\x03\x04 nothing"), "roster_file"}, "no headings": {[]byte("a,b\nc,d\n"), "roster_columns"},
		"too few headings": {[]byte("姓名,身份证号\n甲,1\n"), "roster_columns"},
	} {
		_, err := w.Service.StageRoster(context.Background(), intake, "x", c.body, quiet)
		if enroll.ReasonOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// asSheet writes a csv as the spreadsheet that a college would send: a title above, numbers as numbers.
func asSheet(t *testing.T, body []byte) []byte {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellValue("Sheet1", "A1", "示例大学2026级录取名单"); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for j, cell := range row {
			at, _ := excelize.CoordinatesToCellName(j+1, i+3)
			var value any = cell
			if i > 0 && j == 0 {
				var n int64
				fmt.Sscan(cell, &n)
				value = n
			}
			if err := f.SetCellValue("Sheet1", at, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTemplateTakesItsOwnHeadings(t *testing.T) {
	var file bytes.Buffer
	if err := service.RosterTemplate(&file); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(rows) != 1 {
		t.Fatalf("%v %v", rows, err)
	}
	h := enroll.MatchHeadings(rows[0])
	if len(h.Missing()) > 0 || len(h.Ignored) > 0 {
		t.Errorf("missing %v, ignored %v", h.Missing(), h.Ignored)
	}
}
