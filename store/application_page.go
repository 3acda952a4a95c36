package store

import (
	"context"

	"xinsheng/enroll"
)

// ApplicationPage lists applications of a kind and a state, or of any, before the given id, the newest first.
func (s *Store) ApplicationPage(ctx context.Context, kind enroll.ApplicationKind, state enroll.ApplicationState, before string, limit int) ([]enroll.Application, error) {
	return s.applications(ctx, `SELECT * FROM application WHERE (kind = ? OR ? = '') AND (state = ? OR ? = '') AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`,
		kind, kind, state, state, before, before, limit)
}
