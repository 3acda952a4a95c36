package identity_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/identity"
	"xinsheng/sandbox"
)

// account opens a cloud account at a sandbox of its own.
func account(t *testing.T, change func(*identity.Config)) (*identity.Client, *sandbox.World) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	sb, err := sandbox.Open(sandbox.Config{URL: address, Site: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = sb
	server.Start()
	t.Cleanup(server.Close)
	c := sb.Credentials()
	cfg := identity.Config{SecretID: c.SecretID, SecretKey: enroll.Secret(c.SecretKey), SMSAppID: c.SMSAppID, SMSSign: c.SMSSign}
	if change != nil {
		change(&cfg)
	}
	client, err := identity.New(cfg, sandbox.Egress(address))
	if err != nil {
		t.Fatal(err)
	}
	return client, sb.World(c.AppID)
}

func TestFailedNumberInsideASuccessfulAnswer(t *testing.T) {
	client, world := account(t, nil)
	login, abroad := world.Credentials().SMSTemplates["login"], world.Credentials().SMSTemplates["login_abroad"]
	for _, row := range []struct {
		phone    enroll.Phone
		template string
		params   []string
		want     enroll.Reason
	}{
		{"13900000001", login, []string{"123456", "5"}, ""},
		{"+85366000018", abroad, []string{"123456", "5"}, ""},
		{"+85366000018", login, []string{"123456", "5"}, "sms_refused"},
		{"13900000091", login, []string{"123456", "5"}, "sms_blocked"},
		{"13900000092", login, []string{"123456", "5"}, "sms_limited"},
		{"13900000001", "0", []string{"123456", "5"}, "sms_refused"},
		{"13900000001", login, []string{"123456"}, "sms_refused"},
	} {
		err := client.SendSMS(context.Background(), row.phone, row.template, row.params)
		if got := enroll.ReasonOf(err); got != row.want {
			t.Errorf("%v, template %s, %v: %v, want %q", row.phone, row.template, row.params, err, row.want)
		}
	}
	if n := len(world.SMSList("")); n != 2 {
		t.Errorf("%d SMS arrived, want 2", n)
	}
}

func TestSMSTemplateOfTheAccount(t *testing.T) {
	client, world := account(t, nil)
	ctx := context.Background()
	content, err := client.SMSTemplate(ctx, world.Credentials().SMSTemplates["login"])
	if err != nil || !strings.Contains(content, "{1}") {
		t.Errorf("%q, %v", content, err)
	}
	for _, unknown := range []string{"1", "", "login"} {
		if content, err := client.SMSTemplate(ctx, unknown); err == nil {
			t.Errorf("template %q has the words %q", unknown, content)
		}
	}
}

func TestWrongSecretIsNobodysFault(t *testing.T) {
	client, _ := account(t, func(c *identity.Config) { c.SecretKey = "wrong" })
	if err := client.SendSMS(context.Background(), "13900000001", "1", nil); enroll.ReasonOf(err) != "sms_later" {
		t.Errorf("SMS: %v", err)
	}
	check, err := client.CompareFace(context.Background(), "320102200703169961", "张示例", grey(t))
	if check.Outcome != enroll.OutcomeLater || err == nil {
		t.Errorf("face: %v, %v", check.Outcome, err)
	}
	if result, err := client.CheckName(context.Background(), "320102200703169961", "张示例"); result != identity.NameUnknown || err == nil {
		t.Errorf("name: %s, %v", result, err)
	}
}

func grey(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 480, 640)), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// answer is a cloud that says the same to everything.
type answer struct {
	status int
	body   string
}

func (a answer) RoundTrip(*http.Request) (*http.Response, error) {
	r := httptest.NewRecorder()
	r.WriteHeader(a.status)
	r.WriteString(a.body)
	return r.Result(), nil
}

func face(t *testing.T, rt http.RoundTripper, change func(*identity.Config)) (enroll.FaceCheck, error) {
	t.Helper()
	cfg := identity.Config{SecretID: "id", SecretKey: "key", SMSAppID: "1", SMSSign: "示例"}
	if change != nil {
		change(&cfg)
	}
	client, err := identity.New(cfg, rt)
	if err != nil {
		t.Fatal(err)
	}
	return client.CompareFace(context.Background(), "320102200703169961", "张示例", []byte("jpeg"))
}

// TestResultAndLikenessAreJudgedTogether holds both shapes of Tencent's failure against their outcome.
func TestResultAndLikenessAreJudgedTogether(t *testing.T) {
	older := func(c *identity.Config) { c.FaceAction = "ImageRecognition" }
	for _, row := range []struct {
		body   string
		change func(*identity.Config)
		want   enroll.FaceOutcome
	}{
		{`{"Result":"Success","Sim":70.0}`, nil, enroll.OutcomePass},
		{`{"Result":"Success","Sim":69.9}`, nil, enroll.OutcomeNotYou},
		{`{"Result":"Success","Sim":79.9}`, older, enroll.OutcomeNotYou},
		{`{"Result":"Success"}`, nil, enroll.OutcomeNotYou},
		{`{"Sim":99}`, nil, enroll.OutcomeLater},
		{`{"Result":"FailedOperation.CompareLowSimilarity","Sim":99}`, nil, enroll.OutcomeNotYou},
		{`{"Result":"FailedOperation.IdPhotoNoExist","Sim":0}`, nil, enroll.OutcomeNotInLibrary},
		{`{"Error":{"Code":"FailedOperation.IdNameMisMatch","Message":"m"}}`, nil, enroll.OutcomeNameMismatch},
		{`{"Error":{"Code":"FailedOperation.LifePhotoDetectNoFaces","Message":"m"}}`, nil, enroll.OutcomeNoFace},
		{`{"Error":{"Code":"FailedOperation.SomethingNew","Message":"m"}}`, nil, enroll.OutcomeLater},
	} {
		check, _ := face(t, answer{200, `{"Response":` + row.body + `}`}, row.change)
		if check.Outcome != row.want {
			t.Errorf("%s: %s, want %s", row.body, check.Outcome, row.want)
		}
	}
}

// TestErrorsHoldNothingPersonal gives back what we sent in every way in which a vendor could.
func TestErrorsHoldNothingPersonal(t *testing.T) {
	const number = "320102200703169961"
	for _, rt := range []http.RoundTripper{
		answer{200, `{"Response":{"Error":{"Code":"InternalError","Message":"IdCard ` + number + `"}}}`},
		answer{502, "<html>" + number}, answer{200, "<html>" + number}, answer{200, `{"Response":["` + number + `"]}`},
	} {
		_, err := face(t, rt, nil)
		if err == nil || strings.Contains(err.Error(), number) {
			t.Errorf("%v: %v", rt, err)
		}
	}
}

type silent struct{}

func (silent) RoundTrip(*http.Request) (*http.Response, error) { return nil, os.ErrDeadlineExceeded }

func TestTimeoutIsFound(t *testing.T) {
	_, err := face(t, silent{}, nil)
	var timeout net.Error
	if !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Errorf("%v is no timeout", err)
	}
}

// TestEveryKnownCode holds all codes of wechat.md §4, as Result, against what they mean for the student.
func TestEveryKnownCode(t *testing.T) {
	for want, codes := range map[enroll.FaceOutcome]string{
		enroll.OutcomeNotYou:       "CompareLowSimilarity LifePhotoDetectFake",
		enroll.OutcomeRetake:       "ImageBlur LifePhotoPoorQuality LifePhotoSizeError ImageDecodeFailed EmptyImageError",
		enroll.OutcomeNoFace:       "LifePhotoDetectNoFaces",
		enroll.OutcomeManyFaces:    "LifePhotoDetectFaces",
		enroll.OutcomeNameMismatch: "IdNameMisMatch NameFormatError",
		enroll.OutcomeNotInLibrary: "IdNoExistSystem IdPhotoNoExist IdFormatError",
		enroll.OutcomeLater:        "IdPhotoSystemNoanswer CompareFail RequestLimitExceeded",
	} {
		for _, code := range strings.Fields(codes) {
			check, _ := face(t, answer{200, `{"Response":{"Result":"FailedOperation.` + code + `"}}`}, nil)
			if check.Outcome != want {
				t.Errorf("%s: %s, want %s", code, check.Outcome, want)
			}
		}
	}
}

func TestConfigListsAllMistakes(t *testing.T) {
	if wrong := (identity.Config{FaceAction: "CompareFace", FaceThreshold: 5}).Validate(); len(wrong) != 6 {
		t.Errorf("%d mistakes: %q", len(wrong), wrong)
	}
}
