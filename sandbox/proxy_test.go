package sandbox

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

const phoneURL = "http://127.0.0.1:8090"

// fakeSite answers as our own site does, and remembers the last request.
type fakeSite struct {
	*httptest.Server
	last *http.Request
}

func newFakeSite(t *testing.T) *fakeSite {
	site := &fakeSite{}
	site.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site.last = r
		own := "http://" + r.Host
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'none'; connect-src "+own)
			w.Header().Set("X-Frame-Options", "DENY")
			w.Header().Set("ETag", `"1"`)
			fmt.Fprintf(w, `<!doctype html><html><head><title>新生注册</title></head><body><a href="%s/go/home">%s/go/home</a></body></html>`, own, own)
		case "/bare":
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, "<header>x</header>")
		case "/login":
			http.SetCookie(w, &http.Cookie{Name: "sid", Value: "secret", HttpOnly: true, SameSite: http.SameSiteLaxMode, Path: "/"})
		case "/go/home":
			back := url.QueryEscape(own + "/wechat/oauth")
			http.Redirect(w, r, phoneURL+"/open/connect/oauth2/authorize?appid="+r.URL.Query().Get("appid")+
				"&redirect_uri="+back+"&response_type=code&scope=snsapi_base&state=abc#wechat_redirect", http.StatusFound)
		case "/data":
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"link":"`+own+`/p/1","head":"<head>"}`)
		}
	}))
	t.Cleanup(site.Close)
	return site
}

func newTestPhone(t *testing.T, site string) *Sandbox {
	t.Helper()
	s, err := Open(Config{URL: phoneURL, Site: site, People: []Person{
		{ID: "D01", Name: "张示例", Sex: "女", IDNumber: "320102200703169961", Phone: "13900000001"},
		{ID: "D02", Name: "李演示", Sex: "女", IDNumber: "320106199808229983", Phone: "13900000002"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// visitPage asks as a browser does, at the host given.
func visitPage(s *Sandbox, method, address string, header http.Header) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, address, nil)
	for name, values := range header {
		r.Header[name] = values
	}
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, r)
	return answer
}

func TestProxyLooksLikeWeChatToTheSite(t *testing.T) {
	site := newFakeSite(t)
	s := newTestPhone(t, site.URL)
	visitPage(s, "POST", "http://d01.localhost:8090/data?x=1", http.Header{
		"Origin": {"http://d01.localhost:8090"}, "Referer": {"http://d01.localhost:8090/a?b"}, "Cookie": {"sid=of-another-tab"},
		"X-Forwarded-For": {"203.0.113.7"}, "User-Agent": {"Firefox"}, "Accept-Encoding": {"br"},
	})
	got := site.last
	for name, want := range map[string]string{
		"Origin": site.URL, "Referer": site.URL + "/a?b", "Cookie": "", "User-Agent": wechatAgent,
		"X-Forwarded-For": "203.0.113.7, 192.0.2.1", "X-Forwarded-Host": "", holderHeader: "",
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.Header.Get(name), want)
		}
	}
	if "http://"+got.Host != site.URL || got.URL.RequestURI() != "/data?x=1" {
		t.Errorf("the site was asked for %s%s", got.Host, got.URL.RequestURI())
	}
	visitPage(s, "GET", "http://d01.localhost:8090/", http.Header{"Referer": {phoneURL + "/phone/"},
		"Sec-Fetch-Mode": {"navigate"}, "Sec-Fetch-Site": {"cross-site"}, "Sec-Fetch-Dest": {"iframe"}})
	header := site.last.Header
	if header.Get("Referer") != "" || header.Get("Sec-Fetch-Site") != "none" || header.Get("Sec-Fetch-Dest") != "document" {
		t.Errorf("an opened page looks like a frame: %v", header)
	}
}

func TestProxyFitsThePageIntoTheFrame(t *testing.T) {
	site := newFakeSite(t)
	s := newTestPhone(t, site.URL)
	answer := visitPage(s, "GET", "http://d01.localhost:8090/", nil)
	page := answer.Body.String()
	if !strings.Contains(page, `<head><script src="/_sandbox/phone.js"></script><title>`) {
		t.Errorf("the script is not the first in the head: %s", page)
	}
	if !strings.Contains(page, `href="http://d01.localhost:8090/go/home">`+site.URL+`/go/home<`) {
		t.Errorf("a link leads out of the frame, or what is read was changed: %s", page)
	}
	header := answer.Result().Header
	if header.Get("X-Frame-Options") != "" || header.Get("ETag") != "" {
		t.Errorf("headers left: %v", header)
	}
	want := "script-src 'self' 'wasm-unsafe-eval'; connect-src http://d01.localhost:8090"
	if got := header.Get("Content-Security-Policy"); got != want {
		t.Errorf("policy %q, want %q", got, want)
	}
	if got := header.Get("Content-Length"); got != fmt.Sprint(len(page)) {
		t.Errorf("length %s of %d bytes", got, len(page))
	}
	if bare := visitPage(s, "GET", "http://d01.localhost:8090/bare", nil).Body.String(); !strings.HasPrefix(bare, "<script ") {
		t.Errorf("a page without head: %s", bare)
	}
	data := visitPage(s, "GET", "http://d01.localhost:8090/data", nil).Body.String()
	if data != `{"link":"`+site.URL+`/p/1","head":"<head>"}` {
		t.Errorf("what is no page was changed: %s", data)
	}
	script := visitPage(s, "GET", "http://d01.localhost:8090"+scriptPath, nil).Body.String()
	if !strings.Contains(script, "MicroMessenger") || strings.Contains(script, "%userAgent%") {
		t.Error("the script does not carry WeChat's user agent")
	}
}

func TestProxyKeepsCookiesPerUser(t *testing.T) {
	site := newFakeSite(t)
	s := newTestPhone(t, site.URL)
	login := visitPage(s, "GET", "http://d01.localhost:8090/login", nil)
	if login.Result().Header.Get("Set-Cookie") != "" {
		t.Error("the cookie reached the browser")
	}
	for host, want := range map[string]string{"d01.localhost:8090": "sid=secret", "d02.localhost:8090": "", "localhost:8090": "sid=secret"} {
		visitPage(s, "GET", "http://"+host+"/data", nil)
		if got := site.last.Header.Get("Cookie"); got != want {
			t.Errorf("%s sends %q, want %q", host, got, want)
		}
	}
	phoneStateOf(t, s, "D02") // a browser that knows plain localhost only
	visitPage(s, "GET", "http://localhost:8090/data", nil)
	if got := site.last.Header.Get("Cookie"); got != "" {
		t.Errorf("after D02 took up the phone, localhost sends %q", got)
	}
	visitPage(s, "GET", "http://localhost:8090/data", http.Header{holderHeader: {"parent"}})
	if got := site.last.Header.Get("Cookie"); got != "" {
		t.Errorf("the parent sends %q", got)
	}
	if answer := visitPage(s, "GET", "http://nobody.localhost:8090/", nil); answer.Code != http.StatusNotFound {
		t.Errorf("an unknown user gets %d", answer.Code)
	}
}

func TestProxyKeepsWebAuthorisationInTheFrame(t *testing.T) {
	site := newFakeSite(t)
	s := newTestPhone(t, site.URL)
	answer := visitPage(s, "GET", "http://d02.localhost:8090/go/home?appid="+s.Credentials().AppID, nil)
	open := answer.Result().Header.Get("Location")
	if !strings.HasPrefix(open, "http://d02.localhost:8090/open/connect/oauth2/authorize?") {
		t.Fatalf("the site leads to %s", open)
	}
	answer = visitPage(s, "GET", strings.TrimSuffix(open, "#wechat_redirect"), nil)
	back := answer.Result().Header.Get("Location")
	if answer.Code != http.StatusFound || !strings.HasPrefix(back, "http://d02.localhost:8090/wechat/oauth?code=") {
		t.Fatalf("WeChat leads to %d %s", answer.Code, back)
	}
}

func TestPhoneIsServedOnItsOwnHostOnly(t *testing.T) {
	site := newFakeSite(t)
	s := newTestPhone(t, site.URL)
	answer := visitPage(s, "GET", phoneURL+"/?open=weixin", nil)
	if got := answer.Result().Header.Get("Location"); got != "/phone/?open=weixin" {
		t.Errorf("/ leads to %q", got)
	}
	if got := visitPage(s, "GET", phoneURL+"/phone/", nil); !strings.Contains(got.Body.String(), "沙箱手机") {
		t.Errorf("the phone's page: %d %s", got.Code, got.Body)
	}
	if got := visitPage(s, "GET", "http://localhost:8090/phone/", nil).Result().Header.Get("Location"); got != phoneURL+"/phone/" {
		t.Errorf("/phone on the webview's host leads to %q", got)
	}
	site.Close()
	if got := visitPage(s, "GET", "http://localhost:8090/", nil); got.Code != http.StatusBadGateway {
		t.Errorf("without the site: %d", got.Code)
	}
}
