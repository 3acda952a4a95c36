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

// SMSResult says to staff in a word what became of the SMS of a code: ok, or the reason why it did not leave.
func SMSResult(word string) string {
	switch Reason(word) {
	case "":
		return "正在发送"
	case "ok":
		return "已交运营商"
	case "sms_blocked":
		return "没有发出：号码在拒收名单"
	case "sms_limited":
		return "没有发出：已达运营商上限"
	case "sms_refused":
		return "没有发出：号码或模板被拒绝"
	}
	return "没有发出：短信服务没有应答"
}
