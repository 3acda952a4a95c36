package service

import (
	"context"
	"encoding/json"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// resetParams is what a reset takes away.
type resetParams struct {
	What enroll.StaffReset `json:"what"`
}

// AskReset asks another admin to take a lost password or authenticator from an account (重置).
func (s *Service) AskReset(ctx context.Context, d *Duty, id string, what enroll.StaffReset, reason string) (enroll.Approval, error) {
	if !what.Known() {
		return enroll.Approval{}, enroll.FailField("what", "staff_reset_kind")
	}
	return s.AskApproval(ctx, d, enroll.ApproveReset, id, reason, resetParams{what})
}

// resetMatter refuses what cannot be reset; no registration is concerned.
func (s *Service) resetMatter(ctx context.Context, a enroll.Approval) (string, error) {
	_, err := s.Store.Staff(ctx, a.Object)
	return "", err
}

func actReset(ctx context.Context, tx *Service, a enroll.Approval, _ Decision) error {
	var p resetParams
	if err := json.Unmarshal(a.Params, &p); err != nil {
		return err
	}
	return resetStaff(ctx, tx.Store, a.Object, p.What)
}

// resetStaff takes password or authenticator away and ends the account's session; a first password is issued after.
func resetStaff(ctx context.Context, tx *store.Store, id string, what enroll.StaffReset) error {
	if what.Password() {
		if err := tx.SetPassword(ctx, id, "", time.Time{}); err != nil {
			return err
		}
	}
	if !what.TOTP() {
		return nil
	}
	if err := tx.SetTOTP(ctx, id, "", 0); err != nil {
		return err
	}
	return tx.SetRecoveryCodes(ctx, id, nil)
}

// ResetStaff resets an account from the server itself, where no second admin can: it gives a new first password where the former one goes.
func (s *Service) ResetStaff(ctx context.Context, d *Duty, id string, what enroll.StaffReset) (enroll.Secret, error) {
	if !what.Known() {
		return "", enroll.Fail("staff_reset_kind")
	}
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := resetStaff(ctx, tx, id, what); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "staff_reset", id, what.Name())
	})
	if err != nil || !what.Password() {
		return "", err
	}
	return s.IssueFirstPassword(ctx, d, id)
}

// IssueFirstPassword gives a first password, shown once, to an account that
// has none of its own: a new one, or one that two people have reset. wrong_state for all others.
func (s *Service) IssueFirstPassword(ctx context.Context, d *Duty, id string) (enroll.Secret, error) {
	c, err := s.Store.Credential(ctx, id)
	if err != nil {
		return "", err
	}
	if c.PasswordHash != "" && c.FirstUntil.IsZero() {
		return "", enroll.Fail("password_stands")
	}
	first := newFirstPassword()
	hash, err := s.Passwords.Hash(ctx, first)
	if err != nil {
		return "", err
	}
	return enroll.Secret(first), s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.SetFirstPassword(ctx, id, hash, s.Now().Add(firstPasswordLife)); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "first_password", id, "")
	})
}

// Resets lists what waits for a second admin, the oldest first.
func (s *Service) Resets(ctx context.Context) (list []enroll.Approval, err error) {
	for after := ""; ; {
		page, err := s.Store.Approvals(ctx, enroll.ApprovalPending, after, 200)
		if err != nil {
			return nil, err
		}
		for _, a := range page {
			if after = a.ID; a.Kind == enroll.ApproveReset {
				list = append(list, a)
			}
		}
		if len(page) < 200 {
			return list, nil
		}
	}
}
