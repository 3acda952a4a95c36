package store

import (
	"context"

	"xinsheng/enroll"
)

// OrderPage lists one page of all orders before the given id, the newest first, in one status or in any.
func (s *Store) OrderPage(ctx context.Context, status enroll.OrderStatus, before string, limit int) ([]enroll.Order, error) {
	return s.orders(ctx, `SELECT * FROM pay_order WHERE (status = ? OR ? = '') AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`,
		status, status, before, before, limit)
}

// CasePage lists one page of cases before the given id, the newest first: open ones or closed ones, of one kind or of any.
func (s *Store) CasePage(ctx context.Context, kind enroll.CaseKind, open bool, before string, limit int) ([]enroll.Case, error) {
	return s.cases(ctx, `SELECT * FROM finance_case WHERE (kind = ? OR ? = '') AND (closed_at = 0) = ? AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`,
		kind, kind, open, before, before, limit)
}

// RegistrationsBy finds matters by id.
func (s *Store) RegistrationsBy(ctx context.Context, ids []string) (map[string]enroll.Registration, error) {
	found := make(map[string]enroll.Registration, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var rows []registrationRow
	if err := s.listIn(ctx, &rows, `SELECT * FROM registration WHERE id IN (?)`, ids); err != nil {
		return nil, err
	}
	list, err := s.registrations(rows)
	for _, r := range list {
		found[r.ID] = r
	}
	return found, err
}
