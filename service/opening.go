package service

import (
	"context"
	"fmt"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// LightRow is one line of the opening day's status: a light, what it says, and since when the oldest waits.
type LightRow struct {
	Key, Name string
	Light     enroll.Light
	Text      string
	// Hint is what to do about it, where there is something.
	Hint   string
	Oldest time.Time
	// Gate is what can be paused about it, if anything.
	Gate enroll.Gate
}

// Opening is how everything stands that the opening day depends on (开放日状态).
type Opening struct {
	At      time.Time
	Rows    []LightRow
	Gates   []enroll.GateState
	Changes []enroll.GateState
}

// Opening gathers the lights, read anew every few seconds for all who look, and the gates as they stand now.
func (s *Service) Opening(ctx context.Context) (o Opening, err error) {
	o, err = glanceAt(s.Glances, "opening", func() (Opening, error) { return s.lights(ctx) })
	if err != nil {
		return o, err
	}
	if o.Gates, err = s.Gates(ctx); err != nil {
		return o, err
	}
	o.Changes, err = s.GateChanges(ctx)
	return o, err
}

func (s *Service) lights(ctx context.Context) (Opening, error) {
	o := Opening{At: s.Now()}
	for _, look := range []func(context.Context) (LightRow, error){
		s.tokenLight, s.smsLight, s.faceLight, s.payLight, s.messageLight, s.noticeLight, s.orderLight, s.outboxLight, s.reviewLight, s.jobLight, s.caseLight,
	} {
		row, err := look(ctx)
		if err != nil {
			return o, fmt.Errorf("light %s: %w", row.Key, err)
		}
		o.Rows = append(o.Rows, row)
	}
	return o, nil
}

// tokenPatience is how long the look waits for WeChat.
const tokenPatience = 3 * time.Second

func (s *Service) tokenLight(ctx context.Context) (LightRow, error) {
	row := LightRow{Key: "token", Name: "公众号凭据", Light: enroll.LightOff, Text: "没有配置公众号。"}
	if !s.OA.Enabled() {
		return row, nil
	}
	try, cancel := context.WithTimeout(ctx, tokenPatience)
	defer cancel()
	if err := s.OA.Token(try); err != nil {
		row.Light, row.Text, row.Hint = enroll.LightBad, "取不到 access_token："+clip(err.Error(), 120), "检查 AppSecret 和公众平台的 IP 白名单。"
		return row, nil
	}
	row.Light, row.Text = enroll.LightGood, "access_token 有效。"
	return row, nil
}

// callLight judges the calls to one vendor in the last minutes.
func (s *Service) callLight(ctx context.Context, row LightRow, name, hint string) (LightRow, error) {
	c, err := s.calls(ctx, name)
	row.Light = enroll.CallLight(c.Done, c.Failed)
	row.Text = fmt.Sprintf("最近 10 分钟 %d 次，失败 %d 次。", c.Done+c.Failed, c.Failed)
	if c.Done+c.Failed == 0 {
		row.Text = "最近 10 分钟没有调用。"
	}
	if !c.FailedAt.IsZero() {
		row.Text += fmt.Sprintf("上次失败 %s：%s", enroll.Minute(c.FailedAt), c.Why)
	}
	if row.Light == enroll.LightBad || row.Light == enroll.LightWarn {
		row.Hint = hint
	}
	return row, err
}

func (s *Service) smsLight(ctx context.Context) (LightRow, error) {
	row := LightRow{Key: "sms", Name: "短信", Gate: enroll.GateCode}
	return s.callLight(ctx, row, callSMS, "查看腾讯云短信控制台的余量和失败原因；恢复前可以暂停验证码，让学生知道何时再来。")
}

func (s *Service) faceLight(ctx context.Context) (LightRow, error) {
	row := LightRow{Key: "face", Name: "人脸识别", Gate: enroll.GateFace}
	return s.callLight(ctx, row, callFace, "恢复前可以暂停，学生会看到改用照片存档的提示。")
}

func (s *Service) payLight(ctx context.Context) (LightRow, error) {
	row := LightRow{Key: "pay", Name: "微信支付下单", Gate: enroll.GatePay, Light: enroll.LightOff, Text: "没有配置商户号。"}
	if !s.Pay.Enabled() {
		return row, nil
	}
	return s.callLight(ctx, row, callPay, "查看商户平台；恢复前可以暂停缴费，已经付款的照常入账。")
}

func (s *Service) messageLight(ctx context.Context) (LightRow, error) {
	row := LightRow{Key: "message", Name: "模板消息", Gate: enroll.GateMessage, Light: enroll.LightOff, Text: "没有配置公众号，办理消息用短信发送。"}
	if !s.OA.Enabled() {
		return row, nil
	}
	return s.callLight(ctx, row, callWeChat, "查看公众平台的接口权限和模板；暂停后消息先留着，恢复后发出。")
}

// Notices of WeChat Pay are looked at over noticeSpan; one may take noticeGrace.
const (
	noticeSpan  = time.Hour
	noticeGrace = 2 * time.Minute
)

// noticeLight tells whether WeChat Pay's notices reach us: what we learned by asking only was missed.
func (s *Service) noticeLight(ctx context.Context) (LightRow, error) {
	row := LightRow{Key: "notice", Name: "支付通知", Light: enroll.LightOff}
	now := s.Now()
	n, err := s.Store.Notices(ctx, now.Add(-noticeSpan), now.Add(-noticeGrace), now)
	if err != nil {
		return row, err
	}
	row.Text = "最近一小时没有付款。"
	if n.Paid > 0 {
		row.Light, row.Text = enroll.CallLight(n.Paid-n.Missed, n.Missed), fmt.Sprintf("最近一小时付款 %d 笔，其中 %d 笔没有收到通知，靠查询入账。", n.Paid, n.Missed)
	}
	if !n.LastAt.IsZero() {
		row.Text += fmt.Sprintf("上次通知 %s，%d 分钟前。", enroll.Minute(n.LastAt), int(now.Sub(n.LastAt).Minutes()))
	}
	if n.Missed > 0 {
		row.Hint = "检查商户平台的通知地址、网络和 APIv3 密钥；入账不受影响，只是稍慢。"
	}
	return row, nil
}

// waitingLight is the light of a queue by its oldest.
func (s *Service) waitingLight(row LightRow, w store.Waiting, slow, late time.Duration, text string) LightRow {
	row.Light, row.Oldest, row.Text = enroll.LightGood, w.Oldest, fmt.Sprintf(text, w.Count)
	if w.Count > 0 {
		row.Light = enroll.AgeLight(s.Now().Sub(w.Oldest), slow, late)
	}
	return row
}

func (s *Service) orderLight(ctx context.Context) (LightRow, error) {
	behind, err := s.Store.OrdersBehind(ctx, s.Now())
	row := s.waitingLight(LightRow{Key: "orders", Name: "支付结果查询"}, behind, time.Minute, 10*time.Minute, "%d 笔订单等待查询。")
	if row.Light != enroll.LightGood {
		row.Hint = "查询落后了：检查网络和商户平台，或增加副本。"
	}
	return row, err
}

func (s *Service) outboxLight(ctx context.Context) (LightRow, error) {
	row := LightRow{Key: "outbox", Name: "待发消息"}
	due, err := s.Store.DueWaiting(ctx, s.Now())
	if err != nil {
		return row, err
	}
	retried, err := s.Store.RetriedWaiting(ctx)
	if err != nil {
		return row, err
	}
	stuck, err := s.Store.StuckWaiting(ctx)
	row = s.waitingLight(row, due, 2*time.Minute, 15*time.Minute, "%d 条等待发送")
	row.Text += fmt.Sprintf("，%d 条失败后重试，%d 条需要人工处理。", retried.Count, stuck.Count)
	if stuck.Count > 0 {
		row.Light, row.Hint = row.Light.Worse(enroll.LightWarn), "在“异常”或命令行 outbox 中查看没有送达的消息。"
	}
	return row, err
}

// reviewLight is the desk's queue; what is overdue is told by the calendar of the college.
func (s *Service) reviewLight(ctx context.Context) (LightRow, error) {
	row := LightRow{Key: "review", Name: "审核队列", Light: enroll.LightGood}
	calendar, err := s.Calendar(ctx)
	if err != nil {
		return row, err
	}
	settings := enroll.Settings{}
	if intake, err := s.CurrentIntake(ctx); err == nil {
		settings = intake.Settings
	}
	total, late := 0, false
	for _, rule := range enroll.ReviewRules {
		w, err := s.Store.ReviewWaiting(ctx, rule.Kind, "")
		if err != nil {
			return row, err
		}
		if total += w.Count; w.Count == 0 {
			continue
		}
		if row.Oldest.IsZero() || w.Oldest.Before(row.Oldest) {
			row.Oldest = w.Oldest
		}
		late = late || s.Now().After(calendar.AfterWorkdays(w.Oldest, settings.ReviewDays(rule.Kind)))
	}
	row.Text = fmt.Sprintf("%d 项等待审核。", total)
	if late {
		row.Light, row.Hint = enroll.LightWarn, "有事项已超过审核时限，请先处理最早的。"
	}
	return row, nil
}

func (s *Service) jobLight(ctx context.Context) (LightRow, error) {
	w, err := s.Store.JobsWaiting(ctx, s.Now())
	return s.waitingLight(LightRow{Key: "jobs", Name: "后台任务"}, w, time.Minute, 10*time.Minute, "%d 个任务排队。"), err
}

func (s *Service) caseLight(ctx context.Context) (LightRow, error) {
	w, err := s.Store.CasesWaiting(ctx)
	row := s.waitingLight(LightRow{Key: "cases", Name: "异常"}, w, 0, 3*24*time.Hour, "%d 项未关闭。")
	if w.Count > 0 {
		row.Hint = "由财务在“异常”中处理。"
	}
	return row, err
}
