package enroll

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

// A password of staff has 12 to 128 characters; nobody is made to change it by the calendar (reliability §3.3).
const (
	PasswordShortest = 12
	PasswordLongest  = 128
)

// commonParts are what guessed and leaked passwords are made of: the best known words, keyboard ways and numbers.
//
//go:embed password_common.txt
var commonParts string

// CheckPassword refuses a password that is too short, or that is made of
// common words, runs, years and the person's own words (account, name) with
// too little of its own.
func CheckPassword(password string, own ...string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < PasswordShortest:
		return FailField("password", "password_short", PasswordShortest)
	case n > PasswordLongest:
		return FailField("password", "field_too_long", PasswordLongest)
	}
	parts := append(strings.Fields(commonParts), own...)
	for _, spelling := range []string{strings.ToLower(password), unleet(strings.ToLower(password))} {
		if tooLittle(withoutRuns(without(spelling, parts))) {
			return FailField("password", "password_common")
		}
	}
	return nil
}

var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

func unleet(s string) string { return leet.Replace(s) }

// without takes every part out of a text; a space stays in its place, so that what was apart makes no new word.
func without(text string, parts []string) string {
	for _, part := range parts {
		if part = strings.ToLower(part); len(part) >= 3 {
			text = strings.ReplaceAll(text, part, " ")
		}
	}
	return text
}

// withoutRuns takes out three or more equal or neighbouring characters, as aaa, 1234 and dcba.
func withoutRuns(text string) string {
	runes := []rune(text)
	var kept []rune
	for i := 0; i < len(runes); {
		if n := run(runes[i:]); n >= 3 {
			i += n
			continue
		}
		kept = append(kept, runes[i])
		i++
	}
	return string(kept)
}

// run is how many characters go on in equal steps of -1, 0 or 1.
func run(runes []rune) int {
	if len(runes) < 2 {
		return len(runes)
	}
	step := runes[1] - runes[0]
	if step < -1 || step > 1 {
		return 1
	}
	n := 2
	for n < len(runes) && runes[n]-runes[n-1] == step {
		n++
	}
	return n
}

// tooLittle says that what is a person's own in a password can be guessed: fewer than 6 characters, or fewer than 4 different ones.
func tooLittle(rest string) bool {
	different := map[rune]bool{}
	n := 0
	for _, r := range rest {
		if strings.ContainsRune(" -_.,!@#$%^&*+=", r) {
			continue
		}
		different[r] = true
		n++
	}
	return n < 6 || len(different) < 4
}
