package enroll

import (
	"log/slog"
	"strings"
)

// IDNumber is the number of an identity document (证件号码); it prints masked,
// and only Raw, used by store and gateways, gives it whole.
type IDNumber string

// String masks the middle: 3201**********9961.
func (n IDNumber) String() string { return mask(string(n), 4, 4) }

// GoString masks like String.
func (n IDNumber) GoString() string { return n.String() }

// LogValue masks like String.
func (n IDNumber) LogValue() slog.Value { return slog.StringValue(n.String()) }

// Raw is the whole number, for storing, comparing and sending to the vendor.
func (n IDNumber) Raw() string { return string(n) }

// Phone is a telephone number (手机号码) in the form 13900000001 or +85366000018;
// it prints masked.
type Phone string

// String masks the middle: 139****0001.
func (p Phone) String() string {
	if strings.HasPrefix(string(p), "+") {
		return mask(string(p), 4, 4)
	}
	return mask(string(p), 3, 4)
}

// GoString masks like String.
func (p Phone) GoString() string { return p.String() }

// LogValue masks like String.
func (p Phone) LogValue() slog.Value { return slog.StringValue(p.String()) }

// Raw is the whole number.
func (p Phone) Raw() string { return string(p) }

// International is the number with its country code, as the SMS interface wants it: +8613900000001.
func (p Phone) International() string {
	if strings.HasPrefix(string(p), "+") {
		return string(p)
	}
	return "+86" + string(p)
}

// Secret is a password or key; it never prints.
type Secret string

// String hides the secret.
func (Secret) String() string { return "***" }

// GoString hides the secret.
func (Secret) GoString() string { return "***" }

// LogValue hides the secret.
func (Secret) LogValue() slog.Value { return slog.StringValue("***") }

// Raw is the secret itself.
func (s Secret) Raw() string { return string(s) }

// MaskName shows the first character of a name only: 张**.
func MaskName(name string) string {
	runes := []rune(name)
	if len(runes) <= 1 {
		return "*"
	}
	return string(runes[0]) + strings.Repeat("*", min(len(runes)-1, 3))
}

func mask(s string, head, tail int) string {
	runes := []rune(s)
	if len(runes) <= head+tail {
		return strings.Repeat("*", len(runes))
	}
	return string(runes[:head]) + strings.Repeat("*", len(runes)-head-tail) + string(runes[len(runes)-tail:])
}
