package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/identity"
	"xinsheng/store"
)

// ArchiveFace keeps the student's photo for review by staff (照片存档); until it
// is decided, retaking overwrites it. The student goes on meanwhile.
func (s *Service) ArchiveFace(ctx context.Context, v *Visit, photo []byte) error {
	if err := s.mayArchive(ctx, v); err != nil {
		return err
	}
	face, err := s.cleanFace(ctx, photo)
	if err != nil {
		return err
	}
	mark, err := s.pictureMark(ctx, face)
	if err != nil {
		return err
	}
	a := enroll.Archive{
		ID: s.Store.NewID(), Registration: v.Registration.ID, Login: v.Login.ID, Phone: v.Login.Phone, OpenID: v.Login.OpenID,
		At: s.Now(), State: enroll.FaceArchived, NameCheck: s.nameCheck(ctx, v),
	}
	if a.Object, err = s.Files.Put(ctx, face.Body); err != nil {
		return err
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.notePicture(ctx, tx, v.Registration, face, mark); err != nil {
			return err
		}
		return s.keepArchive(ctx, tx, v, a)
	})
	if err != nil {
		s.forget(ctx, a.Object)
		return err
	}
	if undecided(v.Archive) {
		s.forget(ctx, v.Archive.Object)
	}
	return nil
}

func undecided(a *enroll.Archive) bool { return a != nil && a.State == enroll.FaceArchived }

func (s *Service) mayArchive(ctx context.Context, v *Visit) error {
	if !v.Login.FacePassedAt.IsZero() || v.Archive != nil && v.Archive.State == enroll.FaceApproved {
		return enroll.Fail("archive_decided")
	}
	if undecided(v.Archive) && v.Login.ByDesk && v.Archive.Login != v.Login.ID {
		return enroll.Fail("archive_waiting")
	}
	given, _, err := s.consentGiven(ctx, v)
	if err != nil {
		return err
	}
	if !given {
		return enroll.Fail("consent_needed")
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error { return s.begin(ctx, tx, v) })
}

// nameCheck asks whether name and number belong together where the student
// declined face recognition; a service that fails leaves it to staff.
func (s *Service) nameCheck(ctx context.Context, v *Visit) string {
	if _, agreed, err := s.consentGiven(ctx, v); err != nil || agreed {
		return ""
	}
	if document, _ := enroll.Document(string(v.Student.IDType)); !document.InFaceLibrary {
		return identity.NameUnknown
	}
	name, err := s.legalName(ctx, v.Registration)
	if err != nil {
		name = v.Registration.Name
	}
	result, err := s.Identity.CheckName(ctx, v.Student.IDNumber, name)
	if err != nil {
		s.Log.Warn("name check failed", "registration", v.Registration.ID, "error", err)
	}
	return result
}

func (s *Service) keepArchive(ctx context.Context, tx *store.Store, v *Visit, a enroll.Archive) error {
	if undecided(v.Archive) {
		if err := tx.RetakeArchive(ctx, *v.Archive, a); err != nil {
			return err
		}
	} else if err := tx.AddArchive(ctx, a); err != nil {
		return err
	}
	r, err := tx.Registration(ctx, v.Registration.ID)
	if err != nil {
		return err
	}
	switch r.Face {
	case enroll.FaceAsked, enroll.FaceFailed, enroll.FaceRejected:
		if err := tx.SetFace(ctx, r.ID, r.Face, enroll.FaceArchived); err != nil {
			return err
		}
	}
	return s.tell(ctx, tx, v, eventFaceArchived, v.Device)
}
