package service

import (
	"context"
	"errors"
	"maps"
	"slices"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Kept is told of a student whom the undoing of an import leaves as they are, and why.
type Kept func(ctx context.Context, who string, why error) error

// UndoRoster takes a whole import back while nobody of it has begun: whom it
// brought goes, and what it changed gets its former values (撤销导入). Who has begun
// is told to kept, and it ends with roster_undo_started and nothing changed. After a kill it goes on where it stopped.
func (s *Service) UndoRoster(ctx context.Context, id string, progress Progress, kept Kept) (enroll.RosterImport, error) {
	in, err := s.Store.RosterImport(ctx, id)
	if err != nil || in.State == enroll.RosterUndone {
		return in, err
	}
	if in.State != enroll.RosterUndoing {
		if err := s.beginUndo(ctx, in, kept); err != nil {
			return in, err
		}
	}
	left, err := s.Store.RosterApplied(ctx, id)
	for done := 0; err == nil && done < left; {
		progress(done, left)
		var n int
		if n, err = s.undoChunk(ctx, in, kept); n == 0 {
			break
		}
		done += n
	}
	if err != nil {
		return in, err
	}
	progress(left, left)
	if err := s.Store.UndoneRoster(ctx, id); err != nil {
		return in, err
	}
	return s.Store.RosterImport(ctx, id)
}

// beginUndo claims the intake once it is sure that nobody has begun.
func (s *Service) beginUndo(ctx context.Context, in enroll.RosterImport, kept Kept) error {
	if err := s.mayUndo(ctx, in); err != nil {
		return err
	}
	begun := 0
	for after := 0; ; {
		lines, err := s.Store.RosterLinesApplied(ctx, in.ID, after, rosterChunk)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			break
		}
		after = lines[len(lines)-1].No
		found, err := s.undoable(ctx, s.Store, lines)
		if err != nil {
			return err
		}
		for _, who := range found.begun {
			begun++
			if err := kept(ctx, who, enroll.Fail("roster_undo_begun")); err != nil {
				return err
			}
		}
	}
	if begun > 0 {
		return enroll.Fail("roster_undo_started", begun)
	}
	err := s.Store.UndoingRoster(ctx, in, s.Now())
	if s.Store.IsTaken(err) {
		return s.rosterBusy(ctx, in.Intake)
	}
	return err
}

// mayUndo lets only the last import of an intake be taken back, so that values come back in their order.
func (s *Service) mayUndo(ctx context.Context, in enroll.RosterImport) error {
	switch in.State {
	case enroll.RosterApplied, enroll.RosterApplying:
	case enroll.RosterUndone:
		return enroll.Fail("roster_undone")
	default:
		return enroll.Fail("wrong_state", in.State.Name())
	}
	list, err := s.Store.RosterImports(ctx, in.Intake)
	if err != nil {
		return err
	}
	for _, other := range list {
		if other.State == enroll.RosterApplied && !in.AppliedAt.IsZero() && other.AppliedAt.After(in.AppliedAt) {
			return enroll.Fail("roster_undo_later", other.File)
		}
	}
	return nil
}

// undoLines is a handful of lines beside what stands now.
type undoLines struct {
	matters map[string]enroll.Registration
	// begun names whom the import brought, or changed, and who has begun since; free are the other lines.
	begun []string
	free  []enroll.RosterLine
}

func (s *Service) undoable(ctx context.Context, st *store.Store, lines []enroll.RosterLine) (u undoLines, err error) {
	ids := make([]string, len(lines))
	for i, line := range lines {
		ids[i] = line.Registration
	}
	if u.matters, err = st.RegistrationsByID(ctx, ids); err != nil {
		return u, err
	}
	seen, err := st.LoggedIn(ctx, slices.Collect(maps.Keys(u.matters)))
	if err != nil {
		return u, err
	}
	for _, line := range lines {
		r, stands := u.matters[line.Registration]
		switch {
		case !stands:
		case line.Verdict == enroll.RosterChanged && line.Former == nil:
			return u, enroll.Fail("roster_undo_old")
		case line.BegunSince(r, seen[r.ID]):
			u.begun = append(u.begun, r.ExamNo+" "+r.Name)
		default:
			u.free = append(u.free, line)
		}
	}
	return u, nil
}

// undoChunk takes back some lines in one transaction; one begun meanwhile stays.
func (s *Service) undoChunk(ctx context.Context, in enroll.RosterImport, kept Kept) (n int, err error) {
	for range chunkTries {
		var told []keptLine
		var objects []string
		err = s.Store.InTx(ctx, func(tx *store.Store) error {
			told, objects = nil, nil
			lines, err := tx.RosterLinesApplied(ctx, in.ID, 0, rosterChunk)
			if n = len(lines); err != nil || n == 0 {
				return err
			}
			told, objects, err = s.undoIn(ctx, tx, in, lines)
			return err
		})
		if err == nil {
			s.forget(ctx, objects...)
			for _, k := range told {
				err = errors.Join(err, kept(ctx, k.who, k.why))
			}
			return n, err
		}
		if enroll.ReasonOf(err) != "changed" {
			break
		}
	}
	return 0, err
}

type keptLine struct {
	who string
	why error
}

func (s *Service) undoIn(ctx context.Context, tx *store.Store, in enroll.RosterImport, lines []enroll.RosterLine) (told []keptLine, objects []string, err error) {
	stand, err := placesHeld(ctx, tx, in.Intake)
	if err != nil {
		return nil, nil, err
	}
	u, err := s.undoable(ctx, tx, lines)
	if err != nil {
		return nil, nil, err
	}
	for _, who := range u.begun {
		told = append(told, keptLine{who, enroll.Fail("roster_undo_begun")})
	}
	var gone, students []string
	for _, line := range u.free {
		if line.Verdict == enroll.RosterNew {
			gone = append(gone, line.Registration)
			if line.NewStudent {
				students = append(students, u.matters[line.Registration].Student)
			}
			continue
		}
		r := u.matters[line.Registration]
		why, err := s.giveBack(ctx, tx, line, r, stand)
		if err != nil {
			return nil, nil, err
		}
		if why != "" {
			told = append(told, keptLine{r.ExamNo + " " + r.Name, enroll.Fail(why)})
		}
	}
	photos, err := tx.RosterPhotos(ctx, gone)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range photos {
		objects = append(objects, p.Object)
	}
	if err := tx.DropUnbegun(ctx, gone, students); err != nil {
		return nil, nil, err
	}
	numbers := make([]int, len(lines))
	for i, line := range lines {
		numbers[i] = line.No
	}
	return told, objects, tx.UndoneLines(ctx, in.ID, numbers)
}

// giveBack restores what a line changed, and says why something of it stays: it
// was changed again, or the former place stands no more.
func (s *Service) giveBack(ctx context.Context, tx *store.Store, line enroll.RosterLine, r enroll.Registration, stand map[string]bool) (why enroll.Reason, err error) {
	if line.NewNumber {
		if err := tx.DropImportedNumber(ctx, r.ID, line.Entry.Number); err != nil {
			return "", err
		}
	}
	former, whole := line.Undo(r)
	if !whole {
		why = "roster_undo_changed"
	}
	if !stand[former.Program] || !stand[former.Point] {
		former.Program, former.Point, why = r.Program, r.Point, "roster_undo_place"
	}
	contact := r
	contact.RosterPhone, contact.Postcode = former.RosterPhone, former.Postcode
	switch {
	case former == r:
		return why, nil
	case contact == former:
		return why, tx.FollowRosterContact(ctx, former, s.Now())
	}
	if former.Name != r.Name {
		if err := tx.RenameStudent(ctx, r.Student, former.Name); err != nil {
			return "", err
		}
	}
	return why, tx.FollowRoster(ctx, former, s.Now())
}
