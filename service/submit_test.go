package service_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range m.Pix {
		m.Pix[i] = byte(200 + i/4%width/16)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

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
	ctx := context.Background()
	v := filling(t, w, id)
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
	return v
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
	if err := w.Service.SignCommitment(context.Background(), v, letter.Text.Version, letter.Text.Hash, strokes(t)); err != nil {
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
	price.Fens = []int64{240000}
	if err := w.Service.Store.SetTuition(ctx, price); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Submit(ctx, v); err != nil {
		t.Fatal(err)
	}
	if bill, err := w.Service.Store.Bill(ctx, v.Registration.ID); err != nil || bill.TotalFen != 240000 {
		t.Errorf("bill %+v, %v", bill, err)
	}
}

func TestNothingDoneWithoutTheIdentityStep(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	sign(t, w, v)
	a, err := w.Service.Attachments(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	stranger := *v
	stranger.Verified = false
	for name, err := range map[string]error{
		"attachments": second(w.Service.Attachments(ctx, &stranger)),
		"attach":      w.Service.Attach(ctx, &stranger, enroll.IDFront, photo(t, 800, 500)),
		"detach":      w.Service.Detach(ctx, &stranger, a.Files[0].ID),
		"review":      second(w.Service.Review(ctx, &stranger)),
		"commitment":  second(w.Service.Commitment(ctx, &stranger)),
		"picture":     second(w.Service.CommitmentPicture(ctx, &stranger)),
		"submit":      w.Service.Submit(ctx, &stranger),
		"amend":       w.Service.Amend(ctx, &stranger),
	} {
		if reason := enroll.ReasonOf(err); reason != "identity_step_needed" && reason != "step_locked" {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := filledIn(t, w, "D01")
	if _, _, err := w.Service.OpenAttachment(ctx, other, a.Files[0].ID); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("another student's file: %v", err)
	}
	wantReason(t, w.Service.Detach(ctx, other, a.Files[0].ID), "not_found")
}

func second[T any](_ T, err error) error { return err }

func TestAttachmentsAreBoundedReplacedAndSealed(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	before, err := w.Service.Attachments(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	attach(t, w, v, enroll.IDFront, photo(t, 640, 400))
	after, err := w.Service.Attachments(ctx, v)
	if err != nil || len(after.Files) != len(before.Files) {
		t.Fatalf("%d files became %d, %v", len(before.Files), len(after.Files), err)
	}
	if _, err := w.Service.Files.Get(ctx, before.Files[0].Object); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("the overwritten object still stands: %v", err)
	}
	for range 4 {
		attach(t, w, v, enroll.ProofFiles, photo(t, 900, 1200))
	}
	wantReason(t, w.Service.Attach(ctx, v, enroll.ProofFiles, photo(t, 900, 1200)), "attachment_full")
	wantReason(t, w.Service.Attach(ctx, v, "none", photo(t, 900, 1200)), "attachment_kind")
	proof, err := w.Service.Store.Proof(ctx, v.Registration.ID)
	if err != nil || proof.Code != "AB12CD34EF56GH78" {
		t.Errorf("proof %+v, %v", proof, err)
	}
	_, plain, err := w.Service.OpenAttachment(ctx, v, after.Files[len(after.Files)-1].ID)
	if err != nil {
		t.Fatal(err)
	}
	if found := search(t, w, plain[:32]); found != "" {
		t.Errorf("the picture lies open in %s", found)
	}
}

// search looks for bytes in every object on disk.
func search(t *testing.T, w *world.World, secret []byte) (found string) {
	t.Helper()
	err := w.Service.Files.Each(context.Background(), time.Now().Add(time.Hour), func(names []string) error {
		for _, name := range names {
			body, err := os.ReadFile(filepath.Join(w.Service.Files.Dir(), name[:2], name))
			if err != nil {
				return err
			}
			if bytes.Contains(body, secret) {
				found = name
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestSweepTakesOrphansOnly(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	sign(t, w, v)
	orphan, err := w.Service.Files.Put(ctx, []byte("nobody names me"))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.Service.SweepFiles(ctx); n != 0 || err != nil {
		t.Fatalf("a fresh object was taken: %d, %v", n, err)
	}
	old := time.Now().Add(-48 * time.Hour)
	kept := 0
	err = filepath.Walk(w.Service.Files.Dir(), func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		kept++
		return os.Chtimes(path, old, old)
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.Service.SweepFiles(ctx); n != 1 || err != nil {
		t.Errorf("%d of %d taken, %v", n, kept, err)
	}
	if _, err := w.Service.Files.Get(ctx, orphan); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("the orphan stands: %v", err)
	}
	if _, err := w.Service.CommitmentPicture(ctx, v); err != nil {
		t.Error(err)
	}
}

func TestCommitmentSignsTheVersionThatWasRead(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	text, err := w.Service.Store.Text(ctx, v.Intake.ID, enroll.TextCommitment)
	if err != nil {
		t.Fatal(err)
	}
	text.ID, text.Version, text.Hash, text.Body = w.Service.Store.NewID(), text.Version+1, strings.Repeat("e", 64), "本人{姓名}（{证件类型}号码{证件号码}）承诺属实。"
	if err := w.Service.Store.AddText(ctx, text, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	letter, err := w.Service.Commitment(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	if letter.Text.Hash != text.Hash || !strings.Contains(letter.Body, v.Registration.Name) || !strings.Contains(letter.Body, v.Student.IDNumber.Raw()) || strings.Contains(letter.Body, "{") {
		t.Errorf("body: %s", letter.Body)
	}
	newer := letter.Text
	newer.ID, newer.Version, newer.Hash, newer.Body = w.Service.Store.NewID(), newer.Version+1, strings.Repeat("f", 64), "新的承诺书"
	if err := w.Service.Store.AddText(ctx, newer, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	wantReason(t, w.Service.SignCommitment(ctx, v, letter.Text.Version, letter.Text.Hash, strokes(t)), "commitment_outdated")
	wantReason(t, w.Service.SignCommitment(ctx, v, newer.Version, newer.Hash, ""), "signature_missing")
	sign(t, w, v)
	wantReason(t, w.Service.SignCommitment(ctx, filledIn(t, w, "D01"), 1, "", strokes(t)), "commitment_not_asked")
	if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	signed, err := w.Service.Commitment(ctx, revisit(t, w, v))
	if err != nil || signed.Signature == nil || signed.Signature.TextHash != newer.Hash || signed.Text.Version != newer.Version {
		t.Errorf("%+v, %v", signed.Signature, err)
	}
	if w.Service.Paper != nil {
		pdf, err := w.Service.CommitmentPDF(ctx, revisit(t, w, v))
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("paper: %d bytes, %v", len(pdf), err)
		}
	}
}

func TestAmendAndSendBack(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	sign(t, w, v)
	submit := func() {
		t.Helper()
		if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
			t.Fatal(err)
		}
	}
	submit()
	if err := w.Service.Amend(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	r := revisit(t, w, v).Registration
	if r.Status != enroll.Open || !r.SignedAt.IsZero() || !r.SubmittedAt.IsZero() {
		t.Fatalf("after amend: %+v", r)
	}
	wantReason(t, w.Service.Submit(ctx, revisit(t, w, v)), "signature_needed")
	sign(t, w, revisit(t, w, v))
	submit()

	clerk := service.Decision{By: "registrar"}
	wantReason(t, w.Service.SendBack(ctx, r.ID, nil, clerk), "return_item")
	wantReason(t, w.Service.SendBack(ctx, r.ID, []enroll.ReturnItem{{Item: "moon", Reason: "x"}}, clerk), "return_item")
	if err := w.Service.SendBack(ctx, r.ID, []enroll.ReturnItem{{Item: enroll.Portrait, Reason: "背景应为白色"}}, clerk); err != nil {
		t.Fatal(err)
	}
	back := revisit(t, w, v)
	if back.Registration.Status != enroll.Returned {
		t.Fatalf("status %s", back.Registration.Status)
	}
	wantReason(t, w.Service.Attach(ctx, back, enroll.IDFront, photo(t, 800, 500)), "not_returned")
	_, err := w.Service.SaveSection(ctx, back, enroll.SectionFamily, 1, []byte(familyContent), false)
	wantReason(t, err, "not_returned")
	attach(t, w, back, enroll.Portrait, photo(t, 480, 640))
	submit()
	if bill, err := w.Service.Store.Bill(ctx, r.ID); err != nil || bill.Version != 3 || bill.TotalFen != 240000 {
		t.Errorf("bill %+v, %v", bill, err)
	}
}

func TestReturnedLateLeavesTheGrace(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	setting(t, w, func(s *enroll.Settings) { s.Review = true })
	v := filledIn(t, w, "D01")
	if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(v.Intake.ClosesAt.Sub(w.Clock.Now()) + 72*time.Hour)
	if err := w.Service.SendBack(ctx, v.Registration.ID, []enroll.ReturnItem{{Item: "family", Reason: "请补充"}}, service.Decision{By: "registrar"}); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(23 * time.Hour)
	back := revisit(t, w, v)
	if _, err := w.Service.SaveSection(ctx, back, enroll.SectionFamily, 1, []byte(familyContent), true); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Submit(ctx, back); err != nil {
		t.Fatal(err)
	}
	if to, err := w.Service.Approve(ctx, v.Registration.ID, service.Decision{By: "registrar"}); err != nil || to != enroll.Payable {
		t.Errorf("approved to %s, %v", to, err)
	}
}

func TestStaffEndings(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D01")
	id := v.Registration.ID
	one, two := service.Decision{By: "a", Reason: "核实"}, service.Decision{By: "a", Second: "b", Reason: "核实"}
	wantReason(t, w.Service.Lapse(ctx, id, one), "lapse_too_early")
	wantReason(t, w.Service.Cancel(ctx, id, one), "second_person")
	wantReason(t, w.Service.Cancel(ctx, id, service.Decision{By: "a", Second: "b"}), "reason_missing")
	w.Clock.Advance(200 * 24 * time.Hour)
	if err := w.Service.Lapse(ctx, id, one); err != nil {
		t.Fatal(err)
	}
	until := w.Clock.Now().Add(72 * time.Hour)
	if to, err := w.Service.Reinstate(ctx, id, until, one); err != nil || to != enroll.Open {
		t.Fatalf("reinstated to %s, %v", to, err)
	}
	if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Cancel(ctx, id, two); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.Reinstate(ctx, id, until, one); enroll.ReasonOf(err) != "second_person" {
		t.Fatalf("a cancelled one by one person: %v", err)
	}
	if to, err := w.Service.Reinstate(ctx, id, until, two); err != nil || to != enroll.Payable {
		t.Errorf("reinstated to %s, %v", to, err)
	}
	events, err := w.Service.Store.Events(ctx, id)
	if err != nil || len(events) < 5 {
		t.Errorf("%d events, %v", len(events), err)
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
