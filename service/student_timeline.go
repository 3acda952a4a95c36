package service

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"xinsheng/enroll"
)

// What the audit log says of a view of personal data.
const (
	lookFile    = "file"
	lookFace    = "face"
	actionLook  = "look"
	actionShown = "unmask"
)

// TimelineKind is what a line of a student's timeline is about, for its filter.
type TimelineKind string

// The kinds of lines.
const (
	LineImport  TimelineKind = "import"
	LineLogin   TimelineKind = "login"
	LineConsent TimelineKind = "consent"
	LineCheck   TimelineKind = "check"
	LineEvent   TimelineKind = "event"
	LineMessage TimelineKind = "message"
	LinePayment TimelineKind = "payment"
	LineLook    TimelineKind = "look"
)

// TimelineLine is one line of all that happened in a student's matter (时间线).
type TimelineLine struct {
	At    time.Time
	Kind  TimelineKind
	Title string
	Text  string
	By    string
}

// StudentTimeline merges imports, entries, consents, checks, decisions, messages,
// payments and views by staff, the newest first.
func (s *Service) StudentTimeline(ctx context.Context, d *Duty, registration string) ([]TimelineLine, error) {
	r, err := s.StaffRegistration(ctx, d, registration)
	if err != nil {
		return nil, err
	}
	var lines []TimelineLine
	for _, part := range []func(context.Context, enroll.Registration) ([]TimelineLine, error){
		s.importLines, s.loginLines, s.consentLines, s.checkLines, s.eventLines, s.messageLines, s.paymentLines, s.lookLines,
	} {
		more, err := part(ctx, r)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	slices.SortStableFunc(lines, func(a, b TimelineLine) int { return b.At.Compare(a.At) })
	return lines, nil
}

func (s *Service) importLines(ctx context.Context, r enroll.Registration) (lines []TimelineLine, err error) {
	imports, err := s.Store.ImportsOf(ctx, r.ID)
	for _, i := range imports {
		at := i.AppliedAt
		if at.IsZero() {
			at = i.CreatedAt
		}
		lines = append(lines, TimelineLine{at, LineImport, "名单导入", i.File, ""})
	}
	return lines, err
}

func (s *Service) loginLines(ctx context.Context, r enroll.Registration) (lines []TimelineLine, err error) {
	logins, err := s.Store.LoginsOf(ctx, r.ID)
	for _, l := range logins {
		text := l.Device + "，" + l.Phone.String()
		if l.OpenID != "" {
			text += "，已授权微信"
		}
		lines = append(lines, TimelineLine{l.At, LineLogin, "登录", text, enroll.ByStudent.Name()})
	}
	return lines, err
}

func (s *Service) consentLines(ctx context.Context, r enroll.Registration) (lines []TimelineLine, err error) {
	consents, err := s.Store.Consents(ctx, r.ID)
	for _, c := range consents {
		answer := "不同意"
		if c.Agreed {
			answer = "同意"
		}
		lines = append(lines, TimelineLine{c.At, LineConsent, c.Kind.Name() + "：" + answer, "第 " + strconv.Itoa(c.TextVersion) + " 版，" + c.Device, enroll.ByStudent.Name()})
	}
	return lines, err
}

func (s *Service) checkLines(ctx context.Context, r enroll.Registration) (lines []TimelineLine, err error) {
	checks, err := s.Store.FaceChecks(ctx, r.ID, time.Time{})
	for _, c := range checks {
		text := c.Result
		if c.Outcome.Counted() {
			text = fmt.Sprintf("相似度 %.0f", c.Sim)
		}
		lines = append(lines, TimelineLine{c.At, LineCheck, "人脸比对：" + c.Outcome.Name(), text, enroll.ByStudent.Name()})
	}
	return lines, err
}

func (s *Service) eventLines(ctx context.Context, r enroll.Registration) (lines []TimelineLine, err error) {
	events, err := s.Store.Events(ctx, r.ID)
	for _, e := range events {
		title := enroll.EventTitle(e)
		if title == "" {
			title = enroll.StaffEventTitle(e)
		}
		if e.From != e.To && e.From != enroll.None {
			title += "（" + e.From.Name() + " → " + e.To.Name() + "）"
		}
		by := e.By.Name()
		if e.By == enroll.ByRegistrar || e.By == enroll.ByTwo {
			by = strings.ReplaceAll(e.ByID, "+", "、")
		}
		lines = append(lines, TimelineLine{e.At, LineEvent, title, e.Reason, by})
	}
	return lines, err
}

func (s *Service) messageLines(ctx context.Context, r enroll.Registration) (lines []TimelineLine, err error) {
	messages, err := s.sentMessages(ctx, r.ID)
	for _, m := range messages {
		lines = append(lines, TimelineLine{m.At, LineMessage, "消息：" + m.Name, m.Result(), enroll.BySystem.Name()})
	}
	return lines, err
}

func (s *Service) paymentLines(ctx context.Context, r enroll.Registration) (lines []TimelineLine, err error) {
	bill, err := s.Store.Bill(ctx, r.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	orders, err := s.Store.Orders(ctx, bill.ID)
	for _, o := range orders {
		lines = append(lines, TimelineLine{o.CreatedAt, LinePayment, "下单 " + enroll.Yuan(o.AmountFen) + " 元", o.Channel.Name() + "，订单号 " + o.OutTradeNo, enroll.ByStudent.Name()})
		facts, err := s.Store.Facts(ctx, o.OutTradeNo)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			lines = append(lines, TimelineLine{f.ReceivedAt, LinePayment, "微信支付告知：" + f.TradeStateName(), "订单号 " + f.OutTradeNo, "微信支付"})
		}
	}
	return lines, err
}

// lookLines are what staff saw or asked for; what they did stands in the events.
func (s *Service) lookLines(ctx context.Context, r enroll.Registration) (lines []TimelineLine, err error) {
	looks, err := s.Store.Looks(ctx, r.ID)
	for _, a := range looks {
		title := auditTitle(a)
		if title == "" {
			continue
		}
		lines = append(lines, TimelineLine{a.At, LineLook, title, AuditText(a), a.Account})
	}
	return lines, err
}

func auditTitle(a enroll.Audit) string {
	return map[string]string{
		actionLook: "查看资料", actionShown: "查看完整证件号码和手机号", "approval_ask": "提请复核", "approval_confirmed": "复核通过",
		"approval_refused": "复核驳回", "approval_withdrawn": "撤回提请", "assist": "代办",
	}[a.Action]
}

// AuditText is what a line of the audit log says besides what was done, in words.
func AuditText(a enroll.Audit) string {
	word, rest, _ := strings.Cut(a.Detail, " ")
	switch {
	case strings.HasPrefix(a.Action, "approval_"):
		return enroll.ApprovalKind(a.Detail).Name()
	case a.Action == actionLoginFailed:
		return enroll.WrongStep(a.Detail)
	case a.Action != actionLook:
		return a.Detail
	case word == lookFile:
		return "学生档案"
	case word == lookAssist:
		return "登记表（现场代办）"
	case word == lookFace:
		return "存档照片"
	case word == "attachment":
		return "附件：" + attachmentTitle(rest)
	}
	return a.Detail
}

func attachmentTitle(kind string) string {
	target, _ := enroll.FindReturnTarget(kind)
	return target.Title
}
