package service

import (
	"context"
	"errors"
	"fmt"

	"xinsheng/enroll"
)

// School is what everybody may see: the present intake, or none, and its notice.
type School struct {
	Intake *enroll.Intake
	Notice *enroll.Text
}

// School finds what the public pages show.
func (s *Service) School(ctx context.Context) (School, error) {
	intake, err := s.CurrentIntake(ctx)
	if errors.Is(err, enroll.Fail("intake_none")) {
		return School{}, nil
	}
	if err != nil {
		return School{}, err
	}
	notice, err := s.Store.Text(ctx, intake.ID, enroll.TextNotice)
	if enroll.CodeOf(err) == enroll.NotFound {
		return School{Intake: &intake}, nil
	}
	return School{Intake: &intake, Notice: &notice}, err
}

// Text finds the newest version of a text of the present intake.
func (s *Service) Text(ctx context.Context, kind enroll.TextKind) (enroll.Text, error) {
	intake, err := s.CurrentIntake(ctx)
	if err != nil {
		return enroll.Text{}, err
	}
	return s.Store.Text(ctx, intake.ID, kind)
}

// TextFor finds the newest version of a text of the student's own intake; an
// older intake that has none follows the present one.
func (s *Service) TextFor(ctx context.Context, v *Visit, kind enroll.TextKind) (enroll.Text, error) {
	t, err := s.Store.Text(ctx, v.Intake.ID, kind)
	if enroll.CodeOf(err) == enroll.NotFound {
		return s.Text(ctx, kind)
	}
	return t, err
}

// TuitionRow is one line of the public price list (收费标准).
type TuitionRow struct {
	Program enroll.Program
	Point   string
	Tuition enroll.Tuition
}

// TuitionList is the public price list of the present intake.
func (s *Service) TuitionList(ctx context.Context) (enroll.Intake, []TuitionRow, error) {
	intake, err := s.CurrentIntake(ctx)
	if err != nil {
		return intake, nil, err
	}
	programs, err := s.Store.Programs(ctx, intake.ID)
	if err != nil {
		return intake, nil, err
	}
	points, err := s.Store.Points(ctx, intake.ID)
	if err != nil {
		return intake, nil, err
	}
	prices, err := s.Store.Tuitions(ctx, intake.ID)
	if err != nil {
		return intake, nil, err
	}
	names := map[string]string{}
	for _, p := range points {
		names[p.ID] = p.Name
	}
	var rows []TuitionRow
	for _, p := range programs {
		for _, t := range prices {
			if t.Program == p.ID {
				rows = append(rows, TuitionRow{Program: p, Point: names[t.Point], Tuition: t})
			}
		}
	}
	return intake, rows, nil
}

// PrepareItem is one thing to have at hand (办理前请准备).
type PrepareItem struct{ Key, Title, Detail, Example string }

// Preparation lists what to have at hand at a level (manual 一.1–3); an empty level lists what all need.
func (s *Service) Preparation(ctx context.Context, level enroll.Level) ([]PrepareItem, error) {
	intake, err := s.CurrentIntake(ctx)
	if err != nil {
		return nil, err
	}
	return preparation(intake, level), nil
}

// PreparationFor lists what this student has to have at hand.
func (s *Service) PreparationFor(v *Visit) []PrepareItem {
	return preparation(v.Intake, v.Program.Level)
}

func preparation(i enroll.Intake, level enroll.Level) []PrepareItem {
	items := []PrepareItem{
		{"self", "学生本人和手机", "必须学生本人办理，手机能收到短信验证码。人脸识别时请露出耳朵，避免刘海等遮挡。", "用电脑办理时，请先检查摄像头。"},
	}
	for _, k := range enroll.AttachmentKinds(i.Settings, level, enroll.IDCard) {
		switch k.Key {
		case enroll.IDFront:
			items = append(items, PrepareItem{"id", "身份证正反面照片", "每张不超过 " + enroll.FileSize(k.MaxBytes) + "，太大时网页会帮您压缩。", "其他证件请准备资料页或正反面照片。"})
		case enroll.Portrait:
			items = append(items, PrepareItem{"photo", "个人证件照电子版", portraitDetail(k), "用于学籍资料存档，可以直接选原图，网页会帮您裁剪。"})
		case enroll.ProofFiles:
			items = append(items, PrepareItem{"proof", "专科及以上学历证明电子版", "三者之一：教育部学历证书电子注册备案表、中国高等教育学历认证报告、国（境）外学历学位认证书。", "备案表可在学信网下载。"})
		}
	}
	return items
}

func portraitDetail(k enroll.AttachmentKind) string {
	return fmt.Sprintf("JPG 格式，%d×%d 像素，不超过 %s。", k.Width, k.Height, enroll.FileSize(k.MaxBytes))
}
