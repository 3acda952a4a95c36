package service_test

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

func portraitOf(t *testing.T, side int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, side, side*4/3)), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pack(t *testing.T, entries map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, body := range entries {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// importPhotos brings a ZIP in and gives how often each reason came up.
func importPhotos(t *testing.T, w *world.World, intake enroll.Intake, body []byte) (enroll.Job, map[string]int) {
	t.Helper()
	d, ctx := registrar(w), context.Background()
	j, err := w.Service.UploadPhotos(ctx, d, intake.ID, "照片.zip", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.WorkJobs(ctx); err != nil {
		t.Fatal(err)
	}
	_, counts, err := w.Service.JobFailures(ctx, d, j.ID, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]int{}
	for _, n := range counts {
		reasons[n.Reason] = n.Count
	}
	return jobNow(t, w, d, j.ID), reasons
}

// Pictures find their students by 考生号; all others are told by reason, whatever their names try and however far they unfold.
func TestPhotosAreMatched(t *testing.T) {
	w, intake := school(t)
	ctx := context.Background()
	apply(t, w, stage(t, w, intake, roster(3, phoneOf)).ID)
	j, reasons := importPhotos(t, w, intake, pack(t, map[string][]byte{
		"照片/26320000000000.jpg": portraitOf(t, 300), "26320000000001.JPG": portraitOf(t, 310), "../../26320000000002.jpg": []byte("\xff\xd8\xff broken"),
		"26329999999999.jpg": portraitOf(t, 300), "说明.txt": []byte("x"), "__MACOSX/._26320000000000.jpg": []byte("x"),
		"bomb/26320000000002.png": make([]byte, 40<<20),
	}))
	text := func(r enroll.Reason) string { return r.Text() }
	if j.State != enroll.JobDone || j.Total != 6 || reasons[text("photo_unknown")] != 1 || reasons[text("photo_name")] != 1 || j.Failed != 4 {
		t.Errorf("%+v, %v", j, reasons)
	}
	state, err := w.Service.PhotoState(ctx, intake.ID, "", 10)
	if err != nil || state.All != 3 || state.Pictured != 2 || len(state.Missing) != 1 || state.Missing[0].ExamNo != "26320000000002" {
		t.Errorf("%+v, %v", state, err)
	}
	first, err := w.Service.Store.RegistrationsByExamNo(ctx, intake.ID, []string{"26320000000000"})
	if err != nil {
		t.Fatal(err)
	}
	before, err := w.Service.Store.RosterPhoto(ctx, first[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if j, _ := importPhotos(t, w, intake, pack(t, map[string][]byte{"26320000000000.jpg": portraitOf(t, 300)})); j.Failed != 0 {
		t.Errorf("again: %+v", j)
	}
	if after, _ := w.Service.Store.RosterPhoto(ctx, first[0].ID); after.Object != before.Object {
		t.Error("the same picture was kept twice")
	}
	picture, err := w.Service.RosterPhotoPicture(ctx, registrar(w), first[0].ID)
	if err != nil || !bytes.HasPrefix(picture, []byte("\xff\xd8\xff")) {
		t.Errorf("%v", err)
	}
	if j, _ := importPhotos(t, w, intake, []byte(strings.Repeat("no zip ", 100))); j.State != enroll.JobFailed {
		t.Errorf("no ZIP: %+v", j)
	}
}
