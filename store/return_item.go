package store

import (
	"context"

	"xinsheng/enroll"
)

type returnItemRow struct {
	Registration string `db:"registration_id"`
	Item         string `db:"item"`
	Reason       string `db:"reason"`
}

// ReturnItems lists what the student is asked to change, in the order of the form.
func (s *Store) ReturnItems(ctx context.Context, registration string) ([]enroll.ReturnItem, error) {
	var rows []returnItemRow
	err := s.list(ctx, &rows, `SELECT * FROM return_item WHERE registration_id = ?`, registration)
	items := make([]enroll.ReturnItem, len(rows))
	for i, r := range rows {
		items[i] = enroll.ReturnItem{Item: r.Item, Reason: r.Reason}
	}
	return enroll.SortReturnItems(items), err
}

// SetReturnItems replaces what the student is asked to change.
func (s *Store) SetReturnItems(ctx context.Context, registration string, items []enroll.ReturnItem) error {
	if _, err := s.exec(ctx, `DELETE FROM return_item WHERE registration_id = ?`, registration); err != nil {
		return err
	}
	for _, i := range items {
		if err := s.insert(ctx, "return_item", returnItemRow{Registration: registration, Item: i.Item, Reason: i.Reason}); err != nil {
			return err
		}
	}
	return nil
}
