package identity

import (
	"context"
	"encoding/base64"

	"xinsheng/enroll"
)

// outcomes is what each code of Tencent means for the student, whether it comes
// as Response.Error or as Result; every other code means: later.
var outcomes = map[string]enroll.FaceOutcome{
	"FailedOperation.CompareLowSimilarity":   enroll.OutcomeNotYou,
	"FailedOperation.LifePhotoDetectFake":    enroll.OutcomeNotYou,
	"FailedOperation.ImageBlur":              enroll.OutcomeRetake,
	"FailedOperation.LifePhotoPoorQuality":   enroll.OutcomeRetake,
	"FailedOperation.LifePhotoSizeError":     enroll.OutcomeRetake,
	"FailedOperation.ImageDecodeFailed":      enroll.OutcomeRetake,
	"FailedOperation.EmptyImageError":        enroll.OutcomeRetake,
	"FailedOperation.LifePhotoDetectNoFaces": enroll.OutcomeNoFace,
	"InvalidParameterValue.NoFaceInPhoto":    enroll.OutcomeNoFace,
	"FailedOperation.LifePhotoDetectFaces":   enroll.OutcomeManyFaces,
	"FailedOperation.IdNameMisMatch":         enroll.OutcomeNameMismatch,
	"FailedOperation.NameFormatError":        enroll.OutcomeNameMismatch,
	"FailedOperation.IdNoExistSystem":        enroll.OutcomeNotInLibrary,
	"FailedOperation.IdPhotoNoExist":         enroll.OutcomeNotInLibrary,
	"FailedOperation.IdPhotoPoorQuality":     enroll.OutcomeNotInLibrary,
	"FailedOperation.IdFormatError":          enroll.OutcomeNotInLibrary,
	"FailedOperation.IdPhotoSystemNoanswer":  enroll.OutcomeLater,
	"FailedOperation.CompareFail":            enroll.OutcomeLater,
	"FailedOperation.RequestLimitExceeded":   enroll.OutcomeLater,
	"RequestLimitExceeded":                   enroll.OutcomeLater,
	"UnauthorizedOperation.Arrears":          enroll.OutcomeLater,
	"UnauthorizedOperation.Nonactivated":     enroll.OutcomeLater,
	"UnauthorizedOperation.NonAuthorize":     enroll.OutcomeLater,
}

func outcomeOf(code string) enroll.FaceOutcome {
	if o, ok := outcomes[code]; ok {
		return o
	}
	return enroll.OutcomeLater
}

// CompareFace asks whether the face on a JPEG (at most 2.2 MB) is that of the
// holder of name and number. The outcome is always set; an error tells the
// operator why it is "later".
func (c *Client) CompareFace(ctx context.Context, number enroll.IDNumber, name string, jpeg []byte) (enroll.FaceCheck, error) {
	check := enroll.FaceCheck{Action: c.cfg.FaceAction}
	var answer struct {
		Sim       float64
		Result    string
		RequestId string
	}
	err := call(ctx, c.faceid, "faceid", "2018-03-01", c.cfg.FaceAction, map[string]any{
		"IdCard": number.Raw(), "Name": name, "ImageBase64": base64.StdEncoding.EncodeToString(jpeg),
	}, &answer)
	if err != nil {
		check.Result = CodeOf(err)
		check.Outcome = outcomeOf(check.Result)
		if check.Outcome == enroll.OutcomeLater {
			return check, err
		}
		return check, nil
	}
	check.Result, check.Sim, check.RequestID = answer.Result, answer.Sim, answer.RequestId
	check.Outcome = c.judge(answer.Result, answer.Sim)
	if check.Outcome == enroll.OutcomeLater {
		return check, &failure{Code: answer.Result, RequestID: answer.RequestId}
	}
	return check, nil
}

// judge reads Result and likeness together: Success alone says only that the call succeeded.
func (c *Client) judge(result string, sim float64) enroll.FaceOutcome {
	switch {
	case result != "Success":
		return outcomeOf(result)
	case sim >= c.cfg.FaceThreshold:
		return enroll.OutcomePass
	}
	return enroll.OutcomeNotYou
}
