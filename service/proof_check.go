package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// checkProof records what the issuer's page said of a proof of earlier studies
// (学历核验). What is not genuine goes back to the student, or, after
// registration, opens a case: the number stays. It runs in a transaction.
func (s *Service) checkProof(ctx context.Context, d *Duty, item enroll.ReviewItem, v Verdict) error {
	r, err := s.Store.Registration(ctx, item.Registration)
	if err != nil {
		return err
	}
	savedAt, err := s.Store.ProofSavedAt(ctx, r.ID)
	if err != nil {
		return err
	}
	if err := s.evidenceThere(ctx, r.ID, v.Evidence); err != nil {
		return err
	}
	err = s.Store.AddProofCheck(ctx, enroll.ProofCheck{
		ID: s.Store.NewID(), Registration: r.ID, SavedAt: savedAt, SubmittedAt: r.SubmittedAt, Result: v.Result, Note: v.Note,
		Evidence: v.Evidence, By: d.Staff.Account, At: s.Now(),
	})
	if s.Store.IsTaken(err) {
		return enroll.Fail("changed").Because(err)
	}
	if err != nil {
		return err
	}
	if err := s.recordProof(ctx, d, r, v); err != nil || v.Pass {
		return err
	}
	return s.refuseProof(ctx, d, r, v)
}

func (s *Service) evidenceThere(ctx context.Context, registration, evidence string) error {
	if evidence == "" {
		return nil
	}
	file, err := s.Store.Attachment(ctx, registration, evidence)
	if err == nil && file.Kind != enroll.ProofEvidence {
		return enroll.Fail("not_found")
	}
	return err
}

func (s *Service) recordProof(ctx context.Context, d *Duty, r enroll.Registration, v Verdict) error {
	event := "proof_genuine"
	if !v.Pass {
		event = "proof_refused"
	}
	return s.Store.AddEvent(ctx, enroll.RegistrationEvent{
		Registration: r.ID, At: s.Now(), Event: event, From: r.Status, To: r.Status, By: enroll.ByRegistrar, ByID: d.Staff.Account, Reason: v.Reason,
	})
}

func (s *Service) refuseProof(ctx context.Context, d *Duty, r enroll.Registration, v Verdict) error {
	if r.Status != enroll.Registered {
		return s.sendBack(ctx, r.ID, []enroll.ReturnItem{{Item: enroll.ProofFiles, Reason: v.Reason}}, d.Decision(v.Reason))
	}
	_, err := s.openCase(ctx, s.Store, enroll.Case{
		Kind: enroll.CaseProof, Registration: r.ID, Detail: clip(v.Result.Name()+"："+v.Reason, 500),
	}, r.ID+":"+enroll.Minute(r.SubmittedAt))
	return err
}

// evidenceKind bounds the screenshot of the issuer's page.
var evidenceKind = enroll.AttachmentKind{
	Key: enroll.ProofEvidence, Title: "核验截图", MaxFiles: 20, Accept: []string{enroll.MimeJPEG, enroll.MimePNG, enroll.MimePDF},
	PhotoRule: enroll.PhotoRule{MaxBytes: 5_000_000},
}

// KeepEvidence keeps a picture or PDF of the issuer's page beside a proof that is being checked, and gives its id.
func (s *Service) KeepEvidence(ctx context.Context, d *Duty, registration string, body []byte) (string, error) {
	item, err := s.waitingItem(ctx, d, enroll.ReviewProof, registration)
	if err != nil {
		return "", err
	}
	clean, err := s.Pictures.Clean(ctx, evidenceKind, body)
	if err != nil {
		return "", err
	}
	object, err := s.Files.Put(ctx, clean.Body)
	if err != nil {
		return "", err
	}
	file := enroll.Attachment{
		ID: s.Store.NewID(), Registration: item.Registration, Kind: enroll.ProofEvidence, Object: object, Mime: clean.Mime,
		Bytes: len(clean.Body), Width: clean.Width, Height: clean.Height, Pages: clean.Pages, CreatedAt: s.Now(),
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if _, err := makeRoom(ctx, tx, file, evidenceKind); err != nil {
			return err
		}
		if err := tx.AddAttachment(ctx, file); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "proof_evidence", item.Registration, "")
	})
	if err != nil {
		s.forget(ctx, object)
	}
	return file.ID, err
}
