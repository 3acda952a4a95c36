package service

import (
	"context"
	"errors"

	"xinsheng/enroll"
	"xinsheng/store"
)

// ApplyRoster brings a staged import into the registrations, at most rosterChunk
// lines a transaction; after a kill it goes on where it stopped. Until the last
// line nobody whom it newly brings can log in. A second import of the same
// intake meanwhile is roster_busy.
func (s *Service) ApplyRoster(ctx context.Context, id string, progress Progress) (enroll.RosterImport, error) {
	in, err := s.beginRoster(ctx, id)
	if err != nil || in.State == enroll.RosterApplied {
		return in, err
	}
	intake, err := s.Store.Intake(ctx, in.Intake)
	if err != nil {
		return in, err
	}
	place, err := s.rosterPlace(ctx, intake)
	if err != nil {
		return in, err
	}
	for in.Applied < in.ToApply() {
		progress(in.Applied, in.ToApply())
		if in, err = s.applyChunk(ctx, in, place); err != nil {
			return in, err
		}
	}
	progress(in.Applied, in.ToApply())
	if err := s.Store.AppliedRoster(ctx, id, s.Now()); err != nil {
		return in, err
	}
	return s.Store.RosterImport(ctx, id)
}

// beginRoster claims the intake for one import.
func (s *Service) beginRoster(ctx context.Context, id string) (enroll.RosterImport, error) {
	in, err := s.Store.RosterImport(ctx, id)
	if err != nil {
		return in, err
	}
	switch in.State {
	case enroll.RosterApplying, enroll.RosterApplied:
		return in, nil
	case enroll.RosterStaging, enroll.RosterAbandoned:
		return in, enroll.Fail("roster_staging")
	}
	err = s.Store.ApplyingRoster(ctx, in)
	if s.Store.IsTaken(err) {
		return in, s.rosterBusy(ctx, in.Intake)
	}
	in.State = enroll.RosterApplying
	return in, err
}

func (s *Service) rosterBusy(ctx context.Context, intake string) error {
	running, err := s.UnfinishedRoster(ctx, intake)
	if err != nil {
		return err
	}
	return enroll.Fail("roster_busy", running.File)
}

// UnfinishedRoster finds the import of an intake that was begun and not applied to its end; without one its ID is empty.
func (s *Service) UnfinishedRoster(ctx context.Context, intake string) (enroll.RosterImport, error) {
	list, err := s.Store.RosterImports(ctx, intake)
	if err != nil {
		return enroll.RosterImport{}, err
	}
	for _, in := range list {
		if in.State == enroll.RosterApplying {
			return in, nil
		}
	}
	return enroll.RosterImport{}, nil
}

// chunkTries is how often a chunk begins anew because a student of it was just changing something.
const chunkTries = 5

func (s *Service) applyChunk(ctx context.Context, in enroll.RosterImport, place enroll.RosterPlace) (enroll.RosterImport, error) {
	var err error
	for range chunkTries {
		applied := in.Applied
		err = s.Store.InTx(ctx, func(tx *store.Store) error {
			lines, err := tx.RosterLinesToApply(ctx, in.ID, rosterChunk)
			if err != nil {
				return err
			}
			applied = in.Applied + len(lines)
			if err := tx.AdvanceRoster(ctx, in.ID, in.Applied, applied); err != nil {
				return errors.Join(errElsewhere, err)
			}
			return s.applyLines(ctx, tx, in, place, lines)
		})
		if err == nil {
			in.Applied = applied
			return in, nil
		}
		if errors.Is(err, errElsewhere) || enroll.ReasonOf(err) != "changed" && !s.Store.IsTaken(err) {
			break
		}
	}
	return in, err
}

// errElsewhere says that the same import is being applied by another process.
var errElsewhere = errors.New("this import is being applied elsewhere")

func (s *Service) applyLines(ctx context.Context, tx *store.Store, in enroll.RosterImport, place enroll.RosterPlace, lines []enroll.RosterLine) error {
	for _, line := range lines {
		line.Entry, line.Refusals, line.Flags = place.ReadEntry(line.Cells)
		found, err := judge(ctx, tx, place, &line)
		if err != nil {
			return err
		}
		switch line.Verdict {
		case enroll.RosterNew:
			line.Registration, err = s.addFromRoster(ctx, tx, place.Intake, found, line.Entry)
		case enroll.RosterChanged:
			line.Registration, err = found.registration.ID, s.followRoster(ctx, tx, found, line)
		}
		if err != nil {
			return err
		}
		if err := tx.AppliedLine(ctx, in.ID, line); err != nil {
			return err
		}
	}
	return nil
}

// addFromRoster opens a matter, and the person where none is known by this document.
func (s *Service) addFromRoster(ctx context.Context, tx *store.Store, intake enroll.Intake, found rosterMatch, e enroll.RosterEntry) (string, error) {
	now, student := s.Now(), found.student
	if student.ID == "" {
		student = enroll.Student{ID: tx.NewID(), IDType: e.IDType, IDNumber: e.IDNumber, Name: e.Name}
		if err := tx.AddStudent(ctx, student, now); err != nil {
			return "", err
		}
	}
	row, err := enroll.Next(enroll.None, enroll.EventImport)
	if err != nil {
		return "", err
	}
	r := e.Registration(tx.NewID(), student.ID, intake)
	r.Status = row.To
	if err := tx.AddRegistration(ctx, r, now); err != nil {
		return "", err
	}
	if found.number {
		if err := tx.AddNumber(ctx, e.Number, r, store.NumberImported, now); err != nil {
			return "", err
		}
	}
	return r.ID, tx.AddEvent(ctx, enroll.RegistrationEvent{
		Registration: r.ID, At: now, Event: string(row.Event), From: row.From, To: row.To, By: row.By,
	})
}

// followRoster brings the changes of a line into the matter that stands.
func (s *Service) followRoster(ctx context.Context, tx *store.Store, found rosterMatch, line enroll.RosterLine) error {
	now, before, after := s.Now(), found.registration, found.after
	if found.number {
		if err := tx.AddNumber(ctx, line.Entry.Number, before, store.NumberImported, now); err != nil {
			return err
		}
	}
	contact := before
	contact.RosterPhone, contact.Postcode = after.RosterPhone, after.Postcode
	if contact == after {
		return tx.FollowRosterContact(ctx, after, now)
	}
	if after.Name != before.Name {
		if err := tx.RenameStudent(ctx, before.Student, after.Name); err != nil {
			return err
		}
	}
	return tx.FollowRoster(ctx, after, now)
}
