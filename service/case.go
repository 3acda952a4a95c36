package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// openCase leaves something to a person; one kind and subject opens one case, and opened says whether this did.
func (s *Service) openCase(ctx context.Context, tx *store.Store, c enroll.Case, subject string) (opened bool, err error) {
	stands, err := tx.HasCase(ctx, c.Kind, subject)
	if err != nil || stands {
		return false, err
	}
	c.ID, c.OpenedAt = tx.NewID(), s.Now()
	if err := tx.OpenCase(ctx, c, subject); tx.IsTaken(err) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	s.Log.Warn("case opened", "kind", c.Kind, "case", c.ID, "registration", c.Registration)
	return true, nil
}

// Cases lists what waits for a person, the oldest first.
func (s *Service) Cases(ctx context.Context) ([]enroll.Case, error) { return s.Store.OpenCases(ctx) }

// CloseCase ends a case with the words of who settled it; a closed one is changed.
func (s *Service) CloseCase(ctx context.Context, id, by, note string) error {
	if note == "" {
		return enroll.Fail("reason_missing")
	}
	return s.Store.CloseCase(ctx, id, by, note, s.Now())
}
