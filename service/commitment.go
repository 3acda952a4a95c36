package service

import (
	"context"
	"fmt"
	"image"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Commitment is the letter that 专升本 students sign (专升本人员诚信承诺书): the
// words with their own data in them, and the signature where there is one.
type Commitment struct {
	Text      enroll.Text
	Body      string
	Signature *enroll.Signature
}

// Commitment shows the letter to be signed.
func (s *Service) Commitment(ctx context.Context, v *Visit) (Commitment, error) {
	if err := s.mayRead(ctx, v, enroll.StepCommitment); err != nil {
		return Commitment{}, err
	}
	if !v.Program.Level.NeedsProof() {
		return Commitment{}, enroll.Fail("commitment_not_asked")
	}
	signature, err := s.Store.Signature(ctx, v.Registration.ID, enroll.TextCommitment)
	if err != nil {
		return Commitment{}, err
	}
	text, err := s.commitmentText(ctx, v, signature)
	return Commitment{Text: text, Body: enroll.FillText(text.Body, commitmentFacts(v)), Signature: signature}, err
}

// commitmentText is the version that was signed; before signing, and when the form is open again, the newest one.
func (s *Service) commitmentText(ctx context.Context, v *Visit, signature *enroll.Signature) (enroll.Text, error) {
	if signature != nil && !v.Registration.Status.Editable() {
		return s.Store.TextVersion(ctx, v.Intake.ID, enroll.TextCommitment, signature.TextVersion)
	}
	return s.Store.Text(ctx, v.Intake.ID, enroll.TextCommitment)
}

func commitmentFacts(v *Visit) map[string]string {
	return map[string]string{
		"姓名": v.Registration.Name, "证件类型": v.Student.IDType.Name(), "证件号码": v.Student.IDNumber.Raw(),
		"考生号": v.Registration.ExamNo, "年级": fmt.Sprint(v.Registration.Grade), "层次": string(v.Program.Level),
		"专业": v.Program.Name, "教学点": v.Point.Name, "学校": v.Intake.Settings.School,
	}
}

// SignCommitment keeps a signature under the words that were shown: their
// version and hash, the strokes and a PDF; an earlier signature counts no more.
func (s *Service) SignCommitment(ctx context.Context, v *Visit, version int, hash string, sign Signing) error {
	if !v.Program.Level.NeedsProof() {
		return enroll.Fail("commitment_not_asked")
	}
	if err := s.mayChange(ctx, v, "commitment"); err != nil {
		return err
	}
	text, err := s.Store.Text(ctx, v.Intake.ID, enroll.TextCommitment)
	if err != nil {
		return err
	}
	if text.Version != version || text.Hash != hash {
		return enroll.Fail("commitment_outdated")
	}
	strokes, err := s.signed(ctx, v, sign)
	if err != nil {
		return err
	}
	signature := enroll.Signature{
		ID: s.Store.NewID(), Registration: v.Registration.ID, Kind: enroll.TextCommitment,
		TextVersion: text.Version, TextHash: text.Hash, At: s.Now(), TypedName: sign.typed(),
	}
	if v.Assist != nil {
		signature.Helper = v.Assist.Helper()
	}
	if err := s.keepSigned(ctx, v, text, strokes, &signature); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.holdForm(ctx, tx, v); err != nil {
			return err
		}
		if err := s.voidSignature(ctx, tx, v.Registration); err != nil {
			return err
		}
		if err := tx.AddSignature(ctx, signature); err != nil {
			return err
		}
		if err := tx.SetStamp(ctx, v.Registration.ID, store.StampSigned, signature.At); err != nil || v.Assist == nil {
			return err
		}
		return s.audit(ctx, tx, v.Assist.Duty, actionAssist, v.Registration.ID, "本人在现场签署承诺书")
	})
}

// keepSigned puts strokes and PDF on disk before the row names them. Without
// the font (a program built without pages) the strokes alone are kept.
func (s *Service) keepSigned(ctx context.Context, v *Visit, text enroll.Text, strokes image.Image, signature *enroll.Signature) error {
	picture, err := pngBytes(strokes)
	if err != nil {
		return err
	}
	if signature.Picture, err = s.Files.Put(ctx, picture); err != nil {
		return err
	}
	if s.Paper == nil {
		s.Log.Warn("commitment is kept without its PDF", "registration", v.Registration.ID, "error", ErrNoFont)
		return nil
	}
	letter := letter{
		school: v.Intake.Settings.School, title: text.Title, body: enroll.FillText(text.Body, commitmentFacts(v)),
		name: v.Registration.Name, document: v.Student.IDType.Name(), number: v.Student.IDNumber.Raw(), strokes: strokes,
		at: signature.At, office: signature.Office(), typedName: signature.TypedName, mark: fmt.Sprintf("版本 %d · %s", text.Version, text.Hash),
	}
	pdf, err := s.Paper.letter(letter)
	if err != nil {
		return fmt.Errorf("commitment of %s as PDF: %w", v.Registration.ID, err)
	}
	signature.PDF, err = s.Files.Put(ctx, pdf)
	return err
}

// CommitmentPicture gives the strokes to the one who signed.
func (s *Service) CommitmentPicture(ctx context.Context, v *Visit) ([]byte, error) {
	return s.signedObject(ctx, v, func(g *enroll.Signature) string { return g.Picture })
}

// CommitmentPDF gives the signed letter to the one who signed.
func (s *Service) CommitmentPDF(ctx context.Context, v *Visit) ([]byte, error) {
	return s.signedObject(ctx, v, func(g *enroll.Signature) string { return g.PDF })
}

func (s *Service) signedObject(ctx context.Context, v *Visit, object func(*enroll.Signature) string) ([]byte, error) {
	if !v.Verified {
		return nil, enroll.Fail("identity_step_needed")
	}
	signature, err := s.Store.Signature(ctx, v.Registration.ID, enroll.TextCommitment)
	if err != nil {
		return nil, err
	}
	if signature == nil || object(signature) == "" {
		return nil, enroll.Fail("not_found")
	}
	return s.Files.Get(ctx, object(signature))
}

// mayRead is mayOpen for pages that show what was stored earlier.
func (s *Service) mayRead(ctx context.Context, v *Visit, key enroll.StepKey) error {
	if !v.Verified {
		return enroll.Fail("identity_step_needed")
	}
	return s.mayOpen(ctx, v, key)
}
