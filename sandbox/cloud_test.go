package sandbox

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	cloud "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

// send calls Tencent Cloud through the real common client.
func (tn *town) send(key, service, version, action string, params map[string]any, into any) error {
	tn.Helper()
	client := common.NewCommonClient(common.NewCredential(tn.world.Credentials().SecretID, key), "ap-guangzhou", profile.NewClientProfile())
	client.WithHttpTransport(tn.client.Transport)
	q := tchttp.NewCommonRequest(service, version, action)
	if err := q.SetActionParameters(params); err != nil {
		tn.Fatal(err)
	}
	answer := tchttp.NewCommonResponse()
	if err := client.Send(q, answer); err != nil {
		return err
	}
	if into != nil {
		if err := json.Unmarshal(answer.GetBody(), &struct{ Response any }{into}); err != nil {
			tn.Fatal(err)
		}
	}
	return nil
}

func cloudCode(err error) string {
	var failure *cloud.TencentCloudSDKError
	if errors.As(err, &failure) {
		return failure.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func (tn *town) sms(params map[string]any) ([]smsStatus, error) {
	c := tn.world.Credentials()
	q := map[string]any{"PhoneNumberSet": []string{"+8613900000001"}, "SmsSdkAppId": c.SMSAppID, "SignName": c.SMSSign,
		"TemplateId": c.SMSTemplates["login"], "TemplateParamSet": []string{"123456", "5"}}
	for k, v := range params {
		q[k] = v
	}
	var answer struct{ SendStatusSet []smsStatus }
	err := tn.send(c.SecretKey, "sms", "2021-01-11", "SendSms", q, &answer)
	return answer.SendStatusSet, err
}

func TestSMS(t *testing.T) {
	t.Parallel()
	tn := newTown(t)
	templates := tn.world.Credentials().SMSTemplates
	sent, err := tn.sms(map[string]any{"PhoneNumberSet": []string{"+8613900000001", "13900000091", "+8613900000092", "+8613900000093", "+85366000018", "12345"}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"Ok", "FailedOperation.PhoneNumberInBlacklist", "LimitExceeded.PhoneNumberOneHourLimit", "Ok", "FailedOperation.TemplateUnapprovedOrNotExist",
		"InvalidParameterValue.IncorrectPhoneNumber"} {
		if sent[i].Code != want {
			t.Errorf("%s: %s, want %s", sent[i].PhoneNumber, sent[i].Code, want)
		}
	}
	arrived := tn.world.SMSList("13900000001")
	if len(arrived) != 1 || arrived[0].Text != "【示例大学】您的验证码为123456，5分钟内有效。如非本人操作，请忽略。" {
		t.Errorf("arrived: %+v", arrived)
	}
	if len(tn.world.SMSList("13900000093")) != 0 {
		t.Error("…0093 arrived at once")
	}
	tn.world.Advance(70 * time.Second)
	if len(tn.world.SMSList("13900000093")) != 1 {
		t.Error("…0093 never arrived")
	}
	tn.world.data.SMS.VariableLength = 6
	for _, one := range []struct {
		code   string
		change map[string]any
	}{
		{"Ok", nil},
		{"LimitExceeded.PhoneNumberThirtySecondLimit", nil},
		{"FailedOperation.TemplateParamSetNotMatchApprovedTemplate", map[string]any{"TemplateParamSet": []string{"123456"}}},
		{"FailedOperation.TemplateUnapprovedOrNotExist", map[string]any{"TemplateId": "1"}},
		{"FailedOperation.SignatureIncorrectOrUnapproved", map[string]any{"SignName": "别的大学"}},
		{"Ok", map[string]any{"PhoneNumberSet": []string{"+85366000018"}, "TemplateId": templates["login_abroad"]}},
		{"FailedOperation.TemplateUnapprovedOrNotExist", map[string]any{"TemplateId": templates["login_abroad"]}},
		{"UnauthorizedOperation.SmsSdkAppIdVerifyFail", map[string]any{"SmsSdkAppId": "1400000000"}},
		{"InvalidParameterValue.TemplateParameterLengthLimit", map[string]any{"TemplateId": templates["number"], "TemplateParamSet": []string{"26101010001"}}},
		{"InvalidParameterValue.ProhibitedUseUrlInTemplateParameter", map[string]any{"TemplateId": templates["number"], "TemplateParamSet": []string{"www.a"}}},
	} {
		if sent, err := tn.sms(one.change); err != nil || sent[0].Code != one.code {
			t.Errorf("got %+v, %v, want %s", sent, err, one.code)
		}
	}
	if _, err := tn.sms(map[string]any{"Colour": "red"}); cloudCode(err) != "UnknownParameter" {
		t.Errorf("unknown field: %v", err)
	}
}

func TestCloudSignature(t *testing.T) {
	t.Parallel()
	tn := newTown(t)
	key := tn.world.Credentials().SecretKey
	person := map[string]any{"IdCard": "320102200703169961", "Name": "张示例"}
	for _, one := range []struct {
		what, key, service, version, action, code string
	}{
		{"good", key, "faceid", "2018-03-01", "IdCardVerification", ""},
		{"other key", "x", "faceid", "2018-03-01", "IdCardVerification", "AuthFailure.SignatureFailure"},
		{"no such action", key, "faceid", "2018-03-01", "Imagine", "InvalidAction"},
		{"other service's action", key, "iai", "2018-03-01", "IdCardVerification", "InvalidAction"},
		{"other version", key, "faceid", "2020-03-03", "IdCardVerification", "NoSuchVersion"},
	} {
		if code := cloudCode(tn.send(one.key, one.service, one.version, one.action, person, nil)); code != one.code {
			t.Errorf("%s: %q, want %q", one.what, code, one.code)
		}
	}
	if _, err := tn.world.AddFault(Fault{Path: "IdCardVerification", Kind: "body", Body: "<html>502</html>", Times: 1}); err != nil {
		t.Fatal(err)
	}
	if err := tn.send(key, "faceid", "2018-03-01", "IdCardVerification", person, nil); cloudCode(err) != "ClientError.ParseJsonError" {
		t.Errorf("HTML: %v", err)
	}
}
