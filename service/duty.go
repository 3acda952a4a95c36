package service

import (
	"context"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Duty is one request of a logged-in member of staff: who acts, from where.
type Duty struct {
	Staff   enroll.Staff
	Address string
	Device  string
	// ConfirmedAt is when password and TOTP were last proven, for what asks for them anew.
	ConfirmedAt time.Time
}

// confirmFresh is how long a proof of password and TOTP opens export, refund and bulk push.
const confirmFresh = 5 * time.Minute

// Duty loads who a staff session belongs to; an account that was disabled or
// has expired is not_logged_in, one that logged in elsewhere since is logged_in_elsewhere.
func (s *Service) Duty(ctx context.Context, id, mark string) (*Duty, error) {
	p, living, err := s.Store.StaffSession(ctx, id)
	if enroll.CodeOf(err) == enroll.NotFound || err == nil && (!p.Active(s.Now()) || living == "" || mark == "") {
		return nil, enroll.Fail("not_logged_in")
	}
	if err == nil && living != mark {
		return nil, enroll.Fail("logged_in_elsewhere")
	}
	return &Duty{Staff: p}, err
}

// seenEvery is how often the last request of a session is written down.
const seenEvery = time.Minute

// Seen notes that a member of staff is at work, for the account's 90 idle days.
func (s *Service) Seen(ctx context.Context, d *Duty) error {
	if s.Now().Sub(d.Staff.SeenAt) < seenEvery {
		return nil
	}
	return s.Store.SawStaff(ctx, d.Staff.ID, s.Now())
}

// ConfirmedUntil is when the last proof of password and TOTP grows old.
func (d *Duty) ConfirmedUntil() time.Time { return d.ConfirmedAt.Add(confirmFresh) }

// Decision is a decision that this member of staff makes.
func (d *Duty) Decision(reason string) Decision {
	return Decision{By: d.Staff.Account, Reason: reason}
}

// confirmed refuses what asks for a fresh proof of password and TOTP: export, refund, push to many.
func (s *Service) confirmed(d *Duty) error {
	if s.Now().Sub(d.ConfirmedAt) > confirmFresh {
		return enroll.Fail("confirm_again")
	}
	return nil
}

// inScope hides a registration of another teaching point from a clerk: not_found.
func (s *Service) inScope(ctx context.Context, d *Duty, r enroll.Registration) error {
	if d.Staff.Role != enroll.RoleClerk {
		return nil
	}
	point, err := s.Store.Point(ctx, r.Point)
	if err != nil {
		return err
	}
	if point.Code != d.Staff.Point {
		return enroll.Fail("not_found")
	}
	return nil
}

// StaffRegistration finds a registration that this member of staff may see; what another point has is not_found.
func (s *Service) StaffRegistration(ctx context.Context, d *Duty, id string) (enroll.Registration, error) {
	r, err := s.Store.Registration(ctx, id)
	if err != nil {
		return r, err
	}
	return r, s.inScope(ctx, d, r)
}

// audit writes who did what to whom into the audit log, in the transaction of
// the act; detail holds no personal data (操作日志).
func (s *Service) audit(ctx context.Context, tx *store.Store, d *Duty, action, object, detail string) error {
	return tx.AddAudit(ctx, enroll.Audit{
		ID: tx.NewID(), At: s.Now(), Staff: d.Staff.ID, Account: d.Staff.Account, Role: d.Staff.Role,
		Action: action, Object: object, Detail: detail, Address: d.Address,
	})
}

// Look writes a view of personal data into the audit log and the student's own list of who looked.
func (s *Service) Look(ctx context.Context, d *Duty, registration, what string) error {
	return s.audit(ctx, s.Store, d, "look", registration, what)
}
