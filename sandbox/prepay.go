package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"
	"unicode/utf8"
)

// prepayBody is everything that the three prepay calls may carry.
type prepayBody struct {
	AppID         string          `json:"appid"`
	MchID         string          `json:"mchid"`
	Description   string          `json:"description"`
	OutTradeNo    string          `json:"out_trade_no"`
	TimeExpire    string          `json:"time_expire"`
	Attach        string          `json:"attach"`
	NotifyURL     string          `json:"notify_url"`
	GoodsTag      string          `json:"goods_tag"`
	LimitPay      []string        `json:"limit_pay"`
	SupportFapiao bool            `json:"support_fapiao"`
	Detail        json.RawMessage `json:"detail"`
	SettleInfo    json.RawMessage `json:"settle_info"`
	Amount        struct {
		Total    *int64 `json:"total"`
		Currency string `json:"currency"`
	} `json:"amount"`
	Payer *struct {
		OpenID string `json:"openid"`
	} `json:"payer"`
	SceneInfo *struct {
		PayerClientIP string          `json:"payer_client_ip"`
		DeviceID      string          `json:"device_id"`
		StoreInfo     json.RawMessage `json:"store_info"`
		H5Info        *struct {
			Type        string `json:"type"`
			AppName     string `json:"app_name"`
			AppURL      string `json:"app_url"`
			BundleID    string `json:"bundle_id"`
			PackageName string `json:"package_name"`
		} `json:"h5_info"`
	} `json:"scene_info"`
}

// prepay makes an order, or finds the one that the very same request made before.
func (c payCall) prepay(tradeType string) reply {
	var b prepayBody
	if bad, ok := c.decode(&b); !ok {
		return bad
	}
	defer c.change()()
	if bad := c.checkPrepay(b, tradeType); bad.status != 0 {
		return bad
	}
	var frozen bytes.Buffer
	json.Compact(&frozen, c.body) // it has just been decoded, so it is JSON
	o := c.data.Pay.Orders[b.OutTradeNo]
	if o == nil {
		o = c.newOrder(b, tradeType)
		o.Frozen = frozen.String()
		c.data.Pay.Orders[b.OutTradeNo] = o
		return c.prepayReply(o)
	}
	switch {
	case o.TradeType != tradeType:
		return payError(http.StatusForbidden, "OUT_TRADE_NO_USED", "商户订单号重复")
	case o.State == "SUCCESS" || o.State == "REFUND":
		return payError(http.StatusBadRequest, "ORDERPAID", "该订单已支付")
	case o.tradeState(c.now()) == "CLOSED":
		return payError(http.StatusBadRequest, "ORDER_CLOSED", "该订单已关闭")
	case o.Frozen != frozen.String():
		return payError(http.StatusBadRequest, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致")
	}
	return c.prepayReply(o)
}

var tradeNumber = regexp.MustCompile(`^[0-9A-Za-z_\-*|]{6,32}$`)

// checkPrepay is what WeChat Pay refuses; an empty reply means that all is well.
func (c payCall) checkPrepay(b prepayBody, tradeType string) reply {
	switch {
	case b.MchID != c.credentials.MchID:
		return payParam("mchid", "与签名的商户号不一致")
	case b.AppID != c.credentials.AppID:
		return payError(http.StatusBadRequest, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配")
	case b.Description == "" || utf8.RuneCountInString(b.Description) > 127:
		return payParam("description", "长度须为1到127个字符")
	case !tradeNumber.MatchString(b.OutTradeNo):
		return payParam("out_trade_no", "须为6到32个数字、字母或_-*|")
	case utf8.RuneCountInString(b.Attach) > 128:
		return payParam("attach", "长度不得超过128个字符")
	case !goodNotifyURL(b.NotifyURL):
		return payParam("notify_url", "不是有效的回调地址")
	case b.Amount.Total == nil || *b.Amount.Total < 1:
		return payParam("amount/total", "须为大于0的整数")
	case b.Amount.Currency != "" && b.Amount.Currency != "CNY":
		return payParam("amount/currency", "仅支持CNY")
	}
	if b.TimeExpire != "" {
		end, err := time.Parse("2006-01-02T15:04:05Z07:00", b.TimeExpire)
		if err != nil {
			return payParam("time_expire", "格式须为yyyy-MM-DDTHH:mm:ss+TIMEZONE")
		}
		if !end.After(c.now()) {
			return payParam("time_expire", "须晚于当前时间")
		}
	}
	return c.checkChannel(b, tradeType)
}

// checkChannel is what one way of paying asks beyond the others.
func (c payCall) checkChannel(b prepayBody, tradeType string) reply {
	switch tradeType {
	case "JSAPI":
		if b.Payer == nil || b.Payer.OpenID == "" {
			return payParam("payer/openid", "不能为空")
		}
		if u := c.user(b.Payer.OpenID); u == nil || u.OpenID != b.Payer.OpenID {
			return payParam("payer/openid", "无效的openid")
		}
	case "MWEB":
		if b.SceneInfo == nil || b.SceneInfo.PayerClientIP == "" {
			return payParam("scene_info/payer_client_ip", "不能为空")
		}
		if b.SceneInfo.H5Info == nil || b.SceneInfo.H5Info.Type == "" {
			return payParam("scene_info/h5_info/type", "不能为空")
		}
	}
	if tradeType != "JSAPI" && b.Payer != nil {
		return payParam("payer", "不支持的参数")
	}
	return reply{}
}

// goodNotifyURL asks for an absolute address without a query; http is let through, since sandboxes have no certificates.
func goodNotifyURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && len(text) <= 255 && u.Host != "" && u.RawQuery == "" && u.Fragment == "" &&
		(u.Scheme == "https" || u.Scheme == "http")
}

func (c payCall) newOrder(b prepayBody, tradeType string) *order {
	now := c.now()
	o := &order{
		OutTradeNo: b.OutTradeNo, TradeType: tradeType, State: "NOTPAY",
		Description: b.Description, Attach: b.Attach, NotifyURL: b.NotifyURL, Fen: *b.Amount.Total,
		Created: now, End: now.Add(2 * time.Hour),
		PrepayID: "wx" + now.In(time.FixedZone("", 8*60*60)).Format("02150405") + randomHex(13),
		Code:     randomText(9),
	}
	if b.TimeExpire != "" {
		o.End, _ = time.Parse(time.RFC3339, b.TimeExpire) // checked before
	}
	if b.Payer != nil {
		o.OpenID = b.Payer.OpenID
	}
	return o
}

func (c payCall) prepayReply(o *order) reply {
	switch o.TradeType {
	case "NATIVE":
		return jsonReply(http.StatusOK, map[string]any{"code_url": codePrefix + o.Code})
	case "MWEB":
		return jsonReply(http.StatusOK, map[string]any{"h5_url": fmt.Sprintf("%s/h5pay/checkmweb?prepay_id=%s&package=%d",
			c.sandbox.config.URL, o.PrepayID, o.Created.Unix())})
	}
	return jsonReply(http.StatusOK, map[string]any{"prepay_id": o.PrepayID})
}
