package service_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

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

// TestAProofHasFewPages: a picture is one, a PDF has its own, all of them together are bounded.
func TestAProofHasFewPages(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	pdf := func(pages int) []byte {
		return []byte("%PDF-1.7\n" + strings.Repeat("1 0 obj\n<< /Type /Page >>\nendobj\n", pages) + "%%EOF\n")
	}
	wantReason(t, w.Service.Attach(ctx, v, enroll.ProofFiles, pdf(5)), "attachment_pages")
	attach(t, w, v, enroll.ProofFiles, pdf(4))
	wantReason(t, w.Service.Attach(ctx, v, enroll.ProofFiles, photo(t, 640, 400)), "attachment_pages")
	a, err := w.Service.Attachments(ctx, v)
	if last := a.Files[len(a.Files)-1]; err != nil || last.Pages != 4 {
		t.Errorf("%d pages are kept, %v", last.Pages, err)
	}
	attach(t, w, v, enroll.OtherFiles, pdf(30))
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
			body, err := os.ReadFile(filepath.Join(w.FilesFolder(), name[:2], name))
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
	err = filepath.Walk(w.FilesFolder(), func(path string, info os.FileInfo, err error) error {
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
