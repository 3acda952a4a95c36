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
	optionSoon       = "soon"
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
		Text: "今年不报到注册，保留入学资格，明年如想入学须再申请恢复。提交申请后不能再注册或放弃。",
	}
	giveUp := Option{
		Key: "give_up", Title: "放弃入学资格申请",
		Text: "确认不再入学。批准后不能恢复，也不能再注册或保留。",
	}
	s.judgeRegister(v, m, since, &register)
	s.judgeApplication(v, m, since, enroll.ReservePending, enroll.Reserved, &reserve)
	s.judgeApplication(v, m, since, enroll.GiveUpPending, enroll.GivenUp, &giveUp)
	return []Option{register, reserve, giveUp}, nil
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
		o.Why = lockedBy(r.Status, since, contactLine(v.Intake))
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

// judgeApplication tells of reserving or giving up: under way, done, locked by
// something else, or for now by way of the teacher.
func (s *Service) judgeApplication(v *Visit, m Me, since string, pending, granted enroll.Status, o *Option) {
	status, contact := v.Registration.Status, contactLine(v.Intake)
	switch {
	case status == pending:
		o.State, o.StateName = optionInProgress, status.Name()
		o.Why = since + "申请已提交，等待老师审核。如需撤回，请联系" + contact + "。"
	case status == granted:
		o.State, o.StateName = optionDone, status.Name()
	case status == enroll.Registered || !v.Registration.Status.Editable() && status != enroll.Submitted && status != enroll.Payable:
		o.State, o.StateName = optionLocked, "不能办理"
		o.Why = lockedBy(status, since, contact)
	case m.Money.Bill != nil && m.Money.Bill.PaidFen > 0:
		o.State, o.StateName = optionLocked, "不能办理"
		o.Why = "您已缴纳学费，不能在网上申请。如确需办理，请联系" + contact + "。"
	default:
		o.State, o.StateName = optionSoon, "联系老师办理"
		o.Why = "网上申请暂未开放。如需办理，请联系" + contact + "，由老师为您办理。"
	}
}

// lockedBy names the fact that closes an option, since when, and who can undo it.
func lockedBy(status enroll.Status, since, contact string) string {
	switch status {
	case enroll.Registered:
		return since + "您已完成注册，其他两项不能再办理。如需退学或更改，请联系" + contact + "。"
	case enroll.ReservePending, enroll.GiveUpPending, enroll.ResumePending:
		return since + "您有一项申请正在审核（" + status.Name() + "）。如需改变，请联系" + contact + "撤回申请。"
	case enroll.Reserved:
		return since + "您的入学资格已保留。如需恢复入学，请联系" + contact + "。"
	case enroll.GivenUp:
		return since + "您已放弃入学资格，不能恢复。如有疑问，请联系" + contact + "。"
	case enroll.Lapsed:
		return since + "办理已逾期。如需恢复办理，请联系" + contact + "。"
	case enroll.Cancelled:
		return since + "入学资格已取消。如有疑问，请联系" + contact + "。"
	}
	return since + "当前状态为" + status.Name() + "。如有疑问，请联系" + contact + "。"
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
