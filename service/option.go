package service

import (
	"context"
	"fmt"
	"strings"
	"time"

	"xinsheng/enroll"
)

// Option is one of the three things that a new student can do (三个选项), with
// its consequences and, where it is locked, the fact that locks it, since when,
// and who can undo it.
type Option struct {
	Key, Title, Text      string
	State, StateName, Why string
	Next                  string
}

// The states of an option.
const (
	optionAvailable  = "available"
	optionInProgress = "in_progress"
	optionDone       = "done"
	optionLocked     = "locked"
)

func (s *Service) options(ctx context.Context, v *Visit, m Me) ([]Option, error) {
	since, err := s.statusSince(ctx, v)
	if err != nil {
		return nil, err
	}
	register := Option{
		Key: "register", Title: "新生实名制注册",
		Text: "今年入学：完成人脸识别、登记表和缴费后生成学号。完成后不能再申请保留或放弃入学资格。",
	}
	reserve := Option{
		Key: "reserve", Title: "保留入学资格申请",
		Text: "今年不报到注册，保留入学资格，明年如想入学须再申请恢复。批准之前可以撤回。",
	}
	giveUp := Option{
		Key: "give_up", Title: "放弃入学资格申请",
		Text: "确认不再入学。批准后不能恢复，也不能再注册或保留。",
	}
	s.judgeRegister(v, m, since, &register)
	s.judgeApplication(v, m, since, enroll.ApplyReserve, enroll.ReservePending, enroll.Reserved, &reserve)
	s.judgeApplication(v, m, since, enroll.ApplyGiveUp, enroll.GiveUpPending, enroll.GivenUp, &giveUp)
	further, err := s.furtherOptions(ctx, v, since)
	if err != nil {
		return nil, err
	}
	list := append([]Option{register, reserve, giveUp}, further...)
	return list, s.tellDue(ctx, v, list)
}

func (s *Service) judgeRegister(v *Visit, m Me, since string, o *Option) {
	r := v.Registration
	o.State, o.StateName, o.Next = optionInProgress, r.Status.Name(), m.Next
	switch r.Status {
	case enroll.Registered:
		o.State, o.StateName = optionDone, "已完成"
	case enroll.Open, enroll.Returned, enroll.Payable:
		s.judgeTime(v, m, o)
	case enroll.Submitted:
		o.Why = "登记表已提交，等待老师审核，审核后会通知您缴费。"
	default:
		o.State, o.StateName, o.Next = optionLocked, "不能办理", ""
		o.Why = lockedBy(v, m, since, contactLine(v.Intake))
	}
}

// judgeTime tells of a registration under way whether there is still time for it.
func (s *Service) judgeTime(v *Visit, m Me, o *Option) {
	r := v.Registration
	switch {
	case m.MayStart && r.Status == enroll.Open && r.StartedAt.IsZero():
		o.State, o.StateName = optionAvailable, "可办理"
	case m.MayStart && r.Status == enroll.Open:
		o.StateName = "办理中"
	case m.MayStart:
	case m.Phase == enroll.Before:
		o.State, o.StateName, o.Next = optionLocked, "未开始", ""
		o.Why = fmt.Sprintf("注册于 %s 开始，请到时再来办理。", enroll.Minute(v.Intake.OpensAt))
	default:
		o.State, o.StateName, o.Next = optionLocked, "已截止", ""
		o.Why = fmt.Sprintf("办理时间已于 %s 结束。如需延期，请联系%s。", enroll.EndMinute(m.Deadline), contactLine(v.Intake))
	}
}

// judgeApplication tells of reserving, giving up, coming back or leaving:
// waiting for the college, granted, locked by another fact, or to be had.
func (s *Service) judgeApplication(v *Visit, m Me, since string, kind enroll.ApplicationKind, pending, granted enroll.Status, o *Option) {
	rule, _ := kind.Rule()
	r, contact := v.Registration, contactLine(v.Intake)
	switch {
	case r.Status == pending:
		o.State, o.StateName, o.Next = optionInProgress, r.Status.Name(), "/application"
		o.Why = since + "申请已提交，等待老师审核。审核之前您可以撤回。"
	case r.Status == granted:
		o.State, o.StateName, o.Next = optionDone, r.Status.Name(), "/application"
	case optionOpen(r, rule.Event) != nil:
		o.State, o.StateName = optionLocked, "不能办理"
		o.Why = lockedBy(v, m, since, contact)
	case m.Money.Bill != nil && m.Money.Bill.PaidFen > 0:
		o.State, o.StateName = optionLocked, "不能办理"
		o.Why = "您已缴纳学费，不能在网上申请。如确需办理，请联系" + contact + "。"
	default:
		o.State, o.StateName, o.Next = optionAvailable, "可申请", rule.Route
		if err := s.inTime(v); err != nil {
			o.State, o.StateName, o.Next = optionLocked, "不在办理时间", ""
			o.Why = sentence(err) + "如需办理，请联系" + contact + "。"
		}
	}
}

// furtherOptions are what a reserved or a registered student can do besides.
func (s *Service) furtherOptions(ctx context.Context, v *Visit, since string) ([]Option, error) {
	r := v.Registration
	switch r.Status {
	case enroll.Reserved, enroll.ResumePending:
		o := Option{Key: "resume", Title: "恢复入学申请", Text: "保留入学资格后，在之后开放的批次里申请入学。批准后按新批次继续办理注册。"}
		return s.judgeResume(ctx, v, since, o)
	case enroll.Registered:
		return []Option{{
			Key: "leave", Title: "退学退费申请", Text: "已完成注册、不再就读时申请。由学籍和财务老师核实后办理。",
			State: optionAvailable, StateName: "可申请", Next: "/leave",
		}}, nil
	}
	return nil, nil
}

func (s *Service) judgeResume(ctx context.Context, v *Visit, since string, o Option) ([]Option, error) {
	r := v.Registration
	if r.Status == enroll.ResumePending {
		o.State, o.StateName, o.Next = optionInProgress, r.Status.Name(), "/application"
		o.Why = since + "申请已提交，等待老师审核。审核之前您可以撤回。"
		return []Option{o}, nil
	}
	open, err := s.resumable(ctx, v)
	if err != nil {
		return nil, err
	}
	o.State, o.StateName, o.Next = optionAvailable, "可申请", "/resume"
	if !open {
		o.State, o.StateName, o.Next = optionLocked, "未开放", ""
		o.Why = "目前没有可以恢复入学的批次，请留意学校通知。"
	}
	if !open && !s.Now().Before(r.Until) {
		o.Why = "保留期限已于 " + enroll.EndMinute(r.Until) + " 结束。请联系" + contactLine(v.Intake) + "。"
	}
	return []Option{o}, nil
}

// lockedBy names the fact that closes an option, since when, and who can undo it.
func lockedBy(v *Visit, m Me, since, contact string) string {
	status := v.Registration.Status
	switch status {
	case enroll.Registered:
		number := m.Money.Number
		if number == "" || !v.Verified {
			return since + "您已完成注册。如不再就读，请申请退学退费。"
		}
		return since + "您已完成注册（学号 " + number + "）。如不再就读，请申请退学退费。"
	case enroll.ReservePending, enroll.GiveUpPending, enroll.ResumePending:
		return since + "您有一项申请正在审核（" + status.Name() + "）。如需改变，可以先在“申请进度”里撤回。"
	case enroll.Reserved:
		return since + "您的入学资格已保留" + reservedUntil(v) + "。如需入学，请在新批次开放时申请恢复入学；如需更改，请联系" + contact + "。"
	case enroll.GivenUp:
		return since + "您已放弃入学资格，不能恢复。如有疑问，请联系" + contact + "。"
	case enroll.Lapsed:
		return since + "办理已逾期。如需恢复办理，请联系" + contact + "。"
	case enroll.Cancelled:
		return since + "入学资格已取消。如有疑问，请联系" + contact + "。"
	}
	return since + "当前状态为" + status.Name() + "。如有疑问，请联系" + contact + "。"
}

func reservedUntil(v *Visit) string {
	if !v.Verified || v.Registration.Until.IsZero() {
		return ""
	}
	return "至 " + enroll.EndMinute(v.Registration.Until)
}

// contactLine says whom to ask: 学籍管理部（000-00000000）.
func contactLine(i enroll.Intake) string {
	if phones := i.Settings.Contacts.Phones; len(phones) > 0 {
		return "学籍管理部（" + strings.Join(phones, "、") + "）"
	}
	return "学籍管理部"
}

// statusSince is since when the present status stands (2026-11-23 10:32，), told to verified visits only.
func (s *Service) statusSince(ctx context.Context, v *Visit) (string, error) {
	if !v.Verified || v.Registration.Status.Editable() {
		return "", nil
	}
	events, err := s.Store.Events(ctx, v.Registration.ID)
	if err != nil {
		return "", err
	}
	var at time.Time
	for _, e := range events {
		if e.To == v.Registration.Status && e.From != e.To {
			at = e.At
		}
	}
	if at.IsZero() {
		return "", nil
	}
	return enroll.Minute(at) + "，", nil
}
