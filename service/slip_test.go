package service_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// enrolledPaid is a student whose form, photo and money are through.
func enrolledPaid(t *testing.T, w *world.World) *service.Visit {
	t.Helper()
	v := filledIn(t, w, "D01")
	if err := w.Service.Submit(context.Background(), v); err != nil {
		t.Fatal(err)
	}
	v = revisit(t, w, v)
	o := checkout(t, w, v, enroll.JSAPI).Order
	payAt(t, w, o, "D01")
	take(t, w, notice(t, w, o, ""))
	return revisit(t, w, v)
}

func TestSlip(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	if w.Service.Paper == nil {
		t.Skip(service.ErrNoFont)
	}
	w.Enrolled(t, "D02")
	_, err := w.Service.SlipPaper(ctx, w.Visit(t, "D02"))
	wantReason(t, err, "wrong_state")
	v := enrolledPaid(t, w)
	unverified := *v
	unverified.Verified = false
	_, err = w.Service.SlipPaper(ctx, &unverified)
	wantReason(t, err, "identity_step_needed")
	pdf, err := w.Service.SlipPaper(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	text := readPDF(t, pdf)
	code := verifyCode(t, text)
	for _, want := range []string{"新生注册凭证", v.Registration.Name, settled.Number, v.Program.Name} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the slip", want)
		}
	}
	if strings.Contains(text, v.Student.IDNumber.Raw()) || !bytes.Contains(pdf, []byte("/Image")) {
		t.Error("the slip holds the ID number, or no pictures")
	}
	picture, err := w.Service.SlipPicture(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := png.Decode(bytes.NewReader(picture)); err != nil || m.Bounds().Dx() < 1000 {
		t.Errorf("picture: %v", err)
	}
	if dir := os.Getenv("XINSHENG_TEST_PAPERS"); dir != "" {
		os.WriteFile(filepath.Join(dir, "slip.pdf"), pdf, 0o600)
		os.WriteFile(filepath.Join(dir, "slip.png"), picture, 0o600)
	}
	proof, err := w.Service.VerifySlip(ctx, code, elsewhere)
	if err != nil || !proof.Valid || proof.Name != "张**" || proof.Number != "0001" {
		t.Errorf("%+v, %v", proof, err)
	}
	moveTo(t, w, v, enroll.Cancelled)
	if proof, err := w.Service.VerifySlip(ctx, code, elsewhere); err != nil || proof.Valid {
		t.Errorf("cancelled: %+v, %v", proof, err)
	}
	_, err = w.Service.SlipPaper(ctx, revisit(t, w, v))
	wantReason(t, err, "wrong_state")
	_, err = w.Service.VerifySlip(ctx, "nothing", elsewhere)
	wantReason(t, err, "not_found")
}

func verifyCode(t *testing.T, text string) string {
	t.Helper()
	_, after, ok := strings.Cut(text, "/v/")
	if !ok || len(after) < 26 {
		t.Fatalf("no address to verify in %q", text)
	}
	return after[:26]
}

// A download link works once, and for ten minutes.
func TestSlipLink(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	if w.Service.Paper == nil {
		t.Skip(service.ErrNoFont)
	}
	v := enrolledPaid(t, w)
	token, until, err := w.Service.SlipLink(ctx, v)
	if err != nil || until.Sub(w.Clock.Now()) > 10*time.Minute {
		t.Fatalf("until %s, %v", until, err)
	}
	if pdf, err := w.Service.SlipByLink(ctx, token, elsewhere); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
	_, err = w.Service.SlipByLink(ctx, token, elsewhere)
	wantReason(t, err, "slip_link_used")
	if token, _, err = w.Service.SlipLink(ctx, v); err != nil {
		t.Fatal(err)
	}
	keys, err := w.Service.KV.Keys(ctx, "slip:*").Result()
	if err != nil || len(keys) != 1 || strings.Contains(keys[0], token) {
		t.Fatalf("keys %v, %v", keys, err)
	}
	if life := w.Service.KV.TTL(ctx, keys[0]).Val(); life <= 0 || life > 10*time.Minute {
		t.Errorf("the link lives %s", life)
	}
}

// readPDF reads a PDF's words as a reader would.
func readPDF(t *testing.T, pdf []byte) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
