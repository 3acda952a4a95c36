package service_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"xinsheng/enroll"
	"xinsheng/service"
)

// uglyHeadings are shuffled, under other words, with strange columns between them.
var uglyHeadings = []string{"序号", "手机", "姓 名*", "专业名称", "身份证号码", "备注", "入学年级", "KSH", "函授站代码", "录取层次", "学习形式", "班主任"}

const (
	uglyPhone, uglyName, uglyID, uglyGrade, uglyExam, uglyPoint = 1, 2, 4, 6, 7, 8
)

func uglyRow(i int) []string {
	return []string{fmt.Sprint(i), fmt.Sprintf("139%08d", i), "赵𠮷示", "会计学", idNumberOf(i), "", "2026", fmt.Sprintf("2632%010d", i), "01", "专升本", "非脱产", "某老师"}
}

func idNumberOf(i int) string {
	first := fmt.Sprintf("320102%04d%02d%02d%03d", 1970+i%30, 1+i/30%12, 1+i/360%28, 101+i%7)
	return first + string(enroll.CheckDigit(first))
}

func withDate(date string) string {
	first := "320102" + date + "123"
	return first + string(enroll.CheckDigit(first))
}

// ugliness is one way in which rows go wrong, and what becomes of such a row.
type ugliness struct {
	name    string
	spoil   func(i int, row []string)
	refusal enroll.Reason
	flag    enroll.Reason
}

func cell(at int, text func(string) string) func(int, []string) {
	return func(_ int, row []string) { row[at] = text(row[at]) }
}

func put(at int, text string) func(int, []string) {
	return cell(at, func(string) string { return text })
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune { return r + 0xfee0 }, s)
}

var uglinesses = []ugliness{
	{"good", func(int, []string) {}, "", ""},
	{"full-width digits", cell(uglyID, fullWidth), "", ""},
	{"lower x", cell(uglyID, strings.ToLower), "", ""},
	{"zero-width spaces", cell(uglyID, func(s string) string { return "\u200b" + s[:6] + "\u200d" + s[6:] + "\ufeff" }), "", ""},
	{"blanks in the number", cell(uglyID, func(s string) string { return "\u00a0" + s[:6] + " " + s[6:14] + "\u3000" + s[14:] }), "", ""},
	{"number kept as a formula", cell(uglyID, func(s string) string { return `="` + s + `"` }), "", ""},
	{"number behind an apostrophe", cell(uglyID, func(s string) string { return "'" + s }), "", ""},
	{"number behind a tab", cell(uglyID, func(s string) string { return s + "\t" }), "", ""},
	{"number made scientific", put(uglyID, "1.1E+17"), "roster_scientific", ""},
	{"number rounded", func(i int, row []string) { row[uglyID] = wrongZeros(i) }, "roster_rounded", ""},
	{"fifteen digits", cell(uglyID, func(s string) string { return s[:6] + s[8:17] }), "id_number_length", ""},
	{"wrong checksum", func(_ int, row []string) { row[uglyID] = row[uglyID][:17] + otherDigit(row[uglyID][17]) }, "id_number_checksum", ""},
	{"no such day", put(uglyID, withDate("19970229")), "id_number_date", ""},
	{"not born yet", put(uglyID, withDate("20991231")), "id_number_date", ""},
	{"born before 1900", put(uglyID, withDate("18990101")), "id_number_date", ""},
	{"twice in the file", put(uglyID, idNumberOf(0)), "roster_duplicate", ""},
	{"no name", put(uglyName, ""), "roster_blank", ""},
	{"an invisible name", put(uglyName, "\u200b \ufeff"), "roster_blank", ""},
	{"an invisible number", put(uglyID, "\u200b"), "roster_blank", ""},
	{"a failed formula", put(uglyID, "#N/A"), "roster_formula", ""},
	{"a name over two lines", put(uglyName, "赵\r\n示例"), "", "roster_name_spaces"},
	{"a name with blanks", put(uglyName, "赵 示例"), "", "roster_name_spaces"},
	{"a name with a quote", put(uglyName, `赵"示例`), "roster_name", ""},
	{"all digits in scientific form", func(i int, row []string) { row[uglyExam] = fmt.Sprintf("2.632%010dE+13", i) }, "", ""},
	{"a number with decimals", cell(uglyExam, func(s string) string { return s + ".0" }), "", ""},
	{"a number that lost digits", put(uglyExam, "2.632E+13"), "roster_scientific", ""},
	{"a code without its zero", put(uglyPoint, "1"), "", ""},
	{"an unknown point", put(uglyPoint, "99"), "roster_point", ""},
	{"a grade in words", put(uglyGrade, "２０２６级"), "", ""},
	{"another grade", put(uglyGrade, "2025"), "roster_grade", ""},
	{"a phone in full", func(i int, row []string) { row[uglyPhone] = fmt.Sprintf("1.39%08dE+10", i) }, "", ""},
	{"a phone that lost digits", put(uglyPhone, "1.39E+10"), "", "phone_invalid"},
}

// wrongZeros is a number as a spreadsheet rounds it: its last three digits are 0, and its check digit is not.
func wrongZeros(i int) string {
	number := idNumberOf(i)[:15] + "00"
	if enroll.CheckDigit(number) == '0' {
		return idNumberOf(i)[:14] + "900" + "0"
	}
	return number + "0"
}

func otherDigit(digit byte) string {
	if digit == '1' {
		return "2"
	}
	return "1"
}

func TestUglyRosterAsText(t *testing.T) {
	const rows = 2000
	var b strings.Builder
	b.WriteString("示例大学2026级录取名单\r\n\r\n")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	want := map[int]ugliness{}
	for i := range rows + 1 {
		row := slices.Clone(uglyHeadings)
		if i > 0 {
			ugly := uglinesses[(i-1)%len(uglinesses)]
			row = uglyRow(i - 1)
			ugly.spoil(i-1, row)
			w.Flush()
			want[strings.Count(b.String(), "\n")+1] = ugly
		}
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	text := b.String()
	tabs := func(s string) string { return strings.NewReplacer("\t", " ", ",", "\t").Replace(s) }
	for name, c := range map[string]struct {
		text string
		set  encoding.Encoding
	}{
		"UTF-8":                {text, encoding.Nop},
		"UTF-8 with BOM":       {"\ufeff" + text, encoding.Nop},
		"GB18030":              {text, simplifiedchinese.GB18030},
		"GBK":                  {strings.ReplaceAll(text, "𠮷", "吉"), simplifiedchinese.GBK},
		"UTF-16 little endian": {tabs(text), unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		"UTF-16 big endian":    {text, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	} {
		t.Run(name, func(t *testing.T) {
			if c.set == simplifiedchinese.GBK { // it has no invisible characters
				c.text = strings.NewReplacer("\u200b", "\u3000", "\u200d", "\u3000", "\ufeff", "\u3000", "\u00a0", "\u3000").Replace(c.text)
			}
			body, err := c.set.NewEncoder().String(c.text)
			if err != nil {
				t.Fatal(err)
			}
			holdUgly(t, []byte(body), want)
		})
	}
}

// holdUgly stages a file and compares what became of every line.
func holdUgly(t *testing.T, body []byte, want map[int]ugliness) {
	t.Helper()
	w, intake := school(t)
	in := stage(t, w, intake, body)
	got := lines(t, w, in.ID)
	if in.Total != len(want) || len(got) != len(want) {
		t.Fatalf("%d lines were read, %d kept, of %d", in.Total, len(got), len(want))
	}
	wrong := 0
	for no, ugly := range want {
		line := got[no]
		refused := ugly.refusal != ""
		held := (line.Verdict == enroll.RosterRefused) == refused && (!refused || noted(line.Refusals, ugly.refusal)) &&
			(ugly.flag == "" || noted(line.Flags, ugly.flag))
		if !refused && (line.Entry.IDNumber == "" || line.Entry.ExamNo == "" || strings.ContainsAny(line.Entry.ExamNo, ".E")) {
			held = false
		}
		if wrong++; !held && wrong < 20 {
			t.Errorf("line %d, %s: %s %v %v %+v", no, ugly.name, line.Verdict, line.Refusals, line.Flags, line.Cells)
		} else if held {
			wrong--
		}
	}
}

func TestUglyRosterAsSheet(t *testing.T) {
	const rows = 2000
	f := excelize.NewFile()
	defer f.Close()
	for _, sheet := range []string{"旧名单", "录取名单"} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	f.SetActiveSheet(1)
	if err := f.SetSheetVisible("旧名单", false); err != nil {
		t.Fatal(err)
	}
	w, err := f.NewStreamWriter("录取名单")
	if err != nil {
		t.Fatal(err)
	}
	set := func(no int, row []any, opts ...excelize.RowOpts) {
		at, _ := excelize.CoordinatesToCellName(1, no)
		if err := w.SetRow(at, row, opts...); err != nil {
			t.Fatal(err)
		}
	}
	set(1, []any{"示例大学2026级录取名单"})
	if err := w.MergeCell("A1", "L1"); err != nil {
		t.Fatal(err)
	}
	set(3, anyOf(uglyHeadings))
	want := map[int]ugliness{}
	kinds := append(slices.Clone(uglinesses),
		ugliness{"a number as a number", nil, "roster_rounded", ""}, ugliness{"a formula", nil, "", ""}, ugliness{"a hidden row", nil, "", "roster_hidden"},
		ugliness{"the first of merged cells", nil, "", ""}, ugliness{"the second of merged cells", put(uglyPoint, ""), "roster_blank", ""})
	for i := range rows {
		no := i + 4
		if i == rows-1 {
			no = excelize.TotalRows // a stray row at the very end of the sheet
		}
		ugly := kinds[i%len(kinds)]
		row := uglyRow(i)
		if ugly.spoil != nil {
			ugly.spoil(i, row)
		}
		cells := anyOf(row)
		var opts []excelize.RowOpts
		switch ugly.name {
		case "a number as a number":
			cells[uglyID] = excelize.Cell{Value: wrongZeros(i)}
		case "a formula":
			cells[uglyName] = excelize.Cell{Formula: `"赵"&"示例"`, Value: "赵示例"}
		case "a hidden row":
			opts = append(opts, excelize.RowOpts{Hidden: true})
		case "the first of merged cells":
			if err := w.MergeCell(fmt.Sprintf("I%d", no), fmt.Sprintf("I%d", no+1)); err != nil {
				t.Fatal(err)
			}
		}
		set(no, cells, opts...)
		want[no] = ugly
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	body, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	holdUgly(t, body.Bytes(), want)
	if _, err := stageAs(t, body.Bytes()[:body.Len()/2]); enroll.ReasonOf(err) != "roster_file" {
		t.Errorf("half of the file: %v", err)
	}
}

func anyOf(row []string) []any {
	cells := make([]any, len(row))
	for i, text := range row {
		cells[i] = text
	}
	return cells
}

func stageAs(t *testing.T, body []byte) (service.RosterPlan, error) {
	t.Helper()
	w, intake := school(t)
	return w.Service.StageRoster(context.Background(), intake, "名单.xlsx", body, quiet)
}

func TestAQuoteThatIsNeverClosedSpoilsItsOwnLine(t *testing.T) {
	w, intake := school(t)
	text := strings.Replace(string(roster(60, phoneOf)), "学生甲", `"学生甲`, 1)
	in := stage(t, w, intake, []byte(text))
	if counts(in) != [4]int{60, 0, 0, 0} {
		t.Errorf("%v %v", counts(in), lines(t, w, in.ID)[2].Refusals)
	}
}

// TestSheetsThatUnfoldToTooMuch are refused before they are unfolded, and where they lie about their size, while they are.
func TestSheetsThatUnfoldToTooMuch(t *testing.T) {
	for name, parts := range map[string]map[string]uint64{
		"one huge sheet":       {"xl/worksheets/sheet1.xml": 1 << 40},
		"a huge picture":       {"xl/worksheets/sheet1.xml": 100, "xl/media/image1.png": 80 << 20},
		"many sheets":          {"xl/worksheets/sheet1.xml": 15 << 20, "xl/worksheets/sheet2.xml": 15 << 20, "xl/worksheets/sheet3.xml": 15 << 20, "xl/worksheets/sheet4.xml": 15 << 20, "xl/worksheets/sheet5.xml": 15 << 20},
		"a sheet that lies":    {"[Content_Types].xml": 100, "xl/workbook.xml": 100},
		"nothing of a sheet":   {},
		"the same name twice ": {"xl/worksheets/sheet1.xml": 400 << 20, "xl/worksheets/Sheet1.xml": 400 << 20},
	} {
		if _, err := stageAs(t, bomb(t, parts)); enroll.ReasonOf(err) != "roster_file" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// bomb packs parts of a megabyte of nothing, each said to unfold to so many bytes.
func bomb(t *testing.T, parts map[string]uint64) []byte {
	t.Helper()
	var packed bytes.Buffer
	z, _ := flate.NewWriter(&packed, flate.BestSpeed)
	if _, err := z.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	z.Close()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, size := range parts {
		w, err := archive.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: size, CompressedSize64: uint64(packed.Len())})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(packed.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
