package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Calendar tells working days from holidays (工作日历): what was announced, with what the college entered.
func (s *Service) Calendar(ctx context.Context) (enroll.Calendar, error) {
	own, err := s.Store.SpecialDays(ctx)
	return enroll.NewCalendar(own), err
}

// SpecialDays lists what the college entered into the calendar.
func (s *Service) SpecialDays(ctx context.Context) ([]enroll.SpecialDay, error) {
	return s.Store.SpecialDays(ctx)
}

// specialDaysMost bounds the calendar: a few years of holidays.
const specialDaysMost = 400

// SetSpecialDays replaces what the college entered into the calendar; a day that is none or stands twice is refused.
func (s *Service) SetSpecialDays(ctx context.Context, d *Duty, days []enroll.SpecialDay) error {
	if len(days) > specialDaysMost {
		return enroll.FailField("days", "field_too_long", specialDaysMost)
	}
	for i := range days {
		at, err := time.ParseInLocation("2006-01-02", strings.TrimSpace(days[i].Day), enroll.Shanghai)
		if err != nil || at.Year() < 2020 || at.Year() > 2100 {
			return enroll.FailField("days", "date_out_of_range")
		}
		days[i].Day, days[i].Name = enroll.Day(at), clip(strings.TrimSpace(days[i].Name), 40)
	}
	slices.SortFunc(days, func(a, b enroll.SpecialDay) int { return strings.Compare(a.Day, b.Day) })
	days = slices.CompactFunc(days, func(a, b enroll.SpecialDay) bool { return a.Day == b.Day })
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.SetSpecialDays(ctx, days); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "calendar", "", "")
	})
}

// reviewDue is until when the college decides on something that began to wait at a moment (审核时限).
func (s *Service) reviewDue(ctx context.Context, i enroll.Intake, kind enroll.ReviewKind, since time.Time) (time.Time, error) {
	calendar, err := s.Calendar(ctx)
	return calendar.AfterWorkdays(since, i.Settings.ReviewDays(kind)), err
}

// dueText tells a student until when the college decides; empty where nothing began to wait.
func (s *Service) dueText(ctx context.Context, i enroll.Intake, kind enroll.ReviewKind, since time.Time) (string, error) {
	if since.IsZero() {
		return "", nil
	}
	due, err := s.reviewDue(ctx, i, kind, since)
	return enroll.DueText(due, s.Now()), err
}

// tellDue says beside what waits for the college until when it is decided.
func (s *Service) tellDue(ctx context.Context, v *Visit, options []Option) error {
	kind, since, err := s.waitsSince(ctx, v)
	if err != nil {
		return err
	}
	due, err := s.dueText(ctx, v.Intake, kind, since)
	for i := range options {
		if due != "" && options[i].State == optionInProgress && options[i].Why != "" {
			options[i].Why += due + "。"
		}
	}
	return err
}

// waitsSince is what of a matter waits for the college, and since when; zero where nothing does.
func (s *Service) waitsSince(ctx context.Context, v *Visit) (enroll.ReviewKind, time.Time, error) {
	switch {
	case v.Registration.Status == enroll.Submitted:
		return enroll.ReviewForm, v.Registration.SubmittedAt, nil
	case v.Registration.Status.Pending():
		list, err := s.Store.Applications(ctx, v.Registration.ID)
		if last := first(list); last != nil {
			return enroll.ReviewApplication, last.At, err
		}
		return "", noTime, err
	}
	return "", noTime, nil
}
