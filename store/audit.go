package store

import (
	"context"
	"encoding/json"
	"time"

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
	Mac     []byte `db:"mac"`
}

// proof is the mac over everything that the line says.
func (r auditRow) proof(k *Keys) []byte {
	line, err := json.Marshal([]any{r.ID, r.At, r.Staff, r.Account, r.Role, r.Action, r.Object, r.Detail, r.Address})
	if err != nil {
		return nil // strings and numbers always marshal
	}
	return k.mac("audit", line)
}

func (r auditRow) value() enroll.Audit {
	return enroll.Audit{
		ID: r.ID, At: moment(r.At), Staff: r.Staff, Account: r.Account, Role: enroll.Role(r.Role), Action: r.Action,
		Object: r.Object, Detail: r.Detail, Address: r.Address,
	}
}

// AddAudit writes a line of the audit log; lines are only added.
func (s *Store) AddAudit(ctx context.Context, a enroll.Audit) error {
	row := auditRow{
		ID: a.ID, At: millis(a.At), Staff: a.Staff, Account: a.Account, Role: string(a.Role), Action: a.Action, Object: a.Object,
		Detail: a.Detail, Address: a.Address,
	}
	row.Mac = row.proof(s.keys)
	return s.insert(ctx, "audit", row)
}

// AuditQuery narrows the audit log; empty fields do not.
type AuditQuery struct {
	Account string
	Action  string
	Object  string
	From    time.Time
	// Until is the first moment that is no longer asked for.
	Until time.Time
	// After is the line that ended the former page.
	After string
	Limit int
}

// AuditList lists one page of the audit log, the newest first.
func (s *Store) AuditList(ctx context.Context, q AuditQuery) ([]enroll.Audit, error) {
	var rows []auditRow
	err := s.list(ctx, &rows, `SELECT * FROM audit WHERE (? = '' OR account = ?) AND (? = '' OR action = ?) AND (? = '' OR object = ?)
		AND (? = 0 OR at >= ?) AND (? = 0 OR at < ?) AND (? = '' OR id < ?) ORDER BY id DESC LIMIT ?`,
		q.Account, q.Account, q.Action, q.Action, q.Object, q.Object, millis(q.From), millis(q.From), millis(q.Until), millis(q.Until), q.After, q.After, q.Limit)
	list := make([]enroll.Audit, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// AuditObjects names some ids that are registrations (by 考生号) or accounts; others are left out.
func (s *Store) AuditObjects(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	if len(ids) == 0 {
		return names, nil
	}
	for _, query := range []string{`SELECT id, exam_no AS name FROM registration WHERE id IN (?)`, `SELECT id, account AS name FROM staff WHERE id IN (?)`} {
		var rows []struct {
			ID   string `db:"id"`
			Name string `db:"name"`
		}
		if err := s.listIn(ctx, &rows, query, ids); err != nil {
			return nil, err
		}
		for _, r := range rows {
			names[r.ID] = r.Name
		}
	}
	return names, nil
}
