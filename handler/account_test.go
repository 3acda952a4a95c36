package handler

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"xinsheng/sandbox"
	"xinsheng/store"
	"xinsheng/test/world"
	"xinsheng/wechat/oa"
)

// openSite serves the program where the sandbox's account finds it, and gives
// a client that keeps cookies, is WeChat by its user agent and follows nothing.
func openSite(t *testing.T, w *world.World) (address string, client *http.Client, outside *sandbox.World) {
	t.Helper()
	var routes http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { routes.ServeHTTP(rw, r) }))
	t.Cleanup(server.Close)
	w.Service.Config.PublicURL = server.URL
	routes, err := New(w.Service, http.NotFoundHandler(), Config{PublicURL: server.URL}, slog.New(slog.DiscardHandler)).Routes()
	if err != nil {
		t.Fatal(err)
	}
	outside = w.Sandbox.World(w.Credentials.AppID)
	outside.SetSite(server.URL)
	return server.URL, inWeChatAs(t, "D01"), outside
}

func inWeChatAs(t *testing.T, user string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{
		Jar: jar, Transport: wechatClient{user},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

type wechatClient struct{ user string }

func (c wechatClient) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.49")
	r.Header.Set("X-Sandbox-User", c.user)
	return http.DefaultTransport.RoundTrip(r)
}

// hop asks for a page and gives where it sends the browser.
func hop(t *testing.T, client *http.Client, address string) string {
	t.Helper()
	answer, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusFound {
		t.Fatalf("%s answered %d", address, answer.StatusCode)
	}
	where, err := answer.Location()
	if err != nil {
		t.Fatal(err)
	}
	return where.String()
}

func TestMenuLeadsThroughTheAuthorisation(t *testing.T) {
	w := world.New(t)
	site, client, _ := openSite(t, w)
	begin := hop(t, client, site+"/go/home")
	authorize := hop(t, client, begin)
	if q, _ := url.Parse(authorize); q.Query().Get("scope") != "snsapi_base" {
		t.Fatalf("authorisation asks for %s", authorize)
	}
	back := hop(t, client, authorize)
	if end := hop(t, client, back); end != site+"/#/home" {
		t.Fatalf("ended at %s", end)
	}
	if second := hop(t, client, site+"/go/progress"); second != site+"/#/progress" {
		t.Errorf("an authorised session was sent to %s", second)
	}
	if replayed := hop(t, client, back); replayed != site+"/#/login" {
		t.Errorf("a used code led to %s", replayed)
	}
}

func TestWithoutAnAccountNobodyIsSentToWeChat(t *testing.T) {
	w := world.New(t)
	w.Service.OA = oa.New(oa.Config{}, store.NewTokens(w.Service.KV, slog.New(slog.DiscardHandler)), w.Clock.Now)
	site, client, _ := openSite(t, w)
	for _, path := range []string{"/go/progress", "/wechat/oauth?to=progress"} {
		if end := hop(t, client, site+path); end != site+"/#/progress" {
			t.Errorf("%s led to %s", path, end)
		}
	}
}

func TestAuthorisationOfSomebodyElseIsRefused(t *testing.T) {
	w := world.New(t)
	site, mine, _ := openSite(t, w)
	hop(t, mine, hop(t, mine, site+"/go/home"))
	theirs := inWeChatAs(t, "D02")
	back := hop(t, theirs, hop(t, theirs, hop(t, theirs, site+"/go/home")))
	if end := hop(t, mine, back); end != site+"/#/login" {
		t.Errorf("another browser's code and state led to %s", end)
	}
}

func TestSnapshotUserIsNeverBound(t *testing.T) {
	w := world.New(t)
	site, client, outside := openSite(t, w)
	if err := outside.SetUser("D01", true, false, true); err != nil {
		t.Fatal(err)
	}
	back := hop(t, client, hop(t, client, hop(t, client, site+"/go/home")))
	if end := hop(t, client, back); !strings.Contains(end, "snapshot=1") {
		t.Errorf("a snapshot user ended at %s", end)
	}
	if again := hop(t, client, site+"/go/home"); !strings.Contains(again, "/wechat/oauth") {
		t.Errorf("a snapshot user counts as authorised: %s", again)
	}
}

func TestCallbackTakesOnlySealedFreshEvents(t *testing.T) {
	w := world.New(t)
	_, _, outside := openSite(t, w)
	ctx := context.Background()
	if err := outside.VerifyCallback(ctx); err != nil {
		t.Fatal(err)
	}
	for how, want := range map[string]int{"": 200, "replay": 200, "plain": 403, "signature": 403, "stale": 403, "account": 403} {
		status, err := outside.ForgeEvent(ctx, "D01", "subscribe", how, nil)
		if err != nil || status != want {
			t.Errorf("%q answered %d, want %d (%v)", how, status, want, err)
		}
	}
}
