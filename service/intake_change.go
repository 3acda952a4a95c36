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
		if err := s.meanwhile(ctx, tx, stands, c); err != nil {
			return err
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
		return s.audit(ctx, tx, d, "settings", id, c.Section.Name()+"："+changedNames(changes))
	})
	return next, err
}

// meanwhile refuses a change of a page that somebody else changed since it was
// read (changed, with who and when); what was changed on other pages does not matter.
func (s *Service) meanwhile(ctx context.Context, tx *store.Store, stands enroll.Intake, c IntakeChange) error {
	if stands.Version == c.Version {
		return nil
	}
	versions, err := tx.IntakeVersions(ctx, stands.ID, versionsShown)
	if err != nil {
		return err
	}
	failure := enroll.Fail("changed")
	told := false
	for _, v := range versions {
		if v.Intake.Version > c.Version && !told && (v.Section == c.Section || v.Section == "") {
			failure, told = failure.With("by", v.By).With("at", v.At.UnixMilli()), true
		}
		if v.Intake.Version == c.Version && !slices.ContainsFunc(stands.Changes(v.Intake), c.touches) {
			return nil
		}
	}
	return failure
}

// touches says whether a difference belongs to the page of this change.
func (c IntakeChange) touches(diff enroll.SettingChange) bool {
	return slices.Contains(c.Section.Keys(), diff.Key) || c.Section == enroll.SettingWindow && slices.Contains([]string{"name", "opens", "closes"}, diff.Key)
}

func changedNames(changes []enroll.SettingChange) string {
	names := make([]string, len(changes))
	for i, c := range changes {
		names[i] = enroll.SettingName(c.Key)
	}
	return strings.Join(names, "、")
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
