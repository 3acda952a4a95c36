package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// rosterKnown is what stands already for a handful of lines, asked for in one go.
type rosterKnown struct {
	people    map[document]enroll.Student
	byStudent map[string]enroll.Registration
	byExamNo  map[string]enroll.Registration
	byNumber  map[string][]store.NumberHolder
}

// document tells one person from another over all intakes.
type document struct {
	kind   enroll.IDType
	number enroll.IDNumber
}

// rosterMatch is what stands already for a line of the roster.
type rosterMatch struct {
	student      enroll.Student
	registration enroll.Registration
	after        enroll.Registration
	number       bool // the line brings a number that is not kept yet
}

// knowRoster asks what stands for lines that have been read.
func knowRoster(ctx context.Context, st *store.Store, intake string, lines []enroll.RosterLine) (*rosterKnown, error) {
	k := &rosterKnown{people: map[document]enroll.Student{}, byStudent: map[string]enroll.Registration{}, byExamNo: map[string]enroll.Registration{}, byNumber: map[string][]store.NumberHolder{}}
	var asked []enroll.Student
	var examNos, numbers []string
	for _, line := range lines {
		if len(line.Refusals) > 0 {
			continue
		}
		asked = append(asked, enroll.Student{IDType: line.Entry.IDType, IDNumber: line.Entry.IDNumber})
		examNos = append(examNos, line.Entry.ExamNo)
		if line.Entry.Number != "" {
			numbers = append(numbers, line.Entry.Number)
		}
	}
	if err := k.findPeople(ctx, st, intake, asked); err != nil {
		return nil, err
	}
	taken, err := st.RegistrationsByExamNo(ctx, intake, examNos)
	if err != nil {
		return nil, err
	}
	for _, r := range taken {
		k.byExamNo[r.ExamNo] = r
	}
	return k, k.findNumbers(ctx, st, numbers)
}

func (k *rosterKnown) findPeople(ctx context.Context, st *store.Store, intake string, asked []enroll.Student) error {
	people, err := st.StudentsByDocument(ctx, asked)
	if err != nil {
		return err
	}
	ids := make([]string, len(people))
	for i, p := range people {
		k.people[document{p.IDType, p.IDNumber}], ids[i] = p, p.ID
	}
	matters, err := st.RegistrationsByStudent(ctx, intake, ids)
	for _, r := range matters {
		k.byStudent[r.Student] = r
	}
	return err
}

// findNumbers asks only where the lines bring numbers.
func (k *rosterKnown) findNumbers(ctx context.Context, st *store.Store, numbers []string) error {
	if len(numbers) == 0 {
		return nil
	}
	var matters []string
	for _, r := range k.byStudent {
		matters = append(matters, r.ID)
	}
	holders, err := st.NumberHoldersAmong(ctx, numbers, matters)
	for _, h := range holders {
		k.byNumber[h.Number] = append(k.byNumber[h.Number], h)
		k.byNumber[h.Registration] = append(k.byNumber[h.Registration], h)
	}
	return err
}

// judge holds a line that was read against what stands, and gives its verdict;
// staging and applying judge alike, so that what happened in between counts.
func (k *rosterKnown) judge(place enroll.RosterPlace, line *enroll.RosterLine) (m rosterMatch) {
	line.Verdict, line.Changes = enroll.RosterRefused, nil
	if len(line.Refusals) > 0 {
		return m
	}
	m.student = k.people[document{line.Entry.IDType, line.Entry.IDNumber}]
	m.registration = k.byStudent[m.student.ID]
	if other, taken := k.byExamNo[line.Entry.ExamNo]; taken && other.ID != m.registration.ID {
		line.Refusals = append(line.Refusals, enroll.NoteOn("exam_no", enroll.Fail("roster_exam_no_taken")))
	}
	k.judgeNumber(&m, line)
	line.Refusals = append(line.Refusals, place.Retired(line.Entry, m.registration)...)
	switch {
	case len(line.Refusals) > 0:
	case m.registration.ID == "":
		line.Verdict = enroll.RosterNew
	default:
		m.judgeChanges(place, line)
	}
	return m
}

func (m *rosterMatch) judgeChanges(place enroll.RosterPlace, line *enroll.RosterLine) {
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
}

func (k *rosterKnown) judgeNumber(m *rosterMatch, line *enroll.RosterLine) {
	number := line.Entry.Number
	if number == "" {
		return
	}
	m.number = true
	holders := k.byNumber[number]
	if m.registration.ID != "" {
		holders = append(holders[:len(holders):len(holders)], k.byNumber[m.registration.ID]...)
	}
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
}
