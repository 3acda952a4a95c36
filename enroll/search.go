package enroll

import (
	"regexp"
	"strings"
)

// Holder is a document by which one person is known.
type Holder struct {
	Type   IDType
	Number IDNumber
}

// Search is what a word of the search box may be (查找): a whole document number
// or phone, or the beginning of a name, of a 考生号 or of a student number.
type Search struct {
	Holders []Holder
	Phone   Phone
	// Name and Start are beginnings; empty where the word cannot be one.
	Name  string
	Start string
	// Code is a help code that the student read out.
	Code string
}

var startShape = regexp.MustCompile(`^[0-9A-Z][0-9A-Z-]{2,}$`)

// ParseSearch reads a word as it is typed: width, spaces and small letters do not matter.
func ParseSearch(word string) Search {
	var q Search
	for _, d := range DocumentTypes {
		if n, err := ParseIDNumber(d.Type, word); err == nil {
			q.Holders = append(q.Holders, Holder{d.Type, n})
		}
	}
	if p, err := ParsePhone(word); err == nil {
		q.Phone = p
	}
	if name, err := ParseName(word); err == nil && !startShape.MatchString(strings.ToUpper(name)) {
		q.Name = name
	}
	if start := strings.ToUpper(strip(HalfWidth(word))); startShape.MatchString(start) {
		q.Start = start
	}
	q.Code = ParseHelpCode(HalfWidth(word))
	return q
}

// Void says that the word can be nothing that is searched for.
func (q Search) Void() bool {
	return len(q.Holders) == 0 && q.Phone == "" && q.Name == "" && q.Start == "" && q.Code == ""
}
