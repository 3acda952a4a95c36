package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// fileMost bounds each list of one student's file; the latest are kept.
const fileMost = 500

// LoginsOf lists a registration's entries, the newest first.
func (s *Store) LoginsOf(ctx context.Context, registration string) ([]enroll.Login, error) {
	var rows []loginRow
	err := s.list(ctx, &rows, `SELECT * FROM login WHERE registration_id = ? ORDER BY at DESC, id DESC LIMIT ?`, registration, fileMost)
	if err != nil {
		return nil, err
	}
	list := make([]enroll.Login, 0, len(rows))
	for _, row := range rows {
		l, err := s.login(row)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, nil
}

// EndLogins ends every open entry into a registration of a student, but for the one to keep ("" for none).
func (s *Store) EndLogins(ctx context.Context, student, keep string, at time.Time) error {
	_, err := s.exec(ctx,
		`UPDATE login SET ended_at = ? WHERE registration_id IN (SELECT id FROM registration WHERE student_id = ?) AND id <> ? AND ended_at = 0`,
		millis(at), student, keep)
	return err
}

// EndOtherPhones ends every open entry into a registration of a student that was made with another phone than this.
func (s *Store) EndOtherPhones(ctx context.Context, student string, phone enroll.Phone, at time.Time) error {
	_, err := s.exec(ctx,
		`UPDATE login SET ended_at = ? WHERE registration_id IN (SELECT id FROM registration WHERE student_id = ?) AND phone_hash <> ? AND ended_at = 0`,
		millis(at), student, s.PhoneHash(phone))
	return err
}

// Consents lists every answer that was given in a registration's matter, the newest first.
func (s *Store) Consents(ctx context.Context, registration string) ([]enroll.Consent, error) {
	var rows []consentRow
	err := s.list(ctx, &rows, `SELECT * FROM consent WHERE registration_id = ? ORDER BY at DESC, id DESC LIMIT ?`, registration, fileMost)
	list := make([]enroll.Consent, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// CasesOf lists the cases of a registration's matter, open and closed, the newest first.
func (s *Store) CasesOf(ctx context.Context, registration string) ([]enroll.Case, error) {
	return s.cases(ctx, `SELECT * FROM finance_case WHERE registration_id = ? ORDER BY opened_at DESC, id DESC LIMIT ?`, registration, fileMost)
}

// OutboxOf lists the outside effects of one kind in a registration's matter, the newest first.
func (s *Store) OutboxOf(ctx context.Context, registration, kind string) ([]enroll.OutboxMessage, error) {
	var rows []outboxRow
	err := s.list(ctx, &rows, `SELECT * FROM outbox WHERE registration_id = ? AND kind = ? ORDER BY created_at DESC, id DESC LIMIT ?`, registration, kind, fileMost)
	if err != nil {
		return nil, err
	}
	list := make([]enroll.OutboxMessage, 0, len(rows))
	for _, r := range rows {
		m, err := s.outboxMessage(r)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// DeliveriesOf says what WeChat reported of messages, by outbox id: success, failed:user block …; "" while nothing came.
func (s *Store) DeliveriesOf(ctx context.Context, messages []enroll.OutboxMessage) (map[string]string, error) {
	reports := map[string]string{}
	if len(messages) == 0 {
		return reports, nil
	}
	ids := make([]string, len(messages))
	for i, m := range messages {
		ids[i] = m.ID
	}
	var rows []struct {
		Outbox string `db:"outbox_id"`
		Status string `db:"status"`
	}
	err := s.listIn(ctx, &rows, `SELECT outbox_id, status FROM delivery WHERE outbox_id IN (?) ORDER BY at`, ids)
	for _, r := range rows {
		reports[r.Outbox] = r.Status
	}
	return reports, err
}

// ImportsOf lists the imports whose rows opened or changed a registration, the oldest first.
func (s *Store) ImportsOf(ctx context.Context, registration string) ([]enroll.RosterImport, error) {
	var rows []importRow
	err := s.list(ctx, &rows, `SELECT i.* FROM roster_import i JOIN roster_row r ON r.import_id = i.id
		WHERE r.registration_id = ? AND r.applied = 1 AND r.verdict <> 'same' ORDER BY i.created_at LIMIT ?`, registration, fileMost)
	list := make([]enroll.RosterImport, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// Looks lists what staff did in a registration's matter, as the audit log has it, the newest first.
func (s *Store) Looks(ctx context.Context, registration string) ([]enroll.Audit, error) {
	var rows []auditRow
	err := s.list(ctx, &rows, `SELECT id, at, staff_id, account, role, action, object, detail, address FROM audit WHERE object = ? ORDER BY at DESC, id DESC LIMIT ?`, registration, fileMost)
	list := make([]enroll.Audit, len(rows))
	for i, r := range rows {
		list[i] = enroll.Audit{
			ID: r.ID, At: moment(r.At), Staff: r.Staff, Account: r.Account, Role: enroll.Role(r.Role), Action: r.Action,
			Object: r.Object, Detail: r.Detail, Address: r.Address,
		}
	}
	return list, err
}
