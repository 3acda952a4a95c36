package service

import (
	"context"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Events of the identity step in the timeline.
const (
	eventFacePassed   = "face_passed"
	eventFaceArchived = "face_archived"
	eventFaceApproved = "face_approved"
	eventFaceRejected = "face_rejected"
	eventFaceDropped  = "face_dropped"
	eventPhoneBound   = "phone_bound"
	eventWeChatBound  = "wechat_bound"
	eventIdentity     = "identity_confirmed"
)

// A picture of at most faceBytes is taken; what is sent and archived fits the
// cloud's 3 MB of base64.
const faceBytes = 3_000_000

var facePicture = enroll.AttachmentKind{
	Key: "face", Title: "人脸照片", Accept: []string{enroll.MimeJPEG, enroll.MimePNG}, PhotoRule: enroll.PhotoRule{MaxBytes: 2_000_000},
}

// CheckFace compares the student's face with the authority's photo (人脸识别).
// The picture is not kept. A pass opens what was stored earlier and binds phone
// and WeChat; everything else is an error that says what to do, with
// attempts_left and archive in its data.
func (s *Service) CheckFace(ctx context.Context, v *Visit, photo []byte) error {
	if !v.Login.FacePassedAt.IsZero() {
		return nil
	}
	if err := s.mayCheckFace(ctx, v); err != nil {
		return err
	}
	release, held, err := s.hold(ctx, "face:"+v.Registration.ID)
	if err != nil {
		return err
	}
	if !held {
		return enroll.Fail("too_many")
	}
	defer release()
	left, err := s.FaceAttemptsLeft(ctx, v)
	if err != nil {
		return err
	}
	if err := s.mayPass(ctx, enroll.GateFace); err != nil {
		return offered(err, left)
	}
	if err := s.spent(ctx, v, left); err != nil {
		return err
	}
	face, err := s.cleanFace(ctx, photo)
	if err != nil {
		return offered(err, left)
	}
	name, err := s.legalName(ctx, v.Registration)
	if err != nil {
		return err
	}
	check, cause := s.Identity.CompareFace(ctx, v.Student.IDNumber, name, face.Body)
	s.noteCall(callFace, faceFault(check, cause))
	check.ID, check.Registration, check.Login, check.At = s.Store.NewID(), v.Registration.ID, v.Login.ID, s.Now()
	if check.Outcome == enroll.OutcomePass {
		return s.passFace(ctx, v, check)
	}
	return s.failFace(ctx, v, check, left, cause)
}

func (s *Service) mayCheckFace(ctx context.Context, v *Visit) error {
	if err := s.mayOpen(ctx, v, enroll.StepFace); err != nil {
		return err
	}
	if _, agreed, err := s.consentGiven(ctx, v); err != nil || !agreed {
		if err != nil {
			return err
		}
		return enroll.Fail("consent_needed")
	}
	if document, _ := enroll.Document(string(v.Student.IDType)); !document.InFaceLibrary {
		return offered(enroll.Fail("face_document"), 0)
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error { return s.begin(ctx, tx, v) })
}

// FaceAttemptsLeft is how many counted attempts today allows still; a rejected archive gives fresh ones.
func (s *Service) FaceAttemptsLeft(ctx context.Context, v *Visit) (int, error) {
	checks, err := s.Store.FaceChecks(ctx, v.Registration.ID, s.countFrom(v))
	if err != nil {
		return 0, err
	}
	counted := 0
	for _, c := range checks {
		if c.Outcome.Counted() {
			counted++
		}
	}
	return max(0, enroll.FaceAttempts-counted), nil
}

func (s *Service) countFrom(v *Visit) time.Time {
	from := enroll.DayStart(s.Now())
	if v.Archive != nil && v.Archive.State == enroll.FaceRejected && v.Archive.DecidedAt.After(from) {
		from = v.Archive.DecidedAt
	}
	if v.Registration.FaceFrom.After(from) {
		from = v.Registration.FaceFrom
	}
	return from
}

// spent refuses a check when today's counted attempts or the ceiling of all are used up.
func (s *Service) spent(ctx context.Context, v *Visit, left int) error {
	if left == 0 {
		return offered(enroll.Fail("face_attempts_spent"), 0)
	}
	checks, err := s.Store.FaceChecks(ctx, v.Registration.ID, s.countFrom(v))
	if err != nil {
		return err
	}
	if len(checks) >= enroll.FaceCeiling {
		return offered(enroll.Fail("face_ceiling"), 0)
	}
	return nil
}

// offered adds to a failure what the page offers after it.
func offered(err error, left int) error {
	if known, ok := err.(*enroll.Error); ok {
		return known.With("attempts_left", left).With("archive", true)
	}
	return err
}

// cleanFace decodes a photo and encodes it anew: upright, without metadata.
func (s *Service) cleanFace(ctx context.Context, photo []byte) (Upload, error) {
	if len(photo) > faceBytes {
		return Upload{}, enroll.Fail("upload_too_large", enroll.FileSize(len(photo)), enroll.FileSize(faceBytes))
	}
	if mime, _ := fileType(photo); !facePicture.Accepts(mime) {
		return Upload{}, enroll.Fail("face_picture")
	}
	clean, err := s.Pictures.clean(ctx, facePicture, photo)
	if enroll.CodeOf(err) == enroll.Invalid {
		return Upload{}, enroll.Fail("face_picture").Because(err)
	}
	return clean, err
}

func (s *Service) passFace(ctx context.Context, v *Visit, check enroll.FaceCheck) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.AddFaceCheck(ctx, check); err != nil {
			return err
		}
		if err := tx.PassFace(ctx, v.Login.ID, check.At); err != nil {
			return err
		}
		if err := moveFace(ctx, tx, v.Registration.ID, enroll.FacePassed); err != nil {
			return err
		}
		if err := s.bind(ctx, tx, v.Registration, v.Login.Phone, v.Login.OpenID); err != nil {
			return err
		}
		return s.tell(ctx, tx, v, eventFacePassed, v.Device)
	})
}

// moveFace moves a registration's face state from whatever it is now.
func moveFace(ctx context.Context, tx *store.Store, registration string, to enroll.FaceState) error {
	r, err := tx.Registration(ctx, registration)
	if err != nil || r.Face == to {
		return err
	}
	return tx.SetFace(ctx, registration, r.Face, to)
}

// tell appends an event of the student's own making to the timeline.
func (s *Service) tell(ctx context.Context, tx *store.Store, v *Visit, event, detail string) error {
	e := v.by()
	e.Registration, e.At, e.Event, e.From, e.To = v.Registration.ID, s.Now(), event, v.Registration.Status, v.Registration.Status
	if detail != "" {
		e.Reason = detail
	}
	return tx.AddEvent(ctx, e)
}

// faceReasons is what a student hears of each outcome.
var faceReasons = map[enroll.FaceOutcome]enroll.Reason{
	enroll.OutcomeNotYou: "face_mismatch", enroll.OutcomeRetake: "face_retake", enroll.OutcomeNoFace: "face_none",
	enroll.OutcomeManyFaces: "face_many", enroll.OutcomeLater: "face_later", enroll.OutcomeNotInLibrary: "face_not_in_library",
	enroll.OutcomeNameMismatch: "face_name_mismatch",
}

func (s *Service) failFace(ctx context.Context, v *Visit, check enroll.FaceCheck, left int, cause error) error {
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.AddFaceCheck(ctx, check); err != nil {
			return err
		}
		r, err := tx.Registration(ctx, v.Registration.ID)
		if err != nil || r.Face != enroll.FaceAsked || !check.Outcome.Counted() {
			return err
		}
		return tx.SetFace(ctx, r.ID, enroll.FaceAsked, enroll.FaceFailed)
	})
	if err != nil {
		return err
	}
	if check.Outcome.Counted() {
		left--
	}
	return offered(enroll.Fail(faceReasons[check.Outcome]).Because(cause), left)
}
