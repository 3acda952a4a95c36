package pay

import (
	"context"
	"strconv"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/h5"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/jsapi"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/native"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"

	"xinsheng/enroll"
)

// JSAPI are the parameters with which the page opens the cashier inside WeChat (WeixinJSBridge getBrandWCPayRequest).
type JSAPI struct {
	AppID     string `json:"appId"`
	TimeStamp string `json:"timeStamp"`
	NonceStr  string `json:"nonceStr"`
	Package   string `json:"package"`
	SignType  string `json:"signType"`
	PaySign   string `json:"paySign"`
}

// Prepay makes an order at WeChat Pay from what is frozen on it, so that a
// repetition after an unknown outcome is the same byte for byte.
func (c *Client) Prepay(ctx context.Context, o enroll.Order) (enroll.Order, error) {
	if !c.Enabled() {
		return o, ErrOff
	}
	var err error
	switch o.Channel {
	case enroll.JSAPI:
		o.PrepayID, err = c.prepayJSAPI(ctx, o)
	case enroll.Native:
		o.CodeURL, err = c.prepayNative(ctx, o)
	case enroll.H5:
		o.H5URL, err = c.prepayH5(ctx, o)
	default:
		return o, enroll.Fail("pay_channel")
	}
	return o, typed(err)
}

func (c *Client) prepayJSAPI(ctx context.Context, o enroll.Order) (string, error) {
	service := jsapi.JsapiApiService{Client: c.api}
	answer, _, err := service.Prepay(ctx, jsapi.PrepayRequest{
		Appid: &c.cfg.AppID, Mchid: &c.cfg.MchID, Description: &o.Description, OutTradeNo: &o.OutTradeNo,
		TimeExpire: expiry(o), NotifyUrl: &o.NotifyURL, Amount: &jsapi.Amount{Total: &o.AmountFen, Currency: core.String("CNY")},
		Payer: &jsapi.Payer{Openid: &o.OpenID},
	})
	if err != nil {
		return "", err
	}
	return deref(answer.PrepayId), nil
}

func (c *Client) prepayNative(ctx context.Context, o enroll.Order) (string, error) {
	service := native.NativeApiService{Client: c.api}
	answer, _, err := service.Prepay(ctx, native.PrepayRequest{
		Appid: &c.cfg.AppID, Mchid: &c.cfg.MchID, Description: &o.Description, OutTradeNo: &o.OutTradeNo,
		TimeExpire: expiry(o), NotifyUrl: &o.NotifyURL, Amount: &native.Amount{Total: &o.AmountFen, Currency: core.String("CNY")},
	})
	if err != nil {
		return "", err
	}
	return deref(answer.CodeUrl), nil
}

func (c *Client) prepayH5(ctx context.Context, o enroll.Order) (string, error) {
	service := h5.H5ApiService{Client: c.api}
	answer, _, err := service.Prepay(ctx, h5.PrepayRequest{
		Appid: &c.cfg.AppID, Mchid: &c.cfg.MchID, Description: &o.Description, OutTradeNo: &o.OutTradeNo,
		TimeExpire: expiry(o), NotifyUrl: &o.NotifyURL, Amount: &h5.Amount{Total: &o.AmountFen, Currency: core.String("CNY")},
		SceneInfo: &h5.SceneInfo{PayerClientIp: &o.ClientIP, H5Info: &h5.H5Info{Type: core.String("Wap")}},
	})
	if err != nil {
		return "", err
	}
	return deref(answer.H5Url), nil
}

func expiry(o enroll.Order) *time.Time {
	t := o.ExpiresAt.In(enroll.Shanghai).Truncate(time.Second)
	return &t
}

// SignJSAPI signs the cashier's parameters for a prepay id; each opening gets a fresh time and nonce.
func (c *Client) SignJSAPI(prepayID string) (JSAPI, error) {
	nonce, err := utils.GenerateNonce()
	if err != nil {
		return JSAPI{}, err
	}
	p := JSAPI{
		AppID: c.cfg.AppID, TimeStamp: strconv.FormatInt(time.Now().Unix(), 10), NonceStr: nonce,
		Package: "prepay_id=" + prepayID, SignType: "RSA",
	}
	p.PaySign, err = utils.SignSHA256WithRSA(p.AppID+"\n"+p.TimeStamp+"\n"+p.NonceStr+"\n"+p.Package+"\n", c.key)
	return p, err
}

// Query asks what became of an order; the answer is signed and thereby a fact.
func (c *Client) Query(ctx context.Context, outTradeNo string) (enroll.PaymentFact, error) {
	if !c.Enabled() {
		return enroll.PaymentFact{}, ErrOff
	}
	service := jsapi.JsapiApiService{Client: c.api}
	t, _, err := service.QueryOrderByOutTradeNo(ctx, jsapi.QueryOrderByOutTradeNoRequest{OutTradeNo: &outTradeNo, Mchid: &c.cfg.MchID})
	if err != nil {
		return enroll.PaymentFact{}, typed(err)
	}
	f := factOf(t)
	f.Source = "query"
	f.SourceID = f.OutTradeNo + ":" + f.TradeState + ":" + f.TransactionID
	return f, nil
}

// Close closes an order; nil only after WeChat Pay signed it.
func (c *Client) Close(ctx context.Context, outTradeNo string) error {
	if !c.Enabled() {
		return ErrOff
	}
	service := jsapi.JsapiApiService{Client: c.api}
	_, err := service.CloseOrder(ctx, jsapi.CloseOrderRequest{OutTradeNo: &outTradeNo, Mchid: &c.cfg.MchID})
	return typed(err)
}

func factOf(t *payments.Transaction) enroll.PaymentFact {
	f := enroll.PaymentFact{
		OutTradeNo: deref(t.OutTradeNo), TransactionID: deref(t.TransactionId), AppID: deref(t.Appid), MchID: deref(t.Mchid),
		TradeState: deref(t.TradeState),
	}
	if t.Amount != nil {
		f.Currency = deref(t.Amount.Currency)
		if t.Amount.Total != nil {
			f.AmountFen = *t.Amount.Total
		}
	}
	if t.Payer != nil {
		f.OpenID = deref(t.Payer.Openid)
	}
	if at, err := time.Parse(time.RFC3339, deref(t.SuccessTime)); err == nil {
		f.SuccessAt = at
	}
	return f
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
