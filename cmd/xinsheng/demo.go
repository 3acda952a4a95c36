package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/structs"
	"github.com/knadh/koanf/v2"
	"github.com/urfave/cli/v3"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/static"
	"xinsheng/store"
)

func demoCommand() *cli.Command {
	return &cli.Command{
		Name:   "demo",
		Usage:  "run the site with invented students, and a sandbox that plays WeChat, WeChat Pay and Tencent Cloud",
		Action: func(ctx context.Context, cmd *cli.Command) error { return runDemo(ctx, cmd.String("config")) },
	}
}

// runDemo is `make run`: everything in one process and one data folder, no credentials, kept over restarts.
func runDemo(ctx context.Context, configFile string) error {
	cfg, err := demoConfig(configFile)
	if err != nil {
		return err
	}
	unlock, err := lockData(cfg.Data)
	if err != nil {
		return err
	}
	defer unlock()
	site, err := listen(cfg.Listen)
	if err != nil {
		return err
	}
	defer site.Close()
	phone, err := listen(strings.TrimPrefix(cfg.Sandbox, "http://"))
	if err != nil {
		return err
	}
	defer phone.Close()
	if err := store.InitKeys(cfg.Keys); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	sb, ended, err := startSandbox(ctx, cfg, phone)
	if err != nil {
		return err
	}
	defer func() { stop(); <-ended }()
	cfg.outside(sb.Credentials())
	return serveDemo(ctx, cfg, sb, site)
}

// demoConfig is the configuration with the addresses and the folder that PORT, SANDBOX_PORT and DATA name.
func demoConfig(file string) (Config, error) {
	cfg, err := loadConfig(file)
	if err != nil {
		return cfg, err
	}
	if data := os.Getenv("DATA"); data != "" {
		cfg.Data, cfg.Keys = data, filepath.Join(data, "keys.json")
		if cfg.Database.Driver == "sqlite" {
			cfg.Database.DSN = secret(filepath.Join(data, "xinsheng.db"))
		}
	}
	cfg.Listen = "localhost:" + environment("PORT", "8080")
	cfg.PublicURL = "http://" + cfg.Listen
	cfg.Sandbox = "http://127.0.0.1:" + environment("SANDBOX_PORT", "8090")
	cfg.Database.Migrate = "auto"
	return cfg, nil
}

func serveDemo(ctx context.Context, cfg Config, sb *sandbox.Sandbox, site net.Listener) error {
	if err := cfg.validate(); err != nil {
		return err
	}
	if err := cfg.keep(filepath.Join(cfg.Data, "config.yaml")); err != nil {
		return err
	}
	a, err := wire(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.prepareDemo(ctx, sb.Credentials()); err != nil {
		return err
	}
	if err := demo.ImportStaff(ctx, a.service, sb.World("")); err != nil {
		return fmt.Errorf("demo staff: %w", err)
	}
	printDemo(cfg)
	return a.serve(ctx, site)
}

func environment(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

// startSandbox serves the outside world on its own address until ctx ends.
func startSandbox(ctx context.Context, cfg Config, listener net.Listener) (*sandbox.Sandbox, <-chan struct{}, error) {
	people := []sandbox.Person{}
	for _, p := range demo.Everyone() {
		people = append(people, p.Person)
	}
	sb, err := sandbox.Open(sandbox.Config{
		Dir: filepath.Join(cfg.Data, "sandbox"), URL: cfg.Sandbox, Site: cfg.PublicURL, People: people, Font: static.Font(),
	})
	if err != nil {
		return nil, nil, err
	}
	ended := make(chan struct{})
	delivering := make(chan error, 1)
	go func() { delivering <- sb.Run(ctx) }()
	go func() {
		defer close(ended)
		if err := serveUntil(ctx, listener, http.Handler(sb)); err != nil {
			fmt.Fprintln(os.Stderr, "sandbox:", err)
		}
		<-delivering
	}()
	return sb, ended, nil
}

// outside takes the sandbox's credentials, as a college takes those of the vendors' consoles.
func (c *Config) outside(k sandbox.Credentials) {
	c.WeChat.AppID, c.WeChat.Secret = k.AppID, secret(k.AppSecret)
	c.WeChat.Token, c.WeChat.AESKey = secret(k.Token), secret(k.EncodingAESKey)
	c.WeChat.OpenBase = c.Sandbox + "/open"
	c.Pay.AppID, c.Pay.MchID, c.Pay.Serial = k.AppID, k.MchID, k.MerchantSerial
	c.Pay.PrivateKey, c.Pay.APIv3Key = secret(k.MerchantKeyPEM), secret(k.APIv3Key)
	c.Pay.PublicKeyID, c.Pay.PublicKey = k.PublicKeyID, k.PublicKeyPEM
	c.Tencent.SecretID, c.Tencent.SecretKey = k.SecretID, secret(k.SecretKey)
	c.Tencent.SMSAppID, c.Tencent.SMSSign = k.SMSAppID, k.SMSSign
	c.SMSCode, c.SMSCodeAbroad = k.SMSTemplates["login"], k.SMSTemplates["login_abroad"]
}

// keep writes the configuration to a file, so that commands can run beside this server: xinsheng --config data/config.yaml …
func (c Config) keep(path string) error {
	k := koanf.New(".")
	if err := k.Load(structs.Provider(c, "koanf"), nil); err != nil {
		return err
	}
	body, err := k.Marshal(yaml.Parser())
	if err != nil {
		return err
	}
	return os.WriteFile(path, body, 0o600)
}

// prepareDemo imports the demo school and its roster once, and puts our button into the account's menu.
func (a *app) prepareDemo(ctx context.Context, k sandbox.Credentials) error {
	_, err := a.service.CurrentIntake(ctx)
	if enroll.ReasonOf(err) == "intake_none" {
		if err := demo.Import(ctx, a.service, k, a.service.Now()); err != nil {
			return fmt.Errorf("demo data: %w", err)
		}
	} else if err != nil {
		return err
	}
	plan, err := a.service.PlanMenu(ctx)
	if err != nil || !plan.Changed() {
		return err
	}
	return a.service.PushMenu(ctx, "demo", plan)
}

// printDemo shows the newcomer where to begin.
func printDemo(cfg Config) {
	fmt.Printf("\n  沙箱手机 (start here)  %s\n  网站 (the site)       %s\n\n  演示学生 (demo students):\n", cfg.Sandbox, cfg.PublicURL)
	w := tabwriter.NewWriter(os.Stdout, 2, 4, 3, ' ', 0)
	for _, p := range demo.Students() {
		if p.Printed {
			fmt.Fprintf(w, "    %s\t%s\t%s\t%s\t%s\n", p.ID, p.Typed, p.IDType, p.IDNumber, p.Phone)
		}
	}
	w.Flush()
	fmt.Printf("\n  管理网站 (the staff site)  %s/staff\n  演示账号 (demo accounts)：密码 %s，动态口令在沙箱手机的“验证器”里\n", cfg.PublicURL, demo.StaffPassword)
	for _, p := range demo.Staff() {
		fmt.Fprintf(w, "    %s\t%s\t%s\t%s\n", p.Account, p.Role.Name(), p.Name, p.Point)
	}
	w.Flush()
	fmt.Printf("\n  在沙箱手机里点“新生服务 › 2026 新生注册”，短信验证码也在手机里。Ctrl-C 停止，数据保存在 %s。\n\n", cfg.Data)
}
