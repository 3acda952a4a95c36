package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// rosterChunk is how many lines one transaction takes.
const rosterChunk = 500

// Progress tells how far a long command is.
type Progress func(done, total int)

// RosterPlan is a staged import: its figures, and headings of the file that were not understood.
type RosterPlan struct {
	Import  enroll.RosterImport
	Ignored []string
}

// StageRoster reads a roster file and judges every line against what stands,
// without changing any registration (试运行).
func (s *Service) StageRoster(ctx context.Context, intake enroll.Intake, file string, body []byte, progress Progress) (RosterPlan, error) {
	place, err := s.rosterPlace(ctx, intake)
	if err != nil {
		return RosterPlan{}, err
	}
	name := []rune(file)
	job := &rosterStaging{
		service: s, place: place, seen: enroll.RosterSeen{}, progress: progress,
		in: enroll.RosterImport{
			ID: s.Store.NewID(), Intake: intake.ID, File: string(name[max(0, len(name)-200):]), FileHash: FileHash(body), CreatedAt: s.Now(),
		},
	}
	if err := s.Store.AddRosterImport(ctx, job.in); err != nil {
		return RosterPlan{}, err
	}
	header, err := readRoster(body, func(no int, cells enroll.RosterCells) error { return job.line(ctx, no, cells) })
	if err == nil {
		err = job.flush(ctx)
	}
	if err != nil {
		return RosterPlan{}, err
	}
	if err := s.Store.StagedRoster(ctx, job.in); err != nil {
		return RosterPlan{}, err
	}
	in, err := s.Store.RosterImport(ctx, job.in.ID)
	return RosterPlan{Import: in, Ignored: header.Ignored}, err
}

// FileHash tells one file from another (SHA-256 in hex).
func FileHash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

func (s *Service) rosterPlace(ctx context.Context, intake enroll.Intake) (p enroll.RosterPlace, err error) {
	p.Intake = intake
	if p.Points, err = s.Store.Points(ctx, intake.ID); err != nil {
		return p, err
	}
	if p.Programs, err = s.Store.Programs(ctx, intake.ID); err != nil {
		return p, err
	}
	p.Tuitions, err = s.Store.Tuitions(ctx, intake.ID)
	return p, err
}

// rosterStaging is the reading of one file.
type rosterStaging struct {
	service  *Service
	place    enroll.RosterPlace
	seen     enroll.RosterSeen
	in       enroll.RosterImport
	waiting  []enroll.RosterLine
	progress Progress
}

func (j *rosterStaging) line(ctx context.Context, no int, cells enroll.RosterCells) error {
	line := enroll.RosterLine{No: no, Cells: cells}
	line.Entry, line.Refusals, line.Flags = j.place.ReadEntry(cells)
	line.Refusals = append(line.Refusals, j.seen.Twice(no, line.Entry)...)
	found, err := judge(ctx, j.service.Store, j.place, &line)
	if err != nil {
		return err
	}
	line.Registration = found.registration.ID
	j.waiting = append(j.waiting, line)
	j.in.Count(line.Verdict)
	if len(j.waiting) < rosterChunk {
		return nil
	}
	return j.flush(ctx)
}

func (j *rosterStaging) flush(ctx context.Context) error {
	err := j.service.Store.InTx(ctx, func(tx *store.Store) error { return tx.AddRosterLines(ctx, j.in.ID, j.waiting) })
	j.waiting = j.waiting[:0]
	j.progress(j.in.Total, 0)
	return err
}

// rosterMatch is what stands already for a line of the roster.
type rosterMatch struct {
	student      enroll.Student
	registration enroll.Registration
	after        enroll.Registration
	number       bool // the line brings a number that is not kept yet
}

// judge holds a line that was read against what stands, and gives its verdict;
// staging and applying judge alike, so that what happened in between counts.
func judge(ctx context.Context, st *store.Store, place enroll.RosterPlace, line *enroll.RosterLine) (m rosterMatch, err error) {
	line.Verdict, line.Changes = enroll.RosterRefused, nil
	if len(line.Refusals) > 0 {
		return m, nil
	}
	if err = m.find(ctx, st, place.Intake, line.Entry); err != nil {
		return m, err
	}
	if err = m.judgeExamNo(ctx, st, place.Intake, line); err != nil {
		return m, err
	}
	if err = m.judgeNumber(ctx, st, line); err != nil || len(line.Refusals) > 0 {
		return m, err
	}
	if m.registration.ID == "" {
		line.Verdict = enroll.RosterNew
		return m, nil
	}
	var kept []string
	m.after, line.Changes, kept = line.Entry.Changes(place, m.registration)
	if len(kept) > 0 {
		line.Flags = append(line.Flags, enroll.NoteOn("exam_no", enroll.Fail("roster_kept", strings.Join(kept, "、"))))
	}
	if m.number {
		line.Changes = append(line.Changes, enroll.RosterChange{Column: enroll.RosterHeading("number"), To: line.Entry.Number})
	}
	line.Verdict = enroll.RosterSame
	if len(line.Changes) > 0 {
		line.Verdict = enroll.RosterChanged
	}
	return m, nil
}

func (m *rosterMatch) find(ctx context.Context, st *store.Store, intake enroll.Intake, e enroll.RosterEntry) (err error) {
	m.student, err = st.StudentByDocument(ctx, e.IDType, e.IDNumber)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	m.registration, err = st.RegistrationIn(ctx, intake.ID, m.student.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil
	}
	return err
}

func (m *rosterMatch) judgeExamNo(ctx context.Context, st *store.Store, intake enroll.Intake, line *enroll.RosterLine) error {
	other, err := st.RegistrationByExamNo(ctx, intake.ID, line.Entry.ExamNo)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil
	}
	if err == nil && other.ID != m.registration.ID {
		line.Refusals = append(line.Refusals, enroll.NoteOn("exam_no", enroll.Fail("roster_exam_no_taken")))
	}
	return err
}

func (m *rosterMatch) judgeNumber(ctx context.Context, st *store.Store, line *enroll.RosterLine) error {
	number := line.Entry.Number
	if number == "" {
		return nil
	}
	holders, err := st.NumberHolders(ctx, number, m.registration.ID)
	if err != nil {
		return err
	}
	m.number = true
	for _, h := range holders {
		m.number = false
		switch {
		case h.Number == number && h.Student != m.student.ID:
			line.Refusals = append(line.Refusals, enroll.NoteOn("number", enroll.Fail("roster_number_taken")))
		case h.Number == number && h.Registration != m.registration.ID:
			line.Flags = append(line.Flags, enroll.NoteOn("number", enroll.Fail("roster_number_elsewhere")))
		case h.Number != number:
			line.Refusals = append(line.Refusals, enroll.NoteOn("number", enroll.Fail("roster_number_differs")))
		}
	}
	return nil
}
