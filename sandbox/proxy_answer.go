package sandbox

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// relax makes the site's answer fit into the phone's frame and keeps its cookies.
// What it takes away (frame-ancestors and the like) it takes away here only.
func (v *webview) relax(answer *http.Response) error {
	seen := visitOf(answer.Request)
	v.jar(seen.holder).SetCookies(v.site, answer.Cookies())
	header := answer.Header
	for _, name := range []string{"Set-Cookie", "X-Frame-Options", "Strict-Transport-Security"} {
		header.Del(name)
	}
	for i, policy := range header.Values("Content-Security-Policy") {
		header["Content-Security-Policy"][i] = v.relaxPolicy(policy, seen.origin)
	}
	if location := header.Get("Location"); location != "" {
		header.Set("Location", v.stay(location, seen.origin))
	}
	if strings.HasPrefix(header.Get("Content-Type"), "text/html") && answer.Request.Method != http.MethodHead {
		return v.inject(answer, seen.origin)
	}
	return nil
}

// relaxPolicy drops what forbids frames and http, and lets the frame's origin stand for the site's.
func (v *webview) relaxPolicy(policy, origin string) string {
	var kept []string
	for _, directive := range strings.Split(policy, ";") {
		name, _, _ := strings.Cut(strings.TrimSpace(directive), " ")
		switch strings.ToLower(name) {
		case "", "frame-ancestors", "upgrade-insecure-requests":
			continue
		}
		kept = append(kept, strings.ReplaceAll(strings.TrimSpace(directive), v.siteOrigin(), origin))
	}
	return strings.Join(kept, "; ")
}

// stay turns a redirect to the site or to WeChat's pages into one inside the frame.
func (v *webview) stay(location, origin string) string {
	if rest, ok := under(location, v.siteOrigin()); ok {
		return origin + rest
	}
	if rest, ok := under(location, v.sandbox.config.URL); ok && strings.HasPrefix(rest, "/open/") {
		return origin + rest
	}
	return location
}

// under gives what follows an origin in an address.
func under(address, origin string) (string, bool) {
	rest, ok := strings.CutPrefix(address, origin)
	if !ok || origin == "" || (rest != "" && !strings.ContainsAny(rest[:1], "/?#")) {
		return "", false
	}
	return rest, true
}

var headTag = regexp.MustCompile(`(?i)<head(\s[^>]*)?>`)

// inject puts the script that plays WeChat in front of all others.
func (v *webview) inject(answer *http.Response, origin string) error {
	page, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil {
		return fmt.Errorf("read the site's page: %w", err)
	}
	page = v.links.ReplaceAll(page, []byte("${1}"+origin+"${2}"))
	tag := []byte(`<script src="` + scriptPath + `"></script>`)
	if at := headTag.FindIndex(page); at != nil {
		page = bytes.Join([][]byte{page[:at[1]], tag, page[at[1]:]}, nil)
	} else {
		page = append(tag, page...)
	}
	answer.Body = io.NopCloser(bytes.NewReader(page))
	answer.ContentLength = int64(len(page))
	answer.Header.Set("Content-Length", strconv.Itoa(len(page)))
	answer.Header.Del("ETag")
	answer.Header.Del("Last-Modified")
	return nil
}

// unreachable says in the frame that the site does not answer.
func (v *webview) unreachable(w http.ResponseWriter, r *http.Request, err error) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusBadGateway)
	fmt.Fprintf(w, `<!doctype html><html lang="zh-CN"><meta name="viewport" content="width=device-width"><title>网页打不开</title>
<body style="font:18px/1.6 sans-serif;margin:64px 24px;text-align:center;color:#222"><h1 style="font-size:22px">网页打不开</h1>
<p>沙箱连不上新生注册网站 %s。</p><p>请确认网站已经启动，再点右上角的 ⋯ 刷新。</p><p style="color:#666;font-size:14px">%s</p>`,
		html.EscapeString(v.siteOrigin()), html.EscapeString(err.Error()))
}

// stayWriter keeps the redirects of WeChat's own pages inside the frame.
type stayWriter struct {
	http.ResponseWriter
	webview *webview
	origin  string
}

func (w *stayWriter) WriteHeader(status int) {
	if location := w.Header().Get("Location"); location != "" {
		w.Header().Set("Location", w.webview.stay(location, w.origin))
	}
	w.ResponseWriter.WriteHeader(status)
}
