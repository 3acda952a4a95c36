package service_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/service"
	"xinsheng/test/world"
)

// rareNames are names of every kind, with what a paper says of them: our font
// has all of Ext-A, some beyond U+FFFF, and none of the newest.
var rareNames = []struct{ name, kept, printed string }{
	{"赵㐂", "赵㐂", "赵㐂"},
	{"赵䶮", "赵䶮", "赵䶮"},
	{"赵\ue863", "赵䶮", "赵䶮"},                       // where GBK kept it
	{"赵𠮷", "赵𠮷", "赵〓(U+20BB7)"},                   // Ext-B
	{"赵𫖮", "赵𫖮", "赵"},                             // Ext-C, in the font; its glyph has no text behind it
	{"赵\U0002ebf3", "赵\U0002ebf3", "赵〓(U+2EBF3)"}, // Ext-I
	{"赵\U000f0001", "赵\U000f0001", "赵〓(U+F0001)"}, // private use
}

// TestRareNamesInRosters reads each name from UTF-8, GB 18030 and a spreadsheet.
func TestRareNamesInRosters(t *testing.T) {
	w, intake := school(t)
	for _, c := range rareNames {
		body := bytes.Replace(demo.Roster(), []byte("赵𠮷"), []byte(c.name), 1)
		chinese, err := simplifiedchinese.GB18030.NewEncoder().Bytes(body)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for kind, file := range map[string][]byte{"UTF-8": body, "GB 18030": chinese, "xlsx": sheetOf(t, body)} {
			line := lines(t, w, stage(t, w, intake, file).ID)[6]
			if line.Entry.Name != c.kept {
				t.Errorf("%s from %s: %q, %v", c.name, kind, line.Entry.Name, line.Refusals)
			}
		}
	}
}

func sheetOf(t *testing.T, body []byte) []byte {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f := excelize.NewFile()
	defer f.Close()
	for i, record := range records {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", at, &record); err != nil {
			t.Fatal(err)
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestRareNamesEverywhere takes each name through login, the letter of commitment, the slip, the template message and the export.
func TestRareNamesEverywhere(t *testing.T) {
	for i, c := range rareNames {
		t.Run(c.kept, func(t *testing.T) {
			w := world.New(t)
			if w.Service.Paper == nil {
				t.Skip(service.ErrNoFont)
			}
			v := named(t, w, registered(t, w, "D05"), c.kept)
			if _, err := tries(t, w, "D05", c.name); err != nil {
				t.Errorf("login: %v", err)
			}
			slip, err := w.Service.SlipPaper(context.Background(), v)
			if err != nil {
				t.Fatal(err)
			}
			picture, err := w.Service.SlipPicture(context.Background(), v)
			if err != nil {
				t.Fatal(err)
			}
			onPaper(t, readPDF(t, slip), c.printed)
			keepPaper(t, i, "slip.pdf", slip)
			keepPaper(t, i, "slip.png", picture)
			drain(t, w)
			if got := lastMessage(t, w, "D05"); got != c.kept {
				t.Errorf("the message is for %q", got)
			}
			inExports(t, w, c.kept)
		})
	}
}

// named gives a demo student another name, as a roster would have.
func named(t *testing.T, w *world.World, v *service.Visit, name string) *service.Visit {
	t.Helper()
	for _, query := range []string{"UPDATE registration SET name = ? WHERE id = ?", "UPDATE student SET name = ? WHERE id = ?"} {
		id := v.Registration.ID
		if strings.Contains(query, "student") {
			id = v.Student.ID
		}
		if _, err := w.Database(t).Exec(query, name, id); err != nil {
			t.Fatal(err)
		}
	}
	v = revisit(t, w, v)
	if v.Registration.Name != name || v.Student.Name != name {
		t.Fatalf("kept as %q and %q", v.Registration.Name, v.Student.Name)
	}
	return v
}

func TestRareNamesOnTheCommitment(t *testing.T) {
	for i, c := range rareNames[3:6] {
		w := world.New(t)
		if w.Service.Paper == nil {
			t.Skip(service.ErrNoFont)
		}
		v := named(t, w, filledIn(t, w, "D05"), c.kept)
		sign(t, w, v)
		pdf, err := w.Service.CommitmentPDF(context.Background(), revisit(t, w, v))
		if err != nil {
			t.Fatal(err)
		}
		onPaper(t, readPDF(t, pdf), c.printed)
		keepPaper(t, i, "commitment.pdf", pdf)
	}
}

func onPaper(t *testing.T, text, printed string) {
	t.Helper()
	if !strings.Contains(text, printed) || strings.Contains(text, "〓") != strings.Contains(printed, "〓") {
		t.Errorf("%q is not on the paper:\n%s", printed, text)
	}
}

// keepPaper lets somebody look at what was printed, where they say so.
func keepPaper(t *testing.T, i int, name string, body []byte) {
	t.Helper()
	if dir := os.Getenv("XINSHENG_TEST_PAPERS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, string(rune('0'+i))+"-"+name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// lastMessage is the first line of the last template message that reached a student.
func lastMessage(t *testing.T, w *world.World, id string) string {
	t.Helper()
	u, err := outside(w).User(id)
	if err != nil || len(u.Chat) == 0 || len(u.Chat[len(u.Chat)-1].Lines) == 0 {
		t.Fatalf("no message: %v", err)
	}
	return u.Chat[len(u.Chat)-1].Lines[0].Value
}

func inExports(t *testing.T, w *world.World, name string) {
	t.Helper()
	d := registrar(w)
	o := listOrder(w.Intake(t), "xlsx", "exam_no", "name")
	_, file := exported(t, w, d, o)
	if rows := sheetRows(t, file); rows[1][1] != name {
		t.Errorf("xlsx: %q", rows[1])
	}
	o.Format = "csv"
	_, file = exported(t, w, d, o)
	if !bytes.Contains(file, []byte(name)) {
		t.Errorf("csv: %q", file)
	}
}
