package service

import (
	"context"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// CommandLine is the duty of whoever works at the server itself, by the name that they give.
func CommandLine(by string) *Duty {
	return &Duty{Staff: enroll.Staff{Account: "cli:" + clip(by, 40)}, Address: "cli"}
}

// AddStaff makes an account for a year and gives its first password, which is
// shown once and only opens the choice of an own one; staff_account_taken where it stands.
func (s *Service) AddStaff(ctx context.Context, d *Duty, p enroll.Staff) (enroll.Staff, enroll.Secret, error) {
	p, err := s.parseStaff(ctx, p)
	if err != nil {
		return p, "", err
	}
	first := newFirstPassword()
	hash, err := s.Passwords.Hash(ctx, first)
	if err != nil {
		return p, "", err
	}
	now := s.Now()
	p.ID, p.CreatedAt, p.ExpiresAt = s.Store.NewID(), now, now.AddDate(enroll.StaffYears, 0, 0)
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.AddStaff(ctx, p); tx.IsTaken(err) {
			return enroll.FailField("account", "staff_account_taken")
		} else if err != nil {
			return err
		}
		if err := tx.SetPassword(ctx, p.ID, hash, now.Add(firstPasswordLife)); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "staff_add", p.ID, described(p))
	})
	return p, enroll.Secret(first), err
}

// parseStaff checks what an admin writes; a clerk's point has to stand in some intake.
func (s *Service) parseStaff(ctx context.Context, p enroll.Staff) (enroll.Staff, error) {
	p, err := enroll.ParseStaff(p)
	if err != nil || p.Point == "" {
		return p, err
	}
	stands, err := s.Store.PointStands(ctx, p.Point)
	if err == nil && !stands {
		err = enroll.FailField("point", "staff_point")
	}
	return p, err
}

// described is an account in the audit log, without the person's name.
func described(p enroll.Staff) string {
	return strings.TrimSpace(p.Account + " " + p.Role.Name() + " " + p.Point)
}

// EditStaff changes name, role and point of an account at the version that the admin has seen; nobody changes their own role.
func (s *Service) EditStaff(ctx context.Context, d *Duty, edited enroll.Staff) (enroll.Staff, error) {
	return s.changeStaff(ctx, d, edited.ID, "staff_edit", "", func(p *enroll.Staff) error {
		if p.ID == d.Staff.ID && (edited.Role != p.Role || edited.Point != p.Point) {
			return enroll.Fail("staff_self")
		}
		edited.Account = p.Account
		parsed, err := s.parseStaff(ctx, edited)
		p.Name, p.Role, p.Point, p.Version = parsed.Name, parsed.Role, parsed.Point, edited.Version
		return err
	})
}

// DisableStaff closes an account at once (停用); nobody closes their own.
func (s *Service) DisableStaff(ctx context.Context, d *Duty, id, reason string) (enroll.Staff, error) {
	if err := reasonGiven(reason); err != nil {
		return enroll.Staff{}, err
	}
	return s.changeStaff(ctx, d, id, "staff_disable", reason, func(p *enroll.Staff) error {
		if p.ID == d.Staff.ID {
			return enroll.Fail("staff_self")
		}
		p.DisabledAt = s.Now()
		return nil
	})
}

// EnableStaff opens a closed or idle account again (启用), and lets failures of before count no more.
func (s *Service) EnableStaff(ctx context.Context, d *Duty, id string) (enroll.Staff, error) {
	p, err := s.changeStaff(ctx, d, id, "staff_enable", "", func(p *enroll.Staff) error {
		p.DisabledAt, p.SeenAt = time.Time{}, s.Now()
		return nil
	})
	if err != nil {
		return p, err
	}
	return p, s.Store.AddStaffAttempt(ctx, store.StaffAttempt{At: s.Now(), Account: p.Account, Address: "cli", Outcome: "unlock"})
}

// RenewStaff lets an account go on for another year from now (续期).
func (s *Service) RenewStaff(ctx context.Context, d *Duty, id string) (enroll.Staff, error) {
	return s.changeStaff(ctx, d, id, "staff_renew", "", func(p *enroll.Staff) error {
		p.ExpiresAt = s.Now().AddDate(enroll.StaffYears, 0, 0)
		return nil
	})
}

// changeStaff changes one account and writes it down with the reason.
func (s *Service) changeStaff(ctx context.Context, d *Duty, id, action, reason string, change func(*enroll.Staff) error) (p enroll.Staff, err error) {
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if p, err = tx.Staff(ctx, id); err != nil {
			return err
		}
		if err := change(&p); err != nil {
			return err
		}
		if err := tx.ChangeStaff(ctx, p); err != nil {
			return err
		}
		p.Version++
		return s.audit(ctx, tx, d, action, id, clip(strings.TrimSpace(described(p)+" "+reason), 500))
	})
	return p, err
}

// StaffQuery narrows a list of accounts; empty fields do not.
type StaffQuery = store.StaffQuery

// StaffList lists one page of accounts.
func (s *Service) StaffList(ctx context.Context, q StaffQuery) ([]enroll.Staff, error) {
	return s.Store.StaffList(ctx, q)
}

// StaffAccount finds an account by its name, for the command line.
func (s *Service) StaffAccount(ctx context.Context, account string) (enroll.Staff, error) {
	return s.Store.StaffByAccount(ctx, normalAccount(account))
}
