package enroll

import (
	"slices"
	"strings"
	"time"
)

// SectionKey names one part of the form (新生入学登记表).
type SectionKey string

// The three sections of the form; attachments are its fourth page.
const (
	SectionBasic     SectionKey = "basic"
	SectionFamily    SectionKey = "family"
	SectionEducation SectionKey = "education"
)

// Step is the step of the way in which a section is filled in.
func (k SectionKey) Step() StepKey { return StepKey(k) }

// Widget is the kind of control in which a field is filled in.
type Widget string

// The widgets; the page has one component for each.
const (
	Plain      Widget = "plain"
	Line       Widget = "text"
	Tel        Widget = "tel"
	Email      Widget = "email"
	Digits     Widget = "number"
	Picker     Widget = "picker"
	AreaOnly   Widget = "area"
	AreaStreet Widget = "area_street"
	Year       Widget = "year"
	YearMonth  Widget = "year_month"
	Paragraph  Widget = "textarea"
	Tick       Widget = "tick"
	RowList    Widget = "rows"
)

// Presence says whether a field is asked for; the settings of an intake may change it.
type Presence string

// The presences of a field.
const (
	Required Presence = "required"
	Optional Presence = "optional"
	Hidden   Presence = "hidden"
)

// When makes a field depend on another one of its section: it is asked only
// while that one has one of the values.
type When struct {
	Field  string
	Values []string
}

// Field is one question of the form (表单项).
type Field struct {
	Key      string
	Label    string
	Presence Presence
	Widget   Widget
	Hint     string
	// Options names the dictionary of a picker.
	Options string
	// Choices are the entries of that dictionary, as the intake has them.
	Choices Dictionary
	// Suggest names the college's dictionary that helps with typing; any other text may be written too.
	Suggest string
	// Min and Max bound the characters of a text, the number of rows, or the years of a year.
	Min int
	Max int
	// None labels the tick that stands for "there is none"; its answer is kept under Key + "_none".
	None string
	When *When
	Rows []Field
	// Value is the roster's answer to a plain field.
	Value string

	clean  func(string) string
	rule   func(Applicant, Content, string) *Problem
	asked  func(Applicant) bool
	waived func(Content) bool
}

// FormSection is one section as one student gets it.
type FormSection struct {
	Key    SectionKey
	Title  string
	Fields []Field
}

// Applicant is all that the form must know of the one who fills it in.
type Applicant struct {
	Registration Registration
	Student      Student
	Program      Program
	Point        Point
	Settings     Settings
	// Phone is the student's own number: the bound one, or that of this login.
	Phone Phone
	Now   time.Time
}

// BirthYear is the year of birth by roster or document number, 0 where neither knows.
func (a Applicant) BirthYear() int {
	for _, date := range []string{a.Registration.BirthDate, a.Student.IDNumber.BirthDate()} {
		if t, err := time.Parse("2006-01-02", date); err == nil {
			return t.Year()
		}
	}
	return 0
}

// Form gives the sections with the fields that this student is asked, as the
// settings of the intake and the level have it.
func Form(a Applicant) []FormSection {
	sections := []FormSection{
		{SectionBasic, "基本信息", basicFields(a)},
		{SectionFamily, "家庭成员", familyFields()},
		{SectionEducation, "最后毕业信息", educationFields(a)},
	}
	for i, s := range sections {
		sections[i].Fields = a.asks(string(s.Key), s.Fields)
	}
	return sections
}

// FindSection finds a section by key, or fails with section_unknown.
func FindSection(form []FormSection, key SectionKey) (FormSection, error) {
	for _, s := range form {
		if s.Key == key {
			return s, nil
		}
	}
	return FormSection{}, Fail("section_unknown")
}

// asks leaves out what is hidden or does not concern the applicant.
func (a Applicant) asks(path string, fields []Field) []Field {
	var asked []Field
	for _, f := range fields {
		if f.asked != nil && !f.asked(a) {
			continue
		}
		here := path + "." + f.Key
		if f.Presence = a.presence(here, f); f.Presence == Hidden {
			continue
		}
		f.Rows, f.Choices = a.asks(here, f.Rows), a.Settings.Dictionary(f.Options)
		asked = append(asked, f)
	}
	return asked
}

func (a Applicant) presence(path string, f Field) Presence {
	for _, key := range []string{string(a.Program.Level) + ":" + path, path} {
		switch p := Presence(a.Settings.Fields[key]); p {
		case Required, Optional, Hidden:
			return p
		}
	}
	return f.Presence
}

// CheckFieldSettings lists the keys and values of Settings.Fields that name
// nothing: a wrong field, level or presence.
func CheckFieldSettings(settings map[string]string) []string {
	known := fieldPaths()
	var wrong []string
	for key, presence := range settings {
		level, path, leveled := strings.Cut(key, ":")
		if !leveled {
			path = key
		}
		_, isLevel := ParseLevel(level)
		isPresence := slices.Contains([]Presence{Required, Optional, Hidden}, Presence(presence))
		if !known[path] || leveled && !isLevel || !isPresence {
			wrong = append(wrong, key+": "+presence)
		}
	}
	slices.Sort(wrong)
	return wrong
}

func fieldPaths() map[string]bool {
	paths := map[string]bool{}
	var walk func(string, []Field)
	walk = func(path string, fields []Field) {
		for _, f := range fields {
			paths[path+"."+f.Key] = true
			walk(path+"."+f.Key, f.Rows)
		}
	}
	walk(string(SectionBasic), basicFields(Applicant{}))
	walk(string(SectionFamily), familyFields())
	walk(string(SectionEducation), educationFields(Applicant{}))
	return paths
}
