package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/handler"
	"xinsheng/identity"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/static"
	"xinsheng/store"
	"xinsheng/wechat/oa"
	"xinsheng/wechat/pay"
)

func secret(s string) enroll.Secret { return enroll.Secret(s) }

// app is the whole program, wired; commands and the server share it.
type app struct {
	cfg     Config
	log     *slog.Logger
	store   *store.Store
	kv      *store.KV
	service *service.Service
	// metrics is nil where the configuration asks for none.
	metrics *metrics
}

// open wires the program from the configuration that the command line names.
func open(ctx context.Context, cmd *cli.Command) (*app, error) {
	cfg, err := validConfig(cmd)
	if err != nil {
		return nil, err
	}
	return wire(ctx, cfg)
}

func validConfig(cmd *cli.Command) (Config, error) {
	cfg, err := loadConfig(cmd.String("config"))
	if err != nil {
		return cfg, err
	}
	return cfg, cfg.validate()
}

// wire builds everything, top to bottom; nothing runs yet.
func wire(ctx context.Context, cfg Config) (*app, error) {
	a := &app{cfg: cfg, log: newLog()}
	keys, err := store.LoadKeys(cfg.Keys)
	if err != nil {
		return nil, err
	}
	if a.store, err = store.Open(ctx, cfg.Database, keys); err != nil {
		return nil, err
	}
	if err := a.migrate(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := a.store.CheckKeys(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if a.kv, err = store.OpenKV(ctx, cfg.KV); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	files, err := store.OpenFiles(cfg.Files, filepath.Join(cfg.Data, "files"), keys)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, errors.Join(a.wireService(files))
}

// glanceLife is how old the figures of the staff site may be.
const glanceLife = 5 * time.Second

// smsAtOnce is how many login codes leave at the same time, and smsWaiting how
// many more may wait: further ones would not leave in their time.
const (
	smsAtOnce  = 16
	smsWaiting = 2000
)

// cardsAtOnce is how many identity cards are read at the same time, and
// cardsWaiting how many pictures may wait in memory for it.
const (
	cardsAtOnce  = 4
	cardsWaiting = 32
)

func (a *app) wireService(files *store.Files) error {
	out := egress(a.cfg.Sandbox)
	if a.cfg.Metrics != "" {
		a.metrics = newMetrics(a.store, a.log)
		out = a.metrics.watch(out)
	}
	oa.SetTransport(out)
	payments, err := pay.New(a.cfg.Pay, out)
	if err != nil {
		return err
	}
	cloud, err := identity.New(a.cfg.Tencent, out)
	if err != nil {
		return err
	}
	paper, err := service.NewPaper(static.Font())
	if err != nil && !errors.Is(err, service.ErrNoFont) {
		return err
	}
	a.service = &service.Service{
		Store: a.store, KV: a.kv, Files: files, Paper: paper,
		Pictures: service.NewPictures(runtime.NumCPU()), Passwords: service.NewPasswords(runtime.NumCPU()), Background: service.NewBackground(smsAtOnce, smsWaiting), Cards: service.NewBackground(cardsAtOnce, cardsWaiting), Receipts: service.NewReceipts(), Glances: service.NewGlances(glanceLife),
		OA:  oa.New(a.cfg.WeChat, store.NewTokens(a.kv, a.log), time.Now),
		Pay: payments, Identity: cloud, Now: time.Now, OutsideTime: vendorClock(out), Log: a.log,
		Config: service.Config{PublicURL: a.cfg.PublicURL, SMSCode: a.cfg.SMSCode, SMSCodeAbroad: a.cfg.SMSCodeAbroad, Limits: a.cfg.Limits, Push: a.cfg.Push, SandboxPhone: a.cfg.Sandbox, Build: build()},
	}
	return nil
}

// migrate brings the tables up where the configuration says so, and refuses to go on without.
func (a *app) migrate(ctx context.Context) error {
	if a.cfg.Database.Migrate == "auto" {
		_, err := a.store.Migrate(ctx)
		return err
	}
	pending, err := a.store.Pending(ctx)
	if err != nil {
		return err
	}
	if pending > 0 {
		return fmt.Errorf("the database lacks %d migrations: run `xinsheng migrate` first", pending)
	}
	return nil
}

// handler is the HTTP face of the wired program.
func (a *app) handler() (http.Handler, error) {
	cfg := handler.Config{PublicURL: a.cfg.PublicURL, TrustedProxies: a.cfg.TrustedProxies, DomainFiles: a.cfg.DomainFiles}
	var err error
	if cfg.StaffAddresses, err = a.cfg.Staff.networks(); err != nil {
		return nil, err
	}
	if a.metrics != nil {
		cfg.Observe = a.metrics.observe
	}
	var pages http.Handler = http.HandlerFunc(notBuilt)
	site, err := static.Open()
	switch {
	case errors.Is(err, static.ErrNotBuilt):
		a.log.Error("this program was built without its pages", "cure", "make build")
	case err != nil:
		return nil, err
	default:
		pages, cfg.StyleSources = site, site.StyleSources()
	}
	return handler.New(a.service, pages, cfg, a.log).Routes()
}

func notBuilt(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "网页尚未构建：请运行 make build 后重新启动。\nThe pages are not built: run `make build` and start again.", http.StatusServiceUnavailable)
}

// Close gives everything back.
func (a *app) Close() error {
	var err error
	if a.service != nil {
		a.service.Cards.Close()
		a.service.Background.Wait()
	}
	if a.kv != nil {
		err = a.kv.Close()
	}
	if a.store != nil {
		err = errors.Join(err, a.store.Close())
	}
	return err
}

// egress is the one way out of the process: to the vendors, or to the sandbox that plays them.
func egress(sandboxURL string) http.RoundTripper {
	if sandboxURL != "" {
		return sandbox.Egress(sandboxURL)
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.ResponseHeaderTimeout = 10 * time.Second
	t.MaxIdleConnsPerHost = 64 // a push keeps that many calls to WeChat going
	return t
}

func newLog() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
}
