package service

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"

	"xinsheng/enroll"
	"xinsheng/wechat/pay"
)

// Diagnosis is what looking at one part of the configuration brought.
type Diagnosis struct {
	Name string
	// Off says that the part is not configured.
	Off bool
	// Fault is what is wrong, and Mend what to do about it; both empty where all is well.
	Fault, Mend string
}

// doctorPatience bounds the look at one part.
const doctorPatience = 15 * time.Second

var errOff = errors.New("not configured")

// Doctor asks every part for something harmless, all at once, and says what to mend.
func (s *Service) Doctor(ctx context.Context) []Diagnosis {
	parts := []struct {
		name  string
		check func(context.Context) error
		mend  string
	}{
		{"数据库 database", s.Store.Ping, "检查 database.dsn 与网络"},
		{"缓存 redis", func(ctx context.Context) error { return s.KV.Ping(ctx).Err() }, "检查 kv.addresses 与密码"},
		{"文件 files", s.checkFiles, "检查 data 目录的权限与剩余空间，或 files 的地址、密钥与存储桶"},
		{"公众号 wechat token", s.checkWeChat, "检查 wechat.app_id、secret，以及公众平台的 IP 白名单"},
		{"消息模板 templates", s.checkTemplates, "在批次文件 messages 中改用公众号已有的模板"},
		{"短信模板 sms", s.checkSMS, "检查 tencent.*、sms_code，以及批次文件 messages 中的短信模板"},
		{"微信支付 pay", s.checkPay, "检查 pay.*：商户号、证书序列号、私钥、APIv3 密钥、微信支付公钥"},
		{"时钟 clock", s.checkClock, "校准服务器时间（ntp），误差 5 分钟以上会拒绝全部支付通知"},
	}
	found := make([]Diagnosis, len(parts))
	var looking sync.WaitGroup
	for i, part := range parts {
		looking.Go(func() {
			probe, cancel := context.WithTimeout(ctx, doctorPatience)
			defer cancel()
			found[i] = Diagnosis{Name: part.name}
			err := part.check(probe)
			switch {
			case errors.Is(err, errOff):
				found[i].Off = true
			case err != nil:
				found[i].Fault, found[i].Mend = err.Error(), part.mend
			}
		})
	}
	looking.Wait()
	return found
}

func (s *Service) checkFiles(ctx context.Context) error {
	name, err := s.Files.Put(ctx, []byte("doctor"))
	if err != nil {
		return err
	}
	return s.Files.Delete(ctx, name)
}

func (s *Service) checkWeChat(ctx context.Context) error {
	if !s.OA.Enabled() {
		return errOff
	}
	return s.OA.Token(ctx)
}

// checkTemplates compares the templates that the current intake names with those that the account has.
func (s *Service) checkTemplates(ctx context.Context) error {
	if !s.OA.Enabled() {
		return errOff
	}
	intake, err := s.CurrentIntake(ctx)
	if enroll.ReasonOf(err) == "intake_none" {
		return errOff
	}
	if err != nil {
		return err
	}
	list, err := s.OA.Templates(ctx)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, t := range list {
		known[t.ID] = true
	}
	for event, m := range intake.Settings.Messages {
		if m.WeChat != "" && !known[m.WeChat] {
			return fmt.Errorf("the account has no template %s (event %s)", m.WeChat, event)
		}
	}
	return nil
}

// codeVariables are what the login code's SMS is filled with: the code, and the minutes that it holds.
const codeVariables = 2

// checkSMS reads the templates of the login code and of the current intake's messages; it sends nothing.
func (s *Service) checkSMS(ctx context.Context) error {
	if err := s.checkSMSTemplate(ctx, s.Config.SMSCode, codeVariables); err != nil {
		return fmt.Errorf("sms_code: %w", err)
	}
	if err := s.checkSMSAbroad(ctx, s.Config.SMSCodeAbroad, codeVariables); err != nil {
		return fmt.Errorf("sms_code_abroad: %w", err)
	}
	intake, err := s.CurrentIntake(ctx)
	if enroll.ReasonOf(err) == "intake_none" {
		return nil
	}
	if err != nil {
		return err
	}
	for event, m := range intake.Settings.Messages {
		if err := s.checkSMSAbroad(ctx, m.SMSAbroad, len(m.Vars)); err != nil {
			return fmt.Errorf("messages, %s, abroad: %w", event, err)
		}
		if m.SMS == "" {
			continue
		}
		if err := s.checkSMSTemplate(ctx, m.SMS, len(m.Vars)); err != nil {
			return fmt.Errorf("messages, %s: %w", event, err)
		}
	}
	return nil
}

// smsVariable is a variable of an SMS template: {1}.
var smsVariable = regexp.MustCompile(`\{\d+\}`)

func (s *Service) checkSMSTemplate(ctx context.Context, id string, variables int) error {
	content, err := s.Identity.SMSTemplate(ctx, id)
	if err != nil {
		return err
	}
	return holds(content, id, variables)
}

// checkSMSAbroad reads a template for phones abroad, where there is one.
func (s *Service) checkSMSAbroad(ctx context.Context, id string, variables int) error {
	if id == "" {
		return nil
	}
	content, err := s.Identity.SMSTemplateAbroad(ctx, id)
	if err != nil {
		return err
	}
	return holds(content, id, variables)
}

// holds says whether a template takes as many variables as it gets.
func holds(content, id string, variables int) error {
	if n := len(smsVariable.FindAllString(content, -1)); n != variables {
		return fmt.Errorf("template %s has %d variables and gets %d", id, n, variables)
	}
	return nil
}

// checkPay asks WeChat Pay about an order that cannot exist: a signed request
// that is understood proves number, key and certificate.
func (s *Service) checkPay(ctx context.Context) error {
	if !s.Pay.Enabled() {
		return errOff
	}
	_, err := s.Pay.Query(ctx, "doctor"+fmt.Sprint(time.Now().UnixMilli()))
	if errors.Is(err, pay.ErrMissing) {
		return nil
	}
	return err
}

// checkClock compares our time with that of WeChat's server.
func (s *Service) checkClock(ctx context.Context) error {
	if s.OutsideTime == nil {
		return errOff
	}
	theirs, err := s.OutsideTime(ctx)
	if err != nil {
		return err
	}
	if theirs.IsZero() {
		return errOff
	}
	if off := time.Since(theirs).Abs(); off > time.Minute {
		return fmt.Errorf("off by %s", off.Round(time.Second))
	}
	return nil
}
