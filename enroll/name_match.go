package enroll

import (
	"strings"
	"unicode"
)

// NameMatch says how a name as typed fits the name in the roster.
type NameMatch int

// The ways in which a typed name fits.
const (
	NameDiffers NameMatch = iota
	// NameSame is the same name, however it is written.
	NameSame
	// NameFills puts characters where the roster has only placeholders (王Yan, 王?, 王□): the registrar looks at the pair.
	NameFills
	// NameSpares leaves a placeholder or pinyin where the roster has a character that few keyboards can type.
	NameSpares
)

// MatchName compares a name as typed with the one in the roster. Where the
// roster holds pinyin or a placeholder among Chinese characters, any one
// character fits; the typed name may do the same for a rare character only.
func MatchName(typed, roster string) NameMatch {
	switch {
	case SameName(typed, roster):
		return NameSame
	case fills(cells(typed), cells(roster), letter):
		return NameFills
	case fills(cells(roster), cells(typed), rare):
		return NameSpares
	}
	return NameDiffers
}

// unknownCell stands for one character that a name does not tell.
const unknownCell = '□'

// cells are the characters of a name one by one; a placeholder, a run of pinyin
// and an unknown character of the private use area count as one that is not told.
func cells(name string) []rune {
	var list []rune
	inPinyin := false
	for _, r := range nameKey(name) {
		pinyin := unicode.Is(unicode.Latin, r)
		switch {
		case pinyin && inPinyin:
			continue
		case pinyin, strings.ContainsRune("?*□〓", r), unicode.Is(unicode.Co, r):
			list = append(list, unknownCell)
		default:
			list = append(list, r)
		}
		inPinyin = pinyin
	}
	return list
}

// WholeName says that a name leaves no character open.
func WholeName(name string) bool { return !strings.ContainsAny(CleanName(name), "?*□〓") }

// fills says that full has exactly one character of a fitting kind for each that
// gapped does not tell, and the same everywhere else; a name that tells no character fits nothing.
func fills(full, gapped []rune, fitting func(rune) bool) bool {
	told := 0
	if len(full) != len(gapped) {
		return false
	}
	for i, r := range gapped {
		switch {
		case r == unknownCell:
			if full[i] == unknownCell || !fitting(full[i]) {
				return false
			}
		case r != full[i]:
			return false
		case r != '·':
			told++
		}
	}
	return told > 0
}

// rare says that a character lies outside of what every keyboard types: the
// 20,902 unified ideographs that GBK has.
func rare(r rune) bool {
	return han(r) && (r < 0x4e00 || r > 0x9fa5)
}

func letter(r rune) bool { return unicode.IsLetter(r) || han(r) }
