package service

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// CodeTrouble is what is known of a code that did not arrive (仍未收到): how
// often one was asked for, the limits, and when they end. Nothing of it depends
// on the roster, nor on what the carrier said.
type CodeTrouble struct {
	Phone             string
	Asked             int // codes for this phone within 24 hours
	MostHour, MostDay int
	// FreeAt is when another code may be asked for; past where it may be now.
	FreeAt    time.Time
	ExpiresIn time.Duration
}

// CodeTrouble tells whoever asked for a code why the next may have to wait; an old challenge is code_expired.
func (s *Service) CodeTrouble(ctx context.Context, challenge string) (t CodeTrouble, err error) {
	who, err := s.challenged(ctx, challenge)
	if err != nil {
		return t, err
	}
	now, l := s.Now(), s.Config.Limits
	phone, err := s.Store.AttemptsOfPhone(ctx, who.Phone, now.Add(-24*time.Hour))
	if err != nil {
		return t, err
	}
	identity, err := s.Store.AttemptsOfIdentity(ctx, who.IDType, who.IDNumber, now.Add(-24*time.Hour))
	if err != nil {
		return t, err
	}
	t = CodeTrouble{Phone: who.Phone.String(), Asked: len(phone), MostHour: l.PerPhoneHour, MostDay: l.PerPhoneDay, ExpiresIn: l.CodeLife}
	if len(phone) > 0 {
		t.FreeAt = phone[0].Add(l.Resend)
	}
	for _, free := range []time.Time{freeAt(phone, now, l.PerPhoneHour, l.PerPhoneDay), freeAt(identity, now, l.PerIdentityHour, l.PerIdentityDay)} {
		if free.After(t.FreeAt) {
			t.FreeAt = free
		}
	}
	return t, nil
}

// LastSMS says in words when a code was last sent for a person's document, and
// what became of it, for the help desk only: before login nobody is told.
func (s *Service) LastSMS(ctx context.Context, student enroll.Student) (string, error) {
	last, err := s.Store.LastCode(ctx, student.IDType, student.IDNumber)
	if enroll.CodeOf(err) == enroll.NotFound {
		return "没有发送过", nil
	}
	if err != nil {
		return "", err
	}
	return enroll.Minute(last.At) + " " + enroll.SMSResult(last.SMS), nil
}
