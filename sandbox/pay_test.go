package sandbox

import (
	"bytes"
	"context"
	"crypto/rsa"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/notify"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/h5"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/jsapi"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/native"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"
)

// shop is a merchant with the real SDK.
type shop struct {
	*town
	client *core.Client
	jsapi  jsapi.JsapiApiService
	notify *notify.Handler
	site   string
}

func newShop(t *testing.T) *shop {
	t.Helper()
	tn := newTown(t)
	c := tn.world.Credentials()
	key, err := utils.LoadPrivateKey(c.MerchantKeyPEM)
	if err != nil {
		t.Fatal(err)
	}
	client := tn.merchant(key, c.MerchantSerial)
	public, err := utils.LoadPublicKey(c.PublicKeyPEM)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := notify.NewRSANotifyHandler(c.APIv3Key, verifiers.NewSHA256WithRSAPubkeyVerifier(c.PublicKeyID, *public))
	if err != nil {
		t.Fatal(err)
	}
	setProbes(tn.world, 0)
	return &shop{tn, client, jsapi.JsapiApiService{Client: client}, handler, tn.world.data.Site}
}

func (tn *town) merchant(key *rsa.PrivateKey, serial string) *core.Client {
	tn.Helper()
	c := tn.world.Credentials()
	public, err := utils.LoadPublicKey(c.PublicKeyPEM)
	if err != nil {
		tn.Fatal(err)
	}
	client, err := core.NewClient(context.Background(), option.WithHTTPClient(tn.client),
		option.WithWechatPayPublicKeyAuthCipher(c.MchID, serial, key, c.PublicKeyID, public))
	if err != nil {
		tn.Fatal(err)
	}
	return client
}

// order is a prepay body for the student D01.
func (s *shop) order(number string, fen int64) jsapi.PrepayRequest {
	c := s.world.Credentials()
	return jsapi.PrepayRequest{Appid: &c.AppID, Mchid: &c.MchID, Description: core.String("示例大学 2026 学费"),
		OutTradeNo: &number, NotifyUrl: core.String(s.site + "/wechat/pay/notify"),
		TimeExpire: core.Time(time.Now().Add(90 * time.Minute)),
		Amount:     &jsapi.Amount{Total: &fen, Currency: core.String("CNY")},
		Payer:      &jsapi.Payer{Openid: core.String(s.openid("D01"))}}
}

// prepare makes an order and gives the sheet for the page.
func (s *shop) prepare(number string, fen int64) PaySheet {
	s.Helper()
	p, _, err := s.jsapi.PrepayWithRequestPayment(s.Context(), s.order(number, fen))
	if err != nil {
		s.Fatal(err)
	}
	return PaySheet{*p.Appid, *p.TimeStamp, *p.NonceStr, *p.Package, *p.SignType, *p.PaySign}
}

// pay goes the whole way as D01.
func (s *shop) pay(number string, fen int64) {
	s.Helper()
	bill, err := s.world.OpenSheet("D01", s.prepare(number, fen))
	if err == nil {
		err = s.world.PayOrder("D01", bill.OutTradeNo)
	}
	if err != nil {
		s.Fatal(err)
	}
}

func (s *shop) query(number string) (*payments.Transaction, error) {
	t, _, err := s.jsapi.QueryOrderByOutTradeNo(s.Context(), jsapi.QueryOrderByOutTradeNoRequest{
		OutTradeNo: &number, Mchid: core.String(s.world.Credentials().MchID)})
	return t, err
}

// hastyQuery does not wait longer than a second.
func (s *shop) hastyQuery(number string) error {
	ctx, stop := context.WithTimeout(s.Context(), time.Second)
	defer stop()
	_, _, err := s.jsapi.QueryOrderByOutTradeNo(ctx, jsapi.QueryOrderByOutTradeNoRequest{
		OutTradeNo: &number, Mchid: core.String(s.world.Credentials().MchID)})
	return err
}

func (s *shop) close(number string) error {
	_, err := s.jsapi.CloseOrder(s.Context(), jsapi.CloseOrderRequest{
		OutTradeNo: &number, Mchid: core.String(s.world.Credentials().MchID)})
	return err
}

// parse reads a notice as the site would.
func (s *shop) parse(v arrival) (*payments.Transaction, error) {
	r := v.request.Clone(context.Background())
	r.Body = io.NopCloser(bytes.NewReader(v.body))
	t := new(payments.Transaction)
	_, err := s.notify.ParseNotifyRequest(context.Background(), r, t)
	return t, err
}

func refused(t *testing.T, what string, err error, code string) {
	t.Helper()
	if !core.IsAPIError(err, code) {
		t.Errorf("%s: got %v, want %s", what, err, code)
	}
}

func TestPaying(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	sheet := s.prepare("X2026000001", 240000)
	for what, change := range map[string]func(*PaySheet){
		"changed order": func(p *PaySheet) { p.Package += "0" }, "changed nonce": func(p *PaySheet) { p.NonceStr += "x" },
		"other account": func(p *PaySheet) { p.AppID = "wx0" }, "MD5": func(p *PaySheet) { p.SignType = "MD5" },
	} {
		wrong := sheet
		change(&wrong)
		if _, err := s.world.OpenSheet("D01", wrong); err == nil {
			t.Errorf("%s: the sheet opened", what)
		}
	}
	if _, err := s.world.OpenSheet("parent", sheet); err == nil {
		t.Error("the parent pays an order of the student's openid")
	}
	if before, err := s.query("X2026000001"); err != nil || *before.TradeState != "NOTPAY" || before.TransactionId != nil {
		t.Errorf("before: %v, %v", before, err)
	}
	bill, err := s.world.OpenSheet("D01", sheet)
	if err != nil || bill.Fen != 240000 {
		t.Fatalf("sheet: %+v, %v", bill, err)
	}
	if err := s.world.PayOrder("D01", bill.OutTradeNo); err != nil {
		t.Fatal(err)
	}
	told, err := s.parse(s.next())
	if err != nil || *told.OutTradeNo != "X2026000001" || *told.Amount.Total != 240000 || *told.TradeState != "SUCCESS" ||
		*told.Payer.Openid != s.openid("D01") || *told.Appid != s.world.Credentials().AppID {
		t.Fatalf("notice: %v, %v", told, err)
	}
	asked, err := s.query("X2026000001")
	if err != nil || *asked.TransactionId != *told.TransactionId || *asked.SuccessTime != *told.SuccessTime {
		t.Errorf("query: %v, %v", asked, err)
	}
	if err := s.world.PayOrder("D01", bill.OutTradeNo); err == nil {
		t.Error("an order was paid twice")
	}
	refused(t, "close", s.close("X2026000001"), "ORDERPAID")
	_, _, err = s.jsapi.Prepay(t.Context(), s.order("X2026000001", 240000))
	refused(t, "prepay", err, "ORDERPAID")
	s.eventually("notice accepted", func() bool { return s.world.Notices()[0].Done })
	s.quiet()
}

func TestPrepayRules(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	first := s.order("X2026000002", 100)
	one, _, err := s.jsapi.Prepay(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	if two, _, err := s.jsapi.Prepay(t.Context(), first); err != nil || *two.PrepayId != *one.PrepayId {
		t.Errorf("the same request again: %v, %v", two, err)
	}
	other := first
	other.Amount = &jsapi.Amount{Total: core.Int64(101), Currency: core.String("CNY")}
	_, _, err = s.jsapi.Prepay(t.Context(), other)
	refused(t, "changed body", err, "INVALID_REQUEST")
	for what, change := range map[string]func(*jsapi.PrepayRequest){
		"openid":       func(q *jsapi.PrepayRequest) { q.Payer.Openid = core.String("oNobody") },
		"notify_url":   func(q *jsapi.PrepayRequest) { q.NotifyUrl = core.String(s.site + "/n?order=1") },
		"out_trade_no": func(q *jsapi.PrepayRequest) { q.OutTradeNo = core.String("short") },
		"time_expire":  func(q *jsapi.PrepayRequest) { q.TimeExpire = core.Time(time.Now().Add(-time.Minute)) },
		"total":        func(q *jsapi.PrepayRequest) { q.Amount.Total = core.Int64(0) },
	} {
		q := s.order("X2026000003", 100)
		change(&q)
		_, _, err := s.jsapi.Prepay(t.Context(), q)
		refused(t, what, err, "PARAM_ERROR")
	}
	q := s.order("X2026000003", 100)
	q.Appid = core.String("wx0123456789abcdef")
	_, _, err = s.jsapi.Prepay(t.Context(), q)
	refused(t, "appid", err, "APPID_MCHID_NOT_MATCH")
	_, err = s.client.Post(t.Context(), "https://api.mch.weixin.qq.com/v3/pay/transactions/jsapi", map[string]any{"appid": "x", "colour": "red"})
	refused(t, "unknown field", err, "PARAM_ERROR")
	_, err = s.client.Post(t.Context(), "https://api.mch.weixin.qq.com/v3/security/echo", map[string]any{"echo_message": "hello"})
	if err != nil {
		t.Errorf("echo: %v", err)
	}
}

func TestChannels(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.world.Credentials()
	code, _, err := (&native.NativeApiService{Client: s.client}).Prepay(t.Context(), native.PrepayRequest{Appid: &c.AppID, Mchid: &c.MchID,
		Description: core.String("学费"), OutTradeNo: core.String("N2026000001"), NotifyUrl: core.String(s.site + "/n"),
		Amount: &native.Amount{Total: core.Int64(5)}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.world.OpenCode("parent", "weixin://wxpay/bizpayurl?pr=invented"); err == nil {
		t.Error("an invented code opened")
	}
	bill, err := s.world.OpenCode("parent", *code.CodeUrl)
	if err != nil || s.world.PayOrder("parent", bill.OutTradeNo) != nil {
		t.Fatalf("native: %v", err)
	}
	if told, err := s.parse(s.next()); err != nil || *told.TradeType != "NATIVE" || *told.Payer.Openid != s.openid("parent") {
		t.Errorf("native notice: %v, %v", told, err)
	}
	web, _, err := (&h5.H5ApiService{Client: s.client}).Prepay(t.Context(), h5.PrepayRequest{Appid: &c.AppID, Mchid: &c.MchID,
		Description: core.String("学费"), OutTradeNo: core.String("H2026000001"), NotifyUrl: core.String(s.site + "/n"),
		Amount:    &h5.Amount{Total: core.Int64(7)},
		SceneInfo: &h5.SceneInfo{PayerClientIp: core.String("127.0.0.1"), H5Info: &h5.H5Info{Type: core.String("Wap")}}})
	if err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*http.Request){
		"立即支付":  func(r *http.Request) { r.Header.Set("Referer", s.site+"/") },
		"参数格式":  func(*http.Request) {},
		"未配置":   func(r *http.Request) { r.Header.Set("Referer", "https://elsewhere.example/") },
		"微信外打开": func(r *http.Request) { r.Header.Set("User-Agent", "MicroMessenger/8") },
	} {
		r, _ := http.NewRequest("GET", *web.H5Url+"&redirect_url="+s.site+"/back", nil)
		change(r)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if !strings.Contains(string(text), want) {
			t.Errorf("H5 page lacks %s", want)
		}
	}
}

func TestClosing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.prepare("X2026000004", 100)
	if err := s.close("X2026000004"); err != nil {
		t.Fatal(err)
	}
	if closed, err := s.query("X2026000004"); err != nil || *closed.TradeState != "CLOSED" {
		t.Errorf("closed: %v, %v", closed, err)
	}
	if s.world.PayOrder("D01", "X2026000004") == nil {
		t.Error("a closed order was paid")
	}
	_, _, err := s.jsapi.Prepay(t.Context(), s.order("X2026000004", 100))
	refused(t, "prepay", err, "ORDER_CLOSED")
	refused(t, "unknown", s.close("X9999999999"), "ORDER_NOT_EXIST")

	young := s.prepare("X2026000005", 100)
	tooYoung(s.world, 5*time.Minute)
	refused(t, "too young", s.close("X2026000005"), "RULE_LIMIT")
	if _, err := s.world.OpenSheet("D01", young); err != nil {
		t.Errorf("the order stays open: %v", err)
	}
	s.world.Advance(91 * time.Minute)
	if late, err := s.query("X2026000005"); err != nil || *late.TradeState != "CLOSED" || s.world.PayOrder("D01", "X2026000005") == nil {
		t.Errorf("after time_expire: %v, %v", late, err)
	}
}

func tooYoung(w *World, age time.Duration) {
	defer w.change()()
	w.data.Pay.TooYoung = age
}

func TestSignatures(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.prepare("X2026000006", 100)
	stranger, err := newKeyPair()
	if err != nil {
		t.Fatal(err)
	}
	for what, client := range map[string]*core.Client{
		"other key":    s.merchant(stranger.merchant, s.world.Credentials().MerchantSerial),
		"other serial": s.merchant(s.world.sandbox.keys.merchant, "0000"),
	} {
		_, err := client.Get(t.Context(), "https://api.mch.weixin.qq.com/v3/pay/transactions/out-trade-no/X2026000006?mchid="+s.world.Credentials().MchID)
		refused(t, what, err, "SIGN_ERROR")
	}
	for _, fault := range []Fault{
		{Path: "out-trade-no", Kind: "unsigned", Times: 1}, {Path: "out-trade-no", Kind: "badsign", Times: 1},
		{Path: "out-trade-no", Kind: "body", Body: "<html>", Times: 1}, {Path: "out-trade-no", Kind: "status", Status: 502, Times: 1},
		{Path: "out-trade-no", Kind: "drip", DelayMS: 20, Times: 1},
		{Path: "out-trade-no", Kind: "drop"}, // without Times: Go's transport repeats a GET whose connection was cut
	} {
		if _, err := s.world.AddFault(fault); err != nil {
			t.Fatal(err)
		}
		if err := s.hastyQuery("X2026000006"); err == nil {
			t.Errorf("%s: the SDK took the answer", fault.Kind)
		}
		s.world.RemoveFault(0)
		if _, err := s.query("X2026000006"); err != nil {
			t.Errorf("after %s: %v", fault.Kind, err)
		}
	}
	s.world.SetSkew(6 * time.Minute)
	if _, err := s.query("X2026000006"); err == nil {
		t.Error("the SDK took an answer from six minutes ahead")
	}
}

func TestUnknownOutcome(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	if _, err := s.world.AddFault(Fault{Path: "/jsapi", Kind: "hang", Acts: true, Times: 1}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	q := s.order("X2026000007", 100)
	if _, _, err := s.jsapi.Prepay(ctx, q); err == nil {
		t.Fatal("a hanging call answered")
	}
	if made, err := s.query("X2026000007"); err != nil || *made.TradeState != "NOTPAY" {
		t.Errorf("the order was made all the same: %v, %v", made, err)
	}
	if _, _, err := s.jsapi.Prepay(t.Context(), q); err != nil {
		t.Errorf("the same request again: %v", err)
	}
}
