package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// A large file, as a list to import or an export, is kept as sealed parts of
// largePart bytes, so that nobody ever holds it whole in memory, and goes after largeKept.
const (
	largePart = 4 << 20
	largeKept = 7 * 24 * time.Hour
)

// largeWriter keeps what is written to it as parts of one file.
type largeWriter struct {
	ctx     context.Context
	service *Service
	id      string
	no      int
	waiting []byte
}

// newLarge begins a large file; what was kept of it stays until it expires, whether it is closed or not.
func (s *Service) newLarge(ctx context.Context) *largeWriter {
	return &largeWriter{ctx: ctx, service: s, id: s.Store.NewID(), waiting: make([]byte, 0, largePart)}
}

// Write keeps every full part.
func (w *largeWriter) Write(p []byte) (int, error) {
	written := len(p)
	for len(p) > 0 {
		n := min(len(p), largePart-len(w.waiting))
		w.waiting, p = append(w.waiting, p[:n]...), p[n:]
		if len(w.waiting) == largePart {
			if err := w.flush(); err != nil {
				return 0, err
			}
		}
	}
	return written, nil
}

// Close keeps the last part.
func (w *largeWriter) Close() error {
	if len(w.waiting) == 0 {
		return nil
	}
	return w.flush()
}

func (w *largeWriter) flush() error {
	object, err := w.service.Files.Put(w.ctx, w.waiting)
	if err != nil {
		return err
	}
	part := store.FilePart{File: w.id, No: w.no, Object: object, Bytes: len(w.waiting)}
	if err := w.service.Store.AddFilePart(w.ctx, part, w.service.Now().Add(largeKept)); err != nil {
		w.service.forget(w.ctx, object)
		return fmt.Errorf("part %d of file %s: %w", w.no, w.id, err)
	}
	w.no, w.waiting = w.no+1, w.waiting[:0]
	return nil
}

// largeReader reads a large file at any place; it remembers the last two parts,
// since an archive's directory and its entries lie apart.
type largeReader struct {
	ctx     context.Context
	service *Service
	parts   []store.FilePart
	opened  [2]openedPart
	next    int
}

type openedPart struct {
	object string
	body   []byte
}

// openLarge opens a large file for reading; not_found once it has expired.
func (s *Service) openLarge(ctx context.Context, id string) (*io.SectionReader, error) {
	parts, err := s.Store.FileParts(ctx, id, s.Now())
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		return nil, enroll.Fail("not_found")
	}
	var size int64
	for _, p := range parts {
		size += int64(p.Bytes)
	}
	return io.NewSectionReader(&largeReader{ctx: ctx, service: s, parts: parts}, 0, size), nil
}

// ReadAt reads from any place; all parts but the last are of one size.
func (r *largeReader) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) {
		no := int(at / largePart)
		if no >= len(r.parts) {
			return n, io.EOF
		}
		body, err := r.part(r.parts[no].Object)
		if err != nil {
			return n, err
		}
		from := int(at % largePart)
		if from >= len(body) {
			return n, io.EOF
		}
		copied := copy(p[n:], body[from:])
		n, at = n+copied, at+int64(copied)
	}
	return n, nil
}

func (r *largeReader) part(object string) ([]byte, error) {
	for _, p := range r.opened {
		if p.object == object {
			return p.body, nil
		}
	}
	body, err := r.service.Files.Get(r.ctx, object)
	if err != nil {
		return nil, err
	}
	r.opened[r.next] = openedPart{object, body}
	r.next = 1 - r.next
	return body, nil
}

// partHandful is how many expired parts are deleted at a time.
const partHandful = 100

// DropExpiredFiles deletes the large files whose time is over and counts their
// parts. The row goes first: an object that cannot be deleted now is an orphan, which the sweep of files takes.
func (s *Service) DropExpiredFiles(ctx context.Context) (dropped int, err error) {
	for {
		parts, err := s.Store.ExpiredParts(ctx, s.Now(), partHandful)
		if err != nil || len(parts) == 0 {
			return dropped, err
		}
		for _, p := range parts {
			if err := s.Store.DropFilePart(ctx, p); err != nil {
				return dropped, err
			}
			s.forget(ctx, p.Object)
			dropped++
		}
	}
}

// KeepUpload keeps a file of staff as it comes in, at most limit bytes, and says how it may be opened.
func (s *Service) KeepUpload(ctx context.Context, body io.Reader, limit int64) (string, error) {
	w := s.newLarge(ctx)
	n, err := io.Copy(w, io.LimitReader(body, limit+1))
	if err == nil && n > limit {
		err = enroll.Fail("body_too_large")
	}
	if err == nil && n == 0 {
		err = enroll.Fail("upload_empty")
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return "", errors.Join(err, s.Store.ExpireFile(context.WithoutCancel(ctx), w.id))
	}
	return w.id, nil
}
