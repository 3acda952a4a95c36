package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// AttachToApplication keeps a file that will be handed in with an application.
func (s *Service) AttachToApplication(ctx context.Context, v *Visit, kind enroll.ApplicationKind, body []byte) error {
	if err := s.mayApply(ctx, v, kind); err != nil {
		return err
	}
	return s.keepLooseFile(ctx, v, kind, body)
}

func (s *Service) keepLooseFile(ctx context.Context, v *Visit, kind enroll.ApplicationKind, body []byte) error {
	clean, err := s.Pictures.Clean(ctx, enroll.ApplicationPaper(v.Intake.Settings, kind, "", false), body)
	if err != nil {
		return err
	}
	object, err := s.Files.Put(ctx, clean.Body)
	if err != nil {
		return err
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.holdAssist(ctx, tx, v); err != nil {
			return err
		}
		files, err := tx.LooseFiles(ctx, v.Registration.ID, string(kind))
		if err != nil {
			return err
		}
		if len(files) >= enroll.ApplicationFiles {
			return enroll.Fail("attachment_full", enroll.ApplicationFiles)
		}
		return tx.AddAttachment(ctx, enroll.Attachment{
			ID: tx.NewID(), Registration: v.Registration.ID, Kind: string(kind), Object: object, Mime: clean.Mime,
			Bytes: len(clean.Body), Width: clean.Width, Height: clean.Height, Pages: clean.Pages, CreatedAt: s.Now(),
		})
	})
	if err != nil {
		s.forget(ctx, object)
	}
	return err
}

// DetachFromApplication takes a file away that was not handed in yet.
func (s *Service) DetachFromApplication(ctx context.Context, v *Visit, kind enroll.ApplicationKind, id string) error {
	file, err := s.looseFile(ctx, v, kind, id)
	if err != nil {
		return err
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.holdAssist(ctx, tx, v); err != nil {
			return err
		}
		return tx.RemoveLooseFile(ctx, file.ID)
	})
	if err != nil {
		return err
	}
	s.forget(ctx, file.Object)
	return nil
}

func (s *Service) looseFile(ctx context.Context, v *Visit, kind enroll.ApplicationKind, id string) (enroll.Attachment, error) {
	if err := s.mayApply(ctx, v, kind); err != nil {
		return enroll.Attachment{}, err
	}
	files, err := s.Store.LooseFiles(ctx, v.Registration.ID, string(kind))
	if err != nil {
		return enroll.Attachment{}, err
	}
	return findFile(files, id)
}

func findFile(files []enroll.Attachment, id string) (enroll.Attachment, error) {
	for _, f := range files {
		if f.ID == id {
			return f, nil
		}
	}
	return enroll.Attachment{}, enroll.Fail("not_found")
}

// OpenApplicationFile gives the bytes of a file to who uploads or has handed in the application.
func (s *Service) OpenApplicationFile(ctx context.Context, v *Visit, kind enroll.ApplicationKind, id string) (enroll.Attachment, []byte, error) {
	file, err := s.looseFile(ctx, v, kind, id)
	if err != nil {
		if file, err = s.handedInFile(ctx, v, id); err != nil {
			return file, nil, err
		}
	}
	body, err := s.Files.Get(ctx, file.Object)
	return file, body, err
}

func (s *Service) handedInFile(ctx context.Context, v *Visit, id string) (enroll.Attachment, error) {
	a, err := s.LastApplication(ctx, v)
	if err != nil {
		return enroll.Attachment{}, err
	}
	return findFile(a.Files, id)
}
