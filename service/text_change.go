package service

import (
	"context"
	"slices"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// ChangeText keeps a new version of a text that people read or sign (通知, 同意书 …), and gives the one that stands now.
func (s *Service) ChangeText(ctx context.Context, d *Duty, intake string, kind enroll.TextKind, title, body string, version int) (next enroll.Text, err error) {
	title, body = strings.TrimSpace(title), strings.TrimSpace(body)
	if !slices.Contains(enroll.TextKinds, kind) {
		return next, enroll.Fail("not_found")
	}
	if title == "" || body == "" || len([]rune(title)) > 60 || len([]rune(body)) > 20000 {
		return next, enroll.Fail("settings_invalid", "标题 1–60 个字，正文 1–20000 个字")
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		last, err := tx.Text(ctx, intake, kind)
		if err != nil && enroll.CodeOf(err) != enroll.NotFound {
			return err
		}
		if last.Version != version {
			return enroll.Fail("changed").With("by", last.By).With("at", last.At.UnixMilli())
		}
		next = enroll.Text{ID: tx.NewID(), Intake: intake, Kind: kind, Version: version + 1, Title: title, Body: body, Hash: enroll.TextHash(title, body), By: d.Staff.Account}
		if next.Hash == last.Hash {
			next = last
			return nil
		}
		if err := tx.AddText(ctx, next, s.Now()); err != nil {
			if tx.IsTaken(err) {
				return enroll.Fail("changed").Because(err)
			}
			return err
		}
		return s.audit(ctx, tx, d, "text", intake, kind.Name())
	})
	return next, err
}

// Texts lists the newest version of every text of an intake; Version is 0 where one is missing.
func (s *Service) Texts(ctx context.Context, intake string) ([]enroll.Text, error) {
	list := make([]enroll.Text, len(enroll.TextKinds))
	for i, kind := range enroll.TextKinds {
		t, err := s.Store.Text(ctx, intake, kind)
		if err != nil && enroll.CodeOf(err) != enroll.NotFound {
			return nil, err
		}
		t.Kind = kind
		list[i] = t
	}
	return list, nil
}
