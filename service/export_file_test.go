package service_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func listOrder(intake enroll.Intake, format string, keys ...string) service.ExportOrder {
	o := service.ExportOrder{Kind: enroll.ExportList, Format: format}
	o.Intake = intake.ID
	for _, key := range keys {
		o.Columns = append(o.Columns, enroll.ExportChoice{Key: key, Heading: key})
	}
	return o
}

// exported runs an export by the workers and gives the job and its file.
func exported(t *testing.T, w *world.World, d *service.Duty, o service.ExportOrder) (enroll.Job, []byte) {
	t.Helper()
	ctx := context.Background()
	j, err := w.Service.StartExport(ctx, d, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.WorkJobs(ctx); err != nil {
		t.Fatal(err)
	}
	j, file, err := w.Service.JobResult(ctx, d, j.ID)
	if err != nil {
		t.Fatalf("%v, %+v", err, j)
	}
	body, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return j, body
}

func sheetRows(t *testing.T, body []byte) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Rare characters survive, formulas do not, numbers are masked until somebody says why not, and what is too wide is told and not cut.
func TestExport(t *testing.T) {
	w, intake := school(t)
	d, ctx := registrar(w), context.Background()
	body := string(roster(3, phoneOf))
	body = strings.Replace(body, "学生甲,", "阿卜杜拉·买买提𠮷,", 1)
	apply(t, w, stage(t, w, intake, []byte(body)).ID)
	first, err := w.Service.Store.RegistrationsByExamNo(ctx, intake.ID, []string{"26320000000001"})
	if err != nil {
		t.Fatal(err)
	}
	first[0].Ethnic = "=HYPERLINK(\"http://x\")"
	if err := w.Service.Store.FollowRoster(ctx, first[0], w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	o := listOrder(intake, "xlsx", "exam_no", "name", "id_number", "ethnic")
	o.Columns[1].Width = 8
	j, file := exported(t, w, d, o)
	rows := sheetRows(t, file)
	if len(rows) != 4 || rows[1][1] != "阿卜杜拉·买买提𠮷" || !strings.Contains(rows[1][2], "****") || rows[2][3] != "'=HYPERLINK(\"http://x\")" || j.Failed != 2 { // 学生甲甲甲 has ten bytes
		t.Errorf("%v, %d warnings", rows, j.Failed)
	}
	o.Format, o.Whole = "csv", true
	if _, err := w.Service.StartExport(ctx, d, o); enroll.ReasonOf(err) != "reason_missing" {
		t.Errorf("whole without a reason: %v", err)
	}
	o.Reason = "学籍注册"
	_, file = exported(t, w, d, o)
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil || len(records) != 4 || len(records[1][2]) != 18 || strings.Contains(records[1][2], "*") {
		t.Errorf("%v, %v", records, err)
	}
	if _, _, err := w.Service.JobResult(ctx, registrar(w), j.ID); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("taken by another: %v", err)
	}
	w.Clock.Advance(6 * time.Minute)
	if _, err := w.Service.StartExport(ctx, d, o); enroll.ReasonOf(err) != "confirm_again" {
		t.Errorf("with an old proof: %v", err)
	}
	w.Clock.Advance(8 * 24 * time.Hour)
	if _, _, err := w.Service.JobResult(ctx, d, j.ID); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("after its week: %v", err)
	}
}

// Photos leave by the number that was asked for; who has none, or no number, is told. Finance gets none.
func TestPhotoPack(t *testing.T) {
	w, intake := school(t)
	d := registrar(w)
	apply(t, w, stage(t, w, intake, roster(3, phoneOf)).ID)
	importPhotos(t, w, intake, pack(t, map[string][]byte{"26320000000000.jpg": portraitOf(t, 300), "26320000000001.jpg": portraitOf(t, 310)}))
	o := service.ExportOrder{Kind: enroll.ExportPhotos, Photos: service.PhotosOfRoster, NameBy: "exam_no", Reason: "制作学生证"}
	o.Intake = intake.ID
	j, file := exported(t, w, d, o)
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil || len(archive.File) != 2 || archive.File[0].Name != "26320000000000.jpg" || j.Failed != 1 {
		t.Errorf("%v, %+v", err, j)
	}
	o.NameBy = "number"
	if j, _ := exported(t, w, d, o); j.Failed != 3 {
		t.Errorf("by numbers that nobody has: %+v", j)
	}
	finance := registrar(w)
	finance.Staff.Role = enroll.RoleFinance
	if _, err := w.Service.StartExport(context.Background(), finance, o); enroll.ReasonOf(err) != "export_role" {
		t.Errorf("finance: %v", err)
	}
}
