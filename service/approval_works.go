package service

import (
	"context"
	"encoding/json"
	"time"

	"xinsheng/enroll"
)

// approvalUntil is what bringing back a cancelled matter needs: until when the student may go on.
type approvalUntil struct {
	Until time.Time `json:"until"`
}

func (s *Service) cancelMatter(ctx context.Context, a enroll.Approval) (string, error) {
	r, err := s.Store.Registration(ctx, a.Object)
	if err != nil {
		return "", err
	}
	_, err = enroll.Next(r.Status, enroll.EventCancel)
	return r.ID, err
}

// ownMoneyEnds closes every order that could still be paid.
func (s *Service) ownMoneyEnds(ctx context.Context, a enroll.Approval) error {
	return s.noLiveOrder(ctx, a.Registration)
}

func bothCancel(ctx context.Context, tx *Service, a enroll.Approval, d Decision) error {
	return tx.cancel(ctx, a.Object, d)
}

func (s *Service) reinstateMatter(ctx context.Context, a enroll.Approval) (string, error) {
	r, err := s.Store.Registration(ctx, a.Object)
	if err != nil {
		return "", err
	}
	if r.Status != enroll.Cancelled {
		return "", enroll.Fail("wrong_state", r.Status.Name())
	}
	var p approvalUntil
	if err := json.Unmarshal(a.Params, &p); err != nil {
		return "", err
	}
	if !p.Until.After(s.Now()) {
		return "", enroll.FailField("until", "date_out_of_range")
	}
	return r.ID, nil
}

func bothReinstate(ctx context.Context, tx *Service, a enroll.Approval, d Decision) error {
	var p approvalUntil
	if err := json.Unmarshal(a.Params, &p); err != nil {
		return err
	}
	_, err := tx.Reinstate(ctx, a.Object, p.Until, d)
	return err
}

func (s *Service) giveUpMatter(ctx context.Context, a enroll.Approval) (string, error) {
	application, err := s.Store.Application(ctx, a.Object)
	if err != nil {
		return "", err
	}
	if application.Kind != enroll.ApplyGiveUp || application.State != enroll.ApplicationPending {
		return "", enroll.Fail("wrong_state", application.State.Name())
	}
	return application.Registration, nil
}

func bothGiveUp(ctx context.Context, tx *Service, a enroll.Approval, d Decision) error {
	_, err := tx.GrantApplication(ctx, a.Object, time.Time{}, d)
	return err
}
