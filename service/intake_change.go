package service

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// IntakeChange is what staff change of an intake on one page of its settings.
type IntakeChange struct {
	Section enroll.SettingSection
	// Version is the intake's as it was read; another one's change in between is changed.
	Version int
	Values  map[string]json.RawMessage
	// Name, Opens and Closes belong to the section window; days or minutes as in an intake file.
	Name, Opens, Closes string
}

// byHand names who changes an intake by file on the command line.
const byHand = "xinsheng"

// ChangeSettings changes one page of an intake's settings (批次设置): checked,
// versioned with who changed what, and written into the audit log.
func (s *Service) ChangeSettings(ctx context.Context, d *Duty, id string, c IntakeChange) (next enroll.Intake, err error) {
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		stands, err := tx.Intake(ctx, id)
		if err != nil {
			return err
		}
		if stands.Version != c.Version {
			return enroll.Fail("changed")
		}
		if next, err = c.apply(stands); err != nil {
			return err
		}
		changes := next.Changes(stands)
		if len(changes) == 0 {
			return nil
		}
		if err := s.keepIntake(ctx, tx, stands, next, d.Staff.Account, c.Section); err != nil {
			return err
		}
		next.Version++
		return s.audit(ctx, tx, d, "settings", id, string(c.Section)+": "+changedKeys(changes))
	})
	return next, err
}

func changedKeys(changes []enroll.SettingChange) string {
	keys := make([]string, len(changes))
	for i, c := range changes {
		keys[i] = c.Key
	}
	return strings.Join(keys, ", ")
}

func (c IntakeChange) apply(i enroll.Intake) (next enroll.Intake, err error) {
	next = i
	if next.Settings, err = i.Settings.With(c.Section, c.Values); err != nil || c.Section != enroll.SettingWindow {
		return next, err
	}
	window := IntakeFile{Grade: i.Grade, Name: c.Name, Opens: c.Opens, Closes: c.Closes}
	wrong := &mistakes{}
	window.checkWindow(wrong)
	wrong.add(window.window.Name == "", "批次名称为空")
	if len(wrong.list) > 0 {
		return i, enroll.Fail("settings_invalid", strings.Join(wrong.list, "；"))
	}
	next.Name, next.OpensAt, next.ClosesAt = window.window.Name, window.window.OpensAt, window.window.ClosesAt
	return next, nil
}

// keepIntake writes a changed intake and its version; the state before the first change is kept too.
func (s *Service) keepIntake(ctx context.Context, tx *store.Store, before, next enroll.Intake, by string, section enroll.SettingSection) error {
	versions, err := tx.IntakeVersions(ctx, before.ID, 1)
	if err != nil {
		return err
	}
	if len(versions) == 0 {
		if err := tx.AddIntakeVersion(ctx, enroll.IntakeVersion{Intake: before, At: s.Now(), By: byHand}); err != nil {
			return err
		}
	}
	if err := tx.ChangeIntake(ctx, next); err != nil {
		return err
	}
	next.Version++
	return tx.AddIntakeVersion(ctx, enroll.IntakeVersion{Intake: next, At: s.Now(), By: by, Section: section})
}

// SettingVersion is one change of an intake: when, by whom, on which page, and what.
type SettingVersion struct {
	enroll.IntakeVersion
	Changes []enroll.SettingChange
}

// versionsShown is how many changes of an intake its page lists.
const versionsShown = 100

// SettingVersions lists the changes of an intake, the newest first.
func (s *Service) SettingVersions(ctx context.Context, id string) ([]SettingVersion, error) {
	versions, err := s.Store.IntakeVersions(ctx, id, versionsShown+1)
	if err != nil {
		return nil, err
	}
	var list []SettingVersion
	for i, v := range versions {
		if i+1 < len(versions) {
			list = append(list, SettingVersion{v, v.Intake.Changes(versions[i+1].Intake)})
		}
	}
	return list, nil
}

// IntakesOf lists all intakes for staff, the newest first.
func (s *Service) IntakesOf(ctx context.Context) ([]enroll.Intake, error) {
	return s.Store.Intakes(ctx)
}

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
			return enroll.Fail("changed")
		}
		next = enroll.Text{ID: tx.NewID(), Intake: intake, Kind: kind, Version: version + 1, Title: title, Body: body, Hash: enroll.TextHash(title, body)}
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
		return s.audit(ctx, tx, d, "text", intake, string(kind))
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
