package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/wechat/pay"
)

func doctorCommand() *cli.Command {
	return &cli.Command{Name: "doctor", Usage: "check this configuration end to end and say what to mend", Action: withApp(doctor)}
}

// doctor asks every part for something harmless and prints what to mend.
func doctor(ctx context.Context, _ *cli.Command, a *app) error {
	sick := 0
	for _, part := range []struct {
		name  string
		check func(context.Context) error
		mend  string
	}{
		{"数据库 database", a.store.Ping, "检查 database.dsn 与网络"},
		{"缓存 redis", func(ctx context.Context) error { return a.kv.Ping(ctx).Err() }, "检查 kv.addresses 与密码"},
		{"文件 files", a.checkFiles, "检查 data 目录的权限与剩余空间，或 files 的地址、密钥与存储桶"},
		{"公众号 wechat token", a.checkWeChat, "检查 wechat.app_id、secret，以及公众平台的 IP 白名单"},
		{"消息模板 templates", a.checkTemplates, "在批次文件 messages 中改用公众号已有的模板"},
		{"短信模板 sms", a.checkSMS, "检查 tencent.*、sms_code，以及批次文件 messages 中的短信模板"},
		{"微信支付 pay", a.checkPay, "检查 pay.*：商户号、证书序列号、私钥、APIv3 密钥、微信支付公钥"},
		{"时钟 clock", a.checkClock, "校准服务器时间（ntp），误差 5 分钟以上会拒绝全部支付通知"},
	} {
		probe, cancel := context.WithTimeout(ctx, 15*time.Second)
		err := part.check(probe)
		cancel()
		switch {
		case errors.Is(err, errOff):
			fmt.Printf("  –  %s：未配置\n", part.name)
		case err != nil:
			sick++
			fmt.Printf("  ✗  %s：%v\n       %s\n", part.name, err, part.mend)
		default:
			fmt.Printf("  ✓  %s\n", part.name)
		}
	}
	if sick > 0 {
		return fmt.Errorf("%d of the parts above need mending", sick)
	}
	return nil
}

var errOff = errors.New("not configured")

func (a *app) checkFiles(ctx context.Context) error {
	name, err := a.service.Files.Put(ctx, []byte("doctor"))
	if err != nil {
		return err
	}
	return a.service.Files.Delete(ctx, name)
}

func (a *app) checkWeChat(ctx context.Context) error {
	if !a.service.OA.Enabled() {
		return errOff
	}
	return a.service.OA.Token(ctx)
}

// checkTemplates compares the templates that the current intake names with those that the account has.
func (a *app) checkTemplates(ctx context.Context) error {
	if !a.service.OA.Enabled() {
		return errOff
	}
	intake, err := a.service.CurrentIntake(ctx)
	if enroll.ReasonOf(err) == "intake_none" {
		return errOff
	}
	if err != nil {
		return err
	}
	list, err := a.service.OA.Templates(ctx)
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
func (a *app) checkSMS(ctx context.Context) error {
	if err := a.checkSMSTemplate(ctx, a.cfg.SMSCode, codeVariables); err != nil {
		return fmt.Errorf("sms_code: %w", err)
	}
	intake, err := a.service.CurrentIntake(ctx)
	if enroll.ReasonOf(err) == "intake_none" {
		return nil
	}
	if err != nil {
		return err
	}
	for event, m := range intake.Settings.Messages {
		if m.SMS == "" {
			continue
		}
		if err := a.checkSMSTemplate(ctx, m.SMS, len(m.Vars)); err != nil {
			return fmt.Errorf("messages, %s: %w", event, err)
		}
	}
	return nil
}

// smsVariable is a variable of an SMS template: {1}.
var smsVariable = regexp.MustCompile(`\{\d+\}`)

func (a *app) checkSMSTemplate(ctx context.Context, id string, variables int) error {
	content, err := a.service.Identity.SMSTemplate(ctx, id)
	if err != nil {
		return err
	}
	if n := len(smsVariable.FindAllString(content, -1)); n != variables {
		return fmt.Errorf("template %s has %d variables and gets %d", id, n, variables)
	}
	return nil
}

// checkPay asks WeChat Pay about an order that cannot exist: a signed request
// that is understood proves number, key and certificate.
func (a *app) checkPay(ctx context.Context) error {
	if a.cfg.Pay.MchID == "" {
		return errOff
	}
	_, err := a.service.Pay.Query(ctx, "doctor"+fmt.Sprint(time.Now().UnixMilli()))
	if errors.Is(err, pay.ErrMissing) {
		return nil
	}
	return err
}

// checkClock compares our time with that of WeChat's server.
func (a *app) checkClock(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.mch.weixin.qq.com/", nil)
	if err != nil {
		return err
	}
	response, err := egress(a.cfg.Sandbox).RoundTrip(request)
	if err != nil {
		return err
	}
	response.Body.Close()
	theirs, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		return errOff
	}
	if off := time.Since(theirs).Abs(); off > time.Minute {
		return fmt.Errorf("off by %s", off.Round(time.Second))
	}
	return nil
}
