package service_test

import (
	"bytes"
	"context"
	"io"
	"math/rand"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// A large file comes back byte for byte, from any place, lies sealed, and is gone after its week.
func TestLargeFile(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	body := make([]byte, 9<<20+17)
	rand.New(rand.NewSource(1)).Read(body)
	id, err := w.Service.KeepUpload(ctx, bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := w.Service.OpenLarge(ctx, id)
	if err != nil || file.Size() != int64(len(body)) {
		t.Fatal(err, file)
	}
	if read, err := io.ReadAll(file); err != nil || !bytes.Equal(read, body) {
		t.Errorf("read %d bytes, %v", len(read), err)
	}
	piece := make([]byte, 1000)
	if _, err := file.ReadAt(piece, 4<<20-500); err != nil || !bytes.Equal(piece, body[4<<20-500:4<<20+500]) {
		t.Errorf("across two parts: %v", err)
	}
	if _, err := w.Service.KeepUpload(ctx, bytes.NewReader(body), 1<<20); enroll.ReasonOf(err) != "body_too_large" {
		t.Errorf("beyond the bound: %v", err)
	}
	if dropped, err := w.Service.DropExpiredFiles(ctx); err != nil || dropped != 1 {
		t.Errorf("of the one that was refused: %d, %v", dropped, err)
	}
	w.Clock.Advance(8 * 24 * time.Hour)
	if _, err := w.Service.OpenLarge(ctx, id); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("after its week: %v", err)
	}
	if dropped, err := w.Service.DropExpiredFiles(ctx); err != nil || dropped != 3 {
		t.Errorf("%d parts dropped, %v", dropped, err)
	}
}
