package store

import (
	"context"
	"encoding/json"
	"time"

	"xinsheng/enroll"
)

type claimRow struct {
	Kind  string `db:"kind"`
	Item  string `db:"item_id"`
	Staff string `db:"staff_id"`
	Since int64  `db:"since"`
	Until int64  `db:"until_at"`
}

// ClaimReview opens an item for a member of staff until a moment, or renews the
// own claim; false where somebody else has it open.
func (s *Store) ClaimReview(ctx context.Context, kind enroll.ReviewKind, item, staff string, now, until time.Time) (bool, error) {
	n, err := s.exec(ctx,
		`UPDATE review_claim SET since = CASE WHEN staff_id = ? AND until_at > ? THEN since ELSE ? END, staff_id = ?, until_at = ?
		 WHERE kind = ? AND item_id = ? AND (staff_id = ? OR until_at <= ?)`,
		staff, millis(now), millis(now), staff, millis(until), kind, item, staff, millis(now))
	if err != nil || n == 1 {
		return err == nil, err
	}
	err = s.insert(ctx, "review_claim", claimRow{Kind: string(kind), Item: item, Staff: staff, Since: millis(now), Until: millis(until)})
	if s.IsTaken(err) {
		return false, nil
	}
	return err == nil, err
}

// ReleaseReview lets go of an item that a member of staff has open; what somebody else has open stays.
func (s *Store) ReleaseReview(ctx context.Context, kind enroll.ReviewKind, item, staff string) error {
	_, err := s.exec(ctx, `DELETE FROM review_claim WHERE kind = ? AND item_id = ? AND staff_id = ?`, kind, item, staff)
	return err
}

type firstReviewRow struct {
	Kind    string `db:"kind"`
	Item    string `db:"item_id"`
	Version int64  `db:"item_version"`
	Pass    bool   `db:"pass"`
	Reason  string `db:"reason"`
	Items   string `db:"items"`
	Staff   string `db:"staff_id"`
	At      int64  `db:"at"`
}

// AddFirstReview keeps a clerk's word on a version of an item, in place of one
// on an earlier version; IsTaken tells that this version has one.
func (s *Store) AddFirstReview(ctx context.Context, f enroll.FirstReview) error {
	if _, err := s.exec(ctx, `DELETE FROM first_review WHERE kind = ? AND item_id = ? AND item_version <> ?`, f.Kind, f.Item, f.Version); err != nil {
		return err
	}
	row := firstReviewRow{Kind: string(f.Kind), Item: f.Item, Version: f.Version, Pass: f.Pass, Reason: f.Reason, Staff: f.Staff, At: millis(f.At)}
	if len(f.Items) > 0 {
		items, err := json.Marshal(f.Items)
		if err != nil {
			return err
		}
		row.Items = string(items)
	}
	return s.insert(ctx, "first_review", row)
}
