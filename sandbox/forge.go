package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// forgeries are the ways in which a pay notice can be wrong. The first group is wrong outside and must be refused;
// the second is signed and sealed as it should be, and wrong inside: it must be accepted and change nothing.
func forgeries() []string {
	return []string{
		"signature", "serial", "signtest", "stale", "future", "headers", "key", "algorithm", "type",
		"amount", "currency", "mchid", "appid", "order", "event", "state",
	}
}

func forgeable(how string) bool { return slices.Contains(forgeries(), how) }

// forge changes what stands inside.
func forge(transaction map[string]any, how string) {
	amount := transaction["amount"].(map[string]any)
	switch how {
	case "amount":
		amount["total"], amount["payer_total"] = int64(1), int64(1)
	case "currency":
		amount["currency"] = "HKD"
	case "mchid":
		transaction["mchid"] = "1900000001"
	case "appid":
		transaction["appid"] = "wx0000000000000000"
	case "order":
		transaction["out_trade_no"] = "UNKNOWN" + randomDigits(12)
	case "state":
		transaction["trade_state"] = "NOTPAY"
	}
}

// signNotice adds the headers, right or wrong.
func (w *World) signNotice(h http.Header, body []byte, how string) {
	w.mu.Lock()
	at := w.sandbox.config.Now().Add(w.data.Skew)
	w.mu.Unlock()
	switch how {
	case "stale":
		at = at.Add(-301 * time.Second)
	case "future":
		at = at.Add(301 * time.Second)
	case "headers":
		return
	}
	timestamp, nonce := strconv.FormatInt(at.Unix(), 10), randomHex(16)
	signature := signRSA(w.sandbox.keys.platform, fmt.Sprintf("%s\n%s\n%s\n", timestamp, nonce, body))
	switch how {
	case "signature":
		signature = signRSA(w.sandbox.keys.merchant, string(body))
	case "signtest":
		signature = "WECHATPAY/SIGNTEST/" + signature
	}
	w.signHeader(h, timestamp, nonce, signature)
	switch how {
	case "serial":
		h.Set("Wechatpay-Serial", "PUB_KEY_ID_0"+randomDigits(30))
	case "type":
		h.Set("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3")
	}
}

// ForgeNotice sends a notice about an order that is wrong in the way asked, once and at once, and returns the
// site's HTTP status. "" sends a genuine one, even if nobody has paid.
func (w *World) ForgeNotice(ctx context.Context, outTradeNo, how string) (int, error) {
	if how != "" && !forgeable(how) {
		return 0, fmt.Errorf("no forgery %q", how)
	}
	n, err := w.forgedNotice(outTradeNo, how)
	if err != nil {
		return 0, err
	}
	status, err := w.postNotice(ctx, n, how)
	defer w.change()()
	n.Results = append(n.Results, tryText(status, err))
	return status, err
}

// NoticeRequest is the request that ForgeNotice would send, for tests that send it themselves; GetBody gives its
// body again, so that one signed notice can be sent many times.
func (w *World) NoticeRequest(ctx context.Context, outTradeNo, how string) (*http.Request, error) {
	n, err := w.forgedNotice(outTradeNo, how)
	if err != nil {
		return nil, err
	}
	return w.noticeRequest(ctx, n, how)
}

// forgedNotice pretends that the order was paid, and keeps the notice in the list as done.
func (w *World) forgedNotice(outTradeNo, how string) (*notice, error) {
	defer w.change()()
	found := w.data.Pay.Orders[outTradeNo]
	if found == nil {
		return nil, fmt.Errorf("no order %q", outTradeNo)
	}
	o := *found
	if o.TransactionID == "" {
		o.State, o.PaidAt, o.PaidBy = "SUCCESS", w.now(), o.OpenID
		o.TransactionID = "42000" + o.PaidAt.Format("060102150405") + randomDigits(11)
	}
	transaction := w.transaction(&o)
	forge(transaction, how)
	n := &notice{ID: newNoticeID(), OutTradeNo: o.OutTradeNo, URL: o.NotifyURL, How: how, Done: true}
	n.Body = w.noticeBody(n, transaction)
	w.data.Pay.Notices = append(w.data.Pay.Notices, n)
	return n, nil
}
