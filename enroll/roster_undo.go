package enroll

// RosterFormer is what a registration held before an import changed it.
type RosterFormer struct {
	// Begun says that the student had begun already, so that only the contact fields followed the roster.
	Begun     bool
	ExamNo    string
	Name      string
	Sex       string
	Ethnic    string
	Politics  string
	BirthDate string
	Program   string
	Point     string
	Phone     Phone
	Postcode  string
}

// Begun says that the student has begun, from where on only contact fields follow the roster.
func (r Registration) Begun() bool { return r.Status != Open || !r.StartedAt.IsZero() }

// Former remembers what an import may change of a registration.
func (r Registration) Former() *RosterFormer {
	return &RosterFormer{
		Begun: r.Begun(), ExamNo: r.ExamNo, Name: r.Name, Sex: r.Sex, Ethnic: r.Ethnic, Politics: r.Politics, BirthDate: r.BirthDate,
		Program: r.Program, Point: r.Point, Phone: r.RosterPhone, Postcode: r.Postcode,
	}
}

// BegunSince says that a student whom the line brought, or whose facts it
// changed, has begun since then; of a new one the first login counts.
func (l RosterLine) BegunSince(r Registration, loggedIn bool) bool {
	if l.Verdict == RosterNew {
		return r.Begun() || loggedIn
	}
	return r.Begun() && !(l.Former != nil && l.Former.Begun)
}

// Undo gives a registration back what an import's line changed of it; what was
// changed again since then stays, and false tells of it.
func (l RosterLine) Undo(r Registration) (Registration, bool) {
	if l.Former == nil {
		return r, false
	}
	whole, e, f := true, l.Entry, l.Former
	back := func(field *string, given, former string) {
		if given == "" || given == former {
			return
		}
		if *field != given {
			whole = false
			return
		}
		*field = former
	}
	back((*string)(&r.RosterPhone), e.Phone.Raw(), f.Phone.Raw())
	back(&r.Postcode, e.Postcode, f.Postcode)
	if f.Begun {
		return r, whole
	}
	for _, cell := range []struct {
		field         *string
		given, former string
	}{
		{&r.ExamNo, e.ExamNo, f.ExamNo}, {&r.Name, e.Name, f.Name}, {&r.Sex, e.Sex, f.Sex}, {&r.Ethnic, e.Ethnic, f.Ethnic},
		{&r.Politics, e.Politics, f.Politics}, {&r.BirthDate, e.BirthDate, f.BirthDate}, {&r.Program, e.Program, f.Program}, {&r.Point, e.Point, f.Point},
	} {
		back(cell.field, cell.given, cell.former)
	}
	return r, whole
}

// NumberGiven is a student number that a roster brought for a registration (预分配学号).
type NumberGiven struct {
	Number       string
	Student      string
	Registration string
}
