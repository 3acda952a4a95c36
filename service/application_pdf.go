package service

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"

	"xinsheng/enroll"
)

// ApplicationPicture gives the strokes to the one who signed.
func (s *Service) ApplicationPicture(ctx context.Context, v *Visit) ([]byte, error) {
	a, err := s.LastApplication(ctx, v)
	if err != nil {
		return nil, err
	}
	if a.Signature == "" {
		return nil, enroll.Fail("not_found")
	}
	return s.Files.Get(ctx, a.Signature)
}

// ApplicationPaper gives the student's newest application as a PDF.
func (s *Service) ApplicationPaper(ctx context.Context, v *Visit) ([]byte, error) {
	a, err := s.LastApplication(ctx, v)
	if err != nil {
		return nil, err
	}
	return s.ApplicationPDF(ctx, a.ID)
}

// ApplicationPDF sets an application on paper for the archive: what was asked
// for and why, the signature, the times, and the decision as far as there is one.
func (s *Service) ApplicationPDF(ctx context.Context, id string) ([]byte, error) {
	if s.Paper == nil {
		return nil, ErrNoFont
	}
	a, err := s.Application(ctx, id)
	if err != nil {
		return nil, err
	}
	intake, err := s.Store.Intake(ctx, a.Matter.Intake)
	if err != nil {
		return nil, err
	}
	student, err := s.Store.Student(ctx, a.Matter.Student)
	if err != nil {
		return nil, err
	}
	for i := range a.Facts {
		if a.Facts[i].Label == idNumberLabel {
			a.Facts[i].Value = student.IDNumber.Raw()
		}
	}
	var strokes image.Image
	if a.Signature != "" {
		body, err := s.Files.Get(ctx, a.Signature)
		if err != nil {
			return nil, err
		}
		if strokes, err = png.Decode(bytes.NewReader(body)); err != nil {
			return nil, fmt.Errorf("signature of application %s: %w", a.ID, err)
		}
	}
	rule, _ := a.Kind.Rule()
	p := s.Paper.sheet(rule.Title)
	p.centred(12, intake.Settings.School)
	p.space(10, 0)
	p.centred(20, rule.Title)
	p.space(18, 0)
	for _, row := range append(a.Facts, a.Lines()...) {
		p.paragraph(12, 0, row.Label+"："+row.Value)
	}
	p.space(10, 0)
	p.filed(a, strokes)
	p.decided(a)
	return p.bytes()
}

// Lines are what the student asked for, in the order of the form.
func (a FiledApplication) Lines() []enroll.SheetRow {
	rows := []enroll.SheetRow{{Label: "申请类型", Value: a.Kind.Name()}}
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, enroll.SheetRow{Label: label, Value: value})
		}
	}
	add("原因类别", a.Why)
	if !a.Discharge.IsZero() {
		add("预计退役日期", enroll.Day(a.Discharge))
	}
	add("申请原因", a.Text)
	if a.Kind == enroll.ApplyReserve {
		add("保留至", enroll.EndMinute(a.Until))
	}
	for _, f := range a.Resume {
		add("恢复后的"+f.Label, f.New)
	}
	add("学生本人输入", a.Sentence)
	if len(a.Files) > 0 {
		add("附件", fmt.Sprintf("%d 份", len(a.Files)))
	}
	return rows
}

func (s *sheet) filed(a FiledApplication, strokes image.Image) {
	s.space(14, 160)
	if strokes != nil {
		s.paragraph(12, 0, "申请人签名：")
		s.signed(letter{strokes: strokes})
		s.space(10, 40)
		s.photographed(a.TypedName)
	}
	if office := a.Office(); office != "" {
		s.paragraph(12, 0, "现场代办："+office+"老师")
	}
	s.paragraph(12, 0, "提交时间："+enroll.Minute(a.At)+"（北京时间）")
}

func (s *sheet) decided(a FiledApplication) {
	s.space(14, 80)
	s.paragraph(12, 0, "办理结果："+a.State.Name())
	if a.DecidedAt.IsZero() {
		return
	}
	s.paragraph(12, 0, "办理时间："+enroll.Minute(a.DecidedAt)+"（北京时间）")
	if a.DecidedFor != "" {
		s.paragraph(12, 0, "说明："+a.DecidedFor)
	}
	s.space(10, 0)
	s.paragraph(8, 0, "申请编号 "+a.ID)
}
