package enroll

import (
	"regexp"
	"strings"
	"time"
)

// HelpNote is what a help code (求助码) stands for: where somebody is stuck and
// what the page last said, without anything personal.
type HelpNote struct {
	At time.Time
	// Registration is whose matter it is; empty before login.
	Registration string
	// Page is the route that the student came from, as /pay; Step is the Chinese title of the step that is open.
	Page     string
	Step     string
	Reason   Reason
	Incident string
	Device   string
}

// helpLetters leaves out what sounds or looks alike when it is read over the telephone.
const helpLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// helpLength makes a code short enough to say; 31^6 are enough that none is guessed in a day.
const helpLength = 6

// HelpCode makes a help code of six characters from random bytes.
func HelpCode(random []byte) string {
	code := make([]byte, helpLength)
	for i := range code {
		code[i] = helpLetters[int(random[i])%len(helpLetters)]
	}
	return string(code)
}

// ParseHelpCode reads a help code as it is typed: small letters and blanks do not matter; "" where it is none.
func ParseHelpCode(text string) string {
	code := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	if len(code) != helpLength || strings.Trim(code, helpLetters) != "" {
		return ""
	}
	return code
}

var (
	helpPage     = regexp.MustCompile(`^/[a-z/-]{0,40}$`)
	helpIncident = regexp.MustCompile(`^[A-Z2-7]{8}$`)
)

// Cleaned keeps of what a page tells only what has the shape of a route, a reason and an incident.
func (n HelpNote) Cleaned() HelpNote {
	if !helpPage.MatchString(n.Page) {
		n.Page = ""
	}
	if _, known := reasons[n.Reason]; !known {
		n.Reason = ""
	}
	if !helpIncident.MatchString(n.Incident) {
		n.Incident = ""
	}
	return n
}
