package enroll

import (
	"errors"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// RosterPlace is what a roster's lines are held against: the intake with its points, programs and prices.
type RosterPlace struct {
	// At is when the roster is held against the places.
	At       time.Time
	Intake   Intake
	Points   []Point
	Programs []Program
	Tuitions []Tuition
}

// rosterReader reads one line and gathers what is wrong with it.
type rosterReader struct {
	place    RosterPlace
	cells    RosterCells
	refusals []RosterNote
	flags    []RosterNote
}

// ReadEntry reads one line of a roster: refusals keep it out, flags are worth
// a look. Sex and birth date come from the document number where the line has none.
func (p RosterPlace) ReadEntry(cells RosterCells) (e RosterEntry, refusals, flags []RosterNote) {
	r := &rosterReader{place: p, cells: maps.Clone(cells)}
	for _, c := range RosterColumns {
		if formulaError.MatchString(cells[c.Key]) {
			r.refuse(c.Key, Fail("roster_formula", cells[c.Key]))
			delete(r.cells, c.Key)
			continue
		}
		if c.Required && cells[c.Key] == "" && cells[c.Or] == "" {
			r.refuse(c.Key, Fail("roster_blank"))
		}
	}
	e.ExamNo = r.code("exam_no", examNumber)
	e.Number = r.code("number", givenNumber)
	e.Name = r.name()
	e.IDType, e.IDNumber = r.document()
	e.Sex, e.BirthDate = r.sex(e.IDNumber), r.birthDate(e.IDNumber)
	e.Ethnic, e.Politics = r.short("ethnic", 30), r.short("politics", 30)
	e.Phone, e.Postcode = r.phone(), r.postcode()
	r.grade()
	e.Program, e.Point = r.program(), r.point()
	r.tuition(e)
	return e, r.refusals, r.flags
}

func (r *rosterReader) refuse(key string, err error) {
	r.refusals = append(r.refusals, NoteOn(key, err))
}
func (r *rosterReader) flag(key string, err error) { r.flags = append(r.flags, NoteOn(key, err)) }

// NoteOn makes the note of an error at one column.
func NoteOn(key string, err error) RosterNote {
	var e *Error
	if !errors.As(err, &e) {
		e = Fail("field_invalid")
	}
	return RosterNote{Column: key, Reason: e.Reason, Text: e.Message()}
}

var (
	examNumber  = regexp.MustCompile(`^[0-9A-Za-z-]{4,30}$`)
	givenNumber = regexp.MustCompile(`^[0-9A-Za-z]{4,40}$`)
	digits      = regexp.MustCompile(`^[0-9]+$`)
	yearOnly    = regexp.MustCompile(`^(20[0-9]{2})(\.0)?级?$`)
)

// code reads a number that is text; one that a spreadsheet has turned into 1.10101E+17 is lost.
func (r *rosterReader) code(key string, shape *regexp.Regexp) string {
	s := plainNumber(r.cells[key])
	switch {
	case s == "":
		return ""
	case scientific.MatchString(s):
		r.refuse(key, Fail("roster_scientific", s))
	case !shape.MatchString(s):
		r.refuse(key, Fail("field_invalid"))
	default:
		return s
	}
	return ""
}

func (r *rosterReader) name() string {
	typed := r.cells["name"]
	if typed == "" {
		return ""
	}
	name, err := ParseName(typed)
	if err != nil {
		r.refuse("name", Fail("roster_name"))
		return ""
	}
	if strings.ContainsAny(typed, " \t\r\n") && !strings.Contains(name, " ") {
		r.flag("name", Fail("roster_name_spaces"))
	}
	return name
}

// document reads type and number; 18 digits of a residence permit say of themselves which one it is.
func (r *rosterReader) document() (IDType, IDNumber) {
	d, ok := Document(CleanName(r.cells["id_type"]))
	if !ok {
		r.refuse("id_type", Fail("id_type_unsupported"))
		return "", ""
	}
	typed := plainNumber(r.cells["id_number"])
	if typed == "" {
		return d.Type, ""
	}
	if scientific.MatchString(typed) {
		r.refuse("id_number", Fail("roster_scientific", typed))
		return d.Type, ""
	}
	if d.Type == IDCard {
		d.Type = residence(typed)
	}
	number, err := ParseIDNumber(d.Type, typed)
	r.idNumber(typed, number, err)
	return d.Type, number
}

// idNumber notes what is wrong with a number, or looks so.
func (r *rosterReader) idNumber(typed string, number IDNumber, err error) {
	switch born := number.BirthDate(); {
	case err != nil && rounded(typed):
		r.refuse("id_number", Fail("roster_rounded"))
	case err != nil:
		r.refuse("id_number", err)
	case born != "" && born >= strconv.Itoa(r.place.Intake.Grade):
		r.refuse("id_number", Fail("id_number_date"))
	case rounded(typed):
		r.flag("id_number", Fail("roster_rounded"))
	}
}

func residence(number string) IDType {
	switch {
	case len(number) != 18:
	case strings.HasPrefix(number, "810000"), strings.HasPrefix(number, "820000"):
		return "hk_macao_residence"
	case strings.HasPrefix(number, "830000"):
		return "taiwan_residence"
	}
	return IDCard
}

func (r *rosterReader) sex(number IDNumber) string {
	cell := CleanName(r.cells["sex"])
	sex := map[string]string{"男": "男", "女": "女", "1": "男", "2": "女", "男性": "男", "女性": "女"}[cell]
	if cell != "" && sex == "" {
		r.flag("sex", Fail("roster_unreadable", r.cells["sex"]))
	}
	carried := number.Sex()
	if sex == "" {
		return carried
	}
	if carried != "" && carried != sex {
		r.flag("sex", Fail("roster_differs"))
	}
	return sex
}

func (r *rosterReader) birthDate(number IDNumber) string {
	cell, carried := r.cells["birth_date"], number.BirthDate()
	if cell == "" {
		return carried
	}
	date, ok := readDate(cell)
	if !ok {
		r.flag("birth_date", Fail("roster_unreadable", cell))
		return carried
	}
	if carried != "" && carried != date {
		r.flag("birth_date", Fail("roster_differs"))
	}
	return date
}

// readDate reads a day as rosters write it, also as the serial number of a spreadsheet (days since 1899-12-30).
func readDate(s string) (string, bool) {
	s = strings.TrimSuffix(strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-", " ", "").Replace(s), "-0")
	if len(s) == 5 && digits.MatchString(s) {
		days, _ := strconv.Atoi(s)
		return time.Date(1899, 12, 30+days, 0, 0, 0, 0, time.UTC).Format("2006-01-02"), true
	}
	for _, layout := range []string{"20060102", "2006-1-2"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1900 {
			return t.Format("2006-01-02"), true
		}
	}
	return "", false
}

func (r *rosterReader) short(key string, limit int) string {
	s := CleanName(r.cells[key])
	if len([]rune(s)) > limit {
		r.refuse(key, Fail("field_too_long", limit))
		return ""
	}
	return s
}

// phone refuses an unreadable number only where the intake lets no other phone be bound.
func (r *rosterReader) phone() Phone {
	cell := plainNumber(r.cells["phone"])
	required := r.place.Intake.Settings.RosterPhone
	if cell == "" {
		if required {
			r.refuse("phone", Fail("roster_blank"))
		}
		return ""
	}
	phone, err := ParsePhone(cell)
	switch {
	case err == nil:
		if refused := r.place.Intake.Settings.CheckPhone(phone); refused != nil {
			r.flag("phone", refused)
		}
		return phone
	case required:
		r.refuse("phone", err)
	default:
		r.flag("phone", err)
	}
	return ""
}

func (r *rosterReader) postcode() string {
	s := plainNumber(r.cells["postcode"])
	if s != "" && (len(s) != 6 || !digits.MatchString(s)) {
		r.flag("postcode", Fail("postcode_invalid"))
		return ""
	}
	return s
}

func (r *rosterReader) grade() {
	cell := strip(r.cells["grade"])
	if cell == "" {
		return
	}
	m := yearOnly.FindStringSubmatch(cell)
	if m == nil || m[1] != strconv.Itoa(r.place.Intake.Grade) {
		r.refuse("grade", Fail("roster_grade", cell, r.place.Intake.Name))
	}
}

// LikeExamNo says that a text may be a 考生号.
func LikeExamNo(text string) bool { return examNumber.MatchString(text) }
