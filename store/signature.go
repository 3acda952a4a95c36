package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type signatureRow struct {
	ID           string `db:"id"`
	Registration string `db:"registration_id"`
	Kind         string `db:"kind"`
	TextVersion  int    `db:"text_version"`
	TextHash     string `db:"text_hash"`
	Picture      string `db:"picture"`
	PDF          string `db:"pdf"`
	At           int64  `db:"at"`
	VoidAt       int64  `db:"void_at"`
	Helper       string `db:"helper"`
	TypedName    string `db:"typed_name"`
}

// Signature finds the signature that counts, or nil where none does.
func (s *Store) Signature(ctx context.Context, registration string, kind enroll.TextKind) (*enroll.Signature, error) {
	var rows []signatureRow
	err := s.list(ctx, &rows,
		`SELECT * FROM signature WHERE registration_id = ? AND kind = ? AND void_at = 0 ORDER BY at DESC, id DESC LIMIT 1`, registration, kind)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	r := rows[0]
	return &enroll.Signature{
		ID: r.ID, Registration: r.Registration, Kind: enroll.TextKind(r.Kind), TextVersion: r.TextVersion, TextHash: r.TextHash,
		Picture: r.Picture, PDF: r.PDF, At: moment(r.At), VoidAt: moment(r.VoidAt), Helper: r.Helper, TypedName: r.TypedName,
	}, nil
}

// AddSignature keeps what was signed; its objects are on disk already.
func (s *Store) AddSignature(ctx context.Context, g enroll.Signature) error {
	return s.insert(ctx, "signature", signatureRow{
		ID: g.ID, Registration: g.Registration, Kind: string(g.Kind), TextVersion: g.TextVersion, TextHash: g.TextHash,
		Picture: g.Picture, PDF: g.PDF, At: millis(g.At), Helper: g.Helper, TypedName: g.TypedName,
	})
}

// VoidSignatures lets no earlier signature of this kind count any more; they stay on record.
func (s *Store) VoidSignatures(ctx context.Context, registration string, kind enroll.TextKind, now time.Time) error {
	_, err := s.exec(ctx, `UPDATE signature SET void_at = ? WHERE registration_id = ? AND kind = ? AND void_at = 0`,
		millis(now), registration, kind)
	return err
}
