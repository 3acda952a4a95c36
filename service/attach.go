package service

import (
	"context"
	"fmt"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// noTime clears a stamp.
var noTime time.Time

// Attachments is what the attachment page shows: what is asked for, what is there, what is missing.
type Attachments struct {
	Kinds    []enroll.AttachmentKind
	Files    []enroll.Attachment
	Proof    enroll.Proof
	Problems []enroll.Problem
	// Cards are by kind what reading the sides of the identity card led to.
	Cards map[string]CardCheck
	// ProofWarnings are what may make the proof come back.
	ProofWarnings []enroll.Problem
}

// Attachments lists what a student uploads and has uploaded (附件上传).
func (s *Service) Attachments(ctx context.Context, v *Visit) (Attachments, error) {
	if !v.Verified {
		return Attachments{}, enroll.Fail("identity_step_needed")
	}
	if err := s.mayOpen(ctx, v, enroll.StepAttachments); err != nil {
		return Attachments{}, err
	}
	a, err := s.attachments(ctx, v)
	if err != nil {
		return a, err
	}
	if a.Cards, err = s.cardChecks(ctx, v, a); err != nil {
		return a, err
	}
	a.ProofWarnings, err = s.proofWarnings(ctx, v, a.Proof)
	return a, err
}

func (s *Service) attachments(ctx context.Context, v *Visit) (a Attachments, err error) {
	a.Kinds = attachmentKinds(v)
	if a.Files, err = s.Store.Attachments(ctx, v.Registration.ID); err != nil {
		return a, err
	}
	a.Problems = enroll.MissingAttachments(a.Kinds, a.Files)
	if !v.Program.Level.NeedsProof() {
		return a, nil
	}
	if a.Proof, err = s.Store.Proof(ctx, v.Registration.ID); err != nil {
		return a, err
	}
	a.Problems = append(a.Problems, a.Proof.Problems(s.Now())...)
	return a, nil
}

func attachmentKinds(v *Visit) []enroll.AttachmentKind {
	return enroll.AttachmentKinds(v.Intake.Settings, v.Program.Level, v.Student.IDType)
}

func (s *Service) attachmentsComplete(ctx context.Context, v *Visit) (bool, error) {
	a, err := s.attachments(ctx, v)
	return len(a.Problems) == 0, err
}

// Attach keeps an uploaded file; a kind of one file is overwritten.
func (s *Service) Attach(ctx context.Context, v *Visit, key string, body []byte) error {
	kind, err := enroll.FindKind(attachmentKinds(v), key)
	if err != nil {
		return err
	}
	if err := s.mayChange(ctx, v, key); err != nil {
		return err
	}
	clean, err := s.Pictures.Clean(ctx, kind, body)
	if err != nil {
		return err
	}
	mark, err := s.pictureMark(ctx, clean)
	if err != nil {
		return err
	}
	object, err := s.Files.Put(ctx, clean.Body)
	if err != nil {
		return err
	}
	file := enroll.Attachment{
		ID: s.Store.NewID(), Registration: v.Registration.ID, Kind: key, Object: object, Mime: clean.Mime,
		Bytes: len(clean.Body), Width: clean.Width, Height: clean.Height, Pages: clean.Pages, CreatedAt: s.Now(),
	}
	var replaced []string
	err = s.changeForm(ctx, v, key, func(tx *store.Store) error {
		if replaced, err = makeRoom(ctx, tx, file, kind); err != nil {
			return err
		}
		if err := s.notePicture(ctx, tx, v.Registration, clean, mark); err != nil {
			return err
		}
		return tx.AddAttachment(ctx, file)
	})
	if err != nil {
		return fmt.Errorf("attach %s: %w", key, err)
	}
	s.forget(ctx, replaced...)
	s.readCard(v, file, clean.Body)
	return nil
}

// changeForm runs one change of an item while the form is held; what the
// commitment vouches for takes the signature along.
func (s *Service) changeForm(ctx context.Context, v *Visit, item string, change func(tx *store.Store) error) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.holdForm(ctx, tx, v); err != nil {
			return err
		}
		if item == enroll.ProofFiles {
			if err := s.voidSignature(ctx, tx, v.Registration); err != nil {
				return err
			}
		}
		return change(tx)
	})
}

func makeRoom(ctx context.Context, tx *store.Store, file enroll.Attachment, kind enroll.AttachmentKind) (objects []string, err error) {
	files, err := tx.Attachments(ctx, file.Registration)
	if err != nil {
		return nil, err
	}
	most, same := kind.MaxFiles, 0
	for _, f := range files {
		if f.Kind != file.Kind {
			continue
		}
		if same++; most > 1 {
			continue
		}
		if err := tx.RemoveAttachment(ctx, f.ID); err != nil {
			return nil, err
		}
		objects = append(objects, f.Object)
	}
	if most > 1 && same >= most {
		return nil, enroll.Fail("attachment_full", most)
	}
	return objects, kind.CheckPages(file, files)
}

// forget deletes objects that no row names any more; what fails here the sweep takes away later.
func (s *Service) forget(ctx context.Context, objects ...string) {
	for _, object := range objects {
		if err := s.Files.Delete(context.WithoutCancel(ctx), object); err != nil {
			s.Log.Warn("object is left to the sweep", "object", object, "error", err)
		}
	}
}

// Detach takes an uploaded file away.
func (s *Service) Detach(ctx context.Context, v *Visit, id string) error {
	if !v.Verified {
		return enroll.Fail("identity_step_needed")
	}
	file, err := s.Store.Attachment(ctx, v.Registration.ID, id)
	if err != nil {
		return err
	}
	if err := s.mayChange(ctx, v, file.Kind); err != nil {
		return err
	}
	err = s.changeForm(ctx, v, file.Kind, func(tx *store.Store) error { return tx.RemoveAttachment(ctx, id) })
	if err != nil {
		return err
	}
	s.forget(ctx, file.Object)
	return nil
}

// WriteProof keeps what the proof carries, whatever of it is written yet.
func (s *Service) WriteProof(ctx context.Context, v *Visit, p enroll.Proof) error {
	if !v.Program.Level.NeedsProof() {
		return enroll.Fail("attachment_kind")
	}
	if err := s.mayChange(ctx, v, enroll.ProofFiles); err != nil {
		return err
	}
	p = p.Clean()
	if len([]rune(p.Kind+p.Code+p.ValidUntil)) > 100 {
		return enroll.FailField("proof.code", "field_too_long", 40)
	}
	return s.changeForm(ctx, v, enroll.ProofFiles, func(tx *store.Store) error {
		return tx.SaveProof(ctx, v.Registration.ID, p, s.Now())
	})
}

// FinishAttachments proves that nothing is missing, so that the student goes on to the review.
func (s *Service) FinishAttachments(ctx context.Context, v *Visit) error {
	a, err := s.Attachments(ctx, v)
	if err != nil {
		return err
	}
	if len(a.Problems) > 0 {
		return enroll.Incomplete(a.Problems)
	}
	return nil
}

// OpenAttachment gives a file's bytes to the student who uploaded it.
func (s *Service) OpenAttachment(ctx context.Context, v *Visit, id string) (enroll.Attachment, []byte, error) {
	if !v.Verified {
		return enroll.Attachment{}, nil, enroll.Fail("identity_step_needed")
	}
	file, err := s.Store.Attachment(ctx, v.Registration.ID, id)
	if err != nil {
		return file, nil, err
	}
	body, err := s.Files.Get(ctx, file.Object)
	return file, body, err
}
