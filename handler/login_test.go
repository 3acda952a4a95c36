package handler

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// browser is one browser at the door: it keeps the cookie that it was given last.
type browser struct {
	t      *testing.T
	url    string
	cookie *http.Cookie
}

func openBrowser(t *testing.T, w *world.World) *browser {
	t.Helper()
	routes, err := New(w.Service, http.NotFoundHandler(), Config{PublicURL: "http://localhost"}, slog.New(slog.DiscardHandler)).Routes()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(routes)
	t.Cleanup(server.Close)
	return &browser{t: t, url: server.URL + "/api"}
}

func (b *browser) send(method, path, contentType string, body io.Reader) (int, map[string]any) {
	b.t.Helper()
	req, err := http.NewRequest(method, b.url+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if b.cookie != nil {
		req.AddCookie(b.cookie)
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("X-Requested-With", "xinsheng")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	for _, c := range resp.Cookies() {
		b.cookie = c
	}
	var answer map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
	return resp.StatusCode, answer
}

func (b *browser) post(path, body string) map[string]any {
	b.t.Helper()
	status, answer := b.send("POST", path, "application/json", strings.NewReader(body))
	if status != http.StatusOK {
		b.t.Fatalf("POST %s: %d %v", path, status, answer)
	}
	return answer
}

func (b *browser) photo(path string, jpeg []byte) (int, map[string]any) {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("photo", "../../face.jpg")
	if err != nil {
		b.t.Fatal(err)
	}
	part.Write(jpeg)
	form.Close()
	return b.send("POST", path, form.FormDataContentType(), &body)
}

// meAs asks for the state with an earlier cookie.
func (b *browser) meAs(cookie *http.Cookie) int {
	old := browser{t: b.t, url: b.url, cookie: cookie}
	status, _ := old.send("GET", "/me", "application/json", nil)
	return status
}

// TestSessionChangesItsIDWithItsRights walks from the door to the identity
// check: the session gets a new id at login and at the face pass, the former
// ones are dead, and nothing that the page claims opens anything.
func TestSessionChangesItsIDWithItsRights(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	b := openBrowser(t, w)
	challenge := b.post("/login/code", `{"id_type":"id_card","id_number":"320102200703169961","phone":"13900000001"}`)["challenge"].(string)
	w.Service.Background.Wait()
	sms := w.Sandbox.World(w.Credentials.AppID).SMSList("13900000001")
	code := regexp.MustCompile(`[0-9]{6}`).FindString(sms[0].Text)
	b.post("/login", `{"challenge":"`+challenge+`","name":"张示例","code":"`+code+`","face_passed_at":1,"verified":true}`)
	atLogin := b.cookie
	if !atLogin.HttpOnly || atLogin.SameSite != http.SameSiteLaxMode {
		t.Errorf("cookie %+v", atLogin)
	}
	b.post("/prepare/done", `{"verified":true}`)
	b.post("/consent", `{"version":"1","agree":true}`)
	status, answer := b.send("GET", "/identity?show=1", "application/json", nil)
	if status != http.StatusForbidden {
		t.Fatalf("identity before the face pass: %d %v", status, answer)
	}
	if status, answer = b.photo("/face", album(t, w, "no-face.jpg")); status != http.StatusUnprocessableEntity {
		t.Fatalf("no face: %d %v", status, answer)
	}
	data := answer["error"].(map[string]any)["data"].(map[string]any)
	if data["attempts_left"] != float64(enroll.FaceAttempts) || data["archive"] != true {
		t.Errorf("data %v", data)
	}
	if status, answer = b.photo("/face", album(t, w, "face.jpg")); status != http.StatusOK || answer["outcome"] != "passed" {
		t.Fatalf("face: %d %v", status, answer)
	}
	passed := b.cookie
	if passed.Value == atLogin.Value || b.meAs(atLogin) != http.StatusUnauthorized || b.meAs(passed) != http.StatusOK {
		t.Error("the session kept its id when its rights grew")
	}
	if next := b.post("/identity/confirm", "{}")["next"]; next != "/form/basic" {
		t.Errorf("next %v", next)
	}
	b.post("/logout", "{}")
	if b.meAs(passed) != http.StatusUnauthorized {
		t.Error("logged out, the former cookie still opens the door")
	}
}

func album(t *testing.T, w *world.World, file string) []byte {
	t.Helper()
	r := httptest.NewRecorder()
	w.Sandbox.ServeHTTP(r, httptest.NewRequest("GET", "/phone/album/D01/"+file, nil))
	if r.Code != http.StatusOK {
		t.Fatalf("album %s: %d", file, r.Code)
	}
	return r.Body.Bytes()
}

func TestPublicPages(t *testing.T) {
	w := world.New(t)
	b := openBrowser(t, w)
	for _, path := range []string{"/school", "/texts/notice", "/texts/consent", "/tuition", "/prepare?level=专升本", "/login/captcha"} {
		if status, answer := b.send("GET", path, "", nil); status != http.StatusOK {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
	if status, _ := b.send("GET", "/texts/secret", "", nil); status != http.StatusNotFound {
		t.Errorf("an unknown text: %d", status)
	}
	for _, path := range []string{"/me", "/identity"} {
		if status, _ := b.send("GET", path, "", nil); status != http.StatusUnauthorized {
			t.Errorf("%s without a login: %d", path, status)
		}
	}
}

// TestSessionStaysWithWhatNeedsIt: a cache between us and the browser may keep
// pages and assets, so they must not carry anybody's cookie.
func TestSessionStaysWithWhatNeedsIt(t *testing.T) {
	w := world.New(t)
	b := openBrowser(t, w)
	b.send("GET", "/school", "", nil)
	if b.cookie != nil {
		t.Errorf("who has only looked got a session: %v", b.cookie)
	}
	b.cookie = &http.Cookie{Name: "xinsheng", Value: strings.Repeat("x", 43)}
	if status, answer := b.send("GET", "/nowhere", "", nil); status != http.StatusNotFound || answer["error"].(map[string]any)["reason"] != "not_found" {
		t.Errorf("nowhere: %d %v", status, answer)
	}
	w.Service.KV.UniversalClient = redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", MaxRetries: -1})
	if status, answer := b.send("GET", "/login/captcha", "", nil); status != http.StatusServiceUnavailable || answer["error"].(map[string]any)["reason"] != "busy" {
		t.Errorf("a picture without KV: %d %v", status, answer)
	}
	if status, answer := b.send("GET", "/me", "", nil); status != http.StatusServiceUnavailable || answer["error"].(map[string]any)["reason"] != "busy" {
		t.Errorf("without KV: %d %v", status, answer)
	}
	page, err := http.NewRequest("GET", b.url[:len(b.url)-len("/api")]+"/assets/index.js", nil)
	if err != nil {
		t.Fatal(err)
	}
	page.AddCookie(b.cookie)
	shown, err := http.DefaultClient.Do(page)
	if err != nil {
		t.Fatal(err)
	}
	defer shown.Body.Close()
	if len(shown.Cookies()) > 0 || shown.StatusCode != http.StatusNotFound {
		t.Errorf("a page needs the session: %d, %v", shown.StatusCode, shown.Cookies())
	}
}
