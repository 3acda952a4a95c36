package sandbox

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// serviceOf names what answers at a vendor's host; "" if the host is none of theirs.
func serviceOf(host string) string {
	switch host {
	case "api.weixin.qq.com":
		return "oa"
	case "open.weixin.qq.com":
		return "open"
	case "mp.weixin.qq.com":
		return "mp"
	case "api.mch.weixin.qq.com", "api2.mch.weixin.qq.com":
		return "pay"
	case "sms.tencentcloudapi.com":
		return "sms"
	case "faceid.tencentcloudapi.com":
		return "faceid"
	case "ocr.tencentcloudapi.com":
		return "ocr"
	case "iai.tencentcloudapi.com":
		return "iai"
	}
	return ""
}

// vendorHost is the vendor's host that a request is meant for, by Host or by what Egress noted of it.
func vendorHost(r *http.Request) (string, bool) {
	for _, host := range []string{r.Host, r.Header.Get("X-Original-Host")} {
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if serviceOf(host) != "" {
			return host, true
		}
	}
	return "", false
}

// Egress carries the SDKs' requests to the sandbox: it rewrites the vendors' hosts to sandboxURL, keeps the
// Host header and adds X-Original-Host, and refuses every host that it does not know, so that nothing leaves
// the machine by mistake.
func Egress(sandboxURL string) http.RoundTripper {
	target, err := url.Parse(sandboxURL)
	return &egress{target: target, err: err, next: &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 2 * time.Second}).DialContext,
		MaxIdleConnsPerHost: 256,
		IdleConnTimeout:     30 * time.Second,
	}}
}

type egress struct {
	target *url.URL
	err    error
	next   http.RoundTripper
}

func (e *egress) RoundTrip(r *http.Request) (*http.Response, error) {
	if e.err != nil {
		closeBody(r)
		return nil, fmt.Errorf("sandbox address: %w", e.err)
	}
	host := r.URL.Hostname()
	if serviceOf(host) == "" {
		closeBody(r)
		return nil, fmt.Errorf("egress: host %q is not in the sandbox's table", host)
	}
	out := r.Clone(r.Context())
	out.Host = host
	out.Header.Set("X-Original-Host", host)
	out.URL.Scheme = e.target.Scheme
	out.URL.Host = e.target.Host
	return e.next.RoundTrip(out)
}

// closeBody does what every RoundTripper owes a request that it refuses.
func closeBody(r *http.Request) {
	if r.Body != nil {
		r.Body.Close()
	}
}
