package sandbox

import (
	"errors"
	"slices"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// totpEntry is one account in the phone's authenticator (身份验证器), as its QR gave it.
type totpEntry struct {
	Issuer  string
	Account string
	Secret  string
}

// totpCode is an entry with the code that it shows now, and until when (ms).
type totpCode struct {
	Issuer  string `json:"issuer"`
	Account string `json:"account"`
	Code    string `json:"code"`
	Until   int64  `json:"until"`
}

// Enrol scans an authenticator's QR (otpauth://totp/…); the same account again takes the place of the former one.
func (w *World) Enrol(uri string) error {
	key, err := otp.NewKeyFromURL(uri)
	if err != nil || key.Type() != "totp" || key.Secret() == "" {
		return errors.New("这不是身份验证器的二维码")
	}
	entry := totpEntry{Issuer: key.Issuer(), Account: key.AccountName(), Secret: key.Secret()}
	if _, err := totp.GenerateCode(entry.Secret, time.Now()); err != nil {
		return errors.New("二维码里的密钥不完整，请重新扫描")
	}
	defer w.change()()
	for i, old := range w.data.Authenticator {
		if old.Issuer == entry.Issuer && old.Account == entry.Account {
			w.data.Authenticator[i] = entry
			return nil
		}
	}
	w.data.Authenticator = append(w.data.Authenticator, entry)
	return nil
}

// enrolled lists what the phone's authenticator has scanned, for who plays its owner.
func (w *World) enrolled() []totpEntry {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.data.Authenticator)
}

// Authenticator lists what the phone's authenticator shows now; it goes by real time, as every authenticator does.
func (w *World) Authenticator() []totpCode {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.sandbox.config.Now()
	list := make([]totpCode, 0, len(w.data.Authenticator))
	for _, entry := range w.data.Authenticator {
		code, err := totp.GenerateCode(entry.Secret, now)
		if err != nil {
			continue // Enrol takes no secret that gives no code
		}
		list = append(list, totpCode{entry.Issuer, entry.Account, code, (now.Unix()/30 + 1) * 30_000})
	}
	return list
}
