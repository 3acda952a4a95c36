package store

import (
	"context"
	"encoding/hex"
	"time"
)

// printsCompared bounds how many kept pictures of one band a new one is held
// against, so that what very many have in common does not crowd out what tells.
const printsCompared = 60

// PictureMark names what alike pictures have in common: the mark of a kept one
// that same finds to be the same, or one of its own. It is looked for by bands of
// the print, which are kept as blind indexes; prints are kept sealed.
func (s *Store) PictureMark(ctx context.Context, print []byte, bands []string, same func(kept []byte) bool) (string, error) {
	seen := map[string]bool{}
	for _, band := range bands {
		var kept []struct {
			Mark  []byte `db:"mark"`
			Print []byte `db:"print"`
		}
		err := s.list(ctx, &kept, `SELECT mark, print FROM picture_print WHERE band = ? ORDER BY at DESC LIMIT ?`, s.keys.Index("picture_print", band), printsCompared)
		if err != nil {
			return "", err
		}
		for _, row := range kept {
			mark := hex.EncodeToString(row.Mark)
			if seen[mark] {
				continue
			}
			seen[mark] = true
			opened, err := s.keys.Open("picture_print", "print", mark, row.Print)
			if err != nil || same(opened) {
				return mark, err
			}
		}
	}
	return hex.EncodeToString(s.keys.Index("picture_mark", string(print))), nil
}

// KeepPrint keeps a print with its mark, to be found by its bands.
func (s *Store) KeepPrint(ctx context.Context, mark string, print []byte, bands []string, now time.Time) error {
	raw, err := hex.DecodeString(mark)
	if err != nil {
		return err
	}
	sealed := s.keys.Seal("picture_print", "print", mark, print)
	for _, band := range bands {
		if err := s.keepPrint(ctx, s.keys.Index("picture_print", band), raw, sealed, now); err != nil {
			return err
		}
	}
	return nil
}

// keepPrint keeps a band of a print, once for its mark.
func (s *Store) keepPrint(ctx context.Context, band, mark, print []byte, now time.Time) error {
	n, err := s.exec(ctx, `UPDATE picture_print SET at = ? WHERE band = ? AND mark = ?`, millis(now), band, mark)
	if err != nil || n > 0 {
		return err
	}
	_, err = s.exec(ctx, `INSERT INTO picture_print (band, mark, print, at) VALUES (?, ?, ?, ?)`, band, mark, print, millis(now))
	if s.IsTaken(err) {
		return nil // kept by another request at the same moment
	}
	return err
}
