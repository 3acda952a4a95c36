package sandbox

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

type accountData struct{}

func newAccountData() accountData              { return accountData{} }
func (a *accountData) adopt(fresh accountData) {}

type payData struct{}

func newPayData() payData              { return payData{} }
func (p *payData) adopt(fresh payData) {}

type smsRules struct{ VariableLength int }
type Fault struct{}
type Call struct{}
type push struct{}

// SMS is a message that arrived, or is about to arrive, on a phone.
type SMS struct {
	Seq      int64
	At       time.Time // when it arrives; later than now for a delayed one
	Phone    string    // E.164, +8613900000001
	Template string    // id
	Params   []string
	Text     string // with the signature, as the phone shows it
}

// MenuButton is a button of the account's menu; a first-level button with Sub has no type.
type MenuButton struct {
	Type string       `json:"type,omitempty"` // view, click, miniprogram …
	Name string       `json:"name"`
	Key  string       `json:"key,omitempty"`
	URL  string       `json:"url,omitempty"`
	Sub  []MenuButton `json:"sub_button,omitempty"`
}

var errNotYet = errors.New("not yet")

// SMSList lists the SMS that have arrived at a phone by now, newest last; "" lists those of all phones.
func (w *World) SMSList(phone string) []SMS { return nil }

// Menu is the account's current menu, as a follower sees it.
func (w *World) Menu() []MenuButton { return nil }

// OpenSheet verifies what the page handed over as the WeChat client does (appId, paySign, the order and its
// payer) and tells what the sheet shows. The error's text is what WeChat would show.
func (w *World) OpenSheet(user string, sheet PaySheet) (Bill, error) { return Bill{}, errNotYet }

// OpenCode tells what the sheet shows for a scanned code_url (weixin://wxpay/bizpayurl?pr=…).
func (w *World) OpenCode(user, codeURL string) (Bill, error) { return Bill{}, errNotYet }

// PayOrder pays an open order as a user: the order becomes SUCCESS and its notice is on its way.
func (w *World) PayOrder(user, outTradeNo string) error { return errNotYet }

// Orders lists the merchant's orders, newest last.
func (w *World) Orders() []Bill { return nil }

func (w *World) queuePush(u *User, fields map[string]string)                      {}
func newCallbackClient() *http.Client                                             { return nil }
func (s *Sandbox) deliver(ctx context.Context, running *sync.WaitGroup)           {}
func (s *Sandbox) serveAccount(w http.ResponseWriter, r *http.Request)            {}
func (s *Sandbox) serveOpen(w http.ResponseWriter, r *http.Request)               {}
func (s *Sandbox) servePay(w http.ResponseWriter, r *http.Request)                {}
func (s *Sandbox) serveCloud(w http.ResponseWriter, r *http.Request, host string) {}
func (s *Sandbox) serveControl(w http.ResponseWriter, r *http.Request)            {}
func (s *Sandbox) serveH5(w http.ResponseWriter, r *http.Request)                 {}
