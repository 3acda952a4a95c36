package sandbox

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// wechatAgent is what the WeChat client on an Android phone calls itself.
const wechatAgent = "Mozilla/5.0 (Linux; Android 14; SANDBOX Build/UKQ1.231003.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) " +
	"Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404 MMWEBID/2026 " +
	"MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64"

// scriptPath is where the script that plays WeChat inside a page is served; it has
// the page's own origin, so that a policy of script-src 'self' lets it in.
const scriptPath = "/_sandbox/phone.js"

// webview shows the site as WeChat's built-in browser does. Every WeChat user has a
// host name of their own (d01.localhost), and so a phone of their own: the cookies
// are kept here and never in the browser, which would mix them up, since it ignores
// ports and forbids cookies in a frame of another site.
type webview struct {
	sandbox *Sandbox
	site    *url.URL
	links   *regexp.Regexp // absolute links to the site in HTML
	script  []byte
	proxy   *httputil.ReverseProxy

	mu      sync.Mutex
	cookies map[string]*cookiejar.Jar // by WeChat user
	looking string                    // who looked at the phone last
}

// visit says who looks at a page, and the origin that the page has in the frame.
type visit struct{ holder, origin string }

type visitKey struct{}

func visitOf(r *http.Request) visit {
	seen, _ := r.Context().Value(visitKey{}).(visit)
	return seen
}

func newWebview(s *Sandbox, script []byte) *webview {
	v := &webview{sandbox: s, cookies: map[string]*cookiejar.Jar{}}
	v.script = bytes.ReplaceAll(script, []byte("%userAgent%"), []byte(wechatAgent))
	site, err := url.Parse(s.config.Site)
	if err != nil || site.Host == "" {
		site = &url.URL{Scheme: "http", Host: "localhost:8080"}
	}
	v.site = site
	v.links = regexp.MustCompile(`((?:href|src|action)=["']?)` + regexp.QuoteMeta(v.siteOrigin()) + `([/"'\s>?#])`)
	v.proxy = &httputil.ReverseProxy{
		Rewrite:        v.rewrite,
		ModifyResponse: v.relax,
		ErrorHandler:   v.unreachable,
		FlushInterval:  -1,
	}
	return v
}

// isFrame says whether a request comes from the phone's webview, told by its host.
func (s *Sandbox) isFrame(r *http.Request) bool {
	host := strings.ToLower(hostName(r.Host))
	own, err := url.Parse(s.config.URL)
	if err == nil && own.Hostname() == host {
		return false
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

func hostName(hostPort string) string {
	if name, _, err := net.SplitHostPort(hostPort); err == nil {
		return name
	}
	return hostPort
}

// ServeHTTP answers a page in the webview: the script, WeChat's own pages, or the site.
func (v *webview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	holder, ok := v.holder(r)
	if !ok {
		http.Error(w, "沙箱里没有这位微信用户", http.StatusNotFound)
		return
	}
	seen := visit{holder: holder, origin: "http://" + r.Host}
	r = r.Clone(context.WithValue(r.Context(), visitKey{}, seen))
	r.Header.Set("User-Agent", wechatAgent)
	switch {
	case r.URL.Path == scriptPath:
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		w.Write(v.script)
	case strings.HasPrefix(r.URL.Path, "/_sandbox/"):
		v.sandbox.serveControl(w, r)
	case strings.HasPrefix(r.URL.Path, "/open/"):
		r.Header.Set(holderHeader, holder)
		stay := &stayWriter{ResponseWriter: w, webview: v, origin: seen.origin}
		http.StripPrefix("/open", http.HandlerFunc(v.sandbox.serveOpen)).ServeHTTP(stay, r)
	case r.URL.Path == "/phone" || strings.HasPrefix(r.URL.Path, "/phone/"):
		http.Redirect(w, r, v.sandbox.config.URL+r.URL.RequestURI(), http.StatusFound)
	default:
		v.proxy.ServeHTTP(w, r)
	}
}

// holder is the WeChat user in whose hand the phone is: the one named by the host, a
// test's header, or the cookie; on plain localhost without any, who looked at the
// phone last, or the first one.
func (v *webview) holder(r *http.Request) (string, bool) {
	name, named := strings.CutSuffix(strings.ToLower(hostName(r.Host)), ".localhost")
	if !named {
		name = r.Header.Get(holderHeader)
	}
	if cookie, err := r.Cookie(holderCookie); name == "" && err == nil {
		name = cookie.Value
	}
	if name == "" {
		name = v.lookedLast()
	}
	for _, user := range v.sandbox.World("").Users() {
		if name == "" || strings.EqualFold(user.Key, name) {
			return user.Key, true
		}
	}
	return "", false
}

// rewrite turns a browser's request to the webview into WeChat's request to the site.
func (v *webview) rewrite(p *httputil.ProxyRequest) {
	seen := visitOf(p.In)
	p.SetURL(v.site)
	p.Out.Host = v.site.Host
	p.Out.Header["X-Forwarded-For"] = p.In.Header["X-Forwarded-For"]
	p.SetXForwarded()
	for _, name := range []string{"X-Forwarded-Host", "X-Forwarded-Proto", "Cookie", "Accept-Encoding", holderHeader} {
		p.Out.Header.Del(name)
	}
	if p.In.Header.Get("Origin") == seen.origin {
		p.Out.Header.Set("Origin", v.siteOrigin())
	}
	v.rewriteReferer(p.Out.Header, seen.origin)
	if p.In.Header.Get("Sec-Fetch-Mode") == "navigate" {
		p.Out.Header.Set("Sec-Fetch-Dest", "document")
		if p.In.Header.Get("Sec-Fetch-Site") == "cross-site" { // only because of the phone's page around the frame
			p.Out.Header.Set("Sec-Fetch-Site", "none")
		}
	}
	for _, cookie := range v.jar(seen.holder).Cookies(v.site) {
		p.Out.AddCookie(cookie)
	}
}

func (v *webview) rewriteReferer(header http.Header, origin string) {
	referer := header.Get("Referer")
	if path, inside := strings.CutPrefix(referer, origin+"/"); inside {
		header.Set("Referer", v.siteOrigin()+"/"+path)
		return
	}
	header.Del("Referer") // the phone's page is no page that WeChat would name
}

// look notes who looks at the phone, for a browser that knows plain localhost only.
func (v *webview) look(holder string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.looking = holder
}

func (v *webview) lookedLast() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.looking
}

// jar keeps the cookies of one WeChat user's phone.
func (v *webview) jar(holder string) *cookiejar.Jar {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.cookies[holder] == nil {
		v.cookies[holder], _ = cookiejar.New(nil) // never fails
	}
	return v.cookies[holder]
}

// forget empties the jar of one WeChat user, as clearing WeChat's cache does.
func (v *webview) forget(holder string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.cookies, holder)
}

func (v *webview) siteOrigin() string { return v.site.Scheme + "://" + v.site.Host }
