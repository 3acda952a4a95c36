package identity

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"xinsheng/enroll"
)

// SendSMS sends one SMS by an approved template with its variables in order.
// sms_refused means that this number or template never works, sms_blocked that
// the number is on the carrier's black list, sms_limited that it got too many,
// sms_later that another try may work; a number's failure inside a successful answer is a failure.
func (c *Client) SendSMS(ctx context.Context, phone enroll.Phone, template string, params []string) error {
	var answer struct {
		SendStatusSet []struct{ Code string }
		RequestId     string
	}
	err := call(ctx, c.sms, "sms", "2021-01-11", "SendSms", map[string]any{
		"PhoneNumberSet": []string{international(phone)}, "SmsSdkAppId": c.cfg.SMSAppID, "SignName": c.cfg.SMSSign,
		"TemplateId": template, "TemplateParamSet": params,
	}, &answer)
	if err != nil {
		return smsError(CodeOf(err), err)
	}
	if len(answer.SendStatusSet) != 1 {
		return smsError("", fmt.Errorf("tencent: %d numbers answered (request %s)", len(answer.SendStatusSet), answer.RequestId))
	}
	if code := answer.SendStatusSet[0].Code; code != "Ok" {
		return smsError(code, &failure{Code: code, RequestID: answer.RequestId})
	}
	return nil
}

// international writes a number with its country code.
func international(phone enroll.Phone) string {
	if strings.HasPrefix(phone.Raw(), "+") {
		return phone.Raw()
	}
	return "+86" + phone.Raw()
}

// hopeless are the beginnings of codes after which the same message never goes out.
var hopeless = []string{
	"FailedOperation.SignatureIncorrect", "FailedOperation.Template",
	"FailedOperation.ContainSensitiveWord", "FailedOperation.MissingTemplate", "InvalidParameterValue.", "MissingParameter",
	"UnauthorizedOperation.SmsSdkAppIdVerifyFail", "UnsupportedOperation.",
}

// OfNumber says that an SMS was refused for the number that it goes to (a black
// list, a limit of one number), and not because the service is out of order.
func OfNumber(err error) bool {
	var f *failure
	return errors.As(err, &f) && strings.Contains(f.Code, "PhoneNumber")
}

// Unanswered says that nobody knows whether the vendor took what was sent: no
// answer came back, or one that cannot be read.
func Unanswered(err error) bool {
	var f *failure
	if !errors.As(err, &f) || !strings.HasPrefix(f.Code, "ClientError.") {
		return false
	}
	var op *net.OpError
	return !errors.As(err, &op) || op.Op != "dial"
}

func smsError(code string, err error) error {
	if strings.HasPrefix(code, "FailedOperation.PhoneNumberInBlacklist") {
		return enroll.Fail("sms_blocked").Because(err)
	}
	if strings.HasPrefix(code, "LimitExceeded.PhoneNumber") {
		return enroll.Fail("sms_limited").Because(err)
	}
	for _, beginning := range hopeless {
		if strings.HasPrefix(code, beginning) {
			return enroll.Fail("sms_refused").Because(err)
		}
	}
	return enroll.Fail("sms_later").Because(err)
}
