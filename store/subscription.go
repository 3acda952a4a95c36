package store

import (
	"context"
	"time"
)

type subscriptionRow struct {
	OpenID    string `db:"openid"`
	Template  string `db:"template_id"`
	Agreed    int    `db:"agreed"`
	ChangedAt int64  `db:"changed_at"`
}

// Agree keeps that a person agreed to one more subscription notice by a template (订阅通知).
func (s *Store) Agree(ctx context.Context, openid, template string, at time.Time) error {
	return s.setAgreed(ctx, subscriptionRow{openid, template, 1, millis(at)}, `agreed + 1`)
}

// Disagree keeps that a person wants no more notices by a template.
func (s *Store) Disagree(ctx context.Context, openid, template string, at time.Time) error {
	return s.setAgreed(ctx, subscriptionRow{openid, template, 0, millis(at)}, `0`)
}

// UseAgreement takes away the one notice that was sent.
func (s *Store) UseAgreement(ctx context.Context, openid, template string, at time.Time) error {
	_, err := s.exec(ctx, `UPDATE subscription SET agreed = agreed - 1, changed_at = ? WHERE openid = ? AND template_id = ? AND agreed > 0`,
		millis(at), openid, template)
	return err
}

func (s *Store) setAgreed(ctx context.Context, row subscriptionRow, agreed string) error {
	n, err := s.exec(ctx, `UPDATE subscription SET agreed = `+agreed+`, changed_at = ? WHERE openid = ? AND template_id = ?`,
		row.ChangedAt, row.OpenID, row.Template)
	if err != nil || n == 1 {
		return err
	}
	err = s.insert(ctx, "subscription", row)
	if s.IsTaken(err) {
		return s.setAgreed(ctx, row, agreed)
	}
	return err
}

// Agreed names those of some people who agreed to a notice by a template.
func (s *Store) Agreed(ctx context.Context, template string, openids []string) (map[string]bool, error) {
	agreed := map[string]bool{}
	if len(openids) == 0 {
		return agreed, nil
	}
	var list []string
	err := s.listIn(ctx, &list, `SELECT openid FROM subscription WHERE template_id = ? AND agreed > 0 AND openid IN (?)`, template, openids)
	for _, openid := range list {
		agreed[openid] = true
	}
	return agreed, err
}
