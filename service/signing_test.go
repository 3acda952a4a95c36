package service_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"image/png"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

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
	wantReason(t, w.Service.SignCommitment(ctx, v, letter.Text.Version, letter.Text.Hash, service.Signing{Signature: strokes(t)}), "commitment_outdated")
	wantReason(t, w.Service.SignCommitment(ctx, v, newer.Version, newer.Hash, service.Signing{}), "signature_missing")
	sign(t, w, v)
	wantReason(t, w.Service.SignCommitment(ctx, filledIn(t, w, "D01"), 1, "", service.Signing{Signature: strokes(t)}), "commitment_not_asked")
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

// photographed is a picture of paper, as a phone's camera takes it.
func photographed(t *testing.T, width, height int) string {
	t.Helper()
	return "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(photo(t, width, height))
}

func TestWhoCannotDrawSignsWithAPhotoAndTheTypedName(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	letter, err := w.Service.Commitment(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(picture, name string) error {
		return w.Service.SignCommitment(ctx, v, letter.Text.Version, letter.Text.Hash, service.Signing{Signature: picture, TypedName: name})
	}
	wantReason(t, sign(photographed(t, 1200, 900), "李演"), "signature_name")
	wantReason(t, sign(photographed(t, 1200, 900), ""), "signature_name")
	wantReason(t, sign(photographed(t, 80, 60), "李演示"), "signature_photo")
	wantReason(t, sign("data:image/jpeg;base64,bm90aGluZw==", "李演示"), "signature_photo")
	if err := sign(photographed(t, 1200, 900), " 李演示 "); err != nil {
		t.Fatal(err)
	}
	if letter, err = w.Service.Commitment(ctx, v); err != nil || letter.Signature.TypedName != "李演示" {
		t.Fatalf("%v %+v", err, letter.Signature)
	}
	body, err := w.Service.CommitmentPicture(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	if size, err := png.DecodeConfig(bytes.NewReader(body)); err != nil || size.Width != 800 || size.Height != 600 {
		t.Errorf("the kept picture: %+v %v", size, err)
	}
	// A rare sign that the login took as typed is taken here too; another name is not.
	v.Registration.Name = "李䶮示"
	if err := sign(photographed(t, 1200, 900), "李?示"); err != nil {
		t.Errorf("as at the login: %v", err)
	}
	wantReason(t, sign(photographed(t, 1200, 900), "李演示"), "signature_name")
	// Whoever draws types no name, whatever the page sends.
	if err := sign(strokes(t), "李演示"); err != nil {
		t.Fatal(err)
	}
	if letter, err = w.Service.Commitment(ctx, v); err != nil || letter.Signature.TypedName != "" {
		t.Fatalf("%v %+v", err, letter.Signature)
	}
}
