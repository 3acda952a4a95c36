package enroll

import (
	"slices"
	"strings"
)

// program finds what the line says: code or name, level and form together.
func (r *rosterReader) program() string {
	level, ok := ParseLevel(r.cells["level"])
	if r.cells["level"] != "" && !ok {
		r.refuse("level", Fail("roster_level", r.cells["level"]))
	}
	form := CleanName(r.cells["form"])
	if form != "" && !slices.Contains(StudyForms, form) {
		r.refuse("form", Fail("roster_form", r.cells["form"]))
	}
	years := r.years()
	if level == "" || form == "" || len(r.refusals) > 0 && r.refused("form") {
		return ""
	}
	found := r.programs(level, form)
	switch {
	case len(found) == 0 && r.cells["program"]+r.cells["program_code"] != "":
		r.refuse("program", Fail("roster_program", r.wanted(level, form)))
	case len(found) > 1:
		r.refuse("program", Fail("roster_program_many", r.wanted(level, form)))
	case len(found) == 1:
		if years != 0 && years != found[0].HalfYears {
			r.flag("years", Fail("roster_years_differ", Years(years), found[0].Years()))
		}
		return found[0].ID
	}
	return ""
}

func (r *rosterReader) refused(key string) bool {
	return slices.ContainsFunc(r.refusals, func(n RosterNote) bool { return n.Column == key })
}

func (r *rosterReader) wanted(level Level, form string) string {
	return strings.TrimSpace(strings.Join([]string{r.cells["program_code"], r.cells["program"], string(level), form}, " "))
}

func (r *rosterReader) programs(level Level, form string) []Program {
	code, name := strip(r.cells["program_code"]), CleanName(r.cells["program"])
	var found []Program
	for _, p := range r.place.Programs {
		codeFits := code == "" || sameCode(code, p.Code)
		nameFits := name == "" || name == CleanName(p.Name)
		if p.Level == level && p.Form == form && codeFits && nameFits && code+name != "" {
			found = append(found, p)
		}
	}
	return found
}

func (r *rosterReader) years() int {
	cell := r.cells["years"]
	if cell == "" {
		return 0
	}
	half, err := ParseYears(cell)
	if err != nil {
		r.refuse("years", err)
	}
	return half
}

// point finds the teaching point by code, else by name.
func (r *rosterReader) point() string {
	code, name := strip(r.cells["point_code"]), CleanName(r.cells["point"])
	if code+name == "" {
		return ""
	}
	for _, p := range r.place.Points {
		if code != "" && sameCode(code, p.Code) || code == "" && (name == CleanName(p.Name) || sameCode(name, p.Code)) {
			return p.ID
		}
	}
	r.refuse("point", Fail("roster_point", strings.TrimSpace(code+" "+name)))
	return ""
}

// tuition flags a line without a price: it may come in, but `intake check` does not let the intake open so.
func (r *rosterReader) tuition(e RosterEntry) {
	if e.Program == "" || e.Point == "" {
		return
	}
	if t, ok := TuitionFor(r.place.Tuitions, e.Program, e.Point); !ok || len(t.Fens) == 0 {
		r.flag("program", Fail("roster_tuition", r.place.ProgramName(e.Program)))
	}
}

// ProgramName names a program as people tell it apart: 会计学 专升本 非脱产.
func (p RosterPlace) ProgramName(id string) string {
	for _, row := range p.Programs {
		if row.ID == id {
			return row.Name + " " + string(row.Level) + " " + row.Form
		}
	}
	return id
}

// Retired refuses to place a student anew where no new ones come (停用); who has the place keeps it.
func (p RosterPlace) Retired(e RosterEntry, stands Registration) []RosterNote {
	var notes []RosterNote
	for _, row := range p.Programs {
		if row.ID == e.Program && row.ID != stands.Program && row.Retired(p.At) {
			notes = append(notes, NoteOn("program", Fail("roster_retired", row.Name)))
		}
	}
	for _, row := range p.Points {
		if row.ID == e.Point && row.ID != stands.Point && row.Retired(p.At) {
			notes = append(notes, NoteOn("point", Fail("roster_retired", row.Name)))
		}
	}
	return notes
}

// PointName names a teaching point.
func (p RosterPlace) PointName(id string) string {
	for _, row := range p.Points {
		if row.ID == id {
			return row.Name
		}
	}
	return id
}

// RosterSeen remembers the lines of one file, to find who stands in it twice.
type RosterSeen map[string]int

// Twice notes a line that repeats the person, 考生号 or 学号 of an earlier one, and remembers it.
func (s RosterSeen) Twice(no int, e RosterEntry) []RosterNote {
	var notes []RosterNote
	for _, key := range []struct{ column, value string }{
		{"id_number", string(e.IDType) + e.IDNumber.Raw()}, {"exam_no", e.ExamNo}, {"number", e.Number},
	} {
		if key.value == "" || key.column == "id_number" && e.IDNumber == "" {
			continue
		}
		word := key.column + "|" + key.value
		if first, ok := s[word]; ok {
			notes = append(notes, NoteOn(key.column, Fail("roster_duplicate", first)))
			continue
		}
		s[word] = no
	}
	return notes
}

// Registration makes the matter that a new line opens.
func (e RosterEntry) Registration(id, student string, i Intake) Registration {
	return Registration{
		ID: id, Intake: i.ID, Student: student, ExamNo: e.ExamNo, Program: e.Program, Point: e.Point, Grade: i.Grade,
		Name: e.Name, Sex: e.Sex, Ethnic: e.Ethnic, Politics: e.Politics, BirthDate: e.BirthDate,
		RosterPhone: e.Phone, Postcode: e.Postcode, Status: Open, Face: FaceAsked,
	}
}

// Changes holds a line against the registration that stands: what it would
// change, and which columns are kept because the student has begun (only the
// contact fields follow the roster then). An empty cell changes nothing.
func (e RosterEntry) Changes(p RosterPlace, r Registration) (after Registration, changes []RosterChange, kept []string) {
	begun := r.Begun()
	after = r
	set := func(key string, contact bool, field *string, value string, show func(string) string) {
		if value == "" || *field == value {
			return
		}
		if begun && !contact {
			kept = append(kept, RosterHeading(key))
			return
		}
		changes = append(changes, RosterChange{Column: RosterHeading(key), From: show(*field), To: show(value)})
		*field = value
	}
	plain := func(s string) string { return s }
	set("exam_no", false, &after.ExamNo, e.ExamNo, plain)
	set("name", false, &after.Name, e.Name, plain)
	set("sex", false, &after.Sex, e.Sex, plain)
	set("ethnic", false, &after.Ethnic, e.Ethnic, plain)
	set("politics", false, &after.Politics, e.Politics, plain)
	set("birth_date", false, &after.BirthDate, e.BirthDate, func(s string) string { return mask(s, 4, 0) })
	set("program", false, &after.Program, e.Program, p.ProgramName)
	set("point", false, &after.Point, e.Point, p.PointName)
	set("phone", true, (*string)(&after.RosterPhone), e.Phone.Raw(), func(s string) string { return Phone(s).String() })
	set("postcode", true, &after.Postcode, e.Postcode, plain)
	return after, changes, kept
}
