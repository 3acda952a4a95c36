package service

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"xinsheng/enroll"
	"xinsheng/store"
)

// PointChange is a teaching point as staff write it: RetiredFrom is a day, empty
// while the point is in use, and Was are its words as they were read, empty for a new one.
type PointChange struct{ Code, Name, RetiredFrom, Was string }

// SavePoint adds a teaching point to an intake (教学点), or renames or retires the one that has this code.
func (s *Service) SavePoint(ctx context.Context, d *Duty, intake string, c PointChange) error {
	next := enroll.Point{Intake: intake, Code: strings.TrimSpace(c.Code), Name: strings.TrimSpace(c.Name)}
	file, wrong := IntakeFile{Points: []FilePoint{{next.Code, next.Name}}}, &mistakes{}
	if file.checkPoints(wrong); len(wrong.list) > 0 {
		return enroll.Fail("settings_invalid", strings.Join(wrong.list, "；"))
	}
	if err := readRetired(c.RetiredFrom, &next.RetiredFrom); err != nil {
		return err
	}
	change := enroll.PlaceChange{Kind: enroll.PlacePoint, Subject: next.Code, Before: c.Was, After: next.Words()}
	return s.changePlace(ctx, d, intake, change, func(tx *store.Store) (stands string, write func() error, err error) {
		points, err := tx.Points(ctx, intake)
		if err != nil {
			return "", nil, err
		}
		for _, p := range points {
			if p.Code == next.Code {
				next.ID = p.ID
				return p.Words(), func() error { return tx.ChangePoint(ctx, next) }, nil
			}
		}
		next.ID = tx.NewID()
		return "", func() error { return tx.AddPoint(ctx, next) }, nil
	})
}

// readRetired reads the day from which a place is retired; empty keeps it in use.
func readRetired(text string, at *time.Time) error {
	if text == "" {
		return nil
	}
	day, err := time.ParseInLocation("2006-01-02", text, enroll.Shanghai)
	if err != nil {
		return enroll.Fail("settings_invalid", "停用日期应为日期，如 2027-03-01")
	}
	*at = day
	return nil
}

// changePlace writes a change of a place, with its history and its line in the
// audit log, where it stands as it was read; otherwise changed, with what stands now.
func (s *Service) changePlace(ctx context.Context, d *Duty, intake string, c enroll.PlaceChange, find func(*store.Store) (string, func() error, error)) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.LockIntake(ctx, intake); err != nil {
			return err
		}
		stands, write, err := find(tx)
		if err != nil {
			return err
		}
		if stands == c.After {
			return nil
		}
		if c.Before == "" && stands != "" {
			return enroll.Fail("place_stands", c.Subject).With("now", stands)
		}
		if stands != c.Before {
			return enroll.Fail("changed").With("now", stands)
		}
		if err := write(); err != nil {
			return err
		}
		c.By = d.Staff.Account
		if err := tx.AddPlaceChange(ctx, intake, c, s.Now()); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, string(c.Kind), intake, clip(c.Subject+"："+cmp.Or(c.After, "删除"), 200))
	})
}

// SaveProgram adds a program to an intake (专业), or changes the one that has
// this number; retired is the day from which it is (停用), empty while it is in
// use, and was are its words as they were read, empty for a new one.
func (s *Service) SaveProgram(ctx context.Context, d *Duty, intake string, p FileProgram, retired, was string) error {
	file := IntakeFile{Programs: []FileProgram{p}}
	wrong := &mistakes{}
	file.checkPrograms(wrong)
	if len(wrong.list) > 0 {
		return enroll.Fail("settings_invalid", strings.Join(wrong.list, "；"))
	}
	next := file.programs[0]
	next.Intake = intake
	if err := readRetired(retired, &next.RetiredFrom); err != nil {
		return err
	}
	change := enroll.PlaceChange{Kind: enroll.PlaceProgram, Subject: next.No, Before: was, After: next.Words()}
	return s.changePlace(ctx, d, intake, change, func(tx *store.Store) (string, func() error, error) {
		stand, err := tx.Programs(ctx, intake)
		if err != nil {
			return "", nil, err
		}
		for _, former := range stand {
			if former.No == next.No {
				next.ID = former.ID
				return former.Words(), func() error { return changeProgram(ctx, tx, former, next) }, nil
			}
		}
		next.ID = tx.NewID()
		return "", func() error { return tx.AddProgram(ctx, next) }, nil
	})
}

// changeProgram replaces what a program says; what bills, papers and the study
// years of students were made from stays once one of them has submitted.
func changeProgram(ctx context.Context, tx *store.Store, former, next enroll.Program) error {
	if next.Level != former.Level || next.Form != former.Form || next.HalfYears != former.HalfYears {
		used, err := tx.ProgramUsed(ctx, former)
		if err != nil {
			return err
		}
		if used {
			return enroll.Fail("program_used", former.No+" "+former.Name)
		}
	}
	return tx.ChangeProgram(ctx, next)
}

// TuitionChange is an approved price as finance writes it: yuan for each school
// year, the approval's number, and the days from and to which it holds.
type TuitionChange struct {
	Program, Point     string
	Yuan               []string
	Approval           string
	ValidFrom, ValidTo string
	// Was are the price's words as they were read, empty for a new one.
	Was string
}

// SaveTuition sets the price of a program (学费标准), in general or at one
// point; bills that stand keep theirs. Who waited for a price is told.
func (s *Service) SaveTuition(ctx context.Context, d *Duty, intake string, c TuitionChange) error {
	i, err := s.Store.Intake(ctx, intake)
	if err != nil {
		return err
	}
	price, subject, err := c.price(ctx, s.Store, i)
	if err != nil {
		return err
	}
	change := enroll.PlaceChange{Kind: enroll.PlaceTuition, Subject: subject, Before: c.Was, After: price.Words()}
	return s.changePlace(ctx, d, intake, change, func(tx *store.Store) (stands string, write func() error, err error) {
		prices, err := tx.Tuitions(ctx, intake)
		for _, t := range prices {
			if t.Program == price.Program && t.Point == price.Point {
				stands = t.Words()
			}
		}
		return stands, func() error {
			if err := tx.SetTuition(ctx, price); err != nil {
				return err
			}
			return s.tellPriced(ctx, tx, i, d.Staff.Account)
		}, err
	})
}

// tuitionSubject are the words of what a price is for.
func tuitionSubject(ctx context.Context, tx *store.Store, i enroll.Intake, program, point string) (string, error) {
	p, err := tx.Program(ctx, program)
	if err != nil || p.Intake != i.ID {
		return "", enroll.Fail("settings_invalid", "没有这个专业").Because(err)
	}
	subject := p.No + " " + p.Name
	if point == "" {
		return subject, nil
	}
	at, err := tx.Point(ctx, point)
	if err != nil || at.Intake != i.ID {
		return "", enroll.Fail("settings_invalid", "没有这个教学点").Because(err)
	}
	return subject + " · " + at.Name, nil
}

// price reads the change as a price, with the words of what it is for.
func (c TuitionChange) price(ctx context.Context, tx *store.Store, i enroll.Intake) (t enroll.Tuition, subject string, err error) {
	t = enroll.Tuition{ID: tx.NewID(), Intake: i.ID, Program: c.Program, Point: c.Point, Approval: strings.TrimSpace(c.Approval)}
	if subject, err = tuitionSubject(ctx, tx, i, c.Program, c.Point); err != nil {
		return t, "", err
	}
	program, err := tx.Program(ctx, c.Program)
	if err != nil {
		return t, "", err
	}
	years := (program.HalfYears + 1) / 2
	if len(c.Yuan) != years {
		return t, "", enroll.Fail("settings_invalid", fmt.Sprintf("应填写 %d 个学年的金额", years))
	}
	for _, yuan := range c.Yuan {
		fen, err := enroll.ParseYuan(yuan)
		if err != nil {
			return t, "", err
		}
		t.Fens = append(t.Fens, fen)
	}
	if t.Approval == "" || utf8.RuneCountInString(t.Approval) > 100 {
		return t, "", enroll.Fail("settings_invalid", "请填写批准文号，最多 100 个字")
	}
	return t, subject, c.validity(&t)
}

func (c TuitionChange) validity(t *enroll.Tuition) error {
	for _, row := range []struct {
		text string
		at   *time.Time
		more int
	}{{c.ValidFrom, &t.ValidFrom, 0}, {c.ValidTo, &t.ValidUntil, 1}} {
		if row.text == "" {
			continue
		}
		day, err := time.ParseInLocation("2006-01-02", row.text, enroll.Shanghai)
		if err != nil {
			return enroll.Fail("settings_invalid", "有效期应为日期，如 2026-09-01")
		}
		*row.at = day.AddDate(0, 0, row.more)
	}
	if !t.ValidFrom.IsZero() && !t.ValidUntil.IsZero() && !t.ValidFrom.Before(t.ValidUntil) {
		return enroll.Fail("settings_invalid", "有效期的结束应晚于开始")
	}
	return nil
}
