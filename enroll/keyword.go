package enroll

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// KeywordType is the kind of a template's keyword, which bounds its value (关键词类型).
type KeywordType struct {
	Type string
	// Rule is what the value must look like, for people.
	Rule string
	fits func(string) bool
}

const (
	clockPattern  = `([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?`
	dayPattern    = `(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})`
	momentPattern = `(` + dayPattern + `( ?` + clockPattern + `)?|` + clockPattern + `)`
)

// KeywordTypes are WeChat's types of keywords with their limits (wechat.md §3).
var KeywordTypes = []KeywordType{
	{"thing", "20 个以内字符", atMost(20, nil)},
	{"character_string", "32 位以内数字、字母或符号", atMost(32, regexp.MustCompile(`^[!-~ ]+$`))},
	{"number", "32 位以内数字", atMost(32, regexp.MustCompile(`^-?\d+(\.\d+)?$`))},
	{"letter", "32 位以内字母", atMost(32, regexp.MustCompile(`^[A-Za-z]+$`))},
	{"symbol", "5 位以内符号", atMost(5, regexp.MustCompile(`^[[:punct:]]+$`))},
	{"time", "时间，如 2026年11月23日 10:32", atMost(0, regexp.MustCompile(`^`+momentPattern+`( ?~ ?`+momentPattern+`)?$`))},
	{"date", "日期，如 2026年11月23日", atMost(0, regexp.MustCompile(`^`+dayPattern+`( ?`+clockPattern+`)?( ?~ ?`+momentPattern+`)?$`))},
	{"amount", "金额，如 2400.00元", atMost(0, regexp.MustCompile(`^[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?$`))},
	{"phone_number", "17 位以内电话号码", atMost(17, regexp.MustCompile(`^[0-9+*\- ]+$`))},
	{"car_number", "8 位以内车牌号", atMost(8, regexp.MustCompile(`^[\p{Han}A-Z0-9]+$`))},
	{"name", "10 个以内汉字或 20 个以内字母", atMost(0, regexp.MustCompile(`^(\p{Han}{1,10}|[A-Za-z .'·-]{1,20})$`))},
	{"phrase", "5 个以内汉字", atMost(5, regexp.MustCompile(`^\p{Han}+$`))},
	{"const", "公众平台上选定的值", atMost(20, nil)},
	{"enum", "公众平台上选定的值", atMost(20, nil)},
}

func atMost(limit int, shape *regexp.Regexp) func(string) bool {
	return func(value string) bool {
		if value == "" || strings.ContainsAny(value, "\r\n") || limit > 0 && utf8.RuneCountInString(value) > limit {
			return false
		}
		return shape == nil || shape.MatchString(value)
	}
}

// TypeOfKeyword finds the type of a keyword: thing1 is a thing. Keywords of the old
// library (first, keyword1, remark) have no type.
func TypeOfKeyword(keyword string) (KeywordType, bool) {
	kind := strings.TrimRight(keyword, "0123456789")
	for _, t := range KeywordTypes {
		if t.Type == kind {
			return t, true
		}
	}
	return KeywordType{}, false
}

// FitsKeyword says whether WeChat takes a value for a keyword; without a known type it need only be there.
func FitsKeyword(keyword, value string) bool {
	if t, ok := TypeOfKeyword(keyword); ok {
		return t.fits(value)
	}
	return value != "" && utf8.RuneCountInString(value) <= 200
}
