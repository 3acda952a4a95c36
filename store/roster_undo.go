package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// UndoingRoster begins to take an import back; IsTaken tells that another one of this intake is being applied.
func (s *Store) UndoingRoster(ctx context.Context, i enroll.RosterImport, at time.Time) error {
	return s.guard(ctx, `UPDATE roster_import SET state = 'applying', live_key = ?, undo_at = ? WHERE id = ? AND state IN ('applied', 'applying') AND undo_at = 0`,
		i.Intake, millis(at), i.ID)
}

// UndoneRoster ends the taking back, and forgets the import's lines.
func (s *Store) UndoneRoster(ctx context.Context, id string) error {
	return s.InTx(ctx, func(tx *Store) error {
		if err := tx.guard(ctx, `UPDATE roster_import SET state = 'abandoned', live_key = NULL WHERE id = ? AND state = 'applying' AND undo_at > 0`, id); err != nil {
			return err
		}
		return tx.ClearRosterLines(ctx, id)
	})
}

// RosterApplied counts an import's lines that stand applied.
func (s *Store) RosterApplied(ctx context.Context, id string) (n int, err error) {
	err = s.get(ctx, &n, `SELECT COUNT(*) FROM roster_row WHERE import_id = ? AND applied = 1 AND verdict IN ('new', 'changed')`, id)
	return n, err
}

// UndoneLines marks lines as taken back.
func (s *Store) UndoneLines(ctx context.Context, id string, numbers []int) error {
	_, err := s.execIn(ctx, `UPDATE roster_row SET applied = 2 WHERE import_id = ? AND row_no IN (?)`, id, numbers)
	return err
}

// RegistrationsByID gives matters by id; what is gone is not among them.
func (s *Store) RegistrationsByID(ctx context.Context, ids []string) (map[string]enroll.Registration, error) {
	found := map[string]enroll.Registration{}
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

// LoggedIn says for which of these matters somebody has logged in.
func (s *Store) LoggedIn(ctx context.Context, ids []string) (map[string]bool, error) {
	seen := map[string]bool{}
	if len(ids) == 0 {
		return seen, nil
	}
	var found []string
	err := s.listIn(ctx, &found, `SELECT DISTINCT registration_id FROM login WHERE registration_id IN (?)`, ids)
	for _, id := range found {
		seen[id] = true
	}
	return seen, err
}

// DropUnbegun takes away matters that nobody has begun, with all that came with
// them, and those of the named persons who have no other matter; changed where one has been begun meanwhile.
func (s *Store) DropUnbegun(ctx context.Context, ids, students []string) error {
	if len(ids) == 0 {
		return nil
	}
	n, err := s.execIn(ctx, `DELETE FROM registration WHERE id IN (?) AND status = 'open' AND started_at = 0
		AND NOT EXISTS (SELECT 1 FROM login WHERE login.registration_id = registration.id)`, ids)
	if err != nil {
		return err
	}
	if int(n) != len(ids) {
		return enroll.Fail("changed")
	}
	for _, table := range []string{"registration_event", "student_number", "roster_photo"} {
		if _, err := s.execIn(ctx, `DELETE FROM `+table+` WHERE registration_id IN (?)`, ids); err != nil {
			return err
		}
	}
	if len(students) == 0 {
		return nil
	}
	_, err = s.execIn(ctx, `DELETE FROM student WHERE id IN (?) AND NOT EXISTS (SELECT 1 FROM registration WHERE registration.student_id = student.id)`, students)
	return err
}

// DropImportedNumber takes a number back that an import brought.
func (s *Store) DropImportedNumber(ctx context.Context, registration, number string) error {
	_, err := s.exec(ctx, `DELETE FROM student_number WHERE registration_id = ? AND number = ? AND origin = 'imported'`, registration, number)
	return err
}
