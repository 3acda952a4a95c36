package service_test

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func handOver(t *testing.T, w *world.World, v *service.Visit, job enroll.HandoffJob, target string) (token string) {
	t.Helper()
	token, _, err := w.Service.BeginHandoff(context.Background(), v, job, target)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// connect opens a token on a phone and gives its ticket.
func connect(t *testing.T, w *world.World, token string) string {
	t.Helper()
	ticket, err := w.Service.OpenHandoff(context.Background(), token, "", "192.0.2.7")
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

func handed(t *testing.T, w *world.World, ticket string) service.Handed {
	t.Helper()
	h, err := w.Service.Handed(context.Background(), ticket, "192.0.2.7", "浏览器 · 安卓手机")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func wantHandoff(t *testing.T, w *world.World, v *service.Visit, want enroll.HandoffState) {
	t.Helper()
	h, err := w.Service.Handoff(context.Background(), v.Login.ID)
	if err != nil || h.State != want {
		t.Errorf("handoff %q, %v, want %q", h.State, err, want)
	}
}

// A face that passed on the phone is the PC's login's own; the code works once, and for this job alone.
func TestFaceByHandoff(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Enrolled(t, "D01")
	v := atCamera(t, w, "D01", "")
	token := handOver(t, w, v, enroll.HandCamera, enroll.HandForFace)
	wantHandoff(t, w, v, enroll.HandWaiting)
	ticket := connect(t, w, token)
	wantHandoff(t, w, v, enroll.HandConnected)
	_, err := w.Service.OpenHandoff(ctx, token, "", "192.0.2.8")
	wantReason(t, err, "handoff_taken")
	if again, err := w.Service.OpenHandoff(ctx, token, ticket, "192.0.2.7"); err != nil || again != ticket {
		t.Errorf("a page that was killed comes back to %q, %v", again, err)
	}

	h := handed(t, w, ticket)
	wantReason(t, w.Service.HandFile(ctx, h, picture(t, w, "face.jpg")), "handoff_job")
	wantReason(t, w.Service.HandSignature(ctx, h, strokes(t)), "handoff_job")
	wantReason(t, w.Service.FinishHandoff(ctx, h), "handoff_job")
	wantReason(t, w.Service.HandFace(ctx, h, picture(t, w, "no-face.jpg")), "face_none")
	wantHandoff(t, w, v, enroll.HandConnected)
	if err := w.Service.HandFace(ctx, h, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	wantHandoff(t, w, v, enroll.HandDone)
	if v = reload(t, w, v); v.Login.FacePassedAt.IsZero() || !v.Verified || v.Registration.Face != enroll.FacePassed {
		t.Errorf("the PC's login: passed at %v, verified %v, face %s", v.Login.FacePassedAt, v.Verified, v.Registration.Face)
	}
	wantReason(t, w.Service.HandArchive(ctx, handed(t, w, ticket), picture(t, w, "face.jpg")), "handoff_over")
	_, err = w.Service.OpenHandoff(ctx, token, "", "192.0.2.8")
	wantReason(t, err, "handoff_taken")
}

func TestEndsOfAHandoff(t *testing.T) {
	logOut := func(w *world.World, v *service.Visit) error {
		return w.Service.Logout(context.Background(), v.Login.ID)
	}
	cancel := func(w *world.World, v *service.Visit) error {
		return w.Service.CancelHandoff(context.Background(), v.Login.ID)
	}
	another := func(w *world.World, v *service.Visit) error {
		_, _, err := w.Service.BeginHandoff(context.Background(), v, enroll.HandCamera, enroll.HandForFace)
		return err
	}
	wait := func(d time.Duration) func(*world.World, *service.Visit) error {
		return func(w *world.World, _ *service.Visit) error { w.Clock.Advance(d); return nil }
	}
	for _, c := range []struct {
		name string
		end  func(*world.World, *service.Visit) error
		// opened is what a phone hears that comes afterwards, working what one hears that was connected before.
		opened, working enroll.Reason
	}{
		{"after ten minutes", wait(enroll.HandoffLife), "handoff_unknown", ""},
		{"after the time to work", wait(enroll.HandoffStay), "handoff_unknown", "handoff_over"},
		{"cancelled at the PC", cancel, "handoff_unknown", "handoff_over"},
		{"another code at the PC", another, "handoff_unknown", "handoff_over"},
		{"the PC logged out", logOut, "handoff_over", "handoff_over"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, ctx := world.New(t), context.Background()
			w.Enrolled(t, "D01")
			v := atCamera(t, w, "D01", "")
			token := handOver(t, w, v, enroll.HandCamera, enroll.HandForFace)
			if err := c.end(w, v); err != nil {
				t.Fatal(err)
			}
			_, err := w.Service.OpenHandoff(ctx, token, "", "192.0.2.7")
			wantReason(t, err, c.opened)
			if c.opened == "handoff_over" {
				v = enter2(t, w, "D01")
			}
			ticket := connect(t, w, handOver(t, w, v, enroll.HandCamera, enroll.HandForFace))
			if err := c.end(w, v); err != nil {
				t.Fatal(err)
			}
			h, err := w.Service.Handed(ctx, ticket, "192.0.2.7", "")
			if err == nil {
				err = w.Service.HandFace(ctx, h, picture(t, w, "face.jpg"))
			}
			if enroll.ReasonOf(err) != c.working || c.working == "" && err != nil {
				t.Errorf("working: %v, want %q", err, c.working)
			}
		})
	}
}

func TestOneOfManyPhones(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	v := atCamera(t, w, "D01", "")
	token := handOver(t, w, v, enroll.HandCamera, enroll.HandForFace)
	var connected, taken atomic.Int32
	var phones sync.WaitGroup
	for range 16 {
		phones.Go(func() {
			_, err := w.Service.OpenHandoff(context.Background(), token, "", "192.0.2.7")
			switch {
			case err == nil:
				connected.Add(1)
			case enroll.ReasonOf(err) == "handoff_taken":
				taken.Add(1)
			}
		})
	}
	phones.Wait()
	if connected.Load() != 1 || taken.Load() != 15 {
		t.Errorf("%d phones connected, %d were told that it is taken", connected.Load(), taken.Load())
	}
}

// Nothing is handed over that the login may not do itself, and no ticket but the phone's own opens it.
func TestHandoffOpensNoOtherDoor(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Enrolled(t, "D01")
	v := enter(t, w, "D01", "")
	for _, row := range []struct {
		job    enroll.HandoffJob
		target string
		want   enroll.Reason
	}{
		{enroll.HandCamera, enroll.HandForFace, "step_locked"},
		{enroll.HandCamera, enroll.HandForArchive, "consent_needed"},
		{enroll.HandFiles, enroll.IDFront, "step_locked"},
		{enroll.HandFiles, "passwords", "attachment_kind"},
		{enroll.HandSignature, enroll.HandForCommitment, "commitment_not_asked"},
		{enroll.HandSignature, enroll.HandForFace, "bad_request"},
		{"everything", enroll.HandForFace, "bad_request"},
	} {
		_, _, err := w.Service.BeginHandoff(ctx, v, row.job, row.target)
		if enroll.ReasonOf(err) != row.want {
			t.Errorf("%s for %s: %v, want %s", row.job, row.target, err, row.want)
		}
	}
	v = answered(t, w, v, true)
	ticket := connect(t, w, handOver(t, w, v, enroll.HandCamera, enroll.HandForFace))
	login, _, _ := strings.Cut(ticket, ".")
	for _, forged := range []string{"", login, login + ".", ticket + "A"} {
		_, err := w.Service.Handed(ctx, forged, "192.0.2.7", "")
		wantReason(t, err, "handoff_over")
	}
}

func TestFilesByHandoff(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	h := handed(t, w, connect(t, w, handOver(t, w, v, enroll.HandFiles, enroll.ProofFiles)))
	kind, err := w.Service.HandedKind(h)
	if err != nil || kind.Key != enroll.ProofFiles {
		t.Fatalf("kind %q, %v", kind.Key, err)
	}
	wantReason(t, w.Service.HandFile(ctx, h, []byte("no picture")), "upload_type")
	for range kind.MaxFiles - 1 { // one is there already
		if err := w.Service.HandFile(ctx, h, photo(t, 900, 1200)); err != nil {
			t.Fatal(err)
		}
	}
	wantReason(t, w.Service.HandFile(ctx, h, photo(t, 900, 1200)), "attachment_full")
	if kept, err := w.Service.Handoff(ctx, v.Login.ID); err != nil || kept.Files != kind.MaxFiles-1 {
		t.Errorf("the PC hears of %d files, %v", kept.Files, err)
	}
	if err := w.Service.FinishHandoff(ctx, h); err != nil {
		t.Fatal(err)
	}
	wantHandoff(t, w, v, enroll.HandDone)
}

// The signature waits sealed, and the PC takes it once and signs with it as with its own pad's.
func TestSignatureByHandoff(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	_, err := w.Service.HandedSignature(ctx, v.Login.ID)
	wantReason(t, err, "handoff_over")
	h := handed(t, w, connect(t, w, handOver(t, w, v, enroll.HandSignature, enroll.HandForCommitment)))
	wantReason(t, w.Service.HandSignature(ctx, h, ""), "signature_missing")
	_, err = w.Service.HandedSignature(ctx, v.Login.ID)
	wantReason(t, err, "handoff_signature")
	if err := w.Service.HandSignature(ctx, h, strokes(t)); err != nil {
		t.Fatal(err)
	}
	kept, err := w.Service.KV.HGetAll(ctx, "handoff:"+v.Login.ID).Result()
	if err != nil || kept["signature"] == "" || bytes.Contains([]byte(kept["signature"]), []byte("PNG")) {
		t.Errorf("kept %d bytes in the open, %v", len(kept["signature"]), err)
	}
	signature, err := w.Service.HandedSignature(ctx, v.Login.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Service.HandedSignature(ctx, v.Login.ID)
	wantReason(t, err, "handoff_signature")
	letter, err := w.Service.Commitment(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.SignCommitment(ctx, v, letter.Text.Version, letter.Text.Hash, service.Signing{Signature: signature}); err != nil {
		t.Fatal(err)
	}
}

// The proof of a correction waits for the PC's page, which takes it once and hands it in itself.
func TestHeldFileByHandoff(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	h := handed(t, w, connect(t, w, handOver(t, w, v, enroll.HandFiles, enroll.HandForCorrection)))
	if kind, err := w.Service.HandedKind(h); err != nil || kind.Key != enroll.HandForCorrection {
		t.Fatalf("kind %q, %v", kind.Key, err)
	}
	wantReason(t, w.Service.HandFile(ctx, h, []byte("no picture")), "upload_type")
	for range 2 {
		if err := w.Service.HandFile(ctx, h, photo(t, 900, 1200)); err != nil {
			t.Fatal(err)
		}
	}
	_, err := w.Service.HandedFile(ctx, v.Login.ID)
	wantReason(t, err, "handoff_file")
	if err := w.Service.FinishHandoff(ctx, h); err != nil {
		t.Fatal(err)
	}
	file, err := w.Service.HandedFile(ctx, v.Login.ID)
	if err != nil || !strings.HasPrefix(file, "data:image/jpeg;base64,") {
		t.Fatalf("the PC gets %.40q, %v", file, err)
	}
	_, err = w.Service.HandedFile(ctx, v.Login.ID)
	wantReason(t, err, "handoff_file")
}
