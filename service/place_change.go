package service

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"xinsheng/enroll"
	"xinsheng/store"
)

// SavePoint adds a teaching point to an intake (教学点), or renames the one that has this code.
func (s *Service) SavePoint(ctx context.Context, d *Duty, intake, code, name string) error {
	code, name = strings.TrimSpace(code), strings.TrimSpace(name)
	if code == "" || len(code) > 20 || name == "" || utf8.RuneCountInString(name) > 60 {
		return enroll.Fail("settings_invalid", "教学点代码 1–20 个字符，名称 1–60 个字")
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		points, err := tx.Points(ctx, intake)
		if err != nil {
			return err
		}
		for _, p := range points {
			if p.Code == code {
				return s.audited(ctx, tx, d, "point", p.ID, code, tx.RenamePoint(ctx, p.ID, name))
			}
		}
		p := enroll.Point{ID: tx.NewID(), Intake: intake, Code: code, Name: name}
		return s.audited(ctx, tx, d, "point", p.ID, code, tx.AddPoint(ctx, p))
	})
}

// audited writes the audit line of an act that succeeded.
func (s *Service) audited(ctx context.Context, tx *store.Store, d *Duty, action, object, detail string, outcome error) error {
	if outcome != nil {
		return outcome
	}
	return s.audit(ctx, tx, d, action, object, detail)
}

// SaveProgram adds a program to an intake (专业), or changes the one that has this number.
func (s *Service) SaveProgram(ctx context.Context, d *Duty, intake string, p FileProgram) error {
	file := IntakeFile{Programs: []FileProgram{p}}
	wrong := &mistakes{}
	file.checkPrograms(wrong)
	if len(wrong.list) > 0 {
		return enroll.Fail("settings_invalid", strings.Join(wrong.list, "；"))
	}
	next := file.programs[0]
	next.Intake = intake
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		stand, err := tx.Programs(ctx, intake)
		if err != nil {
			return err
		}
		for _, former := range stand {
			if former.No == next.No {
				next.ID = former.ID
				return s.audited(ctx, tx, d, "program", next.ID, next.No, tx.ChangeProgram(ctx, next))
			}
		}
		next.ID = tx.NewID()
		return s.audited(ctx, tx, d, "program", next.ID, next.No, tx.AddProgram(ctx, next))
	})
}

// TuitionChange is an approved price as finance writes it: yuan for each school
// year, the approval's number, and the days from and to which it holds.
type TuitionChange struct {
	Program, Point     string
	Yuan               []string
	Approval           string
	ValidFrom, ValidTo string
}

// SaveTuition sets the price of a program (学费标准), in general or at one
// point; bills that stand keep theirs. Who waited for a price is told.
func (s *Service) SaveTuition(ctx context.Context, d *Duty, intake string, c TuitionChange) error {
	i, err := s.Store.Intake(ctx, intake)
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		price, err := c.price(ctx, tx, i)
		if err != nil {
			return err
		}
		if err := tx.SetTuition(ctx, price); err != nil {
			return err
		}
		if err := s.tellPriced(ctx, tx, i); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "tuition", intake, fmt.Sprintf("%s %s %s %s", price.Program, price.Point, strings.Join(c.Yuan, "/"), price.Approval))
	})
}

func (c TuitionChange) price(ctx context.Context, tx *store.Store, i enroll.Intake) (enroll.Tuition, error) {
	t := enroll.Tuition{ID: tx.NewID(), Intake: i.ID, Program: c.Program, Point: c.Point, Approval: strings.TrimSpace(c.Approval)}
	program, err := tx.Program(ctx, c.Program)
	if err != nil || program.Intake != i.ID {
		return t, enroll.Fail("settings_invalid", "没有这个专业").Because(err)
	}
	if c.Point != "" {
		if p, err := tx.Point(ctx, c.Point); err != nil || p.Intake != i.ID {
			return t, enroll.Fail("settings_invalid", "没有这个教学点").Because(err)
		}
	}
	years := (program.HalfYears + 1) / 2
	if len(c.Yuan) != years {
		return t, enroll.Fail("settings_invalid", fmt.Sprintf("应填写 %d 个学年的金额", years))
	}
	for _, yuan := range c.Yuan {
		fen, err := enroll.ParseYuan(yuan)
		if err != nil {
			return t, err
		}
		t.Fens = append(t.Fens, fen)
	}
	if t.Approval == "" || utf8.RuneCountInString(t.Approval) > 100 {
		return t, enroll.Fail("settings_invalid", "请填写批准文号，最多 100 个字")
	}
	return t, c.validity(&t)
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
