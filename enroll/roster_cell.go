package enroll

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

var (
	// keptAsText is how systems keep a spreadsheet from taking a number as one: ="0123".
	keptAsText   = regexp.MustCompile(`^="(.*)"$`)
	wholeFloat   = regexp.MustCompile(`^([0-9]+)\.0+$`)
	scientific   = regexp.MustCompile(`^([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,3})$`)
	formulaError = regexp.MustCompile(`^#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)$`)
)

// cellText is a cell as it was meant: half width, without outer spaces and
// invisible characters, and without the marks that keep a number as text.
func cellText(cell string) string {
	s := trimmed(HalfWidth(cell))
	if m := keptAsText.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	return trimmed(strings.TrimLeft(s, "'"))
}

func trimmed(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
}

// plainNumber undoes what a spreadsheet does to a number where no digit is
// lost: 1.3900000002E+10 and 13900000002.0 are 13900000002; 1.39E+10 may be many.
func plainNumber(cell string) string {
	s := strip(cell)
	if m := wholeFloat.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	m := scientific.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	// Fifteen digits are all that a spreadsheet's number can hold.
	if exponent, err := strconv.Atoi(m[3]); err != nil || exponent > 14 || len(m[1]+m[2]) != exponent+1 {
		return s
	}
	return m[1] + m[2]
}

// rounded says that an 18-digit number looks as if it had been a spreadsheet's number, whose last three digits become 0.
func rounded(number string) bool { return len(number) == 18 && strings.HasSuffix(number, "000") }

// sameCode compares codes of digits without the leading zeros that a spreadsheet takes away.
func sameCode(cell, code string) bool {
	cell = plainNumber(cell)
	if digits.MatchString(cell) && digits.MatchString(code) {
		return strings.TrimLeft(cell, "0") == strings.TrimLeft(code, "0")
	}
	return strings.EqualFold(cell, code)
}
