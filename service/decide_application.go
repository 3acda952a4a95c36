package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// GrantApplication decides for an application (通过): a give-up with a second
// person only, and what was filed at the counter never by its filer alone. until replaces the end that the rule gives a reserved place;
// zero keeps it. Whoever comes second is told who decided and when.
func (s *Service) GrantApplication(ctx context.Context, id string, until time.Time, d Decision) (enroll.Status, error) {
	return s.endApplication(ctx, id, enroll.ApplicationGranted, d, func(tx *store.Store, r enroll.Registration, a *enroll.Application) (enroll.Status, error) {
		if err := mayGrant(ctx, tx, r, *a, d); err != nil {
			return "", err
		}
		switch a.Kind {
		case enroll.ApplyReserve:
			return s.grantReserve(ctx, tx, r, a, until, d)
		case enroll.ApplyGiveUp:
			return s.grantGiveUp(ctx, tx, r, d)
		case enroll.ApplyResume:
			return s.grantResume(ctx, tx, r, *a, d)
		}
		return r.Status, nil
	})
}

// mayGrant asks for an identity that bears it, and for a last word by another person than who filed it at the counter.
func mayGrant(ctx context.Context, tx *store.Store, r enroll.Registration, a enroll.Application, d Decision) error {
	if a.Kind == enroll.ApplyGiveUp {
		if err := d.second(); err != nil {
			return err
		}
	}
	if !a.Identified(r.Face) {
		return enroll.Fail("application_face")
	}
	if a.Filer == "" {
		return nil
	}
	filer, err := tx.Staff(ctx, a.Filer)
	if err == nil && filer.Account == d.last() {
		return enroll.Fail("review_own")
	}
	return err
}

func (s *Service) grantReserve(ctx context.Context, tx *store.Store, r enroll.Registration, a *enroll.Application, until time.Time, d Decision) (enroll.Status, error) {
	if !until.IsZero() {
		a.Until = until
	}
	if !a.Until.After(s.Now()) {
		return "", enroll.FailField("until", "reserved_until_passed")
	}
	to, err := s.transition(ctx, tx, r, enroll.EventGrant, false, d.event())
	if err != nil {
		return to, err
	}
	if err := tx.SetStamp(ctx, r.ID, store.StampUntil, a.Until); err != nil {
		return to, err
	}
	return to, s.owesRefund(ctx, tx, r, "保留入学资格")
}

func (s *Service) grantGiveUp(ctx context.Context, tx *store.Store, r enroll.Registration, d Decision) (enroll.Status, error) {
	to, err := s.transition(ctx, tx, r, enroll.EventGrant, false, d.event())
	if err != nil {
		return to, err
	}
	return to, s.owesRefund(ctx, tx, r, "放弃入学资格")
}

// RefuseApplication decides against an application, with the reason that the student reads; the earlier status is back, drafts intact.
func (s *Service) RefuseApplication(ctx context.Context, id string, d Decision) (enroll.Status, error) {
	if strings.TrimSpace(d.Reason) == "" {
		return "", enroll.Fail("reason_missing")
	}
	return s.endApplication(ctx, id, enroll.ApplicationRefused, d, func(tx *store.Store, r enroll.Registration, a *enroll.Application) (enroll.Status, error) {
		return s.restore(ctx, tx, r, *a, enroll.EventRefuse, d.event())
	})
}

// WithdrawApplication takes an undecided application back (撤回申请); everything is as it was before.
func (s *Service) WithdrawApplication(ctx context.Context, v *Visit) (enroll.Status, error) {
	last, err := s.LastApplication(ctx, v)
	if err != nil {
		return "", err
	}
	d := Decision{By: withdrawnBy}
	return s.endApplication(ctx, last.ID, enroll.ApplicationWithdrawn, d, func(tx *store.Store, r enroll.Registration, a *enroll.Application) (enroll.Status, error) {
		return s.restore(ctx, tx, r, *a, enroll.EventWithdraw, enroll.RegistrationEvent{ByID: v.Login.ID})
	})
}

// withdrawnBy stands where else the name of who decided stands.
const withdrawnBy = "本人"

// restore brings a registration back to its status before the application, and completes it where the bill is covered.
func (s *Service) restore(ctx context.Context, tx *store.Store, r enroll.Registration, a enroll.Application, event enroll.Event, by enroll.RegistrationEvent) (enroll.Status, error) {
	if a.Kind == enroll.ApplyLeave {
		return r.Status, nil
	}
	var err error
	if r.Earlier, err = statusBefore(ctx, tx, r); err != nil {
		return "", err
	}
	covered, err := s.covered(ctx, tx, r.ID)
	if err != nil {
		return "", err
	}
	return s.advance(ctx, tx, r, event, r.Earlier == enroll.Payable && covered, by)
}

// statusBefore is the status before the application, also after a cancellation by mistake was taken back.
func statusBefore(ctx context.Context, tx *store.Store, r enroll.Registration) (enroll.Status, error) {
	if !r.Earlier.Pending() {
		return r.Earlier, nil
	}
	events, err := tx.Events(ctx, r.ID)
	for _, e := range slices.Backward(events) {
		if e.To == r.Status && !e.From.Pending() && e.From != enroll.Cancelled {
			return e.From, err
		}
	}
	return r.Earlier, err
}

// endApplication is the one way in which an application ends.
func (s *Service) endApplication(ctx context.Context, id string, state enroll.ApplicationState, d Decision,
	act func(*store.Store, enroll.Registration, *enroll.Application) (enroll.Status, error)) (to enroll.Status, err error) {
	err = s.again(ctx, func(tx *store.Store) error {
		a, err := tx.Application(ctx, id)
		if err != nil {
			return err
		}
		r, err := tx.Registration(ctx, a.Registration)
		if err != nil {
			return err
		}
		// Read once more after the registration: who decided in between is then seen as decided, not as a status that does not fit.
		if a, err = tx.Application(ctx, id); err != nil {
			return err
		}
		if a.State != enroll.ApplicationPending {
			return enroll.Fail("application_decided", a.DecidedBy, enroll.Minute(a.DecidedAt), a.State.Name())
		}
		if to, err = act(tx, r, &a); err != nil {
			return err
		}
		a.State, a.DecidedAt, a.DecidedBy, a.DecidedFor = state, s.Now(), d.event().ByID, clip(strings.TrimSpace(d.Reason), 500)
		if err := tx.DecideApplication(ctx, a); err != nil {
			return err
		}
		return s.tellApplication(ctx, tx, a, state.Name(), outcomeText(a))
	})
	return to, err
}

// outcomeText is what the student reads beside the result.
func outcomeText(a enroll.Application) string {
	switch {
	case a.DecidedFor != "":
		return a.DecidedFor
	case a.State == enroll.ApplicationGranted && a.Kind == enroll.ApplyReserve:
		return "保留至 " + enroll.EndMinute(a.Until)
	}
	return "请登录查看"
}

// last is who has the last word.
func (d Decision) last() string {
	if d.Second != "" {
		return d.Second
	}
	return d.By
}

// second asks for another person than the one who decides.
func (d Decision) second() error {
	if d.By == "" || d.Second == "" || d.By == d.Second {
		return enroll.Fail("second_person")
	}
	return nil
}

// owesRefund opens a case where money lies with a student who does not enrol now.
func (s *Service) owesRefund(ctx context.Context, tx *store.Store, r enroll.Registration, why string) error {
	bill, err := tx.Bill(ctx, r.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	cases, err := tx.CasesOfBill(ctx, bill.ID)
	if err != nil {
		return err
	}
	detail, waits := why+"，已缴 "+enroll.Yuan(bill.PaidFen)+" 元", bill.PaidFen > 0
	for _, c := range cases {
		if c.Kind == enroll.CaseNotPayable {
			detail, waits = detail+"；另见异常 "+c.ID, true
		}
	}
	if !waits {
		return nil
	}
	_, err = s.openCase(ctx, tx, enroll.Case{Kind: enroll.CaseRefundDue, Registration: r.ID, Bill: bill.ID, Detail: detail}, bill.ID)
	return err
}
