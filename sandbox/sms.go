package sandbox

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// SMS is a message that arrived, or is about to arrive, on a phone.
type SMS struct {
	Seq      int64
	At       time.Time // when it arrives; later than now for a delayed one
	Phone    string    // E.164, +8613900000001
	Template string    // id
	Params   []string
	Text     string // with the signature, as the phone shows it
}

// smsRules are the limits of the cloud account.
type smsRules struct {
	VariableLength int // characters per variable; 0 is no limit, 6 is that of accounts opened since 2024-01-25
	PerHour        int // per number; 0 is no limit
	PerDay         int // per number and calendar day; 0 is no limit
}

// SMSList lists the SMS that have arrived at a phone by now, newest last; "" lists those of all phones.
func (w *World) SMSList(phone string) []SMS {
	w.mu.Lock()
	defer w.mu.Unlock()
	number, _ := e164(phone)
	var list []SMS
	for _, m := range w.data.Texts {
		if (phone == "" || m.Phone == number) && !m.At.After(w.now()) {
			list = append(list, m)
		}
	}
	return list
}

// smsRequest is the body of SendSms.
type smsRequest struct {
	PhoneNumberSet   []string
	SmsSdkAppId      string
	TemplateId       string
	SignName         string
	TemplateParamSet []string
	ExtendCode       string
	SessionContext   string
	SenderId         string
}

// smsStatus is the answer about one number; a failure here stands inside a successful reply.
type smsStatus struct {
	SerialNo, PhoneNumber string
	Fee                   int
	SessionContext        string
	Code, Message         string
	IsoCode               string
}

func (c cloudCall) sendSMS() reply {
	var q smsRequest
	if bad, ok := c.decode(&q); !ok {
		return bad
	}
	switch {
	case len(q.PhoneNumberSet) == 0:
		return missing("PhoneNumberSet")
	case len(q.PhoneNumberSet) > 200:
		return cloudError("LimitExceeded.PhoneNumberCountLimit", "The number of phone numbers exceeds 200.")
	case q.SmsSdkAppId == "":
		return missing("SmsSdkAppId")
	case q.TemplateId == "":
		return missing("TemplateId")
	case len(q.SessionContext) > 512:
		return cloudError("InvalidParameterValue.SessionContextTooLong", "SessionContext is too long.")
	}
	defer c.change()()
	var failed string
	statuses := make([]smsStatus, len(q.PhoneNumberSet))
	for i, number := range q.PhoneNumberSet {
		statuses[i] = c.sendOne(q, number)
		if statuses[i].Code != "Ok" {
			failed = statuses[i].Code
		}
	}
	out := cloudOK(map[string]any{"SendStatusSet": statuses})
	out.code = failed
	return out
}

// sendOne answers about one number; magic numbers fail or arrive late (docs/sandbox.md).
func (c cloudCall) sendOne(q smsRequest, number string) smsStatus {
	phone, iso := e164(number)
	status := smsStatus{PhoneNumber: number, SessionContext: q.SessionContext, IsoCode: iso}
	text, code := c.smsText(q, phone, iso)
	if code == "" {
		code = c.smsLimit(phone, text)
	}
	if code != "" {
		status.Code, status.Message = code, smsErrors()[code]
		return status
	}
	at := c.now()
	if strings.HasSuffix(phone, "0093") {
		at = at.Add(70 * time.Second)
	}
	c.data.Seq++
	c.data.Texts = append(c.data.Texts, SMS{Seq: c.data.Seq, At: at, Phone: phone, Template: q.TemplateId,
		Params: q.TemplateParamSet, Text: text})
	if len(c.data.Texts) > 2000 {
		c.data.Texts = c.data.Texts[len(c.data.Texts)-2000:]
	}
	status.SerialNo = "2640:" + randomDigits(28)
	status.Fee, status.Code, status.Message = 1, "Ok", "send success"
	return status
}

// smsText fills the template, or says why it cannot be sent.
func (c cloudCall) smsText(q smsRequest, phone, iso string) (text, code string) {
	t, known := c.smsTemplate(q.TemplateId)
	switch {
	case q.SmsSdkAppId != c.credentials.SMSAppID:
		return "", "UnauthorizedOperation.SmsSdkAppIdVerifyFail"
	case phone == "":
		return "", "InvalidParameterValue.IncorrectPhoneNumber"
	case iso == "CN" && q.SignName != c.credentials.SMSSign:
		return "", "FailedOperation.SignatureIncorrectOrUnapproved"
	case !known || t.Abroad == (iso == "CN"):
		return "", "FailedOperation.TemplateUnapprovedOrNotExist"
	case len(q.TemplateParamSet) != strings.Count(t.Text, "{"):
		return "", "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
	}
	text = "【" + c.credentials.SMSSign + "】" + t.Text
	for i, value := range q.TemplateParamSet {
		limit := c.data.SMS.VariableLength
		switch {
		case value == "" || strings.ContainsAny(value, "\r\n【】"):
			return "", "InvalidParameterValue.TemplateParameterFormatError"
		case strings.Contains(value, "://") || strings.Contains(value, "www."):
			return "", "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"
		case limit > 0 && utf8.RuneCountInString(value) > limit:
			return "", "InvalidParameterValue.TemplateParameterLengthLimit"
		}
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i+1)+"}", value)
	}
	return text, ""
}

// smsLimit is the limit that one more message to a phone would break, "" if none.
func (c cloudCall) smsLimit(phone, text string) string {
	switch {
	case strings.HasSuffix(phone, "0091"):
		return "FailedOperation.PhoneNumberInBlacklist"
	case strings.HasSuffix(phone, "0092"):
		return "LimitExceeded.PhoneNumberOneHourLimit"
	}
	var hour, day int
	today := chinaTime(c.now())[:10]
	for _, m := range c.data.Texts {
		if m.Phone != phone {
			continue
		}
		age := c.now().Sub(m.At)
		if m.Text == text && age < 30*time.Second {
			return "LimitExceeded.PhoneNumberThirtySecondLimit"
		}
		if age < time.Hour {
			hour++
		}
		if chinaTime(m.At)[:10] == today {
			day++
		}
	}
	rules := c.data.SMS
	switch {
	case rules.PerHour > 0 && hour >= rules.PerHour:
		return "LimitExceeded.PhoneNumberOneHourLimit"
	case rules.PerDay > 0 && day >= rules.PerDay:
		return "LimitExceeded.PhoneNumberDailyLimit"
	}
	return ""
}

func (c cloudCall) smsTemplate(id string) (Template, bool) {
	for _, t := range smsTemplates() {
		if c.credentials.SMSTemplates[t.Event] == id {
			return t, true
		}
	}
	return Template{}, false
}

var (
	mainlandNumber = regexp.MustCompile(`^(?:\+86|0086|86)?(1[3-9]\d{9})$`)
	foreignNumber  = regexp.MustCompile(`^\+([1-9]\d{6,14})$`)
)

// e164 brings a number into the form +8613900000001, with its region; "" if it is none.
func e164(number string) (phone, iso string) {
	number = strings.NewReplacer(" ", "", "-", "").Replace(number)
	if m := mainlandNumber.FindStringSubmatch(number); m != nil {
		return "+86" + m[1], "CN"
	}
	if !foreignNumber.MatchString(number) || strings.HasPrefix(number, "+86") {
		return "", ""
	}
	for prefix, region := range map[string]string{"+852": "HK", "+853": "MO", "+886": "TW"} {
		if strings.HasPrefix(number, prefix) {
			return number, region
		}
	}
	return number, "ZZ"
}

func smsErrors() map[string]string {
	return map[string]string{
		"UnauthorizedOperation.SmsSdkAppIdVerifyFail":               "SmsSdkAppId verification fail",
		"InvalidParameterValue.IncorrectPhoneNumber":                "incorrect phone number",
		"InvalidParameterValue.TemplateParameterFormatError":        "template parameter format error",
		"InvalidParameterValue.TemplateParameterLengthLimit":        "template parameter is too long",
		"InvalidParameterValue.ProhibitedUseUrlInTemplateParameter": "url in template parameter is prohibited",
		"FailedOperation.SignatureIncorrectOrUnapproved":            "signature is incorrect or unapproved",
		"FailedOperation.TemplateUnapprovedOrNotExist":              "template is unapproved or does not exist",
		"FailedOperation.TemplateParamSetNotMatchApprovedTemplate":  "template params do not match the approved template",
		"FailedOperation.PhoneNumberInBlacklist":                    "the number is in the blacklist",
		"LimitExceeded.PhoneNumberOneHourLimit":                     "the number of SMS messages sent to one number within one hour exceeds the limit",
		"LimitExceeded.PhoneNumberThirtySecondLimit":                "the same content was sent to the number within 30 seconds",
		"LimitExceeded.PhoneNumberDailyLimit":                       "the number of SMS messages sent to one number within one day exceeds the limit",
	}
}
