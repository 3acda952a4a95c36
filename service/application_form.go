package service

import (
	"context"
	"strconv"
	"time"

	"xinsheng/enroll"
)

// ApplicationForm is what the page of an application shows before it is filled in.
type ApplicationForm struct {
	Rule    enroll.ApplicationRule
	Facts   []enroll.SheetRow
	Reasons []ReserveReason
	// Paper is what may be uploaded; Files are there already.
	Paper    enroll.AttachmentKind
	Files    []enroll.Attachment
	Sentence string
	Resume   *ResumeOffer
}

// ReserveReason is a reason with the end that it leads to; zero while the end of military service is not named.
type ReserveReason struct {
	enroll.ReserveRule
	Until time.Time
}

// ApplicationForm shows a kind's form to who may hand it in; discharge (YYYY-MM-DD or empty) computes 保留至.
func (s *Service) ApplicationForm(ctx context.Context, v *Visit, kind enroll.ApplicationKind, discharge string) (f ApplicationForm, err error) {
	if err := s.mayApply(ctx, v, kind); err != nil {
		return f, err
	}
	f.Rule, _ = kind.Rule()
	if f.Facts, err = s.applicationFacts(ctx, v); err != nil {
		return f, err
	}
	f.Paper = enroll.ApplicationPaper(v.Intake.Settings, kind, "", false)
	switch kind {
	case enroll.ApplyReserve:
		f.Reasons = s.reserveReasons(v, discharge)
	case enroll.ApplyGiveUp:
		f.Sentence = enroll.GiveUpSentence
	case enroll.ApplyResume:
		if f.Resume, err = s.resumeOffer(ctx, v); err != nil {
			return f, err
		}
		f.Paper = f.Resume.paper(v.Intake.Settings)
	}
	f.Files, err = s.Store.LooseFiles(ctx, v.Registration.ID, string(kind))
	return f, err
}

// idNumberLabel is the line that pages show masked and the archive's paper whole.
const idNumberLabel = "证件号码"

// applicationFacts are the read-only lines of the manual (二.2), the number where there is one.
func (s *Service) applicationFacts(ctx context.Context, v *Visit) ([]enroll.SheetRow, error) {
	rows := []enroll.SheetRow{
		{Label: "姓名", Value: v.Registration.Name},
		{Label: idNumberLabel, Value: v.Student.IDNumber.String()},
		{Label: "所属教学点", Value: v.Point.Name},
		{Label: "年级", Value: strconv.Itoa(v.Registration.Grade) + "级"},
		{Label: "层次", Value: string(v.Program.Level)},
		{Label: "专业", Value: v.Program.Name},
		{Label: "学习形式", Value: v.Program.Form},
	}
	number, err := s.Store.Number(ctx, v.Registration.ID)
	if err == nil && number != "" {
		rows = append(rows, enroll.SheetRow{Label: "学号", Value: number})
	}
	return rows, err
}
