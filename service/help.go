package service

import (
	"context"
	"crypto/rand"
	"time"

	"xinsheng/enroll"
)

// helpLife is how long a help code opens what it stands for; helpPerHour bounds what one network may ask for.
const (
	helpLife    = 24 * time.Hour
	helpPerHour = 120
)

// AskHelp keeps where somebody is stuck and gives the code to tell the help
// desk (求助码), good for a day; without a login the note names no registration.
func (s *Service) AskHelp(ctx context.Context, v *Visit, address string, note enroll.HelpNote) (string, error) {
	n, err := s.count(ctx, "help", network(address), time.Hour)
	if err != nil {
		return "", err
	}
	if n > helpPerHour {
		return "", enroll.Fail("too_many")
	}
	note = note.Cleaned()
	note.At = s.Now()
	if v != nil {
		if note.Registration, note.Step, err = s.stuckAt(ctx, v); err != nil {
			return "", err
		}
	}
	random := make([]byte, 6)
	rand.Read(random)
	code := enroll.HelpCode(random)
	return code, s.Store.AddHelpNote(ctx, code, note)
}

func (s *Service) stuckAt(ctx context.Context, v *Visit) (registration, step string, err error) {
	steps, err := s.Steps(ctx, v)
	for _, st := range steps {
		if st.State == enroll.StepIsOpen {
			return v.Registration.ID, st.Title, err
		}
	}
	return v.Registration.ID, "", err
}

// Help finds what a help code stands for; help_unknown after a day, or for a code that never was.
func (s *Service) Help(ctx context.Context, code string) (note enroll.HelpNote, err error) {
	note, err = s.Store.HelpNote(ctx, enroll.ParseHelpCode(code), s.Now().Add(-helpLife))
	if enroll.CodeOf(err) == enroll.NotFound {
		return note, enroll.Fail("help_unknown")
	}
	return note, err
}
