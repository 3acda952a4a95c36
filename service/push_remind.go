package service

import (
	"context"
	"encoding/json"
	"time"

	"xinsheng/enroll"
)

// ReminderShown is one rule of an intake's reminders with what it did of late.
type ReminderShown struct {
	Rule enroll.ReminderRule
	Name string
	// Days count back from the end of time where Before is true, and forward from the last thing done otherwise.
	Days   []int
	Before bool
	On     bool
	// Sent is how many were reminded by it in the last seven days.
	Sent int
}

// Reminders shows the rules of an intake in the order in which they go (自动提醒).
func (s *Service) Reminders(ctx context.Context, intake enroll.Intake) ([]ReminderShown, error) {
	sent, err := s.Store.RemindersSince(ctx, intake.ID, s.Now().Add(-7*24*time.Hour))
	if err != nil {
		return nil, err
	}
	list := make([]ReminderShown, len(enroll.ReminderRules))
	for i, rule := range enroll.ReminderRules {
		days, on := intake.DaysOf(rule.Rule)
		list[i] = ReminderShown{
			Rule: rule.Rule, Name: rule.Name, Days: days, On: on, Sent: sent[rule.Rule],
			Before: rule.Rule == enroll.RemindReserved || rule.Rule == enroll.RemindClosing,
		}
	}
	return list, nil
}

// SetReminder switches one rule of an intake on or off and sets its days, as a change of the intake's settings.
func (s *Service) SetReminder(ctx context.Context, d *Duty, intake string, version int, rule enroll.ReminderRule, setting enroll.ReminderSetting) (enroll.Intake, error) {
	stands, err := s.Store.Intake(ctx, intake)
	if err != nil {
		return stands, err
	}
	all := map[enroll.ReminderRule]enroll.ReminderSetting{rule: setting}
	for other, kept := range stands.Settings.Reminders {
		if other != rule {
			all[other] = kept
		}
	}
	value, err := json.Marshal(all)
	if err != nil {
		return stands, err
	}
	return s.ChangeSettings(ctx, d, intake, IntakeChange{Section: enroll.SettingMessages, Version: version, Values: map[string]json.RawMessage{"reminders": value}})
}
