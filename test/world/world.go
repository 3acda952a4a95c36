// Package world gives a test the whole program around a fresh database: a real
// store (SQLite, or MariaDB and Redis where the environment names them), the
// sandbox over real HTTP, the demo school, and a clock that the test sets.
package world

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/identity"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/static"
	"xinsheng/store"
	"xinsheng/wechat/oa"
	"xinsheng/wechat/pay"
)

// World is one test's program and its surroundings.
type World struct {
	Service     *service.Service
	Sandbox     *sandbox.Sandbox
	Credentials sandbox.Credentials
	Clock       *Clock
	// Outside is the sandbox's address.
	Outside  string
	folder   string
	database store.Config
	redis    string
}

// Clock is the time that the service sees.
type Clock struct {
	mu     sync.Mutex
	offset time.Duration
}

// Now is the real time moved by what Advance was told.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.offset)
}

// Advance moves the service's clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}

// outside is the sandbox that all tests of one process share, each in a world of its own.
var outside = sync.OnceValues(func() (*sandbox.Sandbox, string) {
	var people []sandbox.Person
	for _, p := range demo.Students() {
		people = append(people, p.Person)
	}
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	sb, err := sandbox.Open(sandbox.Config{URL: address, Site: "http://127.0.0.1:1", People: people})
	if err != nil {
		panic(err)
	}
	server.Config.Handler = sb
	server.Start()
	oa.SetTransport(sandbox.Egress(address))
	return sb, address
})

// paper reads the font of the PDFs once; before the pages were built there is none.
var paper = sync.OnceValues(func() (*service.Paper, error) {
	p, err := service.NewPaper(static.Font())
	if errors.Is(err, service.ErrNoFont) {
		return nil, nil
	}
	return p, err
})

// New makes a world with the demo intake open since seven days; a test goes on beside the other tests that have one.
func New(t testing.TB) *World {
	t.Helper()
	test, ok := t.(*testing.T)
	if _, already := beside.LoadOrStore(t, true); ok && !already {
		test.Parallel()
	}
	return Alone(t)
}

// beside are the tests that go on beside others: one may have several worlds.
var beside sync.Map

// Alone is New for a test that measures time: no other test goes on meanwhile.
func Alone(t testing.TB) *World {
	t.Helper()
	ctx := context.Background()
	sb, address := outside()
	w := &World{Sandbox: sb, Credentials: sb.NewWorld(), Clock: &Clock{}, Outside: address, folder: t.TempDir()}
	keys := w.openKeys(t)
	st := w.openStore(t, keys)
	kv := w.openKV(t)
	files, err := store.OpenFiles(store.FilesConfig{}, w.FilesFolder(), keys)
	must(t, err)
	out := sandbox.Egress(address)
	log := slog.New(slog.NewTextHandler(logWriter{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	payments, err := pay.New(payConfig(w.Credentials), out)
	must(t, err)
	cloud, err := identity.New(identityConfig(w.Credentials), out)
	must(t, err)
	paper, err := paper()
	must(t, err)
	w.Service = &service.Service{
		Store: st, KV: kv, Files: files, Paper: paper, Pictures: service.NewPictures(2), Passwords: service.NewPasswords(2), Background: service.NewBackground(8, 1000), Cards: service.NewBackground(8, 100), Receipts: service.NewReceipts(), Glances: service.NewGlances(0), Pay: payments, Identity: cloud, Now: w.Clock.Now, Log: log,
		Config: service.Config{PublicURL: "http://localhost:8080", SMSCode: w.Credentials.SMSTemplates["login"], SMSCodeAbroad: w.Credentials.SMSTemplates["login_abroad"], Limits: service.Limits{}.WithDefaults()},
	}
	w.Service.OA = w.Account()
	t.Cleanup(w.Service.Background.Wait)
	t.Cleanup(func() { w.Service.Cards.Wait() })
	w.openIntake(t, ctx)
	return w
}

// FilesFolder is where this world's encrypted files lie.
func (w *World) FilesFolder() string { return filepath.Join(w.folder, "files") }

// Account is a WeChat client of this world's account, as each replica of the program has one of its own.
func (w *World) Account() *oa.Client {
	return oa.New(oa.Config{
		AppID: w.Credentials.AppID, Secret: secret(w.Credentials.AppSecret), Token: secret(w.Credentials.Token),
		AESKey: secret(w.Credentials.EncodingAESKey), OpenBase: w.Outside + "/open",
	}, store.NewTokens(w.Service.KV, w.Service.Log), w.Clock.Now)
}

// logWriter shows the program's log with the test that it belongs to.
type logWriter struct{ t testing.TB }

func (l logWriter) Write(p []byte) (int, error) {
	l.t.Logf("%s", p)
	return len(p), nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
