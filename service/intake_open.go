package service

import (
	"context"
	"strconv"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// NewYear is the intake that follows another one: its grade, its name and its window, as in an intake file.
type NewYear struct {
	Grade         int
	Name          string
	Opens, Closes string
}

// OpenIntake makes a new year's intake with the settings, points, programs,
// prices and texts of an earlier one (沿用去年设置); they are changed afterwards
// on the staff site, or by an intake file of the same grade and name. Without a
// duty it is made on the command line.
func (s *Service) OpenIntake(ctx context.Context, d *Duty, from enroll.Intake, y NewYear) (enroll.Intake, error) {
	if y.Name == "" {
		y.Name = strconv.Itoa(y.Grade) + "级"
	}
	next, err := y.intake(from)
	if err != nil {
		return next, err
	}
	next.ID = s.Store.NewID()
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.AddIntake(ctx, next, s.Now()); err != nil {
			if tx.IsTaken(err) {
				return enroll.Fail("intake_invalid", y.Name+" 已经存在。").Because(err)
			}
			return err
		}
		if err := s.copyPlaces(ctx, tx, from, next); err != nil {
			return err
		}
		if err := s.copyTexts(ctx, tx, from, next); err != nil || d == nil {
			return err
		}
		return s.audit(ctx, tx, d, "intake_open", next.ID, next.Name)
	})
	return next, err
}

func (y NewYear) intake(from enroll.Intake) (enroll.Intake, error) {
	c := &mistakes{}
	opens, _, err := readMoment(y.Opens)
	c.add(err != nil, "开始日期应为日期，如 2027-11-16")
	closes, day, err := readMoment(y.Closes)
	c.add(err != nil, "截止日期应为日期，如 2028-02-28（当天 24:00 截止）")
	if day {
		closes = closes.AddDate(0, 0, 1)
	}
	c.add(!opens.Before(closes), "截止日期应晚于开始日期")
	c.add(y.Grade <= from.Grade || y.Grade > 2100, "年级（grade）应为 %d 以后的四位年份", from.Grade)
	if len(c.list) > 0 {
		return enroll.Intake{}, enroll.Fail("intake_invalid", strings.Join(c.list, "；"))
	}
	settings := from.Settings
	settings.SchoolYear = laterYears(settings.SchoolYear, y.Grade-from.Grade)
	return enroll.Intake{Grade: y.Grade, Name: y.Name, OpensAt: opens, ClosesAt: closes, Settings: settings}, nil
}

// laterYears moves the years in 2026-2027 on by some years.
func laterYears(text string, by int) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	var pairs []string
	for _, word := range words {
		if year, err := strconv.Atoi(word); err == nil && len(word) == 4 {
			pairs = append(pairs, word, strconv.Itoa(year+by))
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// copyPlaces takes points, programs and prices into the new year, without those that are retired by then.
func (s *Service) copyPlaces(ctx context.Context, tx *store.Store, from, to enroll.Intake) error {
	points, err := tx.Points(ctx, from.ID)
	if err != nil {
		return err
	}
	ids := map[string]string{"": ""}
	for _, p := range points {
		if p.Retired(to.OpensAt) {
			continue
		}
		former := p.ID
		p.ID, p.Intake = tx.NewID(), to.ID
		ids[former] = p.ID
		if err := tx.AddPoint(ctx, p); err != nil {
			return err
		}
	}
	programs, err := tx.Programs(ctx, from.ID)
	if err != nil {
		return err
	}
	for _, p := range programs {
		if p.Retired(to.OpensAt) {
			continue
		}
		former := p.ID
		p.ID, p.Intake = tx.NewID(), to.ID
		ids[former] = p.ID
		if err := tx.AddProgram(ctx, p); err != nil {
			return err
		}
	}
	prices, err := tx.Tuitions(ctx, from.ID)
	if err != nil {
		return err
	}
	for _, t := range prices {
		program, point := ids[t.Program], ids[t.Point]
		if program == "" || point == "" && t.Point != "" {
			continue // retired
		}
		t.ID, t.Intake, t.Program, t.Point = tx.NewID(), to.ID, program, point
		if err := tx.SetTuition(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) copyTexts(ctx context.Context, tx *store.Store, from, to enroll.Intake) error {
	for _, kind := range enroll.TextKinds {
		t, err := tx.Text(ctx, from.ID, kind)
		if enroll.CodeOf(err) == enroll.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		t.ID, t.Intake, t.Version = tx.NewID(), to.ID, 1
		if err := tx.AddText(ctx, t, s.Now()); err != nil {
			return err
		}
	}
	return nil
}
