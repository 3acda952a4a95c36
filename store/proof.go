package store

import (
	"context"
	"encoding/json"
	"time"

	"xinsheng/enroll"
)

type proofRow struct {
	Registration string `db:"registration_id"`
	Content      []byte `db:"content"`
	SavedAt      int64  `db:"saved_at"`
}

// Proof finds what a registration's proof of earlier studies carries; empty where nothing was written.
func (s *Store) Proof(ctx context.Context, registration string) (enroll.Proof, error) {
	var rows []proofRow
	err := s.list(ctx, &rows, `SELECT * FROM proof WHERE registration_id = ?`, registration)
	if err != nil || len(rows) == 0 {
		return enroll.Proof{}, err
	}
	plain, err := s.keys.Open("proof", "content", registration, rows[0].Content)
	if err != nil {
		return enroll.Proof{}, err
	}
	var p enroll.Proof
	return p, json.Unmarshal(plain, &p)
}

// SaveProof keeps what a proof carries, in place of what was there; it runs in a transaction that holds the form.
func (s *Store) SaveProof(ctx context.Context, registration string, p enroll.Proof, now time.Time) error {
	plain, err := json.Marshal(p)
	if err != nil {
		return err
	}
	sealed := s.keys.Seal("proof", "content", registration, plain)
	n, err := s.exec(ctx, `UPDATE proof SET content = ?, saved_at = ? WHERE registration_id = ?`, sealed, millis(now), registration)
	if err != nil || n == 1 {
		return err
	}
	return s.insert(ctx, "proof", proofRow{Registration: registration, Content: sealed, SavedAt: millis(now)})
}
