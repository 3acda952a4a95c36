package sandbox

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// oauthCode is a code of web authorisation (网页授权): good once, for five minutes.
type oauthCode struct {
	OpenID   string
	Scope    string
	Snapshot bool
	End      time.Time
	Used     bool
}

// oauthGrant is what a redeemed code gave.
type oauthGrant struct {
	OpenID  string
	Scope   string
	Refresh string
	End     time.Time
}

// serveOpen answers for open.weixin.qq.com: the page that sends a WeChat user back to the site with a code.
func (s *Sandbox) serveOpen(rw http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/connect/oauth2/authorize" {
		http.NotFound(rw, r)
		return
	}
	query := r.URL.Query()
	w := s.World(query.Get("appid"))
	switch {
	case query.Get("appid") == "" || w == nil:
		page(rw, "AppID 参数错误 10013")
		return
	case !strings.Contains(r.UserAgent(), "MicroMessenger"):
		page(rw, "请在微信客户端打开链接")
		return
	}
	w.answer(rw, r, call{
		name: r.URL.Path,
		act:  func() reply { return w.authorize(query, sandboxUser(r)) },
		fail: func(code string) reply { return pageReply("系统繁忙 " + code) },
	})
}

// sandboxUser is who holds the phone: header X-Sandbox-User, or cookie sandbox_user; D01 if neither is there.
func sandboxUser(r *http.Request) string {
	if key := r.Header.Get("X-Sandbox-User"); key != "" {
		return key
	}
	if cookie, err := r.Cookie("sandbox_user"); err == nil {
		if key, err := url.QueryUnescape(cookie.Value); err == nil && key != "" {
			return key
		}
	}
	return "D01"
}

func (w *World) authorize(query url.Values, key string) reply {
	defer w.change()()
	back, err := url.Parse(query.Get("redirect_uri"))
	scope := query.Get("scope")
	u := w.user(key)
	switch {
	case err != nil || !w.ownHost(back.Host):
		return pageReply("redirect_uri 参数错误 10003")
	case query.Get("response_type") != "code":
		return pageReply("response_type 参数错误 10006")
	case scope != "snsapi_base" && scope != "snsapi_userinfo":
		return pageReply("Scope 参数错误或没有 Scope 权限 10005")
	case len(query.Get("state")) > 128 || strings.ContainsFunc(query.Get("state"), notLetterOrDigit):
		return pageReply("state 参数错误 10009")
	case u == nil:
		return pageReply("沙箱里没有这个微信用户：" + key)
	}
	code := "0" + randomText(31)
	w.data.Account.Codes[code] = &oauthCode{
		OpenID: u.OpenID, Scope: scope, End: w.now().Add(5 * time.Minute),
		Snapshot: u.Snapshot || query.Get("forceSnapShot") == "true",
	}
	answer := back.Query()
	answer.Set("code", code)
	answer.Set("state", query.Get("state"))
	back.RawQuery = answer.Encode()
	return reply{status: http.StatusFound, header: http.Header{"Location": {back.String()}}}
}

func notLetterOrDigit(c rune) bool {
	return !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
}

// ownHost tells whether a host is the site's (网页授权域名): the host alone, without the port.
func (w *World) ownHost(host string) bool {
	site, err := url.Parse(w.data.Site)
	return err == nil && site.Host != "" && strings.EqualFold(site.Host, host)
}

// redeemCode answers /sns/oauth2/access_token.
func (c accountCall) redeemCode() reply {
	if code := c.checkOAuth("authorization_code"); code != "" {
		return accountError(code, "")
	}
	if c.query("secret") != c.credentials.AppSecret {
		return accountError("40125", "")
	}
	found := c.data.Account.Codes[c.query("code")]
	switch {
	case found == nil:
		return accountError("40029", "")
	case found.Used:
		return accountError("40163", "")
	case !c.now().Before(found.End):
		return accountError("42003", "")
	}
	found.Used = true
	grant := &oauthGrant{OpenID: found.OpenID, Scope: found.Scope, Refresh: "98_" + randomText(80)}
	if found.Snapshot {
		grant.OpenID = newUser(c.credentials.AppID, "virtual "+found.OpenID, "").OpenID
	}
	answer := c.grantReply(grant)
	if found.Snapshot {
		answer["is_snapshotuser"] = 1
	}
	return jsonReply(http.StatusOK, answer)
}

func (c accountCall) checkOAuth(grantType string) string {
	switch {
	case c.query("appid") != c.credentials.AppID:
		return "40013"
	case c.query("grant_type") != grantType:
		return "40002"
	}
	return ""
}

// grantReply gives a grant a new access token.
func (c accountCall) grantReply(g *oauthGrant) map[string]any {
	token := "98_" + randomText(80)
	g.End = c.now().Add(tokenLife)
	c.data.Account.Grants[token] = g
	c.data.Account.Grants[g.Refresh] = g
	return map[string]any{"access_token": token, "expires_in": 7200, "refresh_token": g.Refresh,
		"openid": g.OpenID, "scope": g.Scope}
}

func (c accountCall) refreshGrant() reply {
	if code := c.checkOAuth("refresh_token"); code != "" {
		return accountError(code, "")
	}
	g := c.data.Account.Grants[c.query("refresh_token")]
	if g == nil || g.Refresh != c.query("refresh_token") {
		return accountError("40030", "")
	}
	return jsonReply(http.StatusOK, c.grantReply(g))
}

// grant finds the grant of the call's access token and openid.
func (c accountCall) grant() (*oauthGrant, string) {
	g := c.data.Account.Grants[c.query("access_token")]
	switch {
	case g == nil || g.Refresh == c.query("access_token"):
		return nil, "40001"
	case g.OpenID != c.query("openid"):
		return nil, "40003"
	case !c.now().Before(g.End):
		return nil, "42001"
	}
	return g, ""
}

func (c accountCall) checkGrant() reply {
	if _, code := c.grant(); code != "" {
		return accountError(code, "")
	}
	return accountOK()
}

func (c accountCall) grantedUser() reply {
	g, code := c.grant()
	if code != "" {
		return accountError(code, "")
	}
	if g.Scope != "snsapi_userinfo" {
		return accountError("48001", "")
	}
	name := "微信用户"
	if u := c.user(g.OpenID); u != nil {
		name = u.Name
	}
	return jsonReply(http.StatusOK, map[string]any{"openid": g.OpenID, "nickname": name, "sex": 0,
		"province": "", "city": "", "country": "", "headimgurl": "", "privilege": []string{}})
}

func pageReply(text string) reply {
	return reply{status: http.StatusOK, kind: "text/html; charset=utf-8", body: []byte(
		`<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
			`<p style="font:16px sans-serif;text-align:center;margin-top:30vh">` + html.EscapeString(text) + `</p>`)}
}

func page(rw http.ResponseWriter, text string) { writeReply(rw, pageReply(text)) }
