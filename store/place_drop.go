package store

import (
	"context"

	"xinsheng/enroll"
)

// PointUse counts what hangs on a teaching point; its clerks only where no other intake has the point.
func (s *Store) PointUse(ctx context.Context, p enroll.Point) (u enroll.PlaceUse, err error) {
	for _, row := range []struct {
		n     *int
		query string
		args  []any
	}{
		{&u.Students, `SELECT COUNT(*) FROM registration WHERE intake_id = ? AND point_id = ?`, []any{p.Intake, p.ID}},
		{&u.Applications, `SELECT COUNT(*) FROM application WHERE point_id = ?`, []any{p.ID}},
		{&u.Prices, `SELECT COUNT(*) FROM tuition WHERE intake_id = ? AND point_id = ?`, []any{p.Intake, p.ID}},
		{&u.Accounts, `SELECT COUNT(*) FROM staff WHERE point_code = ? AND disabled_at = 0 AND NOT EXISTS (SELECT 1 FROM point WHERE code = ? AND id <> ?)`, []any{p.Code, p.Code, p.ID}},
	} {
		if err := s.get(ctx, row.n, row.query, row.args...); err != nil {
			return u, err
		}
	}
	return u, s.placeWaits(ctx, p.Intake, "point", &u)
}

// ProgramUse counts what hangs on a program.
func (s *Store) ProgramUse(ctx context.Context, p enroll.Program) (u enroll.PlaceUse, err error) {
	for _, row := range []struct {
		n     *int
		query string
		args  []any
	}{
		{&u.Students, `SELECT COUNT(*) FROM registration WHERE intake_id = ? AND program_id = ?`, []any{p.Intake, p.ID}},
		{&u.Applications, `SELECT COUNT(*) FROM application WHERE program_id = ?`, []any{p.ID}},
		{&u.Prices, `SELECT COUNT(*) FROM tuition WHERE intake_id = ? AND program_id = ?`, []any{p.Intake, p.ID}},
	} {
		if err := s.get(ctx, row.n, row.query, row.args...); err != nil {
			return u, err
		}
	}
	return u, s.placeWaits(ctx, p.Intake, "program", &u)
}

// placeWaits counts the corrections and rosters that wait and may name any place of the intake.
func (s *Store) placeWaits(ctx context.Context, intake, widget string, u *enroll.PlaceUse) error {
	var fields []string
	for _, f := range enroll.CorrectionFields {
		if f.Widget == widget {
			fields = append(fields, f.Key)
		}
	}
	var waiting []string
	err := s.listIn(ctx, &waiting, `SELECT c.id FROM correction c JOIN registration r ON r.id = c.registration_id
		WHERE c.state = 'pending' AND r.intake_id = ? AND c.field IN (?) LIMIT 1000`, intake, fields)
	if err != nil {
		return err
	}
	u.Corrections = len(waiting)
	return s.get(ctx, &u.Rosters, `SELECT COUNT(*) FROM roster_import WHERE intake_id = ? AND state IN ('staging', 'staged', 'applying')`, intake)
}

// Unpriced counts the students who may still submit, also anew after a bill, and whom only this price reaches.
func (s *Store) Unpriced(ctx context.Context, t enroll.Tuition) (n int, err error) {
	query := `SELECT COUNT(*) FROM registration r WHERE r.intake_id = ? AND r.program_id = ?
		AND r.status NOT IN ('registered', 'resumed', 'given_up', 'cancelled')`
	args := []any{t.Intake, t.Program}
	if t.Point != "" {
		query += ` AND r.point_id = ? AND NOT EXISTS (SELECT 1 FROM tuition o WHERE o.program_id = r.program_id AND o.point_id = '')`
		args = append(args, t.Point)
	} else {
		query += ` AND NOT EXISTS (SELECT 1 FROM tuition o WHERE o.program_id = r.program_id AND o.point_id = r.point_id)`
	}
	err = s.get(ctx, &n, query, args...)
	return n, err
}

// DropPoint takes a teaching point away on which nothing hangs.
func (s *Store) DropPoint(ctx context.Context, id string) error {
	return s.guard(ctx, `DELETE FROM point WHERE id = ?`, id)
}

// DropProgram takes a program away on which nothing hangs.
func (s *Store) DropProgram(ctx context.Context, id string) error {
	return s.guard(ctx, `DELETE FROM program WHERE id = ?`, id)
}

// DropTuition takes a price away; bills that stand keep theirs.
func (s *Store) DropTuition(ctx context.Context, id string) error {
	return s.guard(ctx, `DELETE FROM tuition WHERE id = ?`, id)
}
