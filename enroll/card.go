package enroll

import (
	"slices"
	"strings"
	"time"
)

// CardSide is a side of an identity card as the card reader calls it.
type CardSide string

// The sides: with the portrait (人像面), and with the emblem (国徽面).
const (
	CardFront CardSide = "FRONT"
	CardBack  CardSide = "BACK"
)

// CardState says what became of asking the card reader.
type CardState string

// The states of a reading; nobody but operators hears of a failed one.
const (
	CardRead       CardState = "read"
	CardUnreadable CardState = "unreadable"
	CardFailed     CardState = "failed"
)

// CardMark is something that the card reader noticed besides the words.
type CardMark string

// The marks.
const (
	CardTemporary CardMark = "temporary"
	CardCopied    CardMark = "copied"
	CardReshot    CardMark = "reshot"
	CardAltered   CardMark = "altered"
)

// cardMarks are the marks in words for a reviewer.
var cardMarks = map[CardMark]string{
	CardTemporary: "识别为临时身份证。", CardCopied: "证件照片可能是复印件。", CardReshot: "证件照片可能是翻拍屏幕。",
	CardAltered: "证件照片可能经过修改，请仔细核对。",
}

// CardReading is what the card reader made of one side of an identity card (证件识别).
type CardReading struct {
	State     CardState `json:"state"`
	Name      string    `json:"name,omitempty"`
	Number    IDNumber  `json:"number,omitempty"`
	Sex       string    `json:"sex,omitempty"`
	Ethnic    string    `json:"ethnic,omitempty"`
	BirthDate string    `json:"birth_date,omitempty"`
	// ValidFrom and ValidUntil are days; a card that never ends has no ValidUntil.
	ValidFrom  string     `json:"valid_from,omitempty"`
	ValidUntil string     `json:"valid_until,omitempty"`
	Marks      []CardMark `json:"marks,omitempty"`
}

// CardSideOf is the side that an attachment of a kind shows, where the card reader knows the document.
func CardSideOf(kind string, document IDType) (side CardSide, ok bool) {
	if d, _ := Document(string(document)); !d.Readable {
		return "", false
	}
	switch kind {
	case IDFront:
		return CardFront, true
	case IDBack:
		return CardBack, true
	}
	return "", false
}

// Expired says that the card's last day is over.
func (r CardReading) Expired(now time.Time) bool {
	return r.ValidUntil != "" && r.ValidUntil < Day(now)
}

// Warnings are what a student should look at again in an uploaded side; none
// of them keeps anybody from going on. A name that is only written otherwise,
// or whose rare character the reader did not know, is no difference.
func (r CardReading) Warnings(kind AttachmentKind, name string, number IDNumber, now time.Time) []Problem {
	var list []Problem
	warn := func(when bool, reason Reason, args ...any) {
		if when {
			list = append(list, Problem{Field: kind.Key, Reason: reason, Args: args})
		}
	}
	warn(r.State == CardUnreadable, "card_unreadable", kind.Title)
	warn(r.Number != "" && r.Number != number, "card_number", r.Number.String())
	warn(r.Name != "" && !cardName(r.Name, name), "card_name", r.Name, name)
	warn(r.Expired(now), "card_expired", r.ValidUntil)
	warn(slices.Contains(r.Marks, CardTemporary), "card_temporary")
	return list
}

// cardName compares the name on a card with the one that is known; a reader
// leaves rare characters out, or puts a common one in their place.
func cardName(read, known string) bool {
	if MatchName(read, known) != NameDiffers {
		return true
	}
	a, b := []rune(nameKey(read)), []rune(nameKey(known))
	common := slices.DeleteFunc(slices.Clone(b), rare)
	if len(common) == len(b) {
		return false
	}
	if len(a) != len(b) {
		return string(a) == string(common)
	}
	for i, r := range b {
		if r != a[i] && !rare(r) {
			return false
		}
	}
	return true
}

// CardHints are what a reviewer should know of a side of a card besides the comparison.
func (r CardReading) CardHints(title string, now time.Time) []string {
	var hints []string
	if r.State == CardUnreadable {
		hints = append(hints, title+"没有识别出内容，请核对照片。")
	}
	if r.Expired(now) {
		hints = append(hints, "证件已过有效期（"+r.ValidUntil+"）。")
	}
	for _, mark := range r.Marks {
		hints = append(hints, cardMarks[mark])
	}
	return hints
}

// ParseValidity reads the validity as cards print it: 2010.07.21-2020.07.21, 2010.07.21-长期.
func ParseValidity(text string) (from, until string) {
	a, b, _ := strings.Cut(strip(HalfWidth(text)), "-")
	return cardDay(a), cardDay(b)
}

// ParseCardDay reads a day as cards print it: 1987/1/1, 2010.07.21; "" where it is none.
func ParseCardDay(text string) string { return cardDay(strip(HalfWidth(text))) }

func cardDay(text string) string {
	day, err := time.Parse("2006-1-2", strings.NewReplacer(".", "-", "/", "-").Replace(text))
	if err != nil {
		return ""
	}
	return day.Format("2006-01-02")
}
