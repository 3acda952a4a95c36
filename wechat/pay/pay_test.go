package pay_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/wechat/pay"
)

// merchant is a configuration that a fresh sandbox knows, and the way to it.
func merchant(t *testing.T) (pay.Config, *sandbox.World, *recorder) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	sb, err := sandbox.Open(sandbox.Config{URL: address, Site: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = sb
	server.Start()
	t.Cleanup(server.Close)
	c := sb.NewWorld()
	return pay.Config{
		AppID: c.AppID, MchID: c.MchID, Serial: c.MerchantSerial, PrivateKey: enroll.Secret(c.MerchantKeyPEM),
		APIv3Key: enroll.Secret(c.APIv3Key), PublicKeyID: c.PublicKeyID, PublicKey: c.PublicKeyPEM,
	}, sb.World(c.AppID), &recorder{next: sandbox.Egress(address)}
}

// recorder keeps the bodies that were sent.
type recorder struct {
	next   http.RoundTripper
	bodies []string
}

// RoundTrip passes a request on.
func (r *recorder) RoundTrip(q *http.Request) (*http.Response, error) {
	if q.Body != nil {
		body, err := io.ReadAll(q.Body)
		if err != nil {
			return nil, err
		}
		r.bodies = append(r.bodies, string(body))
		q = q.Clone(q.Context())
		q.Body = io.NopCloser(bytes.NewReader(body))
	}
	return r.next.RoundTrip(q)
}

func client(t *testing.T, cfg pay.Config, rt http.RoundTripper) *pay.Client {
	t.Helper()
	c, err := pay.New(cfg, rt)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func order(channel enroll.Channel) enroll.Order {
	return enroll.Order{
		OutTradeNo: "xs2026" + string(channel), Channel: channel, AmountFen: 240000, Description: "示例大学学费",
		NotifyURL: "http://localhost/wechat/pay/notify", ClientIP: "127.0.0.1", ExpiresAt: time.Now().Add(time.Hour),
	}
}

func TestConfigListsEveryMistake(t *testing.T) {
	good, _, _ := merchant(t)
	if wrong := good.Validate(); len(wrong) != 0 {
		t.Errorf("a good configuration: %v", wrong)
	}
	if wrong := (pay.Config{}).Validate(); len(wrong) != 0 {
		t.Errorf("without WeChat Pay: %v", wrong)
	}
	for name, spoil := range map[string]func(*pay.Config){
		"mch_id": func(c *pay.Config) { c.MchID = "19x" }, "app_id": func(c *pay.Config) { c.AppID = "gh_1" }, "serial": func(c *pay.Config) { c.Serial = "" },
		"apiv3_key": func(c *pay.Config) { c.APIv3Key = "0123456789abcdef" }, "public_key_id": func(c *pay.Config) { c.PublicKeyID = "1" },
		"private_key": func(c *pay.Config) { c.PrivateKey = "/nowhere.pem" }, "public_key": func(c *pay.Config) { c.PublicKey = c.PrivateKey.Raw() },
	} {
		bad := good
		spoil(&bad)
		if wrong := bad.Validate(); len(wrong) != 1 || !strings.HasPrefix(wrong[0], "pay."+name) {
			t.Errorf("%s: %v", name, wrong)
		}
		if _, err := pay.New(bad, http.DefaultTransport); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestKeysFromFiles(t *testing.T) {
	cfg, _, out := merchant(t)
	dir := t.TempDir()
	private, public := filepath.Join(dir, "apiclient_key.pem"), filepath.Join(dir, "pub_key.pem")
	for file, text := range map[string]string{private: cfg.PrivateKey.Raw(), public: cfg.PublicKey} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg.PrivateKey, cfg.PublicKey = enroll.Secret(private), public
	if _, err := client(t, cfg, out).Query(context.Background(), "xs20260000"); !errors.Is(err, pay.ErrMissing) {
		t.Error(err)
	}
}

// A repetition is the same byte for byte, whatever zone and precision the order's times were read with.
func TestPrepayIsTheSameByteForByte(t *testing.T) {
	cfg, _, out := merchant(t)
	c := client(t, cfg, out)
	for _, channel := range []enroll.Channel{enroll.Native, enroll.H5} {
		out.bodies = nil
		o := order(channel)
		first, err := c.Prepay(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		o.ExpiresAt = time.UnixMilli(o.ExpiresAt.UnixMilli()).UTC()
		second, err := c.Prepay(context.Background(), o)
		if err != nil || first.CodeURL != second.CodeURL || first.H5URL != second.H5URL || first.CodeURL+first.H5URL == "" {
			t.Errorf("%s: %+v, %+v, %v", channel, first, second, err)
		}
		if len(out.bodies) != 2 || out.bodies[0] != out.bodies[1] {
			t.Errorf("%s:\n%s", channel, strings.Join(out.bodies, "\n"))
		}
	}
}

// Every failure has its kind, under all spellings, and says nothing of what was sent or answered.
func TestFailures(t *testing.T) {
	cfg, w, out := merchant(t)
	c, ctx := client(t, cfg, out), context.Background()
	if _, err := c.Prepay(ctx, order(enroll.Native)); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]error{
		"ORDER_NOT_EXIST": pay.ErrMissing, "ORDERNOTEXIST": pay.ErrMissing, "ORDERPAID": pay.ErrPaid, "ORDER_PAID": pay.ErrPaid,
		"ORDER_CLOSED": pay.ErrClosed, "ORDERCLOSED": pay.ErrClosed, "SYSTEM_ERROR": pay.ErrUnknown, "SYSTEMERROR": pay.ErrUnknown,
		"FREQUENCY_LIMITED": pay.ErrUnknown, "PARAM_ERROR": pay.ErrRefused, "RULE_LIMIT": pay.ErrRefused,
	} {
		failing(t, w, sandbox.Fault{Path: "/native", Kind: "error", Code: code}, want, func() error {
			_, err := c.Prepay(ctx, order(enroll.Native))
			return err
		})
	}
	for _, f := range []sandbox.Fault{
		{Path: "/close", Kind: "unsigned"}, {Path: "/close", Kind: "badsign"}, {Path: "/close", Kind: "drop"},
		{Path: "/close", Kind: "status", Status: 502, Body: "<html>"}, {Path: "/close", Kind: "body", Body: "<html>"},
	} {
		failing(t, w, f, pay.ErrUnknown, func() error { return c.Close(ctx, "xs2026native") })
	}
}

func failing(t *testing.T, w *sandbox.World, f sandbox.Fault, want error, call func() error) {
	t.Helper()
	if _, err := w.AddFault(f); err != nil {
		t.Fatal(err)
	}
	defer w.RemoveFault(0)
	err := call()
	if !errors.Is(err, want) {
		t.Errorf("%+v: %v, want %v", f, err, want)
	}
	if err != nil && (strings.Contains(err.Error(), "Wechatpay") || strings.Contains(err.Error(), "html") || len(err.Error()) > 100) {
		t.Errorf("%+v: the error tells too much: %v", f, err)
	}
}

// Without a merchant everything else goes on, and nothing is taken for a notice.
func TestWithoutMerchant(t *testing.T) {
	c := client(t, pay.Config{}, http.DefaultTransport)
	if c.Enabled() {
		t.Error("enabled")
	}
	ctx := context.Background()
	_, prepay := c.Prepay(ctx, order(enroll.Native))
	_, query := c.Query(ctx, "xs2026native")
	for _, err := range []error{prepay, query, c.Close(ctx, "xs2026native")} {
		if !errors.Is(err, pay.ErrOff) {
			t.Error(err)
		}
	}
	_, err := c.ParseNotice(ctx, httptest.NewRequest(http.MethodPost, "/", strings.NewReader("{}")))
	if enroll.ReasonOf(err) != "notice_unverified" {
		t.Error(err)
	}
}
