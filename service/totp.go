package service

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
	"xinsheng/store"
)

// totpPeriod is how long the authenticator shows one code; a code of the step before or after opens too.
const totpPeriod = 30

// recoveryCodes is how many codes open once each without the authenticator.
const recoveryCodes = 10

func normalCode(code string) string { return strings.ReplaceAll(norm.NFKC.String(code), " ", "") }

// totpStep finds the step of 30 seconds that a code belongs to, around now.
func totpStep(seed enroll.Secret, code string, now time.Time) (int64, bool) {
	code = normalCode(code)
	if seed == "" || !sixDigits.MatchString(code) {
		return 0, false
	}
	present := now.Unix() / totpPeriod
	for _, step := range []int64{present, present - 1, present + 1} {
		ok, err := hotp.ValidateCustom(code, uint64(step), seed.Raw(), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && ok {
			return step, true
		}
	}
	return 0, false
}

// TOTPOffer is what an authenticator scans: its QR holds URI, and Secret is typed where nothing scans.
type TOTPOffer struct {
	URI    string
	Secret enroll.Secret
}

// OfferTOTP makes a new seed for the authenticator of an account; nothing is kept before a code proves it.
func (s *Service) OfferTOTP(ctx context.Context, id string) (TOTPOffer, error) {
	p, err := s.Store.Staff(ctx, id)
	if err != nil {
		return TOTPOffer{}, err
	}
	seed := make([]byte, 20)
	rand.Read(seed)
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(seed)
	return TOTPOffer{URI: totpURI(p.Account, secret), Secret: enroll.Secret(secret)}, nil
}

// totpIssuer stands beside the account in the authenticator's list.
const totpIssuer = "新生注册"

func totpURI(account, secret string) string {
	query := "secret=" + secret + "&issuer=" + url.PathEscape(totpIssuer) + "&algorithm=SHA1&digits=6&period=30"
	return "otpauth://totp/" + url.PathEscape(totpIssuer) + ":" + url.PathEscape(account) + "?" + query
}

// EnrolTOTP keeps the authenticator of an account that has none, proven by a
// code, and gives its recovery codes, which are shown once.
func (s *Service) EnrolTOTP(ctx context.Context, id string, seed enroll.Secret, code, address string) (next Next, codes []string, err error) {
	c, err := s.proving(ctx, id, address)
	if err != nil {
		return "", nil, err
	}
	if c.TOTP != "" {
		return "", nil, enroll.Fail("changed")
	}
	codes, err = s.keepTOTP(ctx, &Duty{Staff: c.Staff, Address: address}, seed, code)
	return nextOf(c), codes, err
}

// ReplaceTOTP moves an account to another authenticator (换手机), after a fresh proof of the former one or a recovery code.
func (s *Service) ReplaceTOTP(ctx context.Context, d *Duty, seed enroll.Secret, code string) ([]string, error) {
	if err := s.confirmed(d); err != nil {
		return nil, err
	}
	return s.keepTOTP(ctx, d, seed, code)
}

func (s *Service) keepTOTP(ctx context.Context, d *Duty, seed enroll.Secret, code string) ([]string, error) {
	step, ok := totpStep(seed, code, s.Now())
	if !ok {
		return nil, enroll.FailField("code", "totp_wrong")
	}
	codes := newRecoveryCodes()
	return codes, s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.SetTOTP(ctx, d.Staff.ID, seed, step); err != nil {
			return err
		}
		if err := tx.SetRecoveryCodes(ctx, d.Staff.ID, normalRecoveries(codes)); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "totp_enrolled", d.Staff.ID, "")
	})
}

// SealSeed closes a seed that waits for its first code, for the session; OpenSeed opens it for the same account.
func (s *Service) SealSeed(id string, seed enroll.Secret) []byte {
	return s.Store.Keys().Seal("session", "totp", id, []byte(seed.Raw()))
}

// OpenSeed opens what SealSeed closed; nothing gives an empty seed, which no code proves.
func (s *Service) OpenSeed(id string, sealed []byte) (enroll.Secret, error) {
	seed, err := s.Store.Keys().Open("session", "totp", id, sealed)
	return enroll.Secret(seed), err
}

// RecoveryCodesLeft counts the recovery codes that still open.
func (s *Service) RecoveryCodesLeft(ctx context.Context, d *Duty) (int, error) {
	return s.Store.RecoveryCodesLeft(ctx, d.Staff.ID)
}

// RenewRecoveryCodes gives ten new recovery codes, shown once; the former ones open nothing any more.
func (s *Service) RenewRecoveryCodes(ctx context.Context, d *Duty) ([]string, error) {
	if err := s.confirmed(d); err != nil {
		return nil, err
	}
	codes := newRecoveryCodes()
	return codes, s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.SetRecoveryCodes(ctx, d.Staff.ID, normalRecoveries(codes)); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "recovery_renewed", d.Staff.ID, "")
	})
}

// newRecoveryCodes makes codes of 50 bits, written in two groups: ABCDE-FGH23.
func newRecoveryCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		text := rand.Text()
		codes[i] = text[:5] + "-" + text[5:10]
	}
	return codes
}

// normalRecovery is a recovery code as it is hashed, whatever a person made of its case and dash.
func normalRecovery(code string) string {
	return strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(norm.NFKC.String(code)))
}

func normalRecoveries(codes []string) []string {
	plain := make([]string, len(codes))
	for i, code := range codes {
		plain[i] = normalRecovery(code)
	}
	return plain
}
