package service

import (
	"context"
	"slices"
	"strconv"
	"time"

	"xinsheng/enroll"
)

// ResumeOffer is where a reserved student may come back to (恢复入学): the open
// intake, what of it fits, and the former facts beside those of the choice.
type ResumeOffer struct {
	Intake   enroll.Intake
	Programs []enroll.Program
	Points   []enroll.Point
	// Program and Point are the choice; empty where nothing fits by itself.
	Program string
	Point   string
	// Linked says that the new roster has placed the student already, so that nothing is to be chosen.
	Linked bool
	Facts  []ResumeFact
	Until  time.Time
	proof  string
}

// ResumeFact is one fact before and after.
type ResumeFact struct{ Label, Old, New string }

// resumeOffer finds the newest later intake that is open and has a program of the same level.
func (s *Service) resumeOffer(ctx context.Context, v *Visit) (*ResumeOffer, error) {
	intakes, err := s.Store.Intakes(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range intakes {
		if i.Phase(s.Now()) != enroll.During || !i.OpensAt.After(v.Intake.OpensAt) {
			continue
		}
		o, err := s.offerIn(ctx, v, i)
		if err != nil || len(o.Programs) > 0 && len(o.Points) > 0 {
			return o, err
		}
	}
	return nil, enroll.Fail("resume_none")
}

func (s *Service) offerIn(ctx context.Context, v *Visit, i enroll.Intake) (*ResumeOffer, error) {
	o := &ResumeOffer{Intake: i, Until: v.Registration.Until}
	var err error
	if o.proof, err = s.resumeProof(ctx, v); err != nil {
		return o, err
	}
	programs, err := s.Store.Programs(ctx, i.ID)
	if err != nil {
		return o, err
	}
	for _, p := range programs {
		if p.Level == v.Program.Level && !p.Retired(s.Now()) {
			o.Programs = append(o.Programs, p)
		}
	}
	if o.Points, err = s.Store.Points(ctx, i.ID); err != nil {
		return o, err
	}
	o.Points = slices.DeleteFunc(o.Points, func(p enroll.Point) bool { return p.Retired(s.Now()) })
	o.suggest(v)
	placed, err := s.Store.RegistrationIn(ctx, i.ID, v.Student.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return o, s.compare(ctx, v, o)
	}
	if err != nil {
		return o, err
	}
	o.Linked, o.Program, o.Point = true, placed.Program, placed.Point
	return o, s.compare(ctx, v, o)
}

// suggest chooses the program of the same code or name and the point of the same code.
func (o *ResumeOffer) suggest(v *Visit) {
	for _, p := range o.Programs {
		if p.Name == v.Program.Name && (o.Program == "" || p.Code == v.Program.Code) {
			o.Program = p.ID
		}
	}
	for _, p := range o.Points {
		if p.Code == v.Point.Code {
			o.Point = p.ID
		}
	}
}

// resumeProof is what the reason of the reserved place asks for on coming back.
func (s *Service) resumeProof(ctx context.Context, v *Visit) (string, error) {
	list, err := s.Store.Applications(ctx, v.Registration.ID)
	for _, a := range list {
		if a.Kind != enroll.ApplyReserve || a.State != enroll.ApplicationGranted {
			continue
		}
		rule, err := enroll.FindReserveRule(v.Intake.Settings, a.Reason)
		if err != nil {
			return "", nil
		}
		return rule.ResumeProof, nil
	}
	return "", err
}

func (o *ResumeOffer) paper(settings enroll.Settings) enroll.AttachmentKind {
	return enroll.ApplicationPaper(settings, enroll.ApplyResume, o.proof, o.proof != "")
}

// compare sets the former facts beside those of the choice, the tuition of the first year among them.
func (s *Service) compare(ctx context.Context, v *Visit, o *ResumeOffer) error {
	former, err := s.priceText(ctx, v.Intake, v.Program.ID, v.Point.ID)
	if err != nil {
		return err
	}
	program, point := o.chosen()
	price, err := s.priceText(ctx, o.Intake, program.ID, point.ID)
	if err != nil {
		return err
	}
	o.Facts = []ResumeFact{
		{"年级", strconv.Itoa(v.Registration.Grade) + "级", strconv.Itoa(o.Intake.Grade) + "级"},
		{"层次", string(v.Program.Level), string(program.Level)},
		{"专业", v.Program.Name, program.Name},
		{"学习形式", v.Program.Form, program.Form},
		{"学制", v.Program.Years(), program.Years()},
		{"所属教学点", v.Point.Name, point.Name},
		{"第一学年学费", former, price},
	}
	return nil
}

func (o *ResumeOffer) chosen() (program enroll.Program, point enroll.Point) {
	for _, p := range o.Programs {
		if p.ID == o.Program {
			program = p
		}
	}
	for _, p := range o.Points {
		if p.ID == o.Point {
			point = p
		}
	}
	return program, point
}

func (s *Service) priceText(ctx context.Context, i enroll.Intake, program, point string) (string, error) {
	prices, err := s.Store.Tuitions(ctx, i.ID)
	if err != nil {
		return "", err
	}
	price, found := enroll.TuitionFor(prices, program, point)
	items, priced := enroll.FirstYear(price, i.Settings.SchoolYear)
	if !found || !priced {
		return "", nil
	}
	total := int64(0)
	for _, item := range items {
		total += item.AmountFen
	}
	return "¥" + enroll.Yuan(total), nil
}

// named finds a choice by id, as pages give it, or by number and code, as clerks do.
func (o *ResumeOffer) named(program, point string) (string, string) {
	for _, p := range o.Programs {
		if p.No == program {
			program = p.ID
		}
	}
	for _, p := range o.Points {
		if p.Code == point {
			point = p.ID
		}
	}
	return program, point
}
