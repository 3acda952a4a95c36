package service

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// Reading a card takes no longer than cardTime, waiting included; one registration has at most
// cardsPerDay read, and while less than cardPatience has passed since the
// upload the page asks once more.
const (
	cardTime     = 15 * time.Second
	cardsPerDay  = 20
	cardPatience = 20 * time.Second
)

// CardCheck is what reading an uploaded side of an identity card led to (证件识别).
type CardCheck struct {
	// Pending says that the reader has not answered yet.
	Pending  bool
	Warnings []enroll.Problem
}

// readCard has the card reader look at a side that was just uploaded, after the
// answer to the student: nothing waits for it, and nothing depends on it.
func (s *Service) readCard(v *Visit, file enroll.Attachment, jpeg []byte) {
	side, ok := enroll.CardSideOf(file.Kind, v.Student.IDType)
	if !ok || !v.Intake.Settings.ReadCards {
		return
	}
	s.Cards.Go(cardTime, func(ctx context.Context) {
		reading := enroll.CardReading{State: enroll.CardFailed}
		n, err := 0, ctx.Err()
		if err == nil {
			n, err = s.count(ctx, "card", file.Registration, 24*time.Hour)
		}
		if err == nil && n <= cardsPerDay {
			reading, err = s.Identity.ReadCard(ctx, side, jpeg)
		}
		if err != nil {
			s.Log.Warn("identity card not read", "registration", file.Registration, "error", err)
		}
		if err := s.Store.SaveReading(context.WithoutCancel(ctx), file.ID, reading); err != nil {
			s.Log.Warn("reading of an identity card not kept", "registration", file.Registration, "error", err)
		}
	})
}

// cardChecks says by kind of attachment what reading the uploaded sides led to.
func (s *Service) cardChecks(ctx context.Context, v *Visit, a Attachments) (map[string]CardCheck, error) {
	checks := map[string]CardCheck{}
	if !v.Intake.Settings.ReadCards {
		return checks, nil
	}
	name, err := s.legalName(ctx, v.Registration)
	if err != nil {
		return nil, err
	}
	for _, file := range a.Files {
		kind, err := enroll.FindKind(a.Kinds, file.Kind)
		if _, asked := enroll.CardSideOf(file.Kind, v.Student.IDType); err != nil || !asked {
			continue
		}
		check := CardCheck{Pending: file.Reading == nil && s.Now().Sub(file.CreatedAt) < cardPatience}
		if file.Reading != nil {
			check.Warnings = file.Reading.Warnings(kind, name, v.Student.IDNumber, s.Now())
		}
		checks[file.Kind] = check
	}
	return checks, nil
}

// cardOf joins what both sides of a matter's identity card said, with hints for a reviewer.
func (s *Service) cardOf(ctx context.Context, v *Visit) (card enroll.CardReading, hints []string, err error) {
	files, err := s.Store.Attachments(ctx, v.Registration.ID)
	kinds := attachmentKinds(v)
	for _, file := range files {
		kind, unknown := enroll.FindKind(kinds, file.Kind)
		if file.Reading == nil || unknown != nil {
			continue
		}
		r := *file.Reading
		hints = append(hints, r.CardHints(kind.Title, s.Now())...)
		if file.Kind == enroll.IDBack {
			card.ValidFrom, card.ValidUntil = r.ValidFrom, r.ValidUntil
			continue
		}
		r.ValidFrom, r.ValidUntil = card.ValidFrom, card.ValidUntil
		card = r
	}
	return card, hints, err
}
