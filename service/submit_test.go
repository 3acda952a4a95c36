package service_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"sync"
	"testing"
	"time"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	size := image.Rect(0, 0, width, height)
	if made, ok := photos.Load(size); ok {
		return bytes.Clone(made.([]byte))
	}
	m := image.NewRGBA(size)
	for i := range m.Pix {
		m.Pix[i] = byte(200 + i/4%width/16)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	photos.Store(size, bytes.Clone(b.Bytes()))
	return b.Bytes()
}

// photos are by size those that were made already.
var photos sync.Map

func strokes(t *testing.T) string {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 300, 160))
	for x := range 200 {
		for y := range 5 {
			m.Set(40+x, 40+y+x%60, color.Black)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}

const (
	basicContent = `{"politics":"13","native_place":{"code":"320102","text":"江苏省南京市玄武区"},
		"household_place":{"code":"320102","text":"江苏省南京市玄武区","street":"示例路 1 号"},
		"address":{"code":"320102","text":"江苏省南京市玄武区","street":"示例路 1 号 2 幢"},"postcode":"210018","work_unit_none":true,
		"emergency_name":"张甲","emergency_relation":"51","emergency_phone":"13900009999"}`
	familyContent    = `{"none":true}`
	highSchool       = `{"degree":"61","school":"示例中学","major_none":true,"certificate_no":"20250000001","graduation_year":"2025"}`
	collegeEducation = `{"degree":"31","school":"示例职业技术学院","major":"会计","certificate_no":"100001202400000001","graduation_year":"2024"}`
)

// filledIn is a student whose form is complete; what a level asks for beyond the form is there, unsigned.
func filledIn(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	v := filling(t, w, id)
	fill(t, w, v)
	return v
}

// fill completes a form that lies open.
func fill(t *testing.T, w *world.World, v *service.Visit) {
	t.Helper()
	ctx := context.Background()
	education := highSchool
	if v.Program.Level.NeedsProof() {
		education = collegeEducation
	}
	for _, section := range []struct {
		key     enroll.SectionKey
		content string
	}{{enroll.SectionBasic, basicContent}, {enroll.SectionFamily, familyContent}, {enroll.SectionEducation, education}} {
		f, err := w.Service.SaveSection(ctx, v, section.key, 0, []byte(section.content), false)
		if err != nil || !f.Complete() {
			t.Fatalf("%s: %v, %v", section.key, err, f.Problems)
		}
	}
	attach(t, w, v, enroll.IDFront, photo(t, 800, 500))
	if v.Student.IDType != "passport" {
		attach(t, w, v, enroll.IDBack, photo(t, 800, 500))
	}
	attach(t, w, v, enroll.Portrait, photo(t, 480, 640))
	if v.Program.Level.NeedsProof() {
		attach(t, w, v, enroll.ProofFiles, photo(t, 900, 1200))
		proof := enroll.Proof{Kind: "register_form", Code: "ａｂ12 cd34ef56gh78", ValidUntil: enroll.Day(w.Clock.Now().AddDate(0, 3, 0))}
		if err := w.Service.WriteProof(ctx, v, proof); err != nil {
			t.Fatal(err)
		}
	}
}

func attach(t *testing.T, w *world.World, v *service.Visit, kind string, body []byte) {
	t.Helper()
	if err := w.Service.Attach(context.Background(), v, kind, body); err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
}

// revisit is the same login's next request.
func revisit(t *testing.T, w *world.World, v *service.Visit) *service.Visit {
	t.Helper()
	next, err := w.Service.Visit(context.Background(), v.Login.ID, v.Address, v.Device)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func sign(t *testing.T, w *world.World, v *service.Visit) {
	t.Helper()
	letter, err := w.Service.Commitment(context.Background(), v)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.SignCommitment(context.Background(), v, letter.Text.Version, letter.Text.Hash, service.Signing{Signature: strokes(t)}); err != nil {
		t.Fatal(err)
	}
}

func setting(t *testing.T, w *world.World, change func(*enroll.Settings)) {
	t.Helper()
	intake := w.Intake(t)
	change(&intake.Settings)
	if err := w.Service.Store.ChangeIntake(context.Background(), intake); err != nil {
		t.Fatal(err)
	}
}

func TestSubmit(t *testing.T) {
	for _, c := range []struct {
		name    string
		student string
		before  func(t *testing.T, w *world.World, v *service.Visit)
		want    enroll.Reason
		status  enroll.Status
	}{
		{"高起本 goes straight to payment", "D01", nil, "", enroll.Payable},
		{"高起专 with nothing to pay is registered at once", "D12", nil, "", enroll.Registered},
		{"专升本 without a signature", "D02", nil, "signature_needed", enroll.Open},
		{"专升本 signed", "D02", func(t *testing.T, w *world.World, v *service.Visit) { sign(t, w, v) }, "", enroll.Payable},
		{"a changed proof takes the signature along", "D02", func(t *testing.T, w *world.World, v *service.Visit) {
			sign(t, w, v)
			attach(t, w, revisit(t, w, v), enroll.ProofFiles, photo(t, 900, 1200))
		}, "signature_needed", enroll.Open},
		{"review is asked", "D01", func(t *testing.T, w *world.World, v *service.Visit) {
			setting(t, w, func(s *enroll.Settings) { s.Review = true })
		}, "", enroll.Submitted},
		{"a file was taken away", "D01", func(t *testing.T, w *world.World, v *service.Visit) {
			a, err := w.Service.Attachments(context.Background(), v)
			if err == nil {
				err = w.Service.Detach(context.Background(), v, a.Files[0].ID)
			}
			if err != nil {
				t.Fatal(err)
			}
		}, "step_locked", enroll.Open},
		{"the proof's last day has passed", "D02", func(t *testing.T, w *world.World, v *service.Visit) {
			sign(t, w, v)
			setting(t, w, func(s *enroll.Settings) { s.GraceHours = 24 * 365 })
			w.Clock.Advance(100 * 24 * time.Hour)
		}, "step_locked", enroll.Open},
		{"the time is over", "D01", func(t *testing.T, w *world.World, v *service.Visit) {
			w.Clock.Advance(200 * 24 * time.Hour)
		}, "window_after", enroll.Open},
		{"no price", "D01", func(t *testing.T, w *world.World, v *service.Visit) {
			price := enroll.Tuition{ID: w.Service.Store.NewID(), Intake: v.Intake.ID, Program: v.Program.ID, Approval: "x"}
			if err := w.Service.Store.SetTuition(context.Background(), price); err != nil {
				t.Fatal(err)
			}
		}, "tuition_missing", enroll.Open},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, ctx := world.New(t), context.Background()
			v := filledIn(t, w, c.student)
			if c.before != nil {
				c.before(t, w, v)
			}
			v = revisit(t, w, v)
			wantReason(t, w.Service.Submit(ctx, v), c.want)
			after := revisit(t, w, v)
			if after.Registration.Status != c.status {
				t.Errorf("status %s, want %s", after.Registration.Status, c.status)
			}
			bill, err := w.Service.Store.Bill(ctx, v.Registration.ID)
			if (err == nil) != (c.want == "") {
				t.Errorf("bill %+v, %v", bill, err)
			}
			if c.want == "" {
				wantReason(t, w.Service.Submit(ctx, after), "wrong_state")
				wantReason(t, w.Service.Attach(ctx, after, enroll.IDFront, photo(t, 800, 500)), "wrong_state")
			}
		})
	}
}

func TestMissingTuitionIsReportedOnce(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D01")
	price := enroll.Tuition{ID: w.Service.Store.NewID(), Intake: v.Intake.ID, Program: v.Program.ID}
	if err := w.Service.Store.SetTuition(ctx, price); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		wantReason(t, w.Service.Submit(ctx, v), "tuition_missing")
	}
	cases, err := w.Service.Store.OpenCases(ctx)
	if err != nil || len(cases) != 1 || cases[0].Kind != enroll.CaseTuitionMissing {
		t.Errorf("cases %+v, %v", cases, err)
	}
	drain(t, w)
	file, err := service.ReadIntakeFile(demo.IntakeFile(w.Clock.Now(), w.Credentials))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.ImportIntake(ctx, file); err != nil {
		t.Fatal(err)
	}
	drain(t, w)
	if n, left := received(w, "D01"), openCases(t, w, v.Registration.ID); n != 2 || len(left) != 0 {
		t.Errorf("%d messages, cases left %v: want told of the gap and of its end", n, left)
	}
	if err := w.Service.Submit(ctx, v); err != nil {
		t.Fatal(err)
	}
	if bill, err := w.Service.Store.Bill(ctx, v.Registration.ID); err != nil || bill.TotalFen != 240000 {
		t.Errorf("bill %+v, %v", bill, err)
	}
}

// A submit and the removal of a file at the same moment: whoever is second is refused, never both let through.
func TestSubmitAndDetachNeverPassEachOther(t *testing.T) {
	for range 5 {
		w, ctx := world.New(t), context.Background()
		v := filledIn(t, w, "D01")
		a, err := w.Service.Attachments(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan error)
		go func() { done <- w.Service.Detach(ctx, v, a.Files[0].ID) }()
		submitted := w.Service.Submit(ctx, v)
		detached := <-done
		if (submitted == nil) == (detached == nil) {
			t.Errorf("submit %v, detach %v", submitted, detached)
		}
	}
}
