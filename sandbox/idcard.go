package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// readCard answers IDCardOCR (身份证识别): it reads the album's cards by their mark, and nothing else.
func (c cloudCall) readCard() reply {
	var q struct {
		ImageBase64, ImageUrl, CardSide, Config       string
		EnableRecognitionRectify, EnableReflectDetail bool
	}
	if bad, ok := c.decode(&q); !ok {
		return bad
	}
	switch {
	case q.ImageUrl != "":
		return cardError("FailedOperation.DownLoadError")
	case q.ImageBase64 == "":
		return cardError("FailedOperation.EmptyImageError")
	case q.CardSide != "" && q.CardSide != "FRONT" && q.CardSide != "BACK":
		return cloudError("InvalidParameterValue", "CardSide")
	case q.Config != "" && !json.Valid([]byte(q.Config)):
		return cloudError("InvalidParameterValue", "Config")
	}
	picture, code := decodePicture(q.ImageBase64)
	switch code {
	case "":
	case "FailedOperation.LifePhotoSizeError":
		return cardError("FailedOperation.ImageSizeTooLarge")
	default:
		return cardError("FailedOperation.ImageDecodeFailed")
	}
	if look := lookAt(picture); look.light < 35 {
		return cardError("FailedOperation.ImageBlur")
	}
	mark, ok := readMark(picture)
	back := mark&markBack != 0
	person, known := c.personByNumber(mark &^ (markBack | markOdd))
	if !ok || !known || !residentCard(person) || q.CardSide == "FRONT" && back || q.CardSide == "BACK" && !back {
		return cardError("FailedOperation.ImageNoIdCard")
	}
	return cloudOK(cardFields(person, back, mark&markOdd != 0))
}

// residentCard says that a person's document is one that IDCardOCR knows.
func residentCard(p Person) bool { return backTitle(p.IDType) == "居民身份证" }

// personByNumber finds D07 by 7.
func (w *World) personByNumber(number int) (Person, bool) {
	for _, p := range w.People() {
		if p.number() == number {
			return p, true
		}
	}
	return Person{}, false
}

// number is the number in a demo person's id: 7 for D07; 0 if there is none.
func (p Person) number() int {
	n, err := strconv.Atoi(strings.TrimLeft(p.ID, "D"))
	if err != nil || n < 1 || n >= markBack {
		return 0
	}
	return n
}

// cardFields are the words of a side; an odd back has expired, an odd front is a temporary card's.
func cardFields(p Person, back, odd bool) map[string]any {
	fields := map[string]any{"Name": "", "Sex": "", "Nation": "", "Birth": "", "Address": "", "IdNum": "",
		"Authority": "", "ValidDate": "", "AdvancedInfo": `{"WarnInfos":[]}`}
	if back {
		fields["Authority"], fields["ValidDate"] = "示例市公安局示例分局", validity(odd)
		return fields
	}
	if odd {
		fields["AdvancedInfo"] = `{"WarnInfos":[-9104]}`
	}
	fields["Name"], fields["Sex"] = p.libraryName(), p.Sex
	fields["Nation"] = strings.TrimSuffix(p.Ethnic, "族")
	fields["Address"], fields["IdNum"] = p.address(), p.IDNumber
	if goodIDNumber(p.IDNumber) {
		year, _ := strconv.Atoi(p.IDNumber[6:10])
		month, _ := strconv.Atoi(p.IDNumber[10:12])
		day, _ := strconv.Atoi(p.IDNumber[12:14])
		fields["Birth"] = fmt.Sprintf("%d/%d/%d", year, month, day)
	}
	return fields
}

func cardError(code string) reply {
	return cloudError(code, map[string]string{
		"FailedOperation.DownLoadError":     "文件下载失败。",
		"FailedOperation.EmptyImageError":   "图片内容为空。",
		"FailedOperation.ImageSizeTooLarge": "图片尺寸过大，请确认输入的图片尺寸是否合理。",
		"FailedOperation.ImageDecodeFailed": "图片解码失败。",
		"FailedOperation.ImageBlur":         "图片模糊。",
		"FailedOperation.ImageNoIdCard":     "照片未检测到身份证。",
	}[code])
}
