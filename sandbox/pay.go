package sandbox

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// payData is what WeChat Pay remembers of a merchant.
type payData struct {
	Orders   map[string]*order // by out_trade_no
	Notices  []*notice
	Hold     bool            // notices wait for a release
	Schedule []time.Duration // between the tries of a notice; empty means WeChat Pay's own
	TooYoung time.Duration   // close is refused for orders younger than this; 0 never refuses
	Probes   int             // every so many notices a SIGNTEST probe goes first; 0 never
	Sent     int             // notices begun
}

func newPayData() payData { return payData{Orders: map[string]*order{}, Probes: 5} }

func (p *payData) adopt(fresh payData) {
	if p.Orders == nil {
		p.Orders = fresh.Orders
	}
}

// payCall is a request to api.mch.weixin.qq.com whose signature has been verified.
type payCall struct {
	*World
	r    *http.Request
	body []byte
}

// servePay answers for api.mch.weixin.qq.com.
func (s *Sandbox) servePay(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		writeReply(rw, payError(http.StatusBadRequest, "INVALID_REQUEST", "read body"))
		return
	}
	fields, err := authorization(r.Header.Get("Authorization"))
	if err != nil {
		writeReply(rw, payError(http.StatusUnauthorized, "SIGN_ERROR", err.Error()))
		return
	}
	w := s.find(func(c Credentials) bool { return c.MchID == fields["mchid"] })
	if w == nil {
		writeReply(rw, payError(http.StatusUnauthorized, "SIGN_ERROR", "商户号不存在"))
		return
	}
	c := payCall{World: w, r: r, body: body}
	w.answer(rw, r, call{
		name: r.URL.Path,
		act: func() reply {
			if err := c.verify(fields); err != nil {
				return payError(http.StatusUnauthorized, "SIGN_ERROR", err.Error())
			}
			return c.serve()
		},
		fail: func(code string) reply { return payError(payStatus(code), code, "") },
		sign: w.signReply,
	})
}

var authorizationField = regexp.MustCompile(`^([a-z_]+)="([^"]*)"$`)

// authorization splits the header into its five fields.
func authorization(header string) (map[string]string, error) {
	rest, ok := strings.CutPrefix(header, "WECHATPAY2-SHA256-RSA2048 ")
	if !ok {
		return nil, errors.New("Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》")
	}
	fields := map[string]string{}
	for _, part := range strings.Split(rest, ",") {
		m := authorizationField.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil || fields[m[1]] != "" {
			return nil, errors.New("Http头Authorization值格式错误")
		}
		fields[m[1]] = m[2]
	}
	for _, name := range []string{"mchid", "nonce_str", "timestamp", "serial_no", "signature"} {
		if fields[name] == "" {
			return nil, fmt.Errorf("Http头Authorization缺少%s", name)
		}
	}
	return fields, nil
}

// verify holds the request to the merchant's signature, certificate and clock.
func (c payCall) verify(fields map[string]string) error {
	if fields["serial_no"] != c.credentials.MerchantSerial {
		return errors.New("商户证书序列号有误")
	}
	seconds, err := strconv.ParseInt(fields["timestamp"], 10, 64)
	if err != nil || c.sandbox.config.Now().Sub(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return errors.New("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟")
	}
	message := fmt.Sprintf("%s\n%s\n%s\n%s\n%s\n", c.r.Method, c.r.RequestURI, fields["timestamp"], fields["nonce_str"], c.body)
	if !verifyRSA(&c.sandbox.keys.merchant.PublicKey, message, fields["signature"]) {
		return errors.New("签名错误，请检查后再试")
	}
	if id := c.r.Header.Get("Wechatpay-Serial"); id != "" && id != c.credentials.PublicKeyID {
		return errors.New("Wechatpay-Serial与商户的微信支付公钥不一致")
	}
	return nil
}

// serve finds the operation.
func (c payCall) serve() reply {
	const orders = "/v3/pay/transactions/"
	path := c.r.URL.Path
	number, byNumber := strings.CutPrefix(path, orders+"out-trade-no/")
	switch {
	case c.r.Method == http.MethodPost && path == "/v3/security/echo":
		return c.echo()
	case c.r.Method == http.MethodPost && path == orders+"jsapi":
		return c.prepay("JSAPI")
	case c.r.Method == http.MethodPost && path == orders+"native":
		return c.prepay("NATIVE")
	case c.r.Method == http.MethodPost && path == orders+"h5":
		return c.prepay("MWEB")
	case c.r.Method == http.MethodPost && byNumber && strings.HasSuffix(number, "/close"):
		return c.closeOrder(strings.TrimSuffix(number, "/close"))
	case c.r.Method == http.MethodGet && byNumber:
		return c.query(func(o *order) bool { return o.OutTradeNo == number })
	case c.r.Method == http.MethodGet && strings.HasPrefix(path, orders+"id/"):
		id := strings.TrimPrefix(path, orders+"id/")
		return c.query(func(o *order) bool { return o.TransactionID == id })
	}
	return payError(http.StatusNotFound, "RESOURCE_NOT_EXISTS", "接口不存在")
}

// echo answers the vendor's own test of signing and verifying (商户签名验签测试).
func (c payCall) echo() reply {
	var body struct {
		EchoMessage string `json:"echo_message"`
	}
	if bad, ok := c.decode(&body); !ok {
		return bad
	}
	if body.EchoMessage == "" {
		return payParam("echo_message", "不能为空")
	}
	return jsonReply(http.StatusOK, body)
}

// decode reads a strict JSON body: unknown fields are refused.
func (c payCall) decode(into any) (reply, bool) {
	decoder := json.NewDecoder(bytes.NewReader(c.body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return payParam("body", err.Error()), false
	}
	if _, err := decoder.Token(); err != io.EOF {
		return payParam("body", "JSON之后还有内容"), false
	}
	return reply{}, true
}

// signReply signs an answer with WeChat Pay's key, whatever its status; the wrong signature is well-formed.
func (w *World) signReply(out *reply, right bool) {
	w.mu.Lock()
	at := w.sandbox.config.Now().Add(w.data.Skew)
	w.mu.Unlock()
	if out.header == nil {
		out.header = http.Header{}
	}
	timestamp, nonce := strconv.FormatInt(at.Unix(), 10), randomHex(16)
	message := fmt.Sprintf("%s\n%s\n%s\n", timestamp, nonce, out.body)
	if !right {
		message += "x"
	}
	w.signHeader(out.header, timestamp, nonce, signRSA(w.sandbox.keys.platform, message))
	out.header.Set("Request-Id", strings.ToUpper(randomHex(16))+"-0")
	out.header.Set("Date", at.UTC().Format(http.TimeFormat))
}

func (w *World) signHeader(h http.Header, timestamp, nonce, signature string) {
	h.Set("Wechatpay-Timestamp", timestamp)
	h.Set("Wechatpay-Nonce", nonce)
	h.Set("Wechatpay-Serial", w.credentials.PublicKeyID)
	h.Set("Wechatpay-Signature", signature)
	h.Set("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048")
}

func signRSA(key *rsa.PrivateKey, message string) string {
	sum := sha256.Sum256([]byte(message))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err) // a 2048-bit key of our own signs every hash
	}
	return base64.StdEncoding.EncodeToString(signature)
}

func verifyRSA(key *rsa.PublicKey, message, signature string) bool {
	raw, err := base64.StdEncoding.DecodeString(signature)
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(message))
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], raw) == nil
}
