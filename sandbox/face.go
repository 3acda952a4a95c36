package sandbox

import (
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// recognise answers ImageRecognitionV2 and ImageRecognition (照片人脸核身): the picture is judged first, then the
// number and name, then the person's outcome; the album's other face matches nobody.
func (c cloudCall) recognise() reply {
	var q struct {
		IdCard, Name, ImageBase64, Optional string
		Encryption                          *struct{ EncryptList []string }
		Extra                               string
	}
	if bad, ok := c.decode(&q); !ok {
		return bad
	}
	switch {
	case q.IdCard == "":
		return missing("IdCard")
	case q.Name == "":
		return missing("Name")
	case q.ImageBase64 == "":
		return faceError("FailedOperation.EmptyImageError")
	}
	stranger, code := judgeFacePicture(q.ImageBase64)
	switch {
	case code != "":
		return faceError(code)
	case !goodIDNumber(q.IdCard):
		return faceError("FailedOperation.IdFormatError")
	case !goodName(q.Name):
		return faceError("FailedOperation.NameFormatError")
	}
	defer c.change()()
	if p, known := c.person(q.IdCard); known && p.libraryName() != q.Name {
		return faceError("FailedOperation.IdNameMisMatch")
	}
	outcome := c.faceOutcome(q.IdCard)
	if stranger && (outcome == FacePass || outcome == FacePassed) {
		outcome = FaceMismatch
	}
	return c.faceReply(outcome)
}

// faceOutcome is the outcome of this call; down_twice counts its calls.
func (c cloudCall) faceOutcome(idNumber string) FaceOutcome {
	outcome := c.outcome(idNumber)
	if outcome == FacePass && residencePermit(idNumber) {
		return FaceUnknownType
	}
	if outcome != FaceDownTwice {
		return outcome
	}
	if c.data.Downs[idNumber]++; c.data.Downs[idNumber] <= 2 {
		return FaceDown
	}
	return FacePassed
}

// faceReply shows an outcome in the shape that Tencent gives it: Error, or a failed Result without an Error.
func (c cloudCall) faceReply(outcome FaceOutcome) reply {
	sim := func(v float64) map[string]any { return map[string]any{"Sim": v, "Extra": ""} }
	switch outcome {
	case FaceMismatch:
		return cloudResult("Success", "成功", sim(31.2))
	case FaceLow:
		return cloudResult("FailedOperation.CompareLowSimilarity", "比对相似度未达到通过标准。", sim(52.4))
	case FaceNoRecord:
		return cloudResult("FailedOperation.IdPhotoNoExist", "权威库无法找到证件照片。", sim(0))
	case FaceUnknownType:
		return faceError("FailedOperation.IdNoExistSystem")
	case FaceDown:
		return faceError("FailedOperation.IdPhotoSystemNoanswer")
	case FaceFake:
		return faceError("FailedOperation.LifePhotoDetectFake")
	case FaceMany:
		return faceError("FailedOperation.LifePhotoDetectFaces")
	case FaceBlurred:
		return faceError("FailedOperation.ImageBlur")
	case FaceBusy:
		return faceError("RequestLimitExceeded")
	}
	return cloudResult("Success", "成功", sim(92.5))
}

// verifyName answers IdCardVerification (身份信息认证): 0 fits, -1 does not, -2 … -5 are not charged.
func (c cloudCall) verifyName() reply {
	var q struct {
		IdCard, Name string
		Encryption   *struct{ EncryptList []string }
	}
	if bad, ok := c.decode(&q); !ok {
		return bad
	}
	switch {
	case q.IdCard == "":
		return missing("IdCard")
	case q.Name == "":
		return missing("Name")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p, known := c.person(q.IdCard)
	outcome := c.outcome(q.IdCard)
	none := map[string]any{}
	switch {
	case !goodIDNumber(q.IdCard):
		return cloudResult("-2", "非法身份证号（长度、校验位等不正确）", none)
	case !goodName(q.Name):
		return cloudResult("-3", "非法姓名（长度、格式等不正确）", none)
	case outcome == FaceDown:
		return cloudResult("-4", "证件库服务异常", none)
	case outcome == FaceUnknownType, residencePermit(q.IdCard):
		return cloudResult("-5", "证件库中无此身份证记录", none)
	case known && p.libraryName() != q.Name:
		return cloudResult("-1", "姓名和身份证号不一致", none)
	}
	return cloudResult("0", "姓名和身份证号一致", none)
}

// compareFaces answers CompareFace (人脸比对) of iai: two good pictures are alike, unless one carries the mark of
// the album's other face.
func (c cloudCall) compareFaces() reply {
	var q struct {
		ImageA, ImageB, UrlA, UrlB, FaceModelVersion string
		QualityControl, NeedRotateDetection          int
	}
	if bad, ok := c.decode(&q); !ok {
		return bad
	}
	if q.UrlA != "" || q.UrlB != "" {
		return cloudError("FailedOperation.ImageDownloadError", "沙箱不下载图片")
	}
	score := 88.6
	for _, picture := range []string{q.ImageA, q.ImageB} {
		stranger, code := judgeFacePicture(picture)
		if stranger {
			score = 12.3
		}
		if code == "FailedOperation.LifePhotoDetectNoFaces" {
			code = "InvalidParameterValue.NoFaceInPhoto"
		}
		if code != "" {
			return faceError(strings.Replace(code, "LifePhotoSizeError", "ImageSizeExceed", 1))
		}
	}
	return cloudOK(map[string]any{"Score": score, "FaceModelVersion": "3.0"})
}

var civilNumber18 = regexp.MustCompile(`^[1-9]\d{16}[0-9X]$`)

// goodIDNumber tells whether a number has the length, day and check digit of GB 11643.
func goodIDNumber(number string) bool {
	if !civilNumber18.MatchString(number) {
		return false
	}
	if _, err := time.Parse("20060102", number[6:14]); err != nil {
		return false
	}
	sum, weight := 0, 1
	for i := 17; i >= 0; i-- {
		digit := 10 // X
		if number[i] != 'X' {
			digit, _ = strconv.Atoi(number[i : i+1])
		}
		sum += digit * weight
		weight = weight * 2 % 11
	}
	return sum%11 == 1
}

// residencePermit tells whether the number is of a residence permit of 港澳台, whose holders are in no photo library.
func residencePermit(number string) bool {
	return len(number) == 18 && (number[:2] == "81" || number[:2] == "82" || number[:2] == "83")
}

var personName = regexp.MustCompile(`^[\p{Han}·.A-Za-z ]+$`)

func goodName(name string) bool {
	return utf8.RuneCountInString(name) >= 2 && utf8.RuneCountInString(name) <= 40 && personName.MatchString(name)
}

func decodeBase64(text string) ([]byte, error) {
	return base64.StdEncoding.Strict().DecodeString(text)
}

func faceError(code string) reply { return cloudError(code, faceErrors()[code]) }

func faceErrors() map[string]string {
	return map[string]string{
		"FailedOperation.EmptyImageError":        "图片为空。",
		"FailedOperation.ImageDecodeFailed":      "图片解码失败。",
		"FailedOperation.LifePhotoSizeError":     "传入图片过大或过小。",
		"FailedOperation.LifePhotoPoorQuality":   "传入图片分辨率过低，请重新上传。",
		"FailedOperation.LifePhotoDetectNoFaces": "未检测到人脸。",
		"FailedOperation.LifePhotoDetectFaces":   "检测到多张人脸。",
		"FailedOperation.LifePhotoDetectFake":    "实人比对没通过。",
		"FailedOperation.ImageBlur":              "图片模糊。",
		"FailedOperation.IdFormatError":          "身份证号码格式错误。",
		"FailedOperation.NameFormatError":        "姓名格式错误。",
		"FailedOperation.IdNameMisMatch":         "姓名和身份证号不一致，请核实后重试。",
		"FailedOperation.IdNoExistSystem":        "库中无此号，请到户籍所在地进行核实。",
		"FailedOperation.IdPhotoSystemNoanswer":  "证件照系统无响应。",
		"InvalidParameterValue.NoFaceInPhoto":    "图片中没有人脸。",
		"RequestLimitExceeded":                   "请求的次数超过了频率限制。",
	}
}
