package sandbox

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// PaySheet is what a page hands to WeixinJSBridge.invoke("getBrandWCPayRequest", …).
type PaySheet struct {
	AppID     string `json:"appId"`
	TimeStamp string `json:"timeStamp"`
	NonceStr  string `json:"nonceStr"`
	Package   string `json:"package"` // prepay_id=…
	SignType  string `json:"signType"`
	PaySign   string `json:"paySign"`
}

// Bill is what the cashier sheet shows before somebody pays.
type Bill struct {
	OutTradeNo  string
	TradeType   string // JSAPI, NATIVE or MWEB
	Payee       string
	Description string
	Fen         int64  // amount in fen
	CodeURL     string // of a NATIVE order: what its QR code says
	State       string // trade_state: NOTPAY, SUCCESS, CLOSED …
}

// codePrefix begins every code_url of Native pay.
const codePrefix = "weixin://wxpay/bizpayurl?pr="

// OpenSheet verifies what the page handed over as the WeChat client does (appId, paySign, the order and its
// payer) and tells what the sheet shows. The error's text is what WeChat would show.
func (w *World) OpenSheet(user string, sheet PaySheet) (Bill, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	prepayID, ok := strings.CutPrefix(sheet.Package, "prepay_id=")
	message := fmt.Sprintf("%s\n%s\n%s\n%s\n", sheet.AppID, sheet.TimeStamp, sheet.NonceStr, sheet.Package)
	switch {
	case sheet.AppID != w.credentials.AppID:
		return Bill{}, errors.New("appId 与当前公众号不一致")
	case sheet.SignType != "RSA":
		return Bill{}, errors.New("signType 须为 RSA")
	case !ok || sheet.TimeStamp == "" || sheet.NonceStr == "":
		return Bill{}, errors.New("支付参数不全")
	case !verifyRSA(&w.sandbox.keys.merchant.PublicKey, message, sheet.PaySign):
		return Bill{}, errors.New("支付验证签名失败")
	}
	o := w.orderBy(func(o *order) bool { return o.PrepayID == prepayID && o.TradeType == "JSAPI" })
	if o == nil {
		return Bill{}, errors.New("该订单不存在")
	}
	if err := w.mayPay(user, o); err != nil {
		return Bill{}, err
	}
	return w.bill(o), nil
}

// OpenCode tells what the sheet shows for a scanned code_url (weixin://wxpay/bizpayurl?pr=…).
func (w *World) OpenCode(user, codeURL string) (Bill, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	code, ok := strings.CutPrefix(codeURL, codePrefix)
	o := w.orderBy(func(o *order) bool { return o.Code == code && o.TradeType == "NATIVE" })
	if !ok || o == nil {
		return Bill{}, errors.New("二维码已失效")
	}
	if err := w.mayPay(user, o); err != nil {
		return Bill{}, err
	}
	return w.bill(o), nil
}

// openH5 finds the order of an h5_url, which works for five minutes.
func (w *World) openH5(prepayID string) (Bill, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o := w.orderBy(func(o *order) bool { return o.PrepayID == prepayID && o.TradeType == "MWEB" })
	if o == nil || w.now().Sub(o.Created) > 5*time.Minute {
		return Bill{}, errors.New("支付请求已失效，请重新发起支付")
	}
	return w.bill(o), nil
}

// PayOrder pays an open order as a user, "" being the payer that the order names: the order becomes SUCCESS and its notice is on its way.
func (w *World) PayOrder(user, outTradeNo string) error {
	defer w.change()()
	o := w.data.Pay.Orders[outTradeNo]
	if o == nil {
		return errors.New("该订单不存在")
	}
	if user == "" {
		user = o.OpenID
	}
	if err := w.mayPay(user, o); err != nil {
		return err
	}
	o.State = "SUCCESS"
	o.PaidBy = w.user(user).OpenID
	o.PaidAt = w.now()
	o.TransactionID = "42000" + o.PaidAt.Format("060102150405") + randomDigits(11)
	w.queueNotice(o)
	return nil
}

// CancelOrder plays a payer who closes the sheet: WeChat Pay keeps the order open and tells nobody; only the
// journal shows it.
func (w *World) CancelOrder(user, outTradeNo string) error {
	w.mu.Lock()
	o := w.data.Pay.Orders[outTradeNo]
	w.mu.Unlock()
	if o == nil {
		return errors.New("该订单不存在")
	}
	w.record("cancel "+outTradeNo, reply{}, nil, true)
	return nil
}

// mayPay says why a user cannot pay an order, in WeChat's words.
func (w *World) mayPay(user string, o *order) error {
	u := w.user(user)
	switch {
	case u == nil:
		return fmt.Errorf("no user %q", user)
	case o.tradeState(w.now()) == "SUCCESS", o.State == "REFUND":
		return errors.New("该订单已支付")
	case o.tradeState(w.now()) == "CLOSED":
		return errors.New("该订单已过期或已关闭，请重新下单")
	case o.TradeType == "JSAPI" && o.OpenID != u.OpenID:
		return errors.New("下单账号与支付账号不一致，请核实后再支付")
	}
	return nil
}

func (w *World) bill(o *order) Bill {
	bill := Bill{OutTradeNo: o.OutTradeNo, TradeType: o.TradeType, Payee: collegeName,
		Description: o.Description, Fen: o.Fen, State: o.tradeState(w.now())}
	if o.TradeType == "NATIVE" {
		bill.CodeURL = codePrefix + o.Code
	}
	return bill
}

// yuan writes an amount in fen as 2400.00.
func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }
