package enroll

import (
	"strings"
	"unicode"
)

// GiveUpSentence is what a student types to give a place up (manual 二.3).
const GiveUpSentence = "本人自愿放弃入学资格，愿承担由此带来的后果。"

// MarkState says how a stretch of a typed sentence compares with the wanted one.
type MarkState string

// The states of a stretch: as wanted, not wanted, or wanted and not there.
const (
	MarkSame    MarkState = "same"
	MarkExtra   MarkState = "extra"
	MarkMissing MarkState = "missing"
)

// Mark is a stretch of characters with its state, in the order of reading.
type Mark struct {
	Text  string    `json:"text"`
	State MarkState `json:"state"`
}

// CompareSentence compares what was typed with what is wanted, whatever the
// width of letters, the punctuation and the spaces; the marks show which
// characters differ.
func CompareSentence(typed, wanted string) (same bool, marks []Mark) {
	a, b := plainRunes(typed), plainRunes(wanted)
	same = string(a) == string(b)
	lengths := commonLengths(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			marks = addMark(marks, a[i], MarkSame)
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && lengths[i+1][j] >= lengths[i][j+1]:
			marks = addMark(marks, a[i], MarkExtra)
			i++
		default:
			marks = addMark(marks, b[j], MarkMissing)
			j++
		}
	}
	return same, marks
}

// sentenceMost bounds what is compared, so that nobody can make the comparison slow.
const sentenceMost = 200

func plainRunes(text string) []rune {
	var plain []rune
	for _, r := range HalfWidth(text) {
		if unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			continue
		}
		if plain = append(plain, unicode.ToLower(r)); len(plain) == sentenceMost {
			break
		}
	}
	return plain
}

// commonLengths gives, for every pair of ends, the length of the longest common subsequence.
func commonLengths(a, b []rune) [][]int {
	lengths := make([][]int, len(a)+1)
	for i := range lengths {
		lengths[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
			if a[i] == b[j] {
				lengths[i][j] = lengths[i+1][j+1] + 1
			}
		}
	}
	return lengths
}

func addMark(marks []Mark, r rune, state MarkState) []Mark {
	if n := len(marks); n > 0 && marks[n-1].State == state {
		marks[n-1].Text += string(r)
		return marks
	}
	return append(marks, Mark{string(r), state})
}

// SentenceClean is a typed sentence as it is kept: one line, within its bound.
func SentenceClean(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	return string(runes[:min(len(runes), sentenceMost)])
}
