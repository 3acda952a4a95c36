package enroll

import "strings"

// FillText puts a student's own facts into a text that people sign: {姓名} becomes the name. The text's hash stays
// that of the unfilled words, so that everybody signs the same version.
func FillText(body string, facts map[string]string) string {
	pairs := make([]string, 0, 2*len(facts))
	for word, value := range facts {
		pairs = append(pairs, "{"+word+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(body)
}
