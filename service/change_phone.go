package service

import (
	"context"
	"crypto/rand"
	"strings"

	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
	"xinsheng/store"
)

// identified says that this login has shown who it is, and not only which phone
// it holds: by a face pass, or by an approved archive made with its phone, which a
// code of staff does not show to be in the student's hands.
func identified(v *Visit) bool {
	return !v.Login.FacePassedAt.IsZero() || !v.Login.ByDesk && v.Archive != nil && v.Archive.State == enroll.FaceApproved
}

// RequestPhoneCode sends a code to the new phone of an identified student
// (更换手机号). Here it is known who asks, so that a failure is told at once.
func (s *Service) RequestPhoneCode(ctx context.Context, v *Visit, typed string) (Challenge, error) {
	if !identified(v) {
		return Challenge{}, enroll.Fail("identity_step_needed")
	}
	if err := s.mayPass(ctx, enroll.GateCode); err != nil {
		return Challenge{}, err
	}
	phone, err := enroll.ParsePhone(norm.NFKC.String(typed))
	if err != nil {
		return Challenge{}, err
	}
	if err := v.Intake.Settings.CheckPhone(phone); err != nil {
		return Challenge{}, err
	}
	if phone == v.Student.Phone && phone == v.Login.Phone {
		return Challenge{}, enroll.FailField("phone", "phone_same")
	}
	who := applicant(v)
	who.Phone = phone
	release, err := s.holdCaller(ctx, who)
	if err != nil {
		return Challenge{}, err
	}
	defer release()
	if _, err := s.mayAskCode(ctx, who); err != nil {
		return Challenge{}, err
	}
	return s.sendPhoneCode(ctx, v, who)
}

func (s *Service) sendPhoneCode(ctx context.Context, v *Visit, who caller) (Challenge, error) {
	id := rand.Text()
	code, err := newCode()
	if err != nil {
		return Challenge{}, err
	}
	attempt, err := s.addCodeAttempt(ctx, who, "sent")
	if err != nil {
		return Challenge{}, err
	}
	if err := s.keepChallenge(ctx, id, who, s.digest(phonePurpose(v, id), code)); err != nil {
		return Challenge{}, err
	}
	sending, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	if err := s.sendCode(sending, attempt, who.Phone, code); err != nil {
		return Challenge{}, err
	}
	l := s.Config.Limits
	return Challenge{ID: id, ResendIn: l.Resend, ExpiresIn: l.CodeLife, Message: "验证码已发送至 " + who.Phone.String() + "。"}, nil
}

// phonePurpose binds a code to the change of phone of one person.
func phonePurpose(v *Visit, challenge string) string {
	return "phone|" + v.Student.ID + "|" + challenge
}

// ChangePhone moves the binding to a phone that the student has proven (更换手机号);
// the former phone and WeChat are told, this login goes on with the new one and
// all others end. A WeChat that is bound stays.
func (s *Service) ChangePhone(ctx context.Context, v *Visit, challenge, typed string) error {
	if !identified(v) {
		return enroll.Fail("identity_step_needed")
	}
	code := strings.TrimSpace(norm.NFKC.String(typed))
	if !sixDigits.MatchString(code) {
		return enroll.FailField("code", "code_invalid")
	}
	who, err := s.challenged(ctx, challenge)
	if err != nil {
		return err
	}
	if err := s.proveDigest(ctx, applicant(v), challenge, s.digest(phonePurpose(v, challenge), code)); err != nil {
		return err
	}
	if err := s.useUp(ctx, LoginRequest{Challenge: challenge}); err != nil {
		return err
	}
	openid := ""
	if v.Student.OpenID == "" {
		openid = v.Login.OpenID
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.SetLoginPhone(ctx, v.Login.ID, who.Phone); err != nil {
			return err
		}
		if err := s.bind(ctx, tx, v.Registration, who.Phone, openid); err != nil {
			return err
		}
		if v.Archive != nil && v.Archive.State != enroll.FaceRejected {
			if err := tx.MoveArchive(ctx, *v.Archive, who.Phone); err != nil {
				return err
			}
		}
		return tx.EndLogins(ctx, v.Student.ID, v.Login.ID, s.Now())
	})
}
