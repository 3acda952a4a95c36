package identity

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"xinsheng/enroll"
)

// cardConfig asks the card reader to look for what a reviewer should know.
const cardConfig = `{"CopyWarn":true,"ReshootWarn":true,"DetectPsWarn":true,"TempIdWarn":true,"InvalidDateWarn":true}`

// unreadable are the codes that say something of the picture, not of the service.
var unreadable = []string{
	"FailedOperation.ImageNoIdCard", "FailedOperation.ImageBlur", "FailedOperation.ImageDecodeFailed", "FailedOperation.ImageSizeTooLarge",
	"FailedOperation.MultiCardError", "FailedOperation.OcrFailed", "FailedOperation.IdCardInfoIllegal", "LimitExceeded.TooLargeFileError",
}

// cardMarks is what each warning of AdvancedInfo means.
var cardMarks = map[int]enroll.CardMark{
	-9102: enroll.CardCopied, -9103: enroll.CardReshot, -9104: enroll.CardTemporary, -9106: enroll.CardAltered,
}

// ReadCard reads a side of a resident identity card (IDCardOCR). The state is
// always set; an error tells the operator why it is failed.
func (c *Client) ReadCard(ctx context.Context, side enroll.CardSide, jpeg []byte) (enroll.CardReading, error) {
	var answer struct {
		Name, Sex, Nation, Birth, IdNum, ValidDate, AdvancedInfo string
	}
	err := call(ctx, c.faceid, "ocr", "2018-11-19", "IDCardOCR", map[string]any{
		"ImageBase64": base64.StdEncoding.EncodeToString(jpeg), "CardSide": string(side), "Config": cardConfig,
	}, &answer)
	switch {
	case slices.Contains(unreadable, CodeOf(err)):
		return enroll.CardReading{State: enroll.CardUnreadable}, nil
	case err != nil:
		return enroll.CardReading{State: enroll.CardFailed}, err
	}
	r := enroll.CardReading{
		State: enroll.CardRead, Name: short(enroll.CleanName(answer.Name)), Sex: short(answer.Sex), BirthDate: enroll.ParseCardDay(answer.Birth),
		Number: enroll.IDNumber(strings.ToUpper(short(answer.IdNum))), Ethnic: short(answer.Nation), Marks: marksOf(answer.AdvancedInfo),
	}
	r.ValidFrom, r.ValidUntil = enroll.ParseValidity(answer.ValidDate)
	return r, nil
}

func marksOf(advanced string) []enroll.CardMark {
	var info struct{ WarnInfos []int }
	if json.Unmarshal([]byte(advanced), &info) != nil {
		return nil
	}
	var marks []enroll.CardMark
	for _, code := range info.WarnInfos {
		if mark, ok := cardMarks[code]; ok && !slices.Contains(marks, mark) {
			marks = append(marks, mark)
		}
	}
	return marks
}

// short bounds a word that the reader may have made of anything.
func short(text string) string {
	runes := []rune(strings.TrimSpace(text))
	return string(runes[:min(len(runes), 60)])
}
