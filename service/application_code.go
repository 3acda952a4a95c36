package service

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/redis/go-redis/v9"
	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
)

// ApplicationCode checks what the student wrote and, where nothing is wrong,
// sends a code to the phone of this login, good once and for this kind of
// application of this registration only.
func (s *Service) ApplicationCode(ctx context.Context, v *Visit, d ApplicationDraft) (Challenge, error) {
	if err := s.mayApply(ctx, v, d.Kind); err != nil {
		return Challenge{}, err
	}
	if _, err := s.draftApplication(ctx, v, d); err != nil {
		return Challenge{}, err
	}
	if err := s.mayPass(ctx, enroll.GateCode); err != nil {
		return Challenge{}, err
	}
	who := applicant(v)
	release, err := s.holdCaller(ctx, who)
	if err != nil {
		return Challenge{}, err
	}
	defer release()
	if _, err := s.mayAskCode(ctx, who); err != nil {
		return Challenge{}, err
	}
	code, err := newCode()
	if err != nil {
		return Challenge{}, err
	}
	id := rand.Text()
	attempt, err := s.addCodeAttempt(ctx, who, "sent")
	if err != nil {
		return Challenge{}, err
	}
	if err := s.keepChallenge(ctx, id, who, s.digest(purposeOf(v, d.Kind, id), code)); err != nil {
		return Challenge{}, err
	}
	s.Background.Go(sendTime, func(ctx context.Context) { _ = s.sendCode(ctx, attempt, who.Phone, code) })
	l := s.Config.Limits
	return Challenge{ID: id, ResendIn: l.Resend, ExpiresIn: l.CodeLife, Message: "验证码已发送至 " + who.Phone.String() + "。"}, nil
}

func applicant(v *Visit) caller {
	return caller{IDType: v.Student.IDType, IDNumber: v.Student.IDNumber, Phone: v.Login.Phone, Address: v.Address}
}

// purposeOf binds a code to what it is for.
func purposeOf(v *Visit, kind enroll.ApplicationKind, challenge string) string {
	return string(kind) + "|" + v.Registration.ID + "|" + challenge
}

// proveApplicationCode compares the code and leaves it good, so that a refusal
// after it costs the student nothing; who stands at the counter was seen, and needs none.
func (s *Service) proveApplicationCode(ctx context.Context, v *Visit, d ApplicationDraft) error {
	if v.Assist != nil {
		return nil
	}
	code := strings.TrimSpace(norm.NFKC.String(d.Code))
	if !sixDigits.MatchString(code) {
		return enroll.FailField("code", "code_invalid")
	}
	if _, err := s.challenged(ctx, d.Challenge); err != nil {
		return err
	}
	return s.proveDigest(ctx, applicant(v), d.Challenge, s.digest(purposeOf(v, d.Kind, d.Challenge), code))
}

// useOnce marks a challenge as used by one request; asked again by the same request, as after a lost answer, it says yes again.
const useOnce = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSETNX', KEYS[1], 'used', ARGV[1])
if redis.call('HGET', KEYS[1], 'used') == ARGV[1] then return 1 end
return 0`

// useApplicationCode uses a proven code up; of two requests with one code the second is code_expired.
func (s *Service) useApplicationCode(ctx context.Context, v *Visit, challenge string) error {
	if v.Assist != nil {
		return nil
	}
	first, err := redis.NewScript(useOnce).Run(ctx, s.KV, []string{challengeKey(challenge)}, rand.Text()).Int()
	if err == nil && first == 0 {
		return enroll.FailField("code", "code_expired")
	}
	return err
}

// CheckApplication says what is wrong with what the student wrote, before a
// code is asked for; at the counter it is signed only after the last look.
func (s *Service) CheckApplication(ctx context.Context, v *Visit, d ApplicationDraft) error {
	if err := s.mayApply(ctx, v, d.Kind); err != nil {
		return err
	}
	if _, err := s.draftApplication(ctx, v, d); err != nil {
		return err
	}
	if v.Assist != nil {
		return nil
	}
	_, err := s.signed(ctx, v, d.Signing)
	return err
}
