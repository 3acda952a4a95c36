package enroll

import (
	"regexp"
	"strings"
	"unicode"
)

// HalfWidth turns full-width letters, digits and punctuation into the ordinary ones.
func HalfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000':
			return ' '
		case r >= '\uff01' && r <= '\uff5e':
			return r - 0xfee0
		}
		return r
	}, s)
}

// strip takes out every kind of space and invisible character.
func strip(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

var dots = strings.NewReplacer("•", "·", "・", "·", "‧", "·", "．", "·", "∙", "·", "●", "·", ".", "·", "･", "·", "⋅", "·", "⸱", "·", "ꞏ", "·", "᛫", "·", "﹒", "·")

// nameCharacters are what a name may hold besides single spaces: characters with
// the extensions I and J, which are newer than Go's tables, those of private use, letters, and marks for what is not told.
const nameCharacters = `[\p{Han}\x{2EBF0}-\x{2EE5D}\x{323B0}-\x{33479}\p{Co}\p{Latin}·'*?□〓〇-]+`

var nameShape = regexp.MustCompile(`^` + nameCharacters + `( ` + nameCharacters + `)*$`)

// han says that a rune is a Chinese character.
func han(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x2ebf0 && r <= 0x2ee5d || r >= 0x323b0 && r <= 0x33479
}

// ParseName normalises a person's name as typed: width, variants of the
// interpunct (间隔号), outer spaces, and inner ones between Chinese characters.
func ParseName(typed string) (string, error) {
	s := CleanName(typed)
	if s == "" || len([]rune(s)) > 50 || !nameShape.MatchString(s) {
		return "", FailField("name", "name_invalid")
	}
	return s, nil
}

// CleanName is the form in which a name is kept: half width, · for every
// interpunct, single spaces between Latin words and none between characters,
// and characters of the private use area where Unicode has them by now.
func CleanName(typed string) string {
	words := strings.Fields(dots.Replace(strings.Map(proper, HalfWidth(typed))))
	var b strings.Builder
	for i, w := range words {
		w = strip(w)
		if i > 0 && latinEnd(b.String()) && latinStart(w) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// SameName says whether a name as typed is the name in the roster; width,
// spaces, case of Latin letters, variants of ·, traditional or simplified form
// and old code points of rare characters do not count.
func SameName(typed, roster string) bool { return nameKey(typed) == nameKey(roster) }

func nameKey(s string) string {
	return strings.ToUpper(strings.Map(simple, strip(CleanName(s))))
}

func simple(r rune) rune {
	if s, ok := simplified[r]; ok {
		return s
	}
	return r
}

func latinStart(s string) bool { r := []rune(s); return len(r) > 0 && unicode.Is(unicode.Latin, r[0]) }
func latinEnd(s string) bool {
	r := []rune(s)
	return len(r) > 0 && unicode.Is(unicode.Latin, r[len(r)-1])
}
