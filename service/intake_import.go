package service

import (
	"context"
	"slices"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// IntakeReport says what an import of an intake file did.
type IntakeReport struct {
	Intake enroll.Intake
	// Created says that the intake is new.
	Created bool
	// Added and Changed count points, programs and prices.
	Added, Changed int
	// Texts lists the texts of which a new version was kept.
	Texts []enroll.Text
	// Beside lists points and programs that stand but are not in the file; nothing is ever deleted.
	Beside []string
}

// ImportIntake brings a checked file into the store in one transaction; the
// same file again leaves everything as it is. A text gets a new version only where its words changed.
func (s *Service) ImportIntake(ctx context.Context, f *IntakeFile) (IntakeReport, error) {
	if err := f.Check(); err != nil {
		return IntakeReport{}, err
	}
	var report IntakeReport
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		report = IntakeReport{}
		job := &intakeImport{service: s, tx: tx, file: f, report: &report}
		return job.run(ctx)
	})
	return report, err
}

type intakeImport struct {
	service  *Service
	tx       *store.Store
	file     *IntakeFile
	report   *IntakeReport
	points   map[string]string // code → id
	programs map[string]string // number → id
}

func (j *intakeImport) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{j.intake, j.importPoints, j.importPrograms, j.importTuition, j.tellPriced, j.importTexts} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (j *intakeImport) intake(ctx context.Context) error {
	list, err := j.tx.Intakes(ctx)
	if err != nil {
		return err
	}
	next := j.file.window
	at := slices.IndexFunc(list, func(i enroll.Intake) bool { return i.Grade == next.Grade && i.Name == next.Name })
	if at < 0 {
		next.ID, j.report.Created = j.tx.NewID(), true
		j.report.Intake = next
		return j.tx.AddIntake(ctx, next, j.service.Now())
	}
	if err := j.tx.LockIntake(ctx, list[at].ID); err != nil {
		return err
	}
	next.ID, next.Version = list[at].ID, list[at].Version
	j.report.Intake = next
	if len(next.Changes(list[at])) == 0 {
		return nil
	}
	return j.service.keepIntake(ctx, j.tx, list[at], next, byHand, "")
}

func (j *intakeImport) tellPriced(ctx context.Context) error {
	return j.service.tellPriced(ctx, j.tx, j.report.Intake, "intake import")
}

// note keeps in the history what the file changed of a place.
func (j *intakeImport) note(ctx context.Context, kind enroll.PlaceKind, subject, before, after string) error {
	c := enroll.PlaceChange{Kind: kind, Subject: subject, Before: before, After: after, By: byHand}
	return j.tx.AddPlaceChange(ctx, j.report.Intake.ID, c, j.service.Now())
}

func (j *intakeImport) importPoints(ctx context.Context) error {
	stand, err := j.tx.Points(ctx, j.report.Intake.ID)
	if err != nil {
		return err
	}
	j.points = map[string]string{}
	for _, p := range stand {
		j.points[p.Code] = p.ID
		at := slices.IndexFunc(j.file.Points, func(f FilePoint) bool { return f.Code == p.Code })
		switch {
		case at < 0:
			j.report.Beside = append(j.report.Beside, "教学点 "+p.Code+" "+p.Name)
		case j.file.Points[at].Name != p.Name:
			j.report.Changed++
			next := p
			next.Name = j.file.Points[at].Name
			if err = j.tx.ChangePoint(ctx, next); err == nil {
				err = j.note(ctx, enroll.PlacePoint, p.Code, p.Words(), next.Words())
			}
		}
		if err != nil {
			return err
		}
	}
	for _, f := range j.file.Points {
		if j.points[f.Code] != "" {
			continue
		}
		p := enroll.Point{ID: j.tx.NewID(), Intake: j.report.Intake.ID, Code: f.Code, Name: f.Name}
		if err := j.tx.AddPoint(ctx, p); err != nil {
			return err
		}
		j.points[p.Code] = p.ID
		j.report.Added++
	}
	return nil
}

func (j *intakeImport) importPrograms(ctx context.Context) error {
	stand, err := j.tx.Programs(ctx, j.report.Intake.ID)
	if err != nil {
		return err
	}
	j.programs = map[string]string{}
	for _, p := range stand {
		j.programs[p.No] = p.ID
		at := slices.IndexFunc(j.file.programs, func(f enroll.Program) bool { return f.No == p.No })
		if at < 0 {
			j.report.Beside = append(j.report.Beside, "专业 "+p.No+" "+p.Name)
			continue
		}
		next := j.file.programs[at]
		next.ID, next.Intake, next.RetiredFrom = p.ID, p.Intake, p.RetiredFrom
		if next == p {
			continue
		}
		j.report.Changed++
		if err := changeProgram(ctx, j.tx, p, next); err != nil {
			return err
		}
		if err := j.note(ctx, enroll.PlaceProgram, p.No, p.Words(), next.Words()); err != nil {
			return err
		}
	}
	for _, p := range j.file.programs {
		if j.programs[p.No] != "" {
			continue
		}
		p.ID, p.Intake = j.tx.NewID(), j.report.Intake.ID
		if err := j.tx.AddProgram(ctx, p); err != nil {
			return err
		}
		j.programs[p.No] = p.ID
		j.report.Added++
	}
	return nil
}

func (j *intakeImport) importTuition(ctx context.Context) error {
	stand, err := j.tx.Tuitions(ctx, j.report.Intake.ID)
	if err != nil {
		return err
	}
	for i, f := range j.file.Tuition {
		next := enroll.Tuition{
			ID: j.tx.NewID(), Intake: j.report.Intake.ID, Program: j.programs[f.Program], Point: j.points[f.Point],
			Fens: j.file.prices[i], Approval: f.Approval,
		}
		at := slices.IndexFunc(stand, func(t enroll.Tuition) bool { return t.Program == next.Program && t.Point == next.Point })
		switch {
		case at < 0:
			j.report.Added++
		case slices.Equal(stand[at].Fens, next.Fens) && stand[at].Approval == next.Approval:
			continue
		default:
			j.report.Changed++
			next.ValidFrom, next.ValidUntil = stand[at].ValidFrom, stand[at].ValidUntil
			subject := strings.TrimSpace(f.Program + " " + f.Point)
			if err := j.note(ctx, enroll.PlaceTuition, subject, stand[at].Words(), next.Words()); err != nil {
				return err
			}
		}
		if err := j.tx.SetTuition(ctx, next); err != nil {
			return err
		}
	}
	return nil
}

func (j *intakeImport) importTexts(ctx context.Context) error {
	for _, f := range j.file.Texts {
		title, body := strings.TrimSpace(f.Title), strings.TrimSpace(f.Body)
		last, err := j.tx.Text(ctx, j.report.Intake.ID, f.Kind)
		if err != nil && enroll.CodeOf(err) != enroll.NotFound {
			return err
		}
		hash := enroll.TextHash(title, body)
		if last.Hash == hash {
			continue
		}
		next := enroll.Text{
			ID: j.tx.NewID(), Intake: j.report.Intake.ID, Kind: f.Kind, Version: last.Version + 1, Title: title, Body: body, Hash: hash,
		}
		if err := j.tx.AddText(ctx, next, j.service.Now()); err != nil {
			return err
		}
		j.report.Texts = append(j.report.Texts, next)
	}
	return nil
}
