package store

import (
	"context"

	"xinsheng/enroll"
)

type consentRow struct {
	ID           string `db:"id"`
	Registration string `db:"registration_id"`
	Login        string `db:"login_id"`
	Kind         string `db:"kind"`
	TextVersion  int    `db:"text_version"`
	TextHash     string `db:"text_hash"`
	Agreed       bool   `db:"agreed"`
	At           int64  `db:"at"`
	AddressHash  []byte `db:"address_hash"`
	Device       string `db:"device"`
}

// AddConsent records a yes or no; records are only added. The address is kept as a blind index.
func (s *Store) AddConsent(ctx context.Context, c enroll.Consent) error {
	return s.insert(ctx, "consent", consentRow{
		ID: c.ID, Registration: c.Registration, Login: c.Login, Kind: string(c.Kind), TextVersion: c.TextVersion,
		TextHash: c.TextHash, Agreed: c.Agreed, At: millis(c.At), AddressHash: s.AddressHash(c.Address), Device: c.Device,
	})
}

// LastConsent finds the latest answer that was given with a phone, or nil where there is none.
func (s *Store) LastConsent(ctx context.Context, registration string, kind enroll.TextKind, phone enroll.Phone) (*enroll.Consent, error) {
	var rows []consentRow
	err := s.list(ctx, &rows,
		`SELECT c.* FROM consent c JOIN login l ON l.id = c.login_id
		 WHERE c.registration_id = ? AND c.kind = ? AND l.phone_hash = ? ORDER BY c.at DESC, c.id DESC LIMIT 1`,
		registration, kind, s.PhoneHash(phone))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	last := rows[0].value()
	return &last, nil
}

func (r consentRow) value() enroll.Consent {
	return enroll.Consent{
		ID: r.ID, Registration: r.Registration, Login: r.Login, Kind: enroll.TextKind(r.Kind), TextVersion: r.TextVersion,
		TextHash: r.TextHash, Agreed: r.Agreed, At: moment(r.At), Device: r.Device,
	}
}
