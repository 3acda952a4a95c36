package sandbox

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
