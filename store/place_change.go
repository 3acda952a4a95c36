package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type placeChangeRow struct {
	ID        string `db:"id"`
	Intake    string `db:"intake_id"`
	At        int64  `db:"at"`
	ChangedBy string `db:"changed_by"`
	Kind      string `db:"kind"`
	Subject   string `db:"subject"`
	Before    string `db:"before_words"`
	After     string `db:"after_words"`
}

// AddPlaceChange keeps what was changed of a point, a program or a price, in the transaction of the change.
func (s *Store) AddPlaceChange(ctx context.Context, intake string, c enroll.PlaceChange, now time.Time) error {
	return s.insert(ctx, "place_change", placeChangeRow{
		ID: s.newID(), Intake: intake, At: millis(now), ChangedBy: c.By, Kind: string(c.Kind), Subject: c.Subject, Before: c.Before, After: c.After,
	})
}

// PlaceChanges lists the last changes of an intake's points, programs and prices, the newest first.
func (s *Store) PlaceChanges(ctx context.Context, intake string, limit int) ([]enroll.PlaceChange, error) {
	var rows []placeChangeRow
	err := s.list(ctx, &rows, `SELECT * FROM place_change WHERE intake_id = ? ORDER BY at DESC, id DESC LIMIT ?`, intake, limit)
	list := make([]enroll.PlaceChange, len(rows))
	for i, r := range rows {
		list[i] = enroll.PlaceChange{At: moment(r.At), By: r.ChangedBy, Kind: enroll.PlaceKind(r.Kind), Subject: r.Subject, Before: r.Before, After: r.After}
	}
	return list, err
}
