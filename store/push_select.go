package store

import (
	"context"
	"strings"

	"xinsheng/enroll"
)

// PushTarget is one registration that a selection finds, with what a notice may say and how to reach it.
type PushTarget struct {
	Registration enroll.Registration
	// OpenID and Phone are the bound ones, or empty.
	OpenID string
	Phone  enroll.Phone
	Bound  bool
	Number string
	// Bill is zero where none was made yet.
	Bill enroll.Bill
	// Follow says whether the person follows the account; FollowKnown that we know.
	Follow, FollowKnown bool
}

type targetRow struct {
	registrationRow
	OpenID     string  `db:"openid"`
	Phone      []byte  `db:"phone"`
	BoundAt    int64   `db:"bound_at"`
	Number     *string `db:"number"`
	BillID     *string `db:"bill_id"`
	TotalFen   *int64  `db:"total_fen"`
	PaidFen    *int64  `db:"paid_fen"`
	WaivedFen  *int64  `db:"waived_fen"`
	Subscribed *int    `db:"subscribed"`
}

const targetColumns = `registration.*, student.openid, student.phone, student.bound_at, student_number.number, bill.id AS bill_id,
	bill.total_fen, bill.paid_fen, bill.waived_fen, follower.subscribed`

const targetTables = ` FROM registration JOIN student ON student.id = registration.student_id
	LEFT JOIN student_number ON student_number.registration_id = registration.id
	LEFT JOIN bill ON bill.registration_id = registration.id
	LEFT JOIN follower ON follower.openid = student.openid AND student.openid <> ''`

// PushPlaces are the ids behind a selection's points and programs.
type PushPlaces struct{ Points, Programs []string }

// targetsWhere is the condition of a selection: what was asked for and nothing of an unfinished import.
func targetsWhere(p enroll.Push, places PushPlaces) (string, []any) {
	where, args := []string{`registration.intake_id = ?`, `NOT ` + unfinished}, []any{p.Intake}
	in := func(column string, list any, n int) {
		if n > 0 {
			where, args = append(where, column+` IN (?)`), append(args, list)
		}
	}
	in(`registration.status`, p.Selection.Statuses, len(p.Selection.Statuses))
	in(`registration.point_id`, places.Points, len(places.Points))
	in(`registration.program_id`, places.Programs, len(places.Programs))
	switch p.Selection.Money {
	case enroll.PushPaid:
		where = append(where, `bill.paid_fen + bill.waived_fen >= bill.total_fen`)
	case enroll.PushUnpaid:
		where = append(where, `(bill.id IS NULL OR bill.paid_fen + bill.waived_fen < bill.total_fen)`)
	}
	if p.Selection.Listed > 0 {
		where = append(where, `EXISTS (SELECT 1 FROM push_listed WHERE push_listed.push_id = ? AND push_listed.exam_no = registration.exam_no)`)
		args = append(args, p.ID)
	}
	return strings.Join(where, ` AND `), args
}

// PushTargets lists one page of whom a push's selection finds, after a registration's id.
func (s *Store) PushTargets(ctx context.Context, p enroll.Push, places PushPlaces, after string, limit int) ([]PushTarget, error) {
	where, args := targetsWhere(p, places)
	var rows []targetRow
	err := s.listIn(ctx, &rows, `SELECT `+targetColumns+targetTables+` WHERE `+where+` AND registration.id > ? ORDER BY registration.id LIMIT ?`,
		append(args, after, limit)...)
	if err != nil {
		return nil, err
	}
	list := make([]PushTarget, 0, len(rows))
	for _, row := range rows {
		t, err := s.pushTarget(row)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func (s *Store) pushTarget(row targetRow) (PushTarget, error) {
	r, err := s.registration(row.registrationRow)
	if err != nil {
		return PushTarget{}, err
	}
	t := PushTarget{Registration: r, Bound: row.BoundAt != 0}
	if t.Bound {
		t.OpenID = row.OpenID
	}
	if row.Number != nil {
		t.Number = *row.Number
	}
	if row.BillID != nil {
		t.Bill = enroll.Bill{ID: *row.BillID, Registration: r.ID, TotalFen: *row.TotalFen, PaidFen: *row.PaidFen, WaivedFen: *row.WaivedFen}
	}
	if row.Subscribed != nil {
		t.FollowKnown, t.Follow = true, *row.Subscribed == 1
	}
	phone, err := s.keys.openText("student", "phone", row.Student, row.Phone)
	t.Phone = enroll.Phone(phone)
	return t, err
}

// ListedUnknown names 考生号 of a push's uploaded list that the intake does not have, at most limit.
func (s *Store) ListedUnknown(ctx context.Context, p enroll.Push, limit int) ([]string, error) {
	var list []string
	err := s.list(ctx, &list, `SELECT exam_no FROM push_listed WHERE push_id = ? AND NOT EXISTS
		(SELECT 1 FROM registration WHERE registration.intake_id = ? AND registration.exam_no = push_listed.exam_no) ORDER BY exam_no LIMIT ?`,
		p.ID, p.Intake, limit)
	return list, err
}
