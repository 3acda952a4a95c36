package service

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
	"xinsheng/store"
)

// firstPasswordLife is how long a first password opens; it only lets its owner choose an own one.
const firstPasswordLife = 14 * 24 * time.Hour

// newFirstPassword makes a password that is read from a paper once: abcde-fghij-klmno, 75 bits.
func newFirstPassword() string {
	text := strings.ToLower(rand.Text())
	return text[:5] + "-" + text[5:10] + "-" + text[10:15]
}

// ChooseFirstPassword replaces the first password by one's own; it ends the login's third step.
func (s *Service) ChooseFirstPassword(ctx context.Context, id, password, address string) error {
	c, err := s.proving(ctx, id, address)
	if err != nil {
		return err
	}
	if c.FirstUntil.IsZero() {
		return enroll.Fail("changed")
	}
	return s.setPassword(ctx, &Duty{Staff: c.Staff, Address: address}, c, password)
}

// ChangePassword replaces one's own password and ends the account's sessions; the caller begins a new one.
func (s *Service) ChangePassword(ctx context.Context, d *Duty, old, password string) error {
	c, err := s.proving(ctx, d.Staff.ID, d.Address)
	if err != nil {
		return err
	}
	matches, err := s.Passwords.Matches(ctx, c.PasswordHash, old)
	if err != nil {
		return err
	}
	if !matches {
		return s.staffFailed(ctx, c.Staff, c.Staff.Account, d.Address, "password", enroll.FailField("old", "password_wrong"))
	}
	return s.setPassword(ctx, d, c, password)
}

func (s *Service) setPassword(ctx context.Context, d *Duty, c store.Credential, password string) error {
	if err := enroll.CheckPassword(norm.NFC.String(password), c.Staff.Account, c.Staff.Name); err != nil {
		return err
	}
	same, err := s.Passwords.Matches(ctx, c.PasswordHash, password)
	if err != nil {
		return err
	}
	if same {
		return enroll.FailField("password", "password_same")
	}
	hash, err := s.Passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.SetPassword(ctx, d.Staff.ID, hash, time.Time{}); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "password", d.Staff.ID, "")
	})
}
