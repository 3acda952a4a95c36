package demo

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
)

var (
	//go:embed intake.yaml
	intake2026 string
	//go:embed intake-2025.yaml
	intake2025 string
	//go:embed intake-2023.yaml
	intake2023 string
	//go:embed roster.csv
	roster2026 []byte
	//go:embed roster-2025.csv
	roster2025 []byte
	//go:embed roster-2023.csv
	roster2023 []byte
	//go:embed roster-bad.csv
	badRoster []byte
)

// Roster is the list of admitted students of the 2026 intake, as a province would send it.
func Roster() []byte { return roster2026 }

// BadRoster is a roster in GBK with every mistake that the import must find (demo.md).
func BadRoster() []byte { return badRoster }

// IntakeFile is the 2026 intake as a college would write it: open from seven
// days before now to ninety after, with the templates that the sandbox approved.
func IntakeFile(now time.Time, k sandbox.Credentials) []byte { return filled(intake2026, now, k) }

// filled puts window and template ids into an intake's file.
func filled(file string, now time.Time, k sandbox.Credentials) []byte {
	pairs := []string{"${opens}", enroll.Day(now.AddDate(0, 0, -7)), "${closes}", enroll.Day(now.AddDate(0, 0, 90))}
	for event, id := range k.WeChatTemplates {
		pairs = append(pairs, "${wechat."+event+"}", `"`+id+`"`)
	}
	for event, id := range k.SMSTemplates {
		pairs = append(pairs, "${sms."+event+"}", `"`+id+`"`)
	}
	return []byte(strings.NewReplacer(pairs...).Replace(file))
}

// Import brings the invented school and its rosters in, in the way a college does: intake files first, rosters after.
func Import(ctx context.Context, s *service.Service, k sandbox.Credentials, now time.Time) error {
	for _, year := range []struct {
		name         string
		file, roster []byte
	}{
		{"roster-2023.csv", filled(intake2023, now, k), roster2023},
		{"roster-2025.csv", filled(intake2025, now, k), roster2025},
		{"roster.csv", IntakeFile(now, k), roster2026},
	} {
		if err := importYear(ctx, s, year.file, year.name, year.roster); err != nil {
			return fmt.Errorf("%s: %w", year.name, err)
		}
	}
	// D16 has registered this year, D17 in 2023; both have their number from the roster.
	for _, examNo := range []string{"26320100000116", "23320100000117"} {
		if err := registerBefore(ctx, s, examNo, now); err != nil {
			return fmt.Errorf("%s: %w", examNo, err)
		}
	}
	return reserveLastYear(ctx, s, now)
}

// registerBefore makes somebody registered who was so before this program came: the roster's phone is bound, and the
// roster's number is shown.
func registerBefore(ctx context.Context, s *service.Service, examNo string, now time.Time) error {
	r, err := s.FindRegistration(ctx, examNo)
	if err != nil {
		return err
	}
	student, err := s.Store.Student(ctx, r.Student)
	if err != nil {
		return err
	}
	if err := s.Store.Bind(ctx, student, r.RosterPhone, "", now); err != nil {
		return err
	}
	return s.Store.Move(ctx, r, enroll.RegistrationEvent{
		Event: string(enroll.EventSettle), To: enroll.Registered, By: enroll.BySystem, At: now, Reason: "演示数据：已完成注册",
	})
}

// reserveLastYear gives D15, who was known by phone last year, a reserved place of the 2025 intake to come back from.
func reserveLastYear(ctx context.Context, s *service.Service, now time.Time) error {
	r, err := s.FindRegistration(ctx, "25320100000115")
	if err != nil {
		return err
	}
	student, err := s.Store.Student(ctx, r.Student)
	if err != nil {
		return err
	}
	if err := s.Store.Bind(ctx, student, r.RosterPhone, "", now); err != nil {
		return err
	}
	id, err := s.FileForStudent(ctx, r.ID, service.ApplicationDraft{
		Kind: enroll.ApplyReserve, Reason: "other", Text: "家中有事，今年不能入学，申请保留入学资格。",
	}, nil, "demo")
	if err != nil {
		return err
	}
	_, err = s.GrantApplication(ctx, id, enroll.DayStart(now.AddDate(0, 6, 0)), service.Decision{By: "demo"})
	return err
}

func importYear(ctx context.Context, s *service.Service, file []byte, name string, roster []byte) error {
	f, err := service.ReadIntakeFile(file)
	if err != nil {
		return err
	}
	report, err := s.ImportIntake(ctx, f)
	if err != nil {
		return err
	}
	quiet := func(int, int) {}
	plan, err := s.StageRoster(ctx, report.Intake, name, roster, quiet)
	if err != nil {
		return err
	}
	if plan.Import.Refused > 0 {
		return fmt.Errorf("%d lines were refused", plan.Import.Refused)
	}
	_, err = s.ApplyRoster(ctx, plan.Import.ID, quiet)
	return err
}
