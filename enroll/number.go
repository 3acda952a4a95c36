package enroll

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// NumberRule makes student numbers (学号), for example
// {yy}{level}{point:2}{major:2}{seq:4}: two digits of the grade, the level's
// code, the codes of point and program, and a serial number within all that
// stands before it. Letters and digits may stand between.
type NumberRule struct {
	text  string
	parts []numberPart
}

type numberPart struct {
	word  string
	name  string
	width int
}

// NumberFacts are what a number is made from.
type NumberFacts struct {
	Grade   int
	Level   string
	Point   string
	Program string
}

var numberToken = regexp.MustCompile(`\{([a-z]+)(?::([0-9]+))?\}`)
var numberWord = regexp.MustCompile(`^[0-9A-Za-z]*$`)

// ParseNumberRule reads a rule; it must hold {seq:n} once, at the end.
func ParseNumberRule(text string) (NumberRule, error) {
	rule := NumberRule{text: text}
	at := 0
	for _, m := range numberToken.FindAllStringSubmatchIndex(text, -1) {
		rule.parts = append(rule.parts, numberPart{word: text[at:m[0]]})
		width := 0
		if m[4] >= 0 {
			width, _ = strconv.Atoi(text[m[4]:m[5]])
		}
		rule.parts = append(rule.parts, numberPart{name: text[m[2]:m[3]], width: width})
		at = m[1]
	}
	rule.parts = append(rule.parts, numberPart{word: text[at:]})
	return rule, rule.check()
}

func (r NumberRule) check() error {
	seqs := 0
	for i, p := range r.parts {
		switch {
		case p.name == "" && !numberWord.MatchString(p.word):
			return Fail("number_rule", "只能含字母、数字和 {…}")
		case p.name == "seq":
			seqs++
			if p.width < 1 || p.width > 9 || i != len(r.parts)-2 || r.parts[i+1].word != "" {
				return Fail("number_rule", "{seq:位数} 应在最后")
			}
		case p.name != "" && !strings.Contains(" yy yyyy level point major ", " "+p.name+" "):
			return Fail("number_rule", "不认识 {"+p.name+"}")
		}
	}
	if seqs != 1 {
		return Fail("number_rule", "需要一个 {seq:位数}")
	}
	return nil
}

// Scope is everything before the serial number; each scope counts from 1.
func (r NumberRule) Scope(f NumberFacts) (string, error) {
	var b strings.Builder
	for _, p := range r.parts {
		switch p.name {
		case "":
			b.WriteString(p.word)
			continue
		case "seq":
			continue
		case "yy":
			fmt.Fprintf(&b, "%02d", f.Grade%100)
			continue
		case "yyyy":
			fmt.Fprintf(&b, "%04d", f.Grade)
			continue
		}
		value := map[string]string{"level": f.Level, "point": f.Point, "major": f.Program}[p.name]
		if value == "" || !numberWord.MatchString(value) || (p.width > 0 && len(value) > p.width) {
			return "", Fail("number_rule", fmt.Sprintf("{%s} 没有合适的代码（%q）", p.name, value))
		}
		b.WriteString(strings.Repeat("0", max(0, p.width-len(value))) + value)
	}
	return b.String(), nil
}

// Number is the n-th number of a scope; number_exhausted when the digits do not suffice.
func (r NumberRule) Number(scope string, n int64) (string, error) {
	width := r.parts[len(r.parts)-2].width
	s := strconv.FormatInt(n, 10)
	if len(s) > width {
		return "", Fail("number_exhausted")
	}
	return scope + strings.Repeat("0", width-len(s)) + s, nil
}

// NumberTries is how many collisions are passed over before a number is called missing (states.md).
const NumberTries = 20
