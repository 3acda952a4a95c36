package store

import (
	"context"
	"encoding/hex"
	"time"
)

// printsCompared bounds how many kept pictures one is held against.
const printsCompared = 500

// PictureMark names what alike pictures have in common: the mark of a kept one
// that same finds to be the same, or one of its own. It is looked for by bands of
// the print, which are kept as blind indexes; prints are kept sealed.
func (s *Store) PictureMark(ctx context.Context, print []byte, bands []string, same func(kept []byte) bool, now time.Time) (string, error) {
	indexes := make([][]byte, len(bands))
	for i, band := range bands {
		indexes[i] = s.keys.Index("picture_print", band)
	}
	var kept []struct {
		Mark  []byte `db:"mark"`
		Print []byte `db:"print"`
	}
	err := s.listIn(ctx, &kept, `SELECT mark, print FROM picture_print WHERE band IN (?) ORDER BY at DESC LIMIT ?`, indexes, printsCompared)
	if err != nil {
		return "", err
	}
	mark := s.keys.Index("picture_mark", string(print))
	for _, row := range kept {
		opened, err := s.keys.Open("picture_print", "print", hex.EncodeToString(row.Mark), row.Print)
		if err != nil {
			return "", err
		}
		if same(opened) {
			mark = row.Mark
			break
		}
	}
	sealed := s.keys.Seal("picture_print", "print", hex.EncodeToString(mark), print)
	for _, index := range indexes {
		if err := s.keepPrint(ctx, index, mark, sealed, now); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(mark), nil
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
