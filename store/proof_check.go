package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type proofCheckRow struct {
	ID           string `db:"id"`
	Registration string `db:"registration_id"`
	SavedAt      int64  `db:"saved_at"`
	SubmittedAt  int64  `db:"submitted_at"`
	Result       string `db:"result"`
	Note         string `db:"note"`
	Evidence     string `db:"evidence"`
	By           string `db:"checked_by"`
	At           int64  `db:"at"`
}

// AddProofCheck keeps what a check of a proof with its issuer said; IsTaken tells that it was checked since it was handed in.
func (s *Store) AddProofCheck(ctx context.Context, c enroll.ProofCheck) error {
	return s.insert(ctx, "proof_check", proofCheckRow{
		ID: c.ID, Registration: c.Registration, SavedAt: millis(c.SavedAt), SubmittedAt: millis(c.SubmittedAt),
		Result: string(c.Result), Note: c.Note, Evidence: c.Evidence, By: c.By, At: millis(c.At),
	})
}

// ProofChecks lists the checks of a registration's proof, the oldest first.
func (s *Store) ProofChecks(ctx context.Context, registration string) ([]enroll.ProofCheck, error) {
	var rows []proofCheckRow
	err := s.list(ctx, &rows, `SELECT * FROM proof_check WHERE registration_id = ? ORDER BY at, id`, registration)
	checks := make([]enroll.ProofCheck, len(rows))
	for i, r := range rows {
		checks[i] = enroll.ProofCheck{
			ID: r.ID, Registration: r.Registration, SavedAt: moment(r.SavedAt), SubmittedAt: moment(r.SubmittedAt),
			Result: enroll.ProofResult(r.Result), Note: r.Note, Evidence: r.Evidence, By: r.By, At: moment(r.At),
		}
	}
	return checks, err
}

// ProofSavedAt is when what a proof carries was last written, which names its version; zero where nothing was.
func (s *Store) ProofSavedAt(ctx context.Context, registration string) (time.Time, error) {
	var at []int64
	err := s.list(ctx, &at, `SELECT saved_at FROM proof WHERE registration_id = ?`, registration)
	if err != nil || len(at) == 0 {
		return time.Time{}, err
	}
	return moment(at[0]), nil
}
