package store

import (
	"context"

	"xinsheng/enroll"
)

type auditRow struct {
	ID      string `db:"id"`
	At      int64  `db:"at"`
	Staff   string `db:"staff_id"`
	Account string `db:"account"`
	Role    string `db:"role"`
	Action  string `db:"action"`
	Object  string `db:"object"`
	Detail  string `db:"detail"`
	Address string `db:"address"`
	Seq     *int64 `db:"seq"`
	Chain   []byte `db:"chain"`
}

// AddAudit writes a line of the audit log; lines are only added.
func (s *Store) AddAudit(ctx context.Context, a enroll.Audit) error {
	return s.insert(ctx, "audit", auditRow{
		ID: a.ID, At: millis(a.At), Staff: a.Staff, Account: a.Account, Role: string(a.Role), Action: a.Action, Object: a.Object,
		Detail: a.Detail, Address: a.Address,
	})
}
