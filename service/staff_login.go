package service

import (
	"context"
	"crypto/rand"
	"strings"

	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Next is what the door of the staff site asks for next; empty when one may enter.
type Next string

// The steps of a login: password first, then the authenticator (enrolled where
// there is none yet), then a password of one's own where the first one was used.
const (
	NextIn       Next = ""
	NextTOTP     Next = "totp"
	NextEnrol    Next = "enrol"
	NextPassword Next = "password"
)

// StaffLogin proves the password of an account and says who it is and what is
// asked next; nobody is in by it. An unknown account takes the same time and
// gets the same answer as a wrong password.
func (s *Service) StaffLogin(ctx context.Context, account, password, address string) (id string, next Next, err error) {
	account = normalAccount(account)
	if err := s.mayTryStaff(ctx, account, address); err != nil {
		return "", "", err
	}
	c, err := s.credentialOf(ctx, account)
	if err != nil {
		return "", "", err
	}
	matches, err := s.Passwords.Matches(ctx, c.PasswordHash, password)
	if err != nil {
		return "", "", err
	}
	if !matches {
		return "", "", s.staffFailed(ctx, c.Staff, account, address, "password", enroll.Fail("staff_login_wrong"))
	}
	if err := s.usable(c); err != nil {
		return "", "", err
	}
	if c.TOTP == "" {
		return c.Staff.ID, NextEnrol, nil
	}
	return c.Staff.ID, NextTOTP, nil
}

// normalAccount is an account as it is kept, whatever the keyboard made of it.
func normalAccount(typed string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFKC.String(typed)))
}

// credentialOf finds the credential of an account; that of an unknown one is empty.
func (s *Service) credentialOf(ctx context.Context, account string) (store.Credential, error) {
	p, err := s.Store.StaffByAccount(ctx, account)
	if enroll.CodeOf(err) == enroll.NotFound {
		return store.Credential{}, nil
	}
	if err != nil {
		return store.Credential{}, err
	}
	return s.Store.Credential(ctx, p.ID)
}

// usable refuses an account that was disabled, has expired or lay idle too long, and a first password that is over.
func (s *Service) usable(c store.Credential) error {
	now := s.Now()
	if !c.Staff.Active(now) {
		return enroll.Fail("staff_disabled")
	}
	if !c.FirstUntil.IsZero() && now.After(c.FirstUntil) {
		return enroll.Fail("first_password_over")
	}
	return nil
}

// proving loads who stands between the steps of a login, held against the limits again.
func (s *Service) proving(ctx context.Context, id, address string) (store.Credential, error) {
	c, err := s.Store.Credential(ctx, id)
	if err != nil {
		return c, err
	}
	if err := s.mayTryStaff(ctx, c.Staff.Account, address); err != nil {
		return c, err
	}
	return c, s.usable(c)
}

// ProveTOTP is the second step of a login: a code of the authenticator, good once.
func (s *Service) ProveTOTP(ctx context.Context, id, code, address string) (Next, error) {
	c, err := s.proving(ctx, id, address)
	if err != nil {
		return "", err
	}
	return nextOf(c), s.proveTOTP(ctx, c, code, address)
}

// ProveRecovery is the second step of a login without the authenticator: a recovery code, good once.
func (s *Service) ProveRecovery(ctx context.Context, id, code, address string) (Next, error) {
	c, err := s.proving(ctx, id, address)
	if err != nil {
		return "", err
	}
	return nextOf(c), s.proveRecovery(ctx, c, code, address)
}

// nextOf is what is asked after the second step.
func nextOf(c store.Credential) Next {
	if !c.FirstUntil.IsZero() {
		return NextPassword
	}
	return NextIn
}

// proveTOTP uses a code of the authenticator up.
func (s *Service) proveTOTP(ctx context.Context, c store.Credential, code, address string) error {
	step, ok := totpStep(c.TOTP, code, s.Now())
	if !ok {
		return s.staffFailed(ctx, c.Staff, c.Staff.Account, address, "totp", enroll.FailField("code", "totp_wrong"))
	}
	fresh, err := s.Store.UseTOTP(ctx, c.Staff.ID, step)
	if err == nil && !fresh {
		err = enroll.FailField("code", "totp_used")
	}
	return err
}

func (s *Service) proveRecovery(ctx context.Context, c store.Credential, code, address string) error {
	var used bool
	err := s.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if used, err = tx.UseRecoveryCode(ctx, c.Staff.ID, normalRecovery(code)); err != nil || !used {
			return err
		}
		return s.audit(ctx, tx, &Duty{Staff: c.Staff, Address: address}, "recovery_used", c.Staff.ID, "")
	})
	if err == nil && !used {
		err = s.staffFailed(ctx, c.Staff, c.Staff.Account, address, "recovery", enroll.FailField("code", "recovery_wrong"))
	}
	return err
}

// The audit log's words for entries, which the owner of an account reads too.
const (
	actionLogin       = "login"
	actionLoginFailed = "login_failed"
)

// EnterStaff begins the session of who has proven everything; its mark ends any former session of the account.
func (s *Service) EnterStaff(ctx context.Context, id, address, device string) (mark string, err error) {
	c, err := s.Store.Credential(ctx, id)
	if err != nil {
		return "", err
	}
	mark = rand.Text()
	return mark, s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.EnterStaff(ctx, id, mark, s.Now()); err != nil {
			return err
		}
		attempt := store.StaffAttempt{At: s.Now(), Account: c.Staff.Account, Address: network(address), Outcome: "ok"}
		if err := tx.AddStaffAttempt(ctx, attempt); err != nil {
			return err
		}
		return s.audit(ctx, tx, &Duty{Staff: c.Staff, Address: address}, actionLogin, c.Staff.ID, device)
	})
}

// LeaveStaff ends a session (退出登录).
func (s *Service) LeaveStaff(ctx context.Context, d *Duty, mark string) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.LeaveStaff(ctx, d.Staff.ID, mark); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "logout", d.Staff.ID, "")
	})
}

// ConfirmStaff proves password and authenticator (or a recovery code) anew, for export, refund and push to many.
func (s *Service) ConfirmStaff(ctx context.Context, d *Duty, password, code string) error {
	c, err := s.proving(ctx, d.Staff.ID, d.Address)
	if err != nil {
		return err
	}
	matches, err := s.Passwords.Matches(ctx, c.PasswordHash, password)
	if err != nil {
		return err
	}
	if !matches {
		return s.staffFailed(ctx, c.Staff, c.Staff.Account, d.Address, "password", enroll.FailField("password", "password_wrong"))
	}
	if sixDigits.MatchString(normalCode(code)) {
		err = s.proveTOTP(ctx, c, code, d.Address)
	} else {
		err = s.proveRecovery(ctx, c, code, d.Address)
	}
	if err != nil {
		return err
	}
	return s.audit(ctx, s.Store, d, "confirm", d.Staff.ID, "")
}
