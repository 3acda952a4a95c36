package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type caseRow struct {
	ID           string `db:"id"`
	Kind         string `db:"kind"`
	Subject      string `db:"subject"`
	Registration string `db:"registration_id"`
	Bill         string `db:"bill_id"`
	Order        string `db:"order_id"`
	Fact         string `db:"fact_id"`
	Detail       string `db:"detail"`
	OpenedAt     int64  `db:"opened_at"`
	ClosedAt     int64  `db:"closed_at"`
	ClosedBy     string `db:"closed_by"`
	Note         string `db:"note"`
}

func (r caseRow) value() enroll.Case {
	return enroll.Case{
		ID: r.ID, Kind: enroll.CaseKind(r.Kind), Registration: r.Registration, Bill: r.Bill, Order: r.Order, Fact: r.Fact,
		Detail: r.Detail, OpenedAt: moment(r.OpenedAt), ClosedAt: moment(r.ClosedAt), ClosedBy: r.ClosedBy, Note: r.Note,
	}
}

// OpenCase keeps a case; the same kind and subject opens once, which IsTaken tells.
func (s *Store) OpenCase(ctx context.Context, c enroll.Case, subject string) error {
	return s.insert(ctx, "finance_case", caseRow{
		ID: c.ID, Kind: string(c.Kind), Subject: subject, Registration: c.Registration, Bill: c.Bill, Order: c.Order, Fact: c.Fact,
		Detail: c.Detail, OpenedAt: millis(c.OpenedAt),
	})
}

// HasCase says whether a case of this kind and subject was ever opened.
func (s *Store) HasCase(ctx context.Context, kind enroll.CaseKind, subject string) (bool, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM finance_case WHERE kind = ? AND subject = ?`, kind, subject)
	return n > 0, err
}

// Case finds a case by id.
func (s *Store) Case(ctx context.Context, id string) (enroll.Case, error) {
	var row caseRow
	err := s.get(ctx, &row, `SELECT * FROM finance_case WHERE id = ?`, id)
	return row.value(), err
}

// OpenCases lists what waits for a person, the oldest first.
func (s *Store) OpenCases(ctx context.Context) ([]enroll.Case, error) {
	return s.cases(ctx, `SELECT * FROM finance_case WHERE closed_at = 0 ORDER BY opened_at, id`)
}

// CasesOfBill lists the open cases on a bill.
func (s *Store) CasesOfBill(ctx context.Context, bill string) ([]enroll.Case, error) {
	return s.cases(ctx, `SELECT * FROM finance_case WHERE bill_id = ? AND closed_at = 0 ORDER BY opened_at, id`, bill)
}

func (s *Store) cases(ctx context.Context, query string, args ...any) ([]enroll.Case, error) {
	var rows []caseRow
	err := s.list(ctx, &rows, query, args...)
	list := make([]enroll.Case, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// CloseCase ends an open case with the words of who settled it.
func (s *Store) CloseCase(ctx context.Context, id, by, note string, at time.Time) error {
	return s.guard(ctx, `UPDATE finance_case SET closed_at = ?, closed_by = ?, note = ? WHERE id = ? AND closed_at = 0`, millis(at), by, note, id)
}
