package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// accountData is what the official account remembers.
type accountData struct {
	Tokens    []accessToken // the plain and the stable one, and older ones that still work or have to be told apart
	Forced    []time.Time   // when the stable token was renewed by force, within a day
	Ticket    string        // for the page's JS-SDK
	TicketEnd time.Time
	Codes     map[string]*oauthCode
	Grants    map[string]*oauthGrant // by OAuth access token and by refresh token
	Menu      []MenuButton           // written by the interface
	MenuID    int64
	Console   json.RawMessage // selfmenu_info of a menu made in the console, until the interface writes one
	Scenes    []sceneCode     // QR codes that carry a scene
	Sent      map[string]sentMessage
	LastMsgID int64
	Quota     quota
	Tally     Tally
}

func newAccountData() accountData {
	return accountData{Quota: quota{PerDay: 100000}, Codes: map[string]*oauthCode{}, Grants: map[string]*oauthGrant{}, Sent: map[string]sentMessage{}}
}

func (a *accountData) adopt(fresh accountData) {
	if a.Codes == nil {
		a.Codes = fresh.Codes
	}
	if a.Grants == nil {
		a.Grants = fresh.Grants
	}
	if a.Sent == nil {
		a.Sent = fresh.Sent
	}
}

// accountCall is a request to api.weixin.qq.com after its world is known.
type accountCall struct {
	*World
	method string
	query  func(string) string
	body   []byte
	kind   string // content type of the body
}

// serveAccount answers for api.weixin.qq.com: always HTTP 200, failures as errcode.
func (s *Sandbox) serveAccount(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		writeReply(rw, accountError("44002", "read body"))
		return
	}
	query := r.URL.Query()
	c := accountCall{method: r.Method, query: query.Get, body: body, kind: r.Header.Get("Content-Type")}
	var refused reply
	if c.World, refused = s.accountOf(r.URL.Path, c); c.World == nil {
		writeReply(rw, refused)
		return
	}
	c.World.answer(rw, r, call{
		name: r.URL.Path,
		act:  func() reply { return c.serve(r.URL.Path) },
		fail: func(code string) reply { return accountError(code, "") },
	})
}

// accountOf finds the world: by appid where the call has one, by access token otherwise.
func (s *Sandbox) accountOf(path string, c accountCall) (*World, reply) {
	appID := c.query("appid")
	if path == "/cgi-bin/stable_token" {
		var body struct{ AppID string }
		if json.Unmarshal(c.body, &body) != nil {
			return nil, accountError("47001", "")
		}
		appID = body.AppID
	}
	if appID != "" {
		if w := s.World(appID); w != nil {
			return w, reply{}
		}
		return nil, accountError("40013", "")
	}
	token := c.query("access_token")
	if token == "" {
		return nil, accountError("41001", "")
	}
	for _, w := range s.Worlds() {
		if w.knowsToken(token) {
			return w, reply{}
		}
	}
	if len(token) < 100 {
		return nil, accountError("40014", "")
	}
	return nil, accountError("40001", "")
}

// serve carries a call out under the world's lock.
func (c accountCall) serve(path string) reply {
	defer c.change()()
	switch path {
	case "/cgi-bin/token":
		return c.plainToken()
	case "/cgi-bin/stable_token":
		return c.stableToken()
	case "/sns/oauth2/access_token":
		return c.redeemCode()
	case "/sns/oauth2/refresh_token":
		return c.refreshGrant()
	case "/sns/auth":
		return c.checkGrant()
	case "/sns/userinfo":
		return c.grantedUser()
	}
	if code := c.checkToken(c.query("access_token")); code != "" {
		return accountError(code, "")
	}
	switch path {
	case "/cgi-bin/ticket/getticket":
		return c.ticket()
	case "/cgi-bin/menu/create":
		return c.createMenu()
	case "/cgi-bin/menu/get":
		return c.readMenu()
	case "/cgi-bin/menu/delete":
		return c.deleteMenu()
	case "/cgi-bin/get_current_selfmenu_info":
		return c.currentMenu()
	case "/cgi-bin/message/template/send":
		return c.sendTemplate()
	case "/cgi-bin/template/get_all_private_template":
		return c.listTemplates()
	case "/cgi-bin/user/info":
		return c.userInfo()
	case "/cgi-bin/user/info/batchget":
		return c.userInfos()
	case "/cgi-bin/qrcode/create":
		return c.createScene()
	case "/cgi-bin/message/subscribe/bizsend":
		return c.sendNotice()
	case "/wxaapi/newtmpl/gettemplate":
		return c.listNotices()
	}
	return accountError("40066", "")
}

// decode reads a JSON body as WeChat does: the reply says what is wrong with it.
func (c accountCall) decode(into any) (reply, bool) {
	if c.method != http.MethodPost {
		return accountError("43002", ""), false
	}
	if len(strings.TrimSpace(string(c.body))) == 0 {
		return accountError("44002", ""), false
	}
	if err := json.Unmarshal(c.body, into); err != nil {
		return accountError("47001", ""), false
	}
	return reply{}, true
}

func accountOK() reply {
	return jsonReply(http.StatusOK, map[string]any{"errcode": 0, "errmsg": "ok"})
}

// accountError is a failure in WeChat's shape; detail takes the place of the usual text.
func accountError(code, detail string) reply {
	if detail == "" {
		detail = accountErrors()[code]
	}
	rid := randomHex(12)
	out := jsonReply(http.StatusOK, map[string]any{
		"errcode": json.Number(code),
		"errmsg":  fmt.Sprintf("%s rid: %s-%s-%s", detail, rid[:8], rid[8:16], rid[16:]),
	})
	out.code = code
	return out
}

// accountErrors are the official account's error codes with its own words.
func accountErrors() map[string]string {
	return map[string]string{
		"-1":    "system error",
		"40001": "invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r",
		"40002": "invalid grant_type",
		"40003": "invalid openid",
		"40013": "invalid appid",
		"40014": "invalid access_token",
		"40029": "invalid code",
		"40030": "invalid refresh_token",
		"40032": "invalid openid list size",
		"40037": "invalid template_id",
		"40053": "invalid action info, please check document",
		"40066": "invalid url",
		"40125": "invalid appsecret, view more at http://t.cn/RAEkdVq",
		"40163": "code been used",
		"40164": "invalid ip 127.0.0.1, not in whitelist",
		"40165": "invalid weapp pagepath",
		"41001": "access_token missing",
		"41030": "invalid page",
		"41002": "appid missing",
		"41004": "appsecret missing",
		"42001": "access_token expired",
		"42002": "refresh_token expired",
		"42003": "code expired",
		"43002": "require POST method",
		"43004": "require subscribe",
		"43101": "user refuse to accept the msg",
		"43116": "template is banned",
		"44002": "empty post data",
		"45009": "reach max api daily quota limit",
		"45011": "api minute-quota reach limit, please retry next minute",
		"46003": "menu no exist",
		"47001": "data format error",
		"48001": "api unauthorized",
		"50002": "user limited",
	}
}

func writeReply(rw http.ResponseWriter, out reply) {
	rw.Header().Set("Content-Type", out.kind)
	rw.WriteHeader(out.status)
	rw.Write(out.body)
}
