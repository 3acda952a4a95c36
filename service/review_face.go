package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// FaceReview is one archived photo as staff see it.
type FaceReview struct {
	Archive      enroll.Archive
	Registration enroll.Registration
	Student      enroll.Student
	// PhoneShared says that so many students entered with the archive's phone that staff should look.
	PhoneShared bool
}

// FaceList lists the photos that wait for a decision, the oldest first, or all of them.
func (s *Service) FaceList(ctx context.Context, undecided bool) ([]FaceReview, error) {
	archives, err := s.Store.Archives(ctx, undecided)
	if err != nil {
		return nil, err
	}
	list := make([]FaceReview, 0, len(archives))
	for _, a := range archives {
		review, err := s.faceReview(ctx, s.Store, a)
		if err != nil {
			return nil, err
		}
		list = append(list, review)
	}
	return list, nil
}

func (s *Service) faceReview(ctx context.Context, st *store.Store, a enroll.Archive) (FaceReview, error) {
	r, err := st.Registration(ctx, a.Registration)
	if err != nil {
		return FaceReview{}, err
	}
	student, err := st.Student(ctx, r.Student)
	if err != nil {
		return FaceReview{}, err
	}
	shared, err := s.within(st).PhoneShared(ctx, a.Phone)
	return FaceReview{Archive: a, Registration: r, Student: student, PhoneShared: shared}, err
}

// PhoneShared says whether so many students entered with a phone that staff should look (design §2).
func (s *Service) PhoneShared(ctx context.Context, phone enroll.Phone) (bool, error) {
	n, err := s.Store.StudentsOfPhone(ctx, phone)
	return n >= enroll.SharedPhone, err
}

// FacePhoto gives the JPEG of an archived photo to staff.
func (s *Service) FacePhoto(ctx context.Context, archive string) ([]byte, error) {
	a, err := s.Store.Archive(ctx, archive)
	if err != nil {
		return nil, err
	}
	return s.Files.Get(ctx, a.Object)
}

// ApproveFace accepts an archived photo: it stands in for a face pass of its
// phone, and binds it. The student is told.
func (s *Service) ApproveFace(ctx context.Context, archive, by string) error {
	return s.decideFace(ctx, archive, enroll.FaceApproved, by, "")
}

// RejectFace refuses an archived photo with a reason that the student reads;
// the face step opens again with fresh attempts. After registration it opens a
// case instead, and the status stays.
func (s *Service) RejectFace(ctx context.Context, archive, by, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return enroll.Fail("reason_missing")
	}
	return s.decideFace(ctx, archive, enroll.FaceRejected, by, reason)
}

func (s *Service) decideFace(ctx context.Context, archive string, to enroll.FaceState, by, reason string) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := tx.Archive(ctx, archive)
		if err != nil {
			return err
		}
		if a.State != enroll.FaceArchived {
			return enroll.Fail("archive_decided")
		}
		if err := tx.DecideArchive(ctx, a, to, by, reason, s.Now()); err != nil {
			return err
		}
		a.State, a.Reason = to, reason
		review, err := s.faceReview(ctx, tx, a)
		if err != nil {
			return err
		}
		if err := s.applyFace(ctx, tx, review); err != nil {
			return err
		}
		return s.tellFace(ctx, tx, review, by)
	})
}

// applyFace carries a decision to the registration. An approval binds,
// unless something was bound after the photo was made; a rejection takes back what stood on this photo, and opens a case where that is a
// registration already.
func (s *Service) applyFace(ctx context.Context, tx *store.Store, review FaceReview) error {
	a, r := review.Archive, review.Registration
	stoodOnIt := r.Face == enroll.FaceArchived
	if stoodOnIt {
		if err := tx.SetFace(ctx, r.ID, enroll.FaceArchived, a.State); err != nil {
			return err
		}
	}
	if a.State == enroll.FaceApproved {
		if review.Student.BoundAt.After(a.At) {
			return nil
		}
		return s.bind(ctx, tx, r, a.Phone, a.OpenID)
	}
	if !stoodOnIt || r.Status != enroll.Registered {
		return nil
	}
	_, err := s.openCase(ctx, tx, enroll.Case{Kind: enroll.CaseIdentity, Registration: r.ID, Detail: "存档照片未通过审核：" + a.Reason}, a.ID)
	return err
}

// tellFace writes the decision into the timeline and tells who made the archive.
func (s *Service) tellFace(ctx context.Context, tx *store.Store, review FaceReview, by string) error {
	a, r := review.Archive, review.Registration
	event, result, reason := eventFaceApproved, "已通过", "照片审核通过，可继续办理"
	if a.State == enroll.FaceRejected {
		event, result, reason = eventFaceRejected, "未通过", a.Reason
	}
	err := tx.AddEvent(ctx, enroll.RegistrationEvent{
		Registration: r.ID, At: s.Now(), Event: event, From: r.Status, To: r.Status, By: enroll.ByRegistrar, ByID: by, Reason: a.Reason,
	})
	if err != nil {
		return err
	}
	fields := map[string]string{"matter": "照片存档审核", "result": result, "reason": reason}
	return s.notifyAt(ctx, tx, r.ID, enroll.MessageIdentityDecided, fields, a.Phone, a.OpenID)
}
