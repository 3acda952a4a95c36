package sandbox

import (
	"net/http"
	"sort"
	"time"
)

// order is a merchant's order at WeChat Pay.
type order struct {
	OutTradeNo    string
	Frozen        string // the whole first request; another one under this number is refused
	TradeType     string // JSAPI, NATIVE or MWEB
	PrepayID      string
	Code          string // of code_url
	H5            string // of h5_url
	Description   string
	Attach        string
	NotifyURL     string
	Fen           int64
	OpenID        string // who must pay (JSAPI)
	PaidBy        string // openid
	Created       time.Time
	End           time.Time // after it nobody can pay
	State         string    // NOTPAY, SUCCESS, CLOSED, REFUND …
	TransactionID string
	PaidAt        time.Time
}

// tradeState is the state that a query answers: an order nobody paid in time is closed by WeChat Pay itself.
func (o *order) tradeState(now time.Time) string {
	if o.State == "NOTPAY" && !now.Before(o.End) {
		return "CLOSED"
	}
	return o.State
}

func tradeStateText(state string) string {
	return map[string]string{"SUCCESS": "支付成功", "REFUND": "转入退款", "NOTPAY": "订单未支付", "CLOSED": "订单已关闭",
		"REVOKED": "已撤销", "USERPAYING": "用户支付中", "PAYERROR": "支付失败"}[state]
}

// Orders lists the merchant's orders, newest last.
func (w *World) Orders() []Bill {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := make([]*order, 0, len(w.data.Pay.Orders))
	for _, o := range w.data.Pay.Orders {
		list = append(list, o)
	}
	sort.Slice(list, func(i, j int) bool {
		if !list[i].Created.Equal(list[j].Created) {
			return list[i].Created.Before(list[j].Created)
		}
		return list[i].OutTradeNo < list[j].OutTradeNo
	})
	bills := make([]Bill, len(list))
	for i, o := range list {
		bills[i] = w.bill(o)
	}
	return bills
}

func (w *World) orderBy(match func(*order) bool) *order {
	for _, o := range w.data.Pay.Orders {
		if match(o) {
			return o
		}
	}
	return nil
}

// query answers both order queries.
func (c payCall) query(match func(*order) bool) reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.r.URL.Query().Get("mchid") != c.credentials.MchID {
		return payParam("mchid", "与签名的商户号不一致")
	}
	o := c.orderBy(match)
	if o == nil {
		return payError(http.StatusNotFound, "ORDER_NOT_EXIST", "订单不存在")
	}
	return jsonReply(http.StatusOK, c.transaction(o))
}

// transaction is an order as queries and notices show it.
func (w *World) transaction(o *order) map[string]any {
	state := o.tradeState(w.now())
	t := map[string]any{
		"appid": w.credentials.AppID, "mchid": w.credentials.MchID, "out_trade_no": o.OutTradeNo,
		"trade_state": state, "trade_state_desc": tradeStateText(state),
	}
	if o.Attach != "" {
		t["attach"] = o.Attach
	}
	if o.TransactionID == "" {
		t["amount"] = map[string]any{"total": o.Fen, "currency": "CNY"}
		return t
	}
	t["transaction_id"] = o.TransactionID
	t["trade_type"] = o.TradeType
	t["bank_type"] = "OTHERS"
	t["success_time"] = chinaTime(o.PaidAt)
	t["payer"] = map[string]any{"openid": o.PaidBy}
	t["amount"] = map[string]any{"total": o.Fen, "payer_total": o.Fen, "currency": "CNY", "payer_currency": "CNY"}
	return t
}

// chinaTime is a time as WeChat Pay writes it.
func chinaTime(t time.Time) string {
	return t.In(time.FixedZone("", 8*60*60)).Format("2006-01-02T15:04:05-07:00")
}

// closeOrder answers 204, or says why the order cannot be closed.
func (c payCall) closeOrder(number string) reply {
	var body struct {
		MchID string `json:"mchid"`
	}
	if bad, ok := c.decode(&body); !ok {
		return bad
	}
	if body.MchID != c.credentials.MchID {
		return payParam("mchid", "与签名的商户号不一致")
	}
	defer c.change()()
	o := c.data.Pay.Orders[number]
	switch {
	case o == nil:
		return payError(http.StatusNotFound, "ORDER_NOT_EXIST", "订单不存在")
	case o.State == "SUCCESS" || o.State == "REFUND":
		return payError(http.StatusBadRequest, "ORDERPAID", "该订单已支付")
	case c.now().Sub(o.Created) < c.data.Pay.TooYoung:
		return payError(http.StatusForbidden, "RULE_LIMIT", "订单创建后5分钟内不能关闭，请稍后再试")
	}
	o.State = "CLOSED"
	return reply{status: http.StatusNoContent}
}

// SetState changes an order behind the merchant's back: REFUND plays a refund made in WeChat Pay's console.
func (w *World) SetState(outTradeNo, state string) bool {
	defer w.change()()
	o := w.data.Pay.Orders[outTradeNo]
	if o == nil || tradeStateText(state) == "" {
		return false
	}
	o.State = state
	return true
}
