package enroll

import "time"

// FaceState is the standing of the identity step over all logins (身份核验).
type FaceState string

// The face states: asked → passed | failed → archived → approved | rejected.
const (
	FaceAsked    FaceState = "asked"
	FacePassed   FaceState = "passed"
	FaceFailed   FaceState = "failed"
	FaceArchived FaceState = "archived"
	FaceApproved FaceState = "approved"
	FaceRejected FaceState = "rejected"
)

// FaceStates lists every face state with its Chinese name.
var FaceStates = []struct {
	State FaceState
	Name  string
}{
	{FaceAsked, "待核验"}, {FacePassed, "人脸识别通过"}, {FaceFailed, "人脸识别失败"},
	{FaceArchived, "照片待审核"}, {FaceApproved, "照片审核通过"}, {FaceRejected, "照片审核未通过"},
}

// Name is the Chinese word of a face state.
func (s FaceState) Name() string {
	for _, row := range FaceStates {
		if row.State == s {
			return row.Name
		}
	}
	return string(s)
}

// FaceOutcome is what the college makes of an answer of the face service.
type FaceOutcome string

// The outcomes; only pass and not-you count as attempts.
const (
	OutcomePass         FaceOutcome = "pass"
	OutcomeNotYou       FaceOutcome = "not_you"
	OutcomeRetake       FaceOutcome = "retake"
	OutcomeNoFace       FaceOutcome = "no_face"
	OutcomeManyFaces    FaceOutcome = "many_faces"
	OutcomeLater        FaceOutcome = "later"
	OutcomeNotInLibrary FaceOutcome = "not_in_library"
	OutcomeNameMismatch FaceOutcome = "name_mismatch"
)

// Counted says that the outcome uses up one of the day's attempts.
func (o FaceOutcome) Counted() bool { return o == OutcomePass || o == OutcomeNotYou }

// FaceAttempts is how many counted attempts a day allows, FaceCeiling how many of any kind.
const (
	FaceAttempts = 5
	FaceCeiling  = 20
)

// FaceCheck is one question to the face service and its answer.
type FaceCheck struct {
	ID           string
	Registration string
	Login        string
	At           time.Time
	Action       string
	Outcome      FaceOutcome
	Result       string
	Sim          float64
	RequestID    string
}

// Archive is the photo that waits for a person's review (照片存档); retaking overwrites it while undecided.
type Archive struct {
	ID           string
	Registration string
	Login        string
	Phone        Phone
	OpenID       string
	Object       string
	At           time.Time
	State        FaceState
	DecidedBy    string
	DecidedAt    time.Time
	Reason       string
	// NameCheck is what the name check said: match, mismatch, unknown or "".
	NameCheck string
	Version   int
}
