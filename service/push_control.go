package service

import (
	"context"
	"fmt"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// StartPush checks every recipient's values and lets a draft be sent, now or at a
// time; above the number of recipients that the configuration names it waits for
// a second person. push_value names the first recipient whose values do not fit,
// changed that the draft is not the version that was seen.
func (s *Service) StartPush(ctx context.Context, d *Duty, id string, version int, at time.Time) (enroll.Push, error) {
	if err := s.confirmed(d); err != nil {
		return enroll.Push{}, err
	}
	check, err := s.CheckPush(ctx, id)
	if err != nil {
		return enroll.Push{}, err
	}
	switch {
	case check.Push.Version != version:
		return check.Push, enroll.Fail("changed")
	case check.ProblemCount > 0:
		return check.Push, check.Problems[0].err()
	case check.Reach.Total == 0:
		return check.Push, enroll.Fail("push_nobody")
	}
	return s.movePush(ctx, d, id, enroll.PushStart, func(p *enroll.Push) enroll.PushState {
		p.MadeBy, p.Version = d.Staff.Account, version
		if at.After(s.Now()) {
			p.NextAt, p.Reason = at, enroll.HoldSchedule
		}
		if check.Approval {
			return enroll.PushPending
		}
		return enroll.PushBuilding
	})
}

// ApprovePush lets a push be sent that waits for a second person: not whoever started it.
func (s *Service) ApprovePush(ctx context.Context, d *Duty, id string) (enroll.Push, error) {
	if err := s.confirmed(d); err != nil {
		return enroll.Push{}, err
	}
	p, err := s.Store.Push(ctx, id)
	if err != nil {
		return p, err
	}
	if p.MadeBy == d.Staff.Account {
		return p, enroll.Fail("push_second")
	}
	return s.movePush(ctx, d, id, enroll.PushApprove, func(p *enroll.Push) enroll.PushState {
		p.ApprovedBy = d.Staff.Account
		if p.Reason == enroll.HoldReach {
			p.Reason = ""
		}
		return enroll.PushBuilding
	})
}

// PausePush stops sending; what is on its way ends.
func (s *Service) PausePush(ctx context.Context, d *Duty, id string) (enroll.Push, error) {
	return s.movePush(ctx, d, id, enroll.PushPause, func(*enroll.Push) enroll.PushState { return enroll.PushPaused })
}

// ResumePush lets a paused or stopped push go on where it was.
func (s *Service) ResumePush(ctx context.Context, d *Duty, id string) (enroll.Push, error) {
	return s.movePush(ctx, d, id, enroll.PushResume, func(p *enroll.Push) enroll.PushState {
		p.Detail = ""
		if p.Reason != enroll.HoldSchedule {
			p.Reason, p.NextAt = "", time.Time{}
		}
		if p.StartedAt.IsZero() {
			return enroll.PushBuilding
		}
		return enroll.PushRunning
	})
}

// CancelPush ends a push; who was not written to yet never is.
func (s *Service) CancelPush(ctx context.Context, d *Duty, id string) (enroll.Push, error) {
	return s.movePush(ctx, d, id, enroll.PushCancel, func(*enroll.Push) enroll.PushState { return enroll.PushCancelled })
}

// ResendPush sends again to those of one outcome, failed or unknown, by a person's
// decision; an unknown one may then arrive twice.
func (s *Service) ResendPush(ctx context.Context, d *Duty, id string, state enroll.RecipientState) (int, error) {
	if err := s.confirmed(d); err != nil {
		return 0, err
	}
	if state != enroll.RecipientFailed && state != enroll.RecipientUnknown {
		return 0, enroll.Fail("push_selection")
	}
	p, err := s.Store.Push(ctx, id)
	if err != nil {
		return 0, err
	}
	if err := enroll.PushAllows(p.State, enroll.PushResend); err != nil {
		return 0, err
	}
	var n int64
	err = s.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if err := tx.ReopenPush(ctx, id); err != nil {
			return err
		}
		if n, err = tx.ResendRecipients(ctx, id, state); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "push_resend", id, fmt.Sprintf("%s %d 人", state.Name(), n))
	})
	return int(n), err
}

// movePush does a person's verb: as the table of states allows, with its line in the audit log.
func (s *Service) movePush(ctx context.Context, d *Duty, id string, verb enroll.PushVerb, change func(*enroll.Push) enroll.PushState) (enroll.Push, error) {
	var p enroll.Push
	err := s.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if p, err = tx.Push(ctx, id); err != nil {
			return err
		}
		if err := enroll.PushAllows(p.State, verb); err != nil {
			return err
		}
		to := change(&p)
		if err := tx.MovePush(ctx, p, to, s.Now()); err != nil {
			return err
		}
		p.State = to
		if to == enroll.PushCancelled {
			if err := tx.DropWaiting(ctx, id); err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, d, "push_"+string(verb), id, p.Title)
	})
	return p, err
}
