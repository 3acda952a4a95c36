package store

import (
	"context"

	"xinsheng/enroll"
)

type approvalRow struct {
	ID           string  `db:"id"`
	Kind         string  `db:"kind"`
	Object       string  `db:"object"`
	Registration string  `db:"registration_id"`
	LiveKey      *string `db:"live_key"`
	Params       string  `db:"params"`
	Reason       string  `db:"reason"`
	State        string  `db:"state"`
	AskedBy      string  `db:"asked_by"`
	AskedAt      int64   `db:"asked_at"`
	DecidedBy    string  `db:"decided_by"`
	DecidedAt    int64   `db:"decided_at"`
	Note         string  `db:"note"`
}

func (r approvalRow) value() enroll.Approval {
	return enroll.Approval{
		ID: r.ID, Kind: enroll.ApprovalKind(r.Kind), Object: r.Object, Registration: r.Registration, Params: []byte(r.Params),
		Reason: r.Reason, State: enroll.ApprovalState(r.State), AskedBy: r.AskedBy, AskedAt: moment(r.AskedAt),
		DecidedBy: r.DecidedBy, DecidedAt: moment(r.DecidedAt), Note: r.Note,
	}
}

// AddApproval keeps an act that waits for its second person; IsTaken tells that the same one waits already.
func (s *Store) AddApproval(ctx context.Context, a enroll.Approval) error {
	live := string(a.Kind) + ":" + a.Object
	return s.insert(ctx, "approval", approvalRow{
		ID: a.ID, Kind: string(a.Kind), Object: a.Object, Registration: a.Registration, LiveKey: &live, Params: string(a.Params),
		Reason: a.Reason, State: string(enroll.ApprovalPending), AskedBy: a.AskedBy, AskedAt: millis(a.AskedAt),
	})
}

// Approval finds an asked act by id.
func (s *Store) Approval(ctx context.Context, id string) (enroll.Approval, error) {
	var row approvalRow
	err := s.get(ctx, &row, `SELECT * FROM approval WHERE id = ?`, id)
	return row.value(), err
}

// Approvals lists one page of asked acts in a state, the oldest first.
func (s *Store) Approvals(ctx context.Context, state enroll.ApprovalState, after string, limit int) ([]enroll.Approval, error) {
	return s.approvals(ctx, `SELECT * FROM approval WHERE state = ? AND id > ? ORDER BY id LIMIT ?`, state, after, limit)
}

// ApprovalsOf lists what was ever asked for in a registration's matter, the newest first.
func (s *Store) ApprovalsOf(ctx context.Context, registration string) ([]enroll.Approval, error) {
	return s.approvals(ctx, `SELECT * FROM approval WHERE registration_id = ? ORDER BY asked_at DESC, id DESC`, registration)
}

func (s *Store) approvals(ctx context.Context, query string, args ...any) ([]enroll.Approval, error) {
	var rows []approvalRow
	err := s.list(ctx, &rows, query, args...)
	list := make([]enroll.Approval, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// DecideApproval ends a pending act; changed where somebody was first.
func (s *Store) DecideApproval(ctx context.Context, a enroll.Approval) error {
	return s.guard(ctx, `UPDATE approval SET state = ?, live_key = NULL, decided_by = ?, decided_at = ?, note = ? WHERE id = ? AND state = 'pending'`,
		a.State, a.DecidedBy, millis(a.DecidedAt), a.Note, a.ID)
}
