package service

import (
	"context"

	"xinsheng/enroll"
)

// Reserved is the register of reserved places (保留资格名册), the first to end
// at the top; with days, only those that end within so many days or have ended.
func (s *Service) Reserved(ctx context.Context, days int) ([]enroll.Registration, error) {
	all, err := s.Store.Reserved(ctx)
	if err != nil || days <= 0 {
		return all, err
	}
	var soon []enroll.Registration
	for _, r := range all {
		if r.Until.Before(s.Now().AddDate(0, 0, days)) {
			soon = append(soon, r)
		}
	}
	return soon, nil
}

// Applications lists what waits for a decision, the oldest first, or all.
func (s *Service) Applications(ctx context.Context, waiting bool) ([]FiledApplication, error) {
	state := enroll.ApplicationState("")
	if waiting {
		state = enroll.ApplicationPending
	}
	list, err := s.Store.ApplicationsIn(ctx, state)
	if err != nil {
		return nil, err
	}
	filed := make([]FiledApplication, len(list))
	for i, a := range list {
		filed[i].Application = a
		if filed[i].Matter, err = s.Store.Registration(ctx, a.Registration); err != nil {
			return nil, err
		}
	}
	return filed, nil
}
