// Package oa speaks with WeChat for the official account (公众号): web
// authorisation, template messages, the menu and the message callback. It is
// the one place that knows silenceper/wechat and its traps (wechat.md §1.5).
package oa

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/silenceper/wechat/v2/officialaccount"
	"github.com/silenceper/wechat/v2/officialaccount/basic"
	"github.com/silenceper/wechat/v2/officialaccount/config"
	"github.com/silenceper/wechat/v2/officialaccount/menu"
	"github.com/silenceper/wechat/v2/officialaccount/message"
	"github.com/silenceper/wechat/v2/officialaccount/oauth"
	"github.com/silenceper/wechat/v2/officialaccount/user"
	"github.com/silenceper/wechat/v2/util"
	"github.com/sirupsen/logrus"

	"xinsheng/enroll"
)

// Config is the account as the college's console shows it (开发接口管理).
type Config struct {
	AppID  string        `koanf:"app_id"`
	Secret enroll.Secret `koanf:"secret"`
	// Token and AESKey switch the message callback on; it works in safe mode only.
	Token  enroll.Secret `koanf:"token"`
	AESKey enroll.Secret `koanf:"aes_key"`
	// OpenBase is where browsers go for web authorisation.
	OpenBase string `koanf:"open_base"`
}

var appID = regexp.MustCompile(`^wx[0-9a-f]{16}$`)

// Validate lists every mistake of the configuration; an empty app id means: without WeChat.
func (c Config) Validate() []string {
	if c.AppID == "" {
		return nil
	}
	var wrong []string
	if !appID.MatchString(c.AppID) {
		wrong = append(wrong, "wechat.app_id should look like wx followed by 16 hex digits")
	}
	if c.Secret == "" {
		wrong = append(wrong, "wechat.secret is empty")
	}
	if (c.Token == "") != (c.AESKey == "") {
		wrong = append(wrong, "wechat.token and wechat.aes_key go together (safe mode 安全模式)")
	}
	if c.AESKey != "" && len(c.AESKey) != 43 {
		wrong = append(wrong, "wechat.aes_key should have 43 characters (EncodingAESKey)")
	}
	return wrong
}

// Client is the account; without an app id it is switched off and everything else goes on.
type Client struct {
	cfg       Config
	token     *sharedToken
	now       func() time.Time
	account   *officialaccount.OfficialAccount
	oauth     *oauth.Oauth
	menu      *menu.Menu
	template  *message.Template
	subscribe *message.Subscribe
	user      *user.User
	basic     *basic.Basic
}

// timeout bounds every call to WeChat; the library has none of its own.
const timeout = 5 * time.Second

// SetTransport sends the calls of all accounts in this process through rt. The
// library keeps its http client in a global, so this is called once, before
// anything else runs.
func SetTransport(rt http.RoundTripper) {
	util.DefaultHTTPClient = &http.Client{Transport: rt, Timeout: timeout}
	logrus.SetLevel(logrus.ErrorLevel)
}

// New makes the client of an account; the cache shares the access token between replicas.
func New(cfg Config, tokens Cache, now func() time.Time) *Client {
	if cfg.OpenBase == "" {
		cfg.OpenBase = "https://open.weixin.qq.com"
	}
	account := officialaccount.NewOfficialAccount(&config.Config{
		AppID: cfg.AppID, AppSecret: cfg.Secret.Raw(), Token: cfg.Token.Raw(), EncodingAESKey: cfg.AESKey.Raw(),
		Cache: tokens, UseStableAK: true,
	})
	token := newSharedToken(cfg, tokens)
	account.SetAccessTokenHandle(token)
	return &Client{
		cfg: cfg, token: token, now: now, account: account, oauth: account.GetOauth(), menu: account.GetMenu(),
		template: account.GetTemplate(), subscribe: account.GetSubscribe(), user: account.GetUser(), basic: account.GetBasic(),
	}
}

// Enabled says that an account is configured.
func (c *Client) Enabled() bool { return c.cfg.AppID != "" }

// CallbackEnabled says that the message callback is configured, so that deliveries are confirmed.
func (c *Client) CallbackEnabled() bool { return c.Enabled() && c.cfg.Token != "" }

// AppID is the account's id.
func (c *Client) AppID() string { return c.cfg.AppID }

// Error is a refusal of WeChat with its errcode.
type Error struct {
	Code int64
	text string
}

// Error gives the code and WeChat's words, without any token or secret.
func (e *Error) Error() string { return fmt.Sprintf("wechat errcode %d: %s", e.Code, e.text) }

var errcode = regexp.MustCompile(`errcode=(-?\d+)`)
var secrets = regexp.MustCompile(`(secret|access_token|refresh_token|\bcode|js_code)=[^&\s"]+`)

// typed turns the library's errors into ours: an *Error where WeChat refused, scrubbed words otherwise.
func typed(err error) error {
	if err == nil {
		return nil
	}
	text := secrets.ReplaceAllString(err.Error(), "$1=***")
	var common *util.CommonError
	if errors.As(err, &common) {
		return &Error{Code: common.ErrCode, text: secrets.ReplaceAllString(common.ErrMsg, "$1=***")}
	}
	if m := errcode.FindStringSubmatch(err.Error()); m != nil {
		code, _ := strconv.ParseInt(m[1], 10, 64)
		return &Error{Code: code, text: text}
	}
	var op *net.OpError
	return &noAnswer{text: text, unsent: errors.As(err, &op) && op.Op == "dial"}
}

// noAnswer is a call that WeChat did not answer, or not in words that can be read.
type noAnswer struct {
	text   string
	unsent bool
}

// Error gives what went wrong, without any token or secret.
func (e *noAnswer) Error() string { return e.text }

// Unsent says that a call never reached WeChat, so that it had no effect for certain.
func Unsent(err error) bool {
	var e *noAnswer
	return errors.As(err, &e) && e.unsent
}

// CodeOf is WeChat's errcode of an error, or 0 where WeChat did not answer.
func CodeOf(err error) int64 {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

// call runs one call and, where the token turned out stale, once more with a fresh one.
func (c *Client) call(do func() error) error {
	before := c.token.current()
	err := typed(do())
	switch CodeOf(err) {
	case 40001, 40014, 42001:
		c.token.drop(before)
		return typed(do())
	}
	return err
}
