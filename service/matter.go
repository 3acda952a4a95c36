package service

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// matter is one registration with the intake whose rules it follows.
type matter struct {
	registration enroll.Registration
	intake       enroll.Intake
}

// matters lists a person's registrations, the newest grade first.
func (s *Service) matters(ctx context.Context, student string) ([]matter, error) {
	registrations, err := s.Store.RegistrationsOf(ctx, student)
	if err != nil {
		return nil, err
	}
	intakes, err := s.Store.Intakes(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]matter, 0, len(registrations))
	for _, r := range registrations {
		for _, i := range intakes {
			if i.ID == r.Intake {
				list = append(list, matter{r, i})
			}
		}
	}
	return list, nil
}

// mayEnter says whether login is possible: in the window; afterwards for who
// has started, is registered, or whose matter waits; before it only for a
// matter that is no longer open (design §2, Time).
func mayEnter(m matter, now time.Time) bool {
	if m.registration.Status != enroll.Open || m.intake.Phase(now) == enroll.During {
		return true
	}
	if m.intake.Phase(now) == enroll.Before {
		return false
	}
	return !m.registration.StartedAt.IsZero() || now.Before(m.registration.Extension)
}

// windowError tells when a matter's window opens or when it closed.
func windowError(m matter, now time.Time) error {
	if m.intake.Phase(now) == enroll.Before {
		return enroll.Fail("window_before", enroll.Minute(m.intake.OpensAt))
	}
	return enroll.Fail("window_after", enroll.EndMinute(m.intake.ClosesAt))
}

// comesBack says that a reserved student may still ask to enrol after all, whatever the window of that intake.
func comesBack(r enroll.Registration, now time.Time) bool {
	return (r.Status == enroll.Reserved || r.Status == enroll.ResumePending) && now.Before(r.Until)
}

// enterable picks the matters that may be entered; where some lie in an open window, only those.
func enterable(all []matter, now time.Time) []matter {
	var inWindow, others []matter
	for _, m := range all {
		switch {
		case !mayEnter(m, now):
		case m.intake.Phase(now) == enroll.During || comesBack(m.registration, now):
			inWindow = append(inWindow, m)
		default:
			others = append(others, m)
		}
	}
	if len(inWindow) > 0 {
		return inWindow
	}
	return others[:min(1, len(others))]
}
