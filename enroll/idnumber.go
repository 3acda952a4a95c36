package enroll

import (
	"regexp"
	"strings"
	"time"
)

// IDType is the kind of identity document (证件类型).
type IDType string

// DocumentType is one kind of document with what the college must know of it.
type DocumentType struct {
	Type IDType
	Name string
	// Checked says that the number carries the check digit of GB 11643.
	Checked bool
	// InFaceLibrary says that the face service can know the holder.
	InFaceLibrary bool
	pattern       *regexp.Regexp
}

// IDCard is the resident identity card (居民身份证).
const IDCard IDType = "id_card"

var eighteen = regexp.MustCompile(`^[0-9]{17}[0-9X]$`)

// DocumentTypes lists the documents by which a student may register (fields.md).
var DocumentTypes = []DocumentType{
	{IDCard, "居民身份证", true, true, eighteen},
	{"hk_macao_residence", "港澳居民居住证", true, false, regexp.MustCompile(`^8[12]0000[0-9]{11}[0-9X]$`)},
	{"taiwan_residence", "台湾居民居住证", true, false, regexp.MustCompile(`^830000[0-9]{11}[0-9X]$`)},
	{"hk_macao_permit", "港澳居民来往内地通行证", false, false, regexp.MustCompile(`^[HM][0-9]{8}([0-9]{2})?$`)},
	{"taiwan_permit", "台湾居民来往大陆通行证", false, false, regexp.MustCompile(`^[0-9]{8}([0-9]{2})?$`)},
	{"passport", "护照", false, false, regexp.MustCompile(`^[A-Z0-9]{5,20}$`)},
	{"foreign_pr", "外国人永久居留证", false, false, regexp.MustCompile(`^([A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X])$`)},
	{"officer", "军官证", false, false, regexp.MustCompile(`^[\p{Han}A-Z0-9]{4,20}$`)},
}

// Document finds a document type by key or Chinese name; 身份证 means the resident card.
func Document(key string) (DocumentType, bool) {
	if key == "" || key == "身份证" {
		key = string(IDCard)
	}
	for _, d := range DocumentTypes {
		if string(d.Type) == key || d.Name == key {
			return d, true
		}
	}
	return DocumentType{}, false
}

// Name is the Chinese word of a document type.
func (t IDType) Name() string {
	d, _ := Document(string(t))
	return d.Name
}

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
