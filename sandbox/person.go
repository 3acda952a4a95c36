package sandbox

// Person is a demo person, whose part the sandbox plays: the face and name services judge by document number.
type Person struct {
	ID       string // D01
	Name     string // as in the roster
	TrueName string // as in the authority's library where it differs; the face service then knows only this one
	Sex      string // 男 or 女
	Ethnic   string // 汉族; 汉 is read from the card
	IDType   string // 身份证, 港澳居民居住证, 护照 …
	IDNumber string
	Phone    string
	Address  string // on the ID card; "" means 示例省示例市示例路1号
	Proof    string // title of the proof of earlier studies in the album; "" means 教育部学历证书电子注册备案表
	Face     FaceOutcome
}

// FaceOutcome is what the face service says about a person whose pictures are good enough.
type FaceOutcome string

const (
	FacePass        FaceOutcome = ""             // Result Success, Sim 92.5
	FacePassed      FaceOutcome = "pass"         // the same, said aloud
	FaceMismatch    FaceOutcome = "mismatch"     // Result Success, Sim 31.2: never matches
	FaceLow         FaceOutcome = "low"          // Result FailedOperation.CompareLowSimilarity without an Error
	FaceNoRecord    FaceOutcome = "no_record"    // Result FailedOperation.IdPhotoNoExist without an Error
	FaceUnknownType FaceOutcome = "unknown_type" // Error FailedOperation.IdNoExistSystem: the number is in no library
	FaceDown        FaceOutcome = "down"         // Error FailedOperation.IdPhotoSystemNoanswer
	FaceDownTwice   FaceOutcome = "down_twice"   // the same for two calls, then passes
	FaceFake        FaceOutcome = "fake"         // Error FailedOperation.LifePhotoDetectFake
	FaceMany        FaceOutcome = "many"         // Error FailedOperation.LifePhotoDetectFaces
	FaceBlurred     FaceOutcome = "blurred"      // Error FailedOperation.ImageBlur
	FaceBusy        FaceOutcome = "busy"         // Error RequestLimitExceeded
)

// FaceOutcomes lists all outcomes that the phone and the control can set.
func FaceOutcomes() []FaceOutcome {
	return []FaceOutcome{FacePassed, FaceMismatch, FaceLow, FaceNoRecord, FaceUnknownType, FaceDown, FaceDownTwice,
		FaceFake, FaceMany, FaceBlurred, FaceBusy}
}

// libraryName is the name that the authority has.
func (p Person) libraryName() string {
	if p.TrueName != "" {
		return p.TrueName
	}
	return p.Name
}

func (p Person) address() string {
	if p.Address != "" {
		return p.Address
	}
	return "示例省示例市示例路1号"
}
