package enroll

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// ParseIDNumber normalises a number as typed (full width, spaces, lower x) and
// checks it by the rule of its document: length, date and check digit of
// GB 11643 for identity and residence cards.
func ParseIDNumber(t IDType, typed string) (IDNumber, error) {
	d, ok := Document(string(t))
	if !ok {
		return "", FailField("id_type", "id_type_unsupported")
	}
	s := strings.ToUpper(strip(HalfWidth(typed)))
	if d.Checked {
		return checkedNumber(d, s)
	}
	if !d.pattern.MatchString(s) {
		return "", FailField("id_number", "id_number_invalid")
	}
	return IDNumber(s), nil
}

func checkedNumber(d DocumentType, s string) (IDNumber, error) {
	if len(s) != 18 {
		return "", FailField("id_number", "id_number_length")
	}
	if !d.pattern.MatchString(s) {
		return "", FailField("id_number", "id_number_invalid")
	}
	if born, err := time.Parse("20060102", s[6:14]); err != nil || born.Year() < 1900 {
		return "", FailField("id_number", "id_number_date")
	}
	if CheckDigit(s[:17]) != s[17] {
		return "", FailField("id_number", "id_number_checksum")
	}
	return IDNumber(s), nil
}

// CheckDigit is the 18th character of an identity number (GB 11643-1999, ISO 7064 MOD 11-2).
func CheckDigit(first17 string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i := range weights {
		sum += int(first17[i]-'0') * weights[i]
	}
	return "10X98765432"[sum%11]
}

// BirthDate is the date of birth that the number carries (YYYY-MM-DD), or "".
func (n IDNumber) BirthDate() string {
	if !eighteen.MatchString(string(n)) {
		return ""
	}
	s := string(n)
	return s[6:10] + "-" + s[10:12] + "-" + s[12:14]
}

// Sex is 男 or 女 as the 17th digit says, or "".
func (n IDNumber) Sex() string {
	if !eighteen.MatchString(string(n)) {
		return ""
	}
	if (n[16]-'0')%2 == 1 {
		return "男"
	}
	return "女"
}

var mainland = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
var abroad = regexp.MustCompile(`^\+(852[4-9][0-9]{7}|853[0-9]{8}|8869[0-9]{8})$`)

// ParsePhone normalises a telephone number as typed (full width, spaces,
// hyphens, +86) and checks it; numbers of Hong Kong, Macao and Taiwan keep
// their country code.
func ParsePhone(typed string) (Phone, error) {
	s := strings.NewReplacer("-", "", "(", "", ")", "").Replace(strip(HalfWidth(typed)))
	if strings.HasPrefix(s, "00") {
		s = "+" + s[2:]
	}
	s = strings.TrimPrefix(s, "+86")
	if len(s) == 13 && strings.HasPrefix(s, "86") {
		s = s[2:]
	}
	if !mainland.MatchString(s) && !abroad.MatchString(s) {
		return "", FailField("phone", "phone_invalid")
	}
	return Phone(s), nil
}

// Abroad is the country code of a number outside the mainland (852, 853, 886), or "".
func (p Phone) Abroad() string {
	if !abroad.MatchString(string(p)) {
		return ""
	}
	return string(p[1:4])
}

// PhoneCodes are the country codes whose numbers an intake may let in.
var PhoneCodes = Dictionary{{"852", "香港"}, {"853", "澳门"}, {"886", "台湾"}}

// CheckPhone refuses a number abroad that the intake sends no SMS to.
func (s Settings) CheckPhone(p Phone) error {
	if code := p.Abroad(); code != "" && !slices.Contains(s.PhonesAbroad, code) {
		return FailField("phone", "phone_abroad")
	}
	return nil
}
