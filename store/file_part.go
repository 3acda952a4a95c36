package store

import (
	"context"
	"time"
)

// FilePart is one sealed object of a file that is too large for memory (大文件分段).
type FilePart struct {
	File      string `db:"file_id"`
	No        int    `db:"no"`
	Object    string `db:"object"`
	Bytes     int    `db:"bytes"`
	ExpiresAt int64  `db:"expires_at"`
}

// AddFilePart keeps the row of a part, whose object is kept already, until a moment.
func (s *Store) AddFilePart(ctx context.Context, p FilePart, expires time.Time) error {
	p.ExpiresAt = millis(expires)
	return s.insert(ctx, "file_part", p)
}

// FileParts lists a large file's parts in order; a file that has expired has none.
func (s *Store) FileParts(ctx context.Context, file string, now time.Time) ([]FilePart, error) {
	var parts []FilePart
	err := s.list(ctx, &parts, `SELECT * FROM file_part WHERE file_id = ? AND expires_at > ? ORDER BY no`, file, millis(now))
	return parts, err
}

// ExpireFile lets a large file be deleted by the next sweep.
func (s *Store) ExpireFile(ctx context.Context, file string) error {
	_, err := s.exec(ctx, `UPDATE file_part SET expires_at = 0 WHERE file_id = ?`, file)
	return err
}

// ExpiredParts lists some parts whose time is over.
func (s *Store) ExpiredParts(ctx context.Context, now time.Time, limit int) ([]FilePart, error) {
	var parts []FilePart
	err := s.list(ctx, &parts, `SELECT * FROM file_part WHERE expires_at <= ? ORDER BY expires_at LIMIT ?`, millis(now), limit)
	return parts, err
}

// DropFilePart forgets a part; its object is deleted after it.
func (s *Store) DropFilePart(ctx context.Context, p FilePart) error {
	_, err := s.exec(ctx, `DELETE FROM file_part WHERE file_id = ? AND no = ?`, p.File, p.No)
	return err
}
