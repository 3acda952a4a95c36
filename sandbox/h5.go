package sandbox

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

var h5Page = template.Must(template.New("h5").Parse(`<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>微信支付（沙箱）</title>
<body style="font:16px sans-serif;text-align:center;padding:12vh 24px">
<p>{{.Bill.Payee}}</p><p>{{.Bill.Description}}</p><p style="font-size:32px">¥{{.Yuan}}</p>
<form method="post" action="/h5pay/{{.Bill.OutTradeNo}}">
<input type="hidden" name="world" value="{{.World}}"><input type="hidden" name="back" value="{{.Back}}">
<button name="do" value="pay" style="padding:12px 48px">立即支付</button>
<button name="do" value="cancel" style="padding:12px 24px">取消</button></form></body></html>`))

// serveH5 plays the page behind h5_url (H5 支付), which only opens outside WeChat and from the site's own pages.
func (s *Sandbox) serveH5(rw http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		s.finishH5(rw, r)
		return
	}
	prepayID := r.URL.Query().Get("prepay_id")
	for _, w := range s.Worlds() {
		bill, err := w.openH5(prepayID)
		if err != nil {
			continue
		}
		if refused := w.refuseH5(r); refused != "" {
			page(rw, refused)
			return
		}
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		h5Page.Execute(rw, map[string]any{"Bill": bill, "Yuan": yuan(bill.Fen), "World": w.credentials.AppID,
			"Back": r.URL.Query().Get("redirect_url")})
		return
	}
	page(rw, "支付请求已失效，请重新发起支付")
}

// refuseH5 is WeChat's reason for not opening the page; "" if it opens.
func (w *World) refuseH5(r *http.Request) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	referer, err := url.Parse(r.Referer())
	back, backErr := url.Parse(r.URL.Query().Get("redirect_url"))
	switch {
	case strings.Contains(r.UserAgent(), "MicroMessenger"):
		return "请在微信外打开订单，进行支付"
	case r.Referer() == "":
		return "商家参数格式有误，请联系商家解决"
	case err != nil || !w.ownHost(referer.Host):
		return "商家存在未配置的参数，请联系商家解决"
	case backErr != nil || back.Host != "" && !w.ownHost(back.Host):
		return "商家存在未配置的参数，请联系商家解决"
	}
	return ""
}

// finishH5 pays as the user of the phone, or cancels, and goes back to the site: the return proves nothing.
func (s *Sandbox) finishH5(rw http.ResponseWriter, r *http.Request) {
	w := s.World(r.PostFormValue("world"))
	if w == nil {
		http.NotFound(rw, r)
		return
	}
	if r.PostFormValue("do") == "pay" {
		if err := w.PayOrder(sandboxUser(r), strings.TrimPrefix(r.URL.Path, "/h5pay/")); err != nil {
			page(rw, err.Error())
			return
		}
	}
	back, err := url.Parse(r.PostFormValue("back"))
	w.mu.Lock()
	own := err == nil && w.ownHost(back.Host)
	w.mu.Unlock()
	if !own {
		page(rw, "请返回商家页面查看支付结果")
		return
	}
	http.Redirect(rw, r, back.String(), http.StatusSeeOther)
}
