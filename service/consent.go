package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// consentGiven tells whether who holds this phone has answered the present text, and how.
func (s *Service) consentGiven(ctx context.Context, v *Visit) (given, agreed bool, err error) {
	text, err := s.TextFor(ctx, v, enroll.TextConsent)
	if enroll.CodeOf(err) == enroll.NotFound {
		return false, false, nil
	}
	if err != nil {
		return false, false, err
	}
	last, err := s.Store.LastConsent(ctx, v.Registration.ID, enroll.TextConsent, v.Login.Phone)
	if err != nil || last == nil {
		return false, false, err
	}
	given = last.TextVersion == text.Version
	return given, given && last.Agreed, nil
}

// AnswerConsent records a yes or no to the text on face recognition
// (人脸信息处理同意书); a no leads to the other way, and may be changed later.
func (s *Service) AnswerConsent(ctx context.Context, v *Visit, version int, agree bool) error {
	if err := s.mayOpen(ctx, v, enroll.StepConsent); err != nil {
		return err
	}
	text, err := s.TextFor(ctx, v, enroll.TextConsent)
	if err != nil {
		return err
	}
	if version != text.Version {
		return enroll.Fail("consent_outdated")
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.begin(ctx, tx, v); err != nil {
			return err
		}
		return tx.AddConsent(ctx, enroll.Consent{
			ID: tx.NewID(), Registration: v.Registration.ID, Login: v.Login.ID, Kind: enroll.TextConsent,
			TextVersion: text.Version, TextHash: text.Hash, Agreed: agree, At: s.Now(), Address: v.Address, Device: v.Device,
		})
	})
}
