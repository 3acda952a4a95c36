package enroll

import (
	"strings"
	"time"
)

// AssistLife is how long a member of staff may work on a student's form before
// another one takes it over (代办).
const AssistLife = 2 * time.Hour

// Assist is one time that staff fill the form in for a student who stands at
// the counter (代办登记); one is open per student.
type Assist struct {
	ID           string
	Registration string
	Staff        string
	Account      string
	Role         Role
	// Reason says why the student cannot do it alone.
	Reason  string
	At      time.Time
	EndedAt time.Time
}

// Open says that it goes on.
func (a Assist) Open(now time.Time) bool {
	return a.EndedAt.IsZero() && now.Before(a.At.Add(AssistLife))
}

// Mark is how what was done so is marked for the student: by which office, never by whom.
func (a Assist) Mark() string { return "由" + a.Role.Office() + "老师现场代办" }

// Helper is who did it, for staff.
func (a Assist) Helper() string { return a.Role.Office() + " " + a.Account }

// officeOf takes the account off a Helper.
func officeOf(helper string) string {
	office, _, _ := strings.Cut(helper, " ")
	return office
}

// Assistable says that there is something to be done at the counter: the form, or an application.
func (s Status) Assistable() bool { return s.Editable() || len(AtCounter(s)) > 0 }
