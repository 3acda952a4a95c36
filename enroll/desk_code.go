package enroll

import "strings"

// deskCodeLength makes a desk code longer than a code by SMS, so that nobody takes one for the other.
const deskCodeLength = 8

// ParseDeskCode reads the one-time code that staff gave (登录码), with or without blanks; "" where it is none.
func ParseDeskCode(text string) string {
	code := strings.NewReplacer(" ", "", "-", "", "\u3000", "").Replace(text)
	if len(code) != deskCodeLength || strings.Trim(code, "0123456789") != "" {
		return ""
	}
	return code
}

// SpacedDeskCode writes a desk code as it is read out: two groups of four.
func SpacedDeskCode(code string) string {
	return code[:deskCodeLength/2] + " " + code[deskCodeLength/2:]
}
