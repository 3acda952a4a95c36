package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"xinsheng/enroll"
)

type billRow struct {
	ID           string `db:"id"`
	Registration string `db:"registration_id"`
	Version      int    `db:"version"`
	TotalFen     int64  `db:"total_fen"`
	PaidFen      int64  `db:"paid_fen"`
	WaivedFen    int64  `db:"waived_fen"`
	Items        string `db:"items"`
	CreatedAt    int64  `db:"created_at"`
}

// Bill finds what a registration owes; not_found before the first submit.
func (s *Store) Bill(ctx context.Context, registration string) (enroll.Bill, error) {
	var row billRow
	if err := s.get(ctx, &row, `SELECT * FROM bill WHERE registration_id = ?`, registration); err != nil {
		return enroll.Bill{}, err
	}
	b := enroll.Bill{ID: row.ID, Registration: row.Registration, Version: row.Version, TotalFen: row.TotalFen, PaidFen: row.PaidFen, WaivedFen: row.WaivedFen}
	if err := json.Unmarshal([]byte(row.Items), &b.Items); err != nil {
		return b, fmt.Errorf("items of bill %s: %w", row.ID, err)
	}
	return b, nil
}

// SaveBill keeps a new bill (version 0), or changes one as it was read.
func (s *Store) SaveBill(ctx context.Context, b enroll.Bill, now time.Time) error {
	items, err := json.Marshal(b.Items)
	if err != nil {
		return err
	}
	if b.Version == 0 {
		return s.insert(ctx, "bill", billRow{
			ID: b.ID, Registration: b.Registration, Version: 1, TotalFen: b.TotalFen, PaidFen: b.PaidFen, WaivedFen: b.WaivedFen,
			Items: string(items), CreatedAt: millis(now),
		})
	}
	return s.guard(ctx, `UPDATE bill SET version = version + 1, total_fen = ?, paid_fen = ?, waived_fen = ?, items = ? WHERE id = ? AND version = ?`,
		b.TotalFen, b.PaidFen, b.WaivedFen, string(items), b.ID, b.Version)
}
