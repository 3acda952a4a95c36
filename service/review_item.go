package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// waitingItem finds something that waits and that this member of staff has a
// word in: what another point has is not_found, what was decided says by whom.
func (s *Service) waitingItem(ctx context.Context, d *Duty, kind enroll.ReviewKind, id string) (enroll.ReviewItem, error) {
	if !mayReview(d, kind) {
		return enroll.ReviewItem{}, enroll.Fail("not_found")
	}
	item, err := s.Store.ReviewItem(ctx, kind, id, s.Now())
	if enroll.CodeOf(err) == enroll.NotFound && err != nil {
		return item, s.notWaiting(ctx, d, kind, id)
	}
	if err != nil {
		return item, err
	}
	if err := s.inScope(ctx, d, enroll.Registration{Point: item.Point}); err != nil {
		return enroll.ReviewItem{}, err
	}
	return item, nil
}

// notWaiting says who decided what does not wait any more; what this member of staff may not see is not_found.
func (s *Service) notWaiting(ctx context.Context, d *Duty, kind enroll.ReviewKind, id string) error {
	end, err := s.reviewEnd(ctx, kind, id)
	if err != nil {
		return err
	}
	if _, err := s.StaffRegistration(ctx, d, end.registration); err != nil {
		return err
	}
	if end.at.IsZero() {
		return enroll.Fail("review_changed")
	}
	return enroll.Fail("review_decided", s.staffNames(ctx, end.by), enroll.Minute(end.at), end.how)
}

// reviewEnd is how something ended that waited once.
type reviewEnd struct {
	registration, by, how string
	at                    time.Time
}

func (s *Service) reviewEnd(ctx context.Context, kind enroll.ReviewKind, id string) (reviewEnd, error) {
	switch kind {
	case enroll.ReviewFace:
		a, err := s.Store.Archive(ctx, id)
		return reviewEnd{a.Registration, a.DecidedBy, a.State.Name(), a.DecidedAt}, err
	case enroll.ReviewApplication:
		a, err := s.Store.Application(ctx, id)
		return reviewEnd{a.Registration, a.DecidedBy, a.State.Name(), a.DecidedAt}, err
	case enroll.ReviewCorrection, enroll.ReviewName:
		c, err := s.Store.Correction(ctx, id)
		return reviewEnd{c.Registration, c.DecidedBy, c.State.Name(), c.DecidedAt}, err
	case enroll.ReviewForm:
		return s.formEnd(ctx, id)
	case enroll.ReviewProof:
		return s.proofEnd(ctx, id)
	}
	return reviewEnd{}, enroll.Fail("not_found")
}

// formEnd is the last event that took a form out of review.
func (s *Service) formEnd(ctx context.Context, id string) (reviewEnd, error) {
	r, err := s.Store.Registration(ctx, id)
	if err != nil {
		return reviewEnd{}, err
	}
	events, err := s.Store.Events(ctx, id)
	for _, e := range slices.Backward(events) {
		if e.From != enroll.Submitted || e.To == e.From {
			continue
		}
		by := e.ByID
		if e.By == enroll.ByStudent {
			by = e.By.Name()
		}
		return reviewEnd{r.ID, by, e.To.Name(), e.At}, err
	}
	return reviewEnd{registration: r.ID}, err
}

func (s *Service) proofEnd(ctx context.Context, id string) (reviewEnd, error) {
	r, err := s.Store.Registration(ctx, id)
	if err != nil {
		return reviewEnd{}, err
	}
	checks, err := s.Store.ProofChecks(ctx, id)
	if err != nil || len(checks) == 0 {
		return reviewEnd{registration: r.ID}, err
	}
	last := checks[len(checks)-1]
	return reviewEnd{r.ID, last.By, last.Result.Name(), last.At}, nil
}

// staffNames turns the accounts of who decided into names, as colleagues know each other.
func (s *Service) staffNames(ctx context.Context, accounts string) string {
	names := strings.Split(accounts, "+")
	for i, account := range names {
		if p, err := s.Store.StaffByAccount(ctx, account); err == nil && p.Name != "" {
			names[i] = p.Name
		}
	}
	return strings.Join(names, "、")
}

// ClaimReview opens an item for this member of staff, or renews the claim: for
// ten minutes nobody else decides on it. Who has it open already is named.
func (s *Service) ClaimReview(ctx context.Context, d *Duty, kind enroll.ReviewKind, id string) error {
	item, err := s.waitingItem(ctx, d, kind, id)
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		now := s.Now()
		won, err := tx.ClaimReview(ctx, kind, id, d.Staff.ID, now, now.Add(enroll.ReviewLease))
		if err != nil || won {
			return err
		}
		if item, err = tx.ReviewItem(ctx, kind, id, now); err != nil {
			return err
		}
		return s.claimed(ctx, d, item)
	})
}

// ReleaseReview lets go of an item, so that colleagues can open it at once.
func (s *Service) ReleaseReview(ctx context.Context, d *Duty, kind enroll.ReviewKind, id string) error {
	return s.Store.ReleaseReview(ctx, kind, id, d.Staff.ID)
}

// claimed refuses what somebody else has open, and names them.
func (s *Service) claimed(ctx context.Context, d *Duty, item enroll.ReviewItem) error {
	if item.Claim == nil || item.Claim.Staff == d.Staff.ID {
		return nil
	}
	return enroll.Fail("review_claimed", item.Claim.By, enroll.Minute(item.Claim.Since)).With("by", item.Claim.By).With("since", item.Claim.Since.UnixMilli())
}
