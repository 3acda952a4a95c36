package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/cache"
	"github.com/silenceper/wechat/v2/officialaccount"
	"github.com/silenceper/wechat/v2/officialaccount/config"
	"github.com/silenceper/wechat/v2/officialaccount/menu"
	"github.com/silenceper/wechat/v2/officialaccount/message"
	"github.com/silenceper/wechat/v2/util"
)

// account is the real SDK on this town's account; its HTTP client is a global of the SDK, so these tests share one
// town and take turns.
func account(tn *town) (*officialaccount.OfficialAccount, cache.Cache) {
	tn.Helper()
	util.DefaultHTTPClient = tn.client
	c := tn.world.Credentials()
	kept := cache.NewMemory()
	return officialaccount.NewOfficialAccount(&config.Config{AppID: c.AppID, AppSecret: c.AppSecret, Token: c.Token,
		EncodingAESKey: c.EncodingAESKey, Cache: kept, UseStableAK: true}), kept
}

// wants checks the errcode inside an SDK's error.
func wants(t *testing.T, what string, err error, code string) {
	t.Helper()
	if code == "" && err != nil {
		t.Errorf("%s: %v", what, err)
	}
	if code != "" && (err == nil || !strings.Contains(strings.ToLower(err.Error()), "errcode="+code)) {
		t.Errorf("%s: got %v, want errcode %s", what, err, code)
	}
}

func TestTokens(t *testing.T) {
	tn := newTown(t)
	one, kept := account(tn)
	other, _ := account(tn)
	first, err := one.GetAccessToken()
	if err != nil {
		t.Fatal(err)
	}
	if second, err := other.GetAccessToken(); err != nil || second != first {
		t.Fatalf("two replicas got %q and %q, %v", first, second, err)
	}
	_, err = one.GetTemplate().List()
	wants(t, "fresh token", err, "")

	tn.world.RevokeTokens()
	_, err = one.GetTemplate().List()
	wants(t, "revoked token", err, "40001")
	_ = kept.Delete("gowechat_officialaccount__stable_access_token_" + tn.world.Credentials().AppID)
	_, err = one.GetTemplate().List()
	wants(t, "after eviction", err, "")

	tn.world.Advance(2*time.Hour + time.Second)
	_, err = one.GetTemplate().List()
	wants(t, "old token", err, "42001")
}

func TestTokenRules(t *testing.T) {
	tn := newTown(t)
	c := tn.world.Credentials()
	stable := func(force string) map[string]any {
		return tn.ask("POST", "/cgi-bin/stable_token", `{"grant_type":"client_credential","appid":"`+c.AppID+
			`","secret":"`+c.AppSecret+`","force_refresh":`+force+`}`)
	}
	works := func(token any) any {
		return tn.ask("GET", "/cgi-bin/ticket/getticket?type=jsapi&access_token="+token.(string), "")["errcode"]
	}
	plain := func() any {
		return tn.ask("GET", "/cgi-bin/token?grant_type=client_credential&appid="+c.AppID+"&secret="+c.AppSecret, "")["access_token"]
	}
	old := stable("false")["access_token"]
	former := plain()
	newer := plain()
	if former == newer || works(former) != 0.0 || works(old) != 0.0 {
		t.Error("a plain token must be new each time, leave the former for five minutes and the stable one alone")
	}
	tn.world.Advance(5*time.Minute + time.Second)
	if works(former) != 42001.0 || works(newer) != 0.0 {
		t.Error("the former plain token lives five minutes")
	}
	forced := stable("true")["access_token"]
	if forced == old || works(old) != 40001.0 {
		t.Error("a forced renewal ends the former token at once")
	}
	if stable("true")["access_token"] != forced {
		t.Error("a second force within 30 s changes nothing")
	}
	tn.world.Advance(tokenLife - tokenGrace + time.Second)
	if renewed := stable("false")["access_token"]; renewed == forced || works(forced) != 0.0 {
		t.Error("five minutes before its end the token is renewed, and the old one still works")
	}
	if tn.ask("GET", "/cgi-bin/menu/get?access_token=short", "")["errcode"] != 40014.0 {
		t.Error("a malformed token is 40014")
	}
}

func TestWebAuthorisation(t *testing.T) {
	tn := newTown(t)
	oa, _ := account(tn)
	oauth := oa.GetOauth()
	code := tn.authorize("D01", "")
	got, err := oauth.GetUserAccessToken(code)
	if err != nil || got.OpenID != tn.openid("D01") || got.IsSnapShotUser != 0 {
		t.Fatalf("redeemed %+v, %v", got, err)
	}
	_, err = oauth.GetUserAccessToken(code)
	wants(t, "code again", err, "40163")
	_, err = oauth.GetUserAccessToken("invented")
	wants(t, "invented code", err, "40029")
	late := tn.authorize("D01", "")
	tn.world.Advance(5 * time.Minute)
	_, err = oauth.GetUserAccessToken(late)
	wants(t, "late code", err, "42003")

	shadow, err := oauth.GetUserAccessToken(tn.authorize("snapshot", ""))
	if err != nil || shadow.IsSnapShotUser != 1 || shadow.OpenID == tn.openid("snapshot") {
		t.Errorf("snapshot user: %+v, %v", shadow, err)
	}
	for _, refused := range []string{"&redirect_uri=https://elsewhere.example/", "&scope=all", "&state=with-dash"} {
		if code := tn.authorize("D01", refused); code != "" {
			t.Errorf("%s gave a code", refused)
		}
	}
}

// authorize opens the page in WeChat and returns the code, "" if there is none; more replaces parameters.
func (tn *town) authorize(user, more string) string {
	tn.Helper()
	tn.world.mu.Lock()
	site := tn.world.data.Site
	tn.world.mu.Unlock()
	query := url.Values{"appid": {tn.world.Credentials().AppID}, "redirect_uri": {site + "/wechat/oauth"},
		"response_type": {"code"}, "scope": {"snsapi_base"}, "state": {"abc123"}}
	changed, _ := url.ParseQuery(strings.TrimPrefix(more, "&"))
	for key := range changed {
		query.Set(key, changed.Get(key))
	}
	r, _ := http.NewRequest("GET", tn.url+"/open/connect/oauth2/authorize?"+query.Encode(), nil)
	r.Header.Set("User-Agent", "Mozilla/5.0 (iPhone) MicroMessenger/8.0.50")
	r.Header.Set("X-Sandbox-User", user)
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		tn.Fatal(err)
	}
	response.Body.Close()
	back, err := response.Location()
	if err != nil {
		return ""
	}
	if back.Query().Get("state") != "abc123" {
		tn.Errorf("state became %q", back.Query().Get("state"))
	}
	return back.Query().Get("code")
}

func TestMenu(t *testing.T) {
	tn := newTown(t)
	oa, _ := account(tn)
	m := oa.GetMenu()
	_, err := m.GetMenu()
	wants(t, "no menu", err, "46003")
	view := func(name string) *menu.Button { return menu.NewViewButton(name, "https://example.edu/") }
	for _, one := range []struct {
		what, code string
		buttons    []*menu.Button
	}{
		{"17 bytes", "40018", []*menu.Button{view("2026 新生注册")}},
		{"four buttons", "40016", []*menu.Button{view("一"), view("二"), view("三"), view("四")}},
		{"six subs", "40023", []*menu.Button{menu.NewSubButton("新生服务", []*menu.Button{view("1"), view("2"), view("3"), view("4"), view("5"), view("6")})}},
		{"61 bytes", "40025", []*menu.Button{menu.NewSubButton("新生服务", []*menu.Button{view(strings.Repeat("字", 20) + "x")})}},
		{"no address", "40054", []*menu.Button{menu.NewViewButton("一", "somewhere")}},
		{"good", "", []*menu.Button{menu.NewSubButton("新生服务", []*menu.Button{view("2026 新生注册"), view("我的进度")})}},
	} {
		wants(t, one.what, m.SetMenu(one.buttons), one.code)
	}
	now, err := m.GetCurrentSelfMenuInfo()
	if err != nil || now.IsMenuOpen != 1 || now.SelfMenuInfo.Button[0].SubButton.List[0].Name != "2026 新生注册" {
		t.Errorf("current menu: %+v, %v", now, err)
	}
	if shown := tn.world.Menu(); len(shown) != 1 || len(shown[0].Sub) != 2 {
		t.Errorf("the phone shows %+v", shown)
	}
	tn.world.SetConsoleMenu([]byte(`{"button":[{"type":"news","name":"校园新闻","value":"x","news_info":{"list":[]}}]}`))
	if now, err = m.GetCurrentSelfMenuInfo(); err != nil || now.SelfMenuInfo.Button[0].Type != "news" {
		t.Errorf("console's menu: %+v, %v", now, err)
	}
	wants(t, "delete", m.DeleteMenu(), "")
}

func TestTemplateMessages(t *testing.T) {
	tn := newTown(t)
	oa, _ := account(tn)
	send := func(user, number, once string) (int64, error) {
		data := map[string]*message.TemplateDataItem{"thing1": {Value: "阿依努尔·示例"}, "character_string2": {Value: number},
			"thing3": {Value: "会计学"}, "time4": {Value: "2026年11月23日 10:32"}, "first": {Value: "dropped"}}
		return oa.GetTemplate().Send(&message.TemplateMessage{ToUser: user, Data: data, ClientMsgID: once,
			TemplateID: tn.world.Credentials().WeChatTemplates["number"], URL: "https://example.edu/go/done"})
	}
	student := tn.openid("D01")
	id, err := send(student, "26101010001", "m1")
	wants(t, "send", err, "")
	again, err := send(student, "26101010001", "m1")
	if err != nil || again != id {
		t.Errorf("the same client_msg_id gave %d after %d, %v", again, id, err)
	}
	if chat, _ := tn.world.User("D01"); len(chat.Chat) != 1 || chat.Chat[0].Lines[1].Value != "26101010001" {
		t.Errorf("chat: %+v", chat.Chat)
	}
	_, err = send(student, "学号二六", "")
	wants(t, "Chinese in a character_string", err, "47003")
	_, err = send("oInvented", "1", "")
	wants(t, "unknown openid", err, "40003")
	_, err = send(tn.openid("stranger"), "1", "")
	wants(t, "no follower", err, "43004")
	if _, err = send(tn.openid("blocker"), "1", ""); err != nil {
		t.Errorf("a blocker's refusal is told by event only: %v", err)
	}
	if _, err := tn.world.AddFault(Fault{Path: "template/send", Kind: "error", Code: "45009", Times: 1}); err != nil {
		t.Fatal(err)
	}
	_, err = send(student, "1", "")
	wants(t, "quota", err, "45009")
	tn.world.Advance(10 * time.Minute)
	if later, err := send(student, "26101010001", "m1"); err != nil || later == id {
		t.Errorf("after ten minutes a client_msg_id is new: %d, %v", later, err)
	}
}

func TestKeywordLimits(t *testing.T) {
	rules := keywordRules()
	for _, one := range []struct {
		kind, value string
		good        bool
	}{
		{"thing", strings.Repeat("字", 20), true}, {"thing", strings.Repeat("字", 21), false}, {"thing", "", false}, {"thing", "a\nb", false},
		{"character_string", "26100CS10001", true}, {"character_string", strings.Repeat("1", 33), false},
		{"phrase", "审核通过", true}, {"phrase", "审核未能通过", false}, {"phrase", "ok", false},
		{"amount", "¥2400.00", true}, {"amount", "2,400.00", false}, {"phone_number", "139****0001", true},
		{"time", "2026-11-23 10:32", true}, {"time", "2026年11月23日", true}, {"time", "今天", false}, {"date", "2026-11-23", true},
		{"name", "张示例", true}, {"name", strings.Repeat("字", 11), false},
	} {
		if rules[one.kind].MatchString(one.value) != one.good {
			t.Errorf("%s %q: want %v", one.kind, one.value, one.good)
		}
	}
}
