package service

import (
	"context"
	"encoding/json"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// approvalWork is how one kind of act of two people is done.
type approvalWork struct {
	// matter finds whose registration it is, and refuses what cannot be done as things stand.
	matter func(ctx context.Context, a enroll.Approval) (registration string, err error)
	// before runs ahead of the transaction; it may ask WeChat Pay.
	before func(ctx context.Context, a enroll.Approval) error
	// act does it, on a service that is bound to the transaction.
	act func(ctx context.Context, tx *Service, a enroll.Approval, d Decision) error
}

// approvalWorks names the work of every kind of enroll.ApprovalRules.
func (s *Service) approvalWorks() map[enroll.ApprovalKind]approvalWork {
	return map[enroll.ApprovalKind]approvalWork{
		enroll.ApproveCancel:    {s.cancelMatter, s.ownMoneyEnds, bothCancel},
		enroll.ApproveReinstate: {s.reinstateMatter, nil, bothReinstate},
		enroll.ApproveGiveUp:    {s.giveUpMatter, nil, bothGiveUp},
		enroll.ApproveReset:     {s.resetMatter, nil, actReset},
	}
}

// AskApproval asks for an act that takes a second person (提请复核); the same act
// on the same thing waits once. params is what the act needs beside the reason.
func (s *Service) AskApproval(ctx context.Context, d *Duty, kind enroll.ApprovalKind, object, reason string, params any) (enroll.Approval, error) {
	rule, ok := kind.Rule()
	if !ok || !d.Staff.Role.May(rule.Asks) {
		return enroll.Approval{}, enroll.Fail("staff_forbidden")
	}
	if err := reasonGiven(reason); err != nil {
		return enroll.Approval{}, err
	}
	body, err := json.Marshal(params)
	if err != nil {
		return enroll.Approval{}, err
	}
	a := enroll.Approval{
		ID: s.Store.NewID(), Kind: kind, Object: object, Params: body, Reason: strings.TrimSpace(reason),
		State: enroll.ApprovalPending, AskedBy: d.Staff.Account, AskedAt: s.Now(),
	}
	if a.Registration, err = s.approvalWorks()[kind].matter(ctx, a); err != nil {
		return a, err
	}
	return a, s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.AddApproval(ctx, a); tx.IsTaken(err) {
			return enroll.Fail("approval_pending")
		} else if err != nil {
			return err
		}
		return s.auditApproval(ctx, tx, d, a, "approval_ask")
	})
}

// reasonGiven asks for the reason of a decision, in at most 200 characters.
func reasonGiven(reason string) error {
	n := len([]rune(strings.TrimSpace(reason)))
	switch {
	case n == 0:
		return enroll.FailField("reason", "reason_missing")
	case n > 200:
		return enroll.FailField("reason", "field_too_long", 200)
	}
	return nil
}

func (s *Service) auditApproval(ctx context.Context, tx *store.Store, d *Duty, a enroll.Approval, action string) error {
	object := a.Registration
	if object == "" {
		object = a.Object
	}
	return s.audit(ctx, tx, d, action, object, string(a.Kind))
}

// Approvals lists one page of what waits for a second person, the oldest first.
func (s *Service) Approvals(ctx context.Context, after string, limit int) ([]enroll.Approval, error) {
	return s.Store.Approvals(ctx, enroll.ApprovalPending, after, limit)
}

// DecideApproval is the second person's word: confirm does the act in the names
// of both, and otherwise nothing happens. Whoever comes later is told who decided.
func (s *Service) DecideApproval(ctx context.Context, d *Duty, id string, confirm bool, note string) error {
	a, err := s.pendingApproval(ctx, s.Store, id)
	if err != nil {
		return err
	}
	if a.AskedBy == d.Staff.Account {
		return enroll.Fail("second_person")
	}
	if !a.MayDecide(d.Staff) {
		return enroll.Fail("staff_forbidden")
	}
	if !confirm {
		if err := reasonGiven(note); err != nil {
			return err
		}
		return s.endApproval(ctx, d, a, enroll.ApprovalRefused, note, nil)
	}
	work := s.approvalWorks()[a.Kind]
	if work.before != nil {
		if err := work.before(ctx, a); err != nil {
			return err
		}
	}
	return s.endApproval(ctx, d, a, enroll.ApprovalConfirmed, note, work.act)
}

// WithdrawApproval takes an undecided act back, by whoever asked for it.
func (s *Service) WithdrawApproval(ctx context.Context, d *Duty, id string) error {
	a, err := s.pendingApproval(ctx, s.Store, id)
	if err != nil {
		return err
	}
	if a.AskedBy != d.Staff.Account {
		return enroll.Fail("staff_forbidden")
	}
	return s.endApproval(ctx, d, a, enroll.ApprovalWithdrawn, "", nil)
}

// endApproval claims the act first, so that of two who decide one does it; where the act is refused it waits on.
func (s *Service) endApproval(ctx context.Context, d *Duty, a enroll.Approval, state enroll.ApprovalState, note string,
	act func(context.Context, *Service, enroll.Approval, Decision) error) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		a.State, a.DecidedBy, a.DecidedAt, a.Note = state, d.Staff.Account, s.Now(), clip(strings.TrimSpace(note), 200)
		if err := tx.DecideApproval(ctx, a); enroll.ReasonOf(err) == "changed" {
			_, err = s.pendingApproval(ctx, tx, a.ID)
			return err
		} else if err != nil {
			return err
		}
		if act != nil {
			if err := act(ctx, s.within(tx), a, Decision{By: a.AskedBy, Second: d.Staff.Account, Reason: a.Reason}); err != nil {
				return err
			}
		}
		return s.auditApproval(ctx, tx, d, a, "approval_"+string(state))
	})
}

// pendingApproval finds an act that still waits, or says who decided it.
func (s *Service) pendingApproval(ctx context.Context, st *store.Store, id string) (enroll.Approval, error) {
	a, err := st.Approval(ctx, id)
	if err == nil && a.State != enroll.ApprovalPending {
		return a, enroll.Fail("approval_decided", a.DecidedBy, enroll.Minute(a.DecidedAt), a.State.Name())
	}
	return a, err
}
