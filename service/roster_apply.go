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
	case enroll.RosterUndoing, enroll.RosterUndone:
		return in, enroll.Fail("roster_undone")
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

// UnfinishedRoster finds the import of an intake that was begun and not applied, or not taken back, to its end; without one its ID is empty.
func (s *Service) UnfinishedRoster(ctx context.Context, intake string) (enroll.RosterImport, error) {
	list, err := s.Store.RosterImports(ctx, intake)
	if err != nil {
		return enroll.RosterImport{}, err
	}
	for _, in := range list {
		if in.State == enroll.RosterApplying || in.State == enroll.RosterUndoing {
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

// rosterGain is what a chunk of lines brings that is new; it is kept in one go.
type rosterGain struct {
	students []enroll.Student
	matters  []enroll.Registration
	events   []enroll.RegistrationEvent
	numbers  []enroll.NumberGiven
}

func (s *Service) applyLines(ctx context.Context, tx *store.Store, in enroll.RosterImport, place enroll.RosterPlace, lines []enroll.RosterLine) error {
	for i := range lines {
		lines[i].Entry, lines[i].Refusals, lines[i].Flags = place.ReadEntry(lines[i].Cells)
	}
	known, err := knowRoster(ctx, tx, place.Intake.ID, lines)
	if err != nil {
		return err
	}
	var gain rosterGain
	for i := range lines {
		line := &lines[i]
		found := known.judge(place, line)
		switch line.Verdict {
		case enroll.RosterNew:
			err = s.addFromRoster(tx, &gain, place.Intake, found, line)
		case enroll.RosterChanged:
			line.Registration, line.Former, line.NewNumber = found.registration.ID, found.registration.Former(), found.number
			err = s.followRoster(ctx, tx, found, *line)
		}
		if err != nil {
			return err
		}
	}
	if err := s.keepGain(ctx, tx, gain); err != nil {
		return err
	}
	return tx.AppliedLines(ctx, in.ID, lines)
}

func (s *Service) keepGain(ctx context.Context, tx *store.Store, gain rosterGain) error {
	now := s.Now()
	if err := tx.AddStudents(ctx, gain.students, now); err != nil {
		return err
	}
	if err := tx.AddRegistrations(ctx, gain.matters, now); err != nil {
		return err
	}
	if err := tx.AddNumbers(ctx, gain.numbers, now); err != nil {
		return err
	}
	return tx.AddEvents(ctx, gain.events)
}

// addFromRoster opens a matter, and the person where none is known by this document.
func (s *Service) addFromRoster(tx *store.Store, gain *rosterGain, intake enroll.Intake, found rosterMatch, line *enroll.RosterLine) error {
	e, student := line.Entry, found.student
	if student.ID == "" {
		student = enroll.Student{ID: tx.NewID(), IDType: e.IDType, IDNumber: e.IDNumber, Name: e.Name}
		gain.students = append(gain.students, student)
		line.NewStudent = true
	}
	row, err := enroll.Next(enroll.None, enroll.EventImport)
	if err != nil {
		return err
	}
	r := e.Registration(tx.NewID(), student.ID, intake)
	r.Status, line.Registration, line.NewNumber = row.To, r.ID, found.number
	gain.matters = append(gain.matters, r)
	if found.number {
		gain.numbers = append(gain.numbers, enroll.NumberGiven{Number: e.Number, Student: student.ID, Registration: r.ID})
	}
	gain.events = append(gain.events, enroll.RegistrationEvent{
		Registration: r.ID, At: s.Now(), Event: string(row.Event), From: row.From, To: row.To, By: row.By,
	})
	return nil
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
