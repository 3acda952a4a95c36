package sandbox

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"golang.org/x/image/draw"

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
	tn := newTown(t)
	templates := tn.world.Credentials().SMSTemplates
	sent, err := tn.sms(map[string]any{"PhoneNumberSet": []string{"+8613900000001", "13900000091", "+8613900000092", "+8613900000093", "+85366000018", "12345"}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"Ok", "FailedOperation.PhoneNumberInBlacklist", "LimitExceeded.PhoneNumberOneHourLimit", "Ok", "Ok",
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
	for _, one := range []struct {
		code   string
		change map[string]any
	}{
		{"Ok", nil},
		{"LimitExceeded.PhoneNumberThirtySecondLimit", nil},
		{"FailedOperation.TemplateParamSetNotMatchApprovedTemplate", map[string]any{"TemplateParamSet": []string{"123456"}}},
		{"FailedOperation.TemplateUnapprovedOrNotExist", map[string]any{"TemplateId": "1"}},
		{"FailedOperation.SignatureIncorrectOrUnapproved", map[string]any{"SignName": "别的大学"}},
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

// faceResult is what ImageRecognitionV2 and IdCardVerification answer.
type faceResult struct {
	Sim    float64
	Result string
}

func TestFaces(t *testing.T) {
	tn := newTown(t)
	good := portrait(t, 480, 640)
	recognise := func(number, name, picture string) (faceResult, string) {
		var got faceResult
		err := tn.send(tn.world.Credentials().SecretKey, "faceid", "2018-03-01", "ImageRecognitionV2",
			map[string]any{"IdCard": number, "Name": name, "ImageBase64": picture}, &got)
		return got, cloudCode(err)
	}
	pass, low := faceResult{92.5, "Success"}, faceResult{31.2, "Success"}
	other := albumPicture(t, "D01/other-face.jpg")
	for _, one := range []struct {
		what, number, name, picture string
		want                        faceResult
		code                        string
	}{
		{"D01", "320102200703169961", "张示例", good, pass, ""},
		{"a newcomer", "11010119900307109X", "某新人", good, pass, ""},
		{"D01 with another face", "320102200703169961", "张示例", other, low, ""},
		{"wrong name", "320102200703169961", "张示侧", good, faceResult{}, "FailedOperation.IdNameMisMatch"},
		{"roster's pinyin", "420106199311059978", "王Yan", good, faceResult{}, "FailedOperation.IdNameMisMatch"},
		{"true name", "420106199311059978", "王䶮", good, pass, ""},
		{"D08", "330106200109309914", "周比对", good, low, ""},
		{"D09", "370102198906149927", "吴无照", good, faceResult{0, "FailedOperation.IdPhotoNoExist"}, ""},
		{"D03", "810000199907099953", "陈样本", good, faceResult{}, "FailedOperation.IdNoExistSystem"},
		{"D20 first", "50010319990101982X", "杨等候", good, faceResult{}, "FailedOperation.IdPhotoSystemNoanswer"},
		{"D20 second", "50010319990101982X", "杨等候", good, faceResult{}, "FailedOperation.IdPhotoSystemNoanswer"},
		{"D20 third", "50010319990101982X", "杨等候", good, pass, ""},
		{"bad number", "320102200703169962", "张示例", good, faceResult{}, "FailedOperation.IdFormatError"},
		{"black", "320102200703169961", "张示例", flat(color.Black), faceResult{}, "FailedOperation.LifePhotoPoorQuality"},
		{"grey", "320102200703169961", "张示例", flat(color.Gray{128}), faceResult{}, "FailedOperation.LifePhotoDetectNoFaces"},
		{"a wall of skin", "320102200703169961", "张示例", flat(skin), faceResult{}, "FailedOperation.LifePhotoDetectNoFaces"},
		{"landscape", "320102200703169961", "张示例", albumPicture(t, "D01/no-face.jpg"), faceResult{}, "FailedOperation.LifePhotoDetectNoFaces"},
		{"tiny", "320102200703169961", "张示例", portrait(t, 48, 64), faceResult{}, "FailedOperation.LifePhotoSizeError"},
		{"cut off", "320102200703169961", "张示例", good[:2000], faceResult{}, "FailedOperation.ImageDecodeFailed"},
		{"data URL", "320102200703169961", "张示例", "data:image/jpeg;base64," + good, faceResult{}, "FailedOperation.ImageDecodeFailed"},
	} {
		if got, code := recognise(one.number, one.name, one.picture); got != one.want || code != one.code {
			t.Errorf("%s: %+v %q, want %+v %q", one.what, got, code, one.want, one.code)
		}
	}
	if err := tn.world.SetOutcome("320102200703169961", FaceLow); err != nil {
		t.Fatal(err)
	}
	if got, _ := recognise("320102200703169961", "张示例", good); got.Result != "FailedOperation.CompareLowSimilarity" {
		t.Errorf("changed outcome: %+v", got)
	}
}

func TestNames(t *testing.T) {
	tn := newTown(t)
	for _, one := range []struct{ number, name, want string }{
		{"320102200703169961", "张示例", "0"}, {"320102200703169961", "张三", "-1"}, {"110123199202218846", "某某", "-2"},
		{"320102199702299857", "某某", "-2"}, {"320102200703169961", "x1", "-3"}, {"810000199907099953", "陈样本", "-5"},
		{"370102198906149927", "吴无照", "0"},
	} {
		var got faceResult
		err := tn.send(tn.world.Credentials().SecretKey, "faceid", "2018-03-01", "IdCardVerification",
			map[string]any{"IdCard": one.number, "Name": one.name}, &got)
		if err != nil || got.Result != one.want {
			t.Errorf("%s %s: %q, %v, want %s", one.number, one.name, got.Result, err, one.want)
		}
	}
}

func TestCards(t *testing.T) {
	tn := newTown(t)
	read := func(picture, side string) (string, string) {
		var got struct{ IdNum, Name, Birth, Authority string }
		err := tn.send(tn.world.Credentials().SecretKey, "ocr", "2018-11-19", "IDCardOCR",
			map[string]any{"ImageBase64": picture, "CardSide": side}, &got)
		return got.IdNum + got.Name + got.Birth + got.Authority, cloudCode(err)
	}
	front, back := albumPicture(t, "D09/id-front.jpg"), albumPicture(t, "D09/id-back.jpg")
	for _, one := range []struct{ what, picture, side, want, code string }{
		{"front", front, "FRONT", "370102198906149927吴无照1989/6/14", ""},
		{"shrunk by the page", shrunkJPEG(t, front, 640), "FRONT", "370102198906149927吴无照1989/6/14", ""},
		{"back", back, "BACK", "示例市公安局示例分局", ""},
		{"wrong side", back, "FRONT", "", "FailedOperation.ImageNoIdCard"},
		{"a face", portrait(t, 480, 640), "FRONT", "", "FailedOperation.ImageNoIdCard"},
	} {
		if got, code := read(one.picture, one.side); got != one.want || code != one.code {
			t.Errorf("%s: %q %q, want %q %q", one.what, got, code, one.want, one.code)
		}
	}
}

func TestMarks(t *testing.T) {
	for _, code := range []int{1, 20, 7 | markBack, markOtherFace} {
		for name, turn := range map[string]func(x, y, w, h int) (int, int){
			"upright": func(x, y, w, h int) (int, int) { return x, y }, "upside down": func(x, y, w, h int) (int, int) { return w - 1 - x, h - 1 - y },
			"left": func(x, y, w, h int) (int, int) { return y, x },
		} {
			card := image.NewRGBA(image.Rect(0, 0, 400, 400))
			draw.Draw(card, card.Bounds(), image.NewUniform(cardGround), image.Point{}, draw.Src)
			drawMark(card, image.Rect(100, 350, 292, 366), code)
			turned := image.NewRGBA(card.Bounds())
			for y := range 400 {
				for x := range 400 {
					tx, ty := turn(x, y, 400, 400)
					turned.Set(tx, ty, card.At(x, y))
				}
			}
			if got, ok := readMark(turned); !ok || got != code {
				t.Errorf("%s: read %d %v, want %d", name, got, ok, code)
			}
		}
	}
}

func albumPicture(t *testing.T, path string) string {
	t.Helper()
	return base64.StdEncoding.EncodeToString(albumFile(t, newAlbum(demo(), nil), path))
}

// portrait is the album's photograph at a size of its own, compressed again as a page would.
func portrait(t *testing.T, width, height int) string {
	t.Helper()
	face, err := portraitFace(width, height)
	if err != nil {
		t.Fatal(err)
	}
	return jpegBase64(face)
}

func shrunkJPEG(t *testing.T, picture string, most int) string {
	t.Helper()
	decoded, code := decodePicture(picture)
	if code != "" {
		t.Fatal(code)
	}
	return jpegBase64(shrunk(decoded, most))
}

func flat(c color.Color) string {
	wall := image.NewRGBA(image.Rect(0, 0, 480, 640))
	draw.Draw(wall, wall.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	_ = png.Encode(&b, wall)
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func jpegBase64(picture image.Image) string {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, picture, &jpeg.Options{Quality: 75})
	return base64.StdEncoding.EncodeToString(b.Bytes())
}
