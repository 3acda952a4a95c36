package world

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/hotp"

	"xinsheng/enroll"
	"xinsheng/service"
)

// StaffPassword is the own password of every member of staff in a world.
const StaffPassword = "tulip-93-bridge-kettle"

// staffHash is what is kept of StaffPassword, made once.
var staffHash = sync.OnceValues(func() (string, error) {
	return service.NewPasswords(1).Hash(context.Background(), StaffPassword)
})

// Colleague is a member of staff with what proves them.
type Colleague struct {
	enroll.Staff
	Seed enroll.Secret
	step int64
	w    *World
}

// Staff makes an account of a role, with password and authenticator, named after the role and a number; a clerk serves a point.
func (w *World) Staff(t testing.TB, role enroll.Role, point string) *Colleague {
	t.Helper()
	ctx, s := context.Background(), w.Service
	account := string(role) + strings.ToLower(s.Store.NewID()[24:])
	p := enroll.Staff{
		ID: s.Store.NewID(), Account: account, Name: "测试" + role.Name(), Role: role, Point: point,
		CreatedAt: w.Clock.Now(), ExpiresAt: w.Clock.Now().AddDate(enroll.StaffYears, 0, 0),
	}
	must(t, s.Store.AddStaff(ctx, p))
	hash, err := staffHash()
	must(t, err)
	must(t, s.Store.SetPassword(ctx, p.ID, hash, time.Time{}))
	offer, err := s.OfferTOTP(ctx, p.ID)
	must(t, err)
	must(t, s.Store.SetTOTP(ctx, p.ID, offer.Secret, 0))
	p, err = s.Store.Staff(ctx, p.ID)
	must(t, err)
	return &Colleague{Staff: p, Seed: offer.Secret, w: w}
}

// Newcomer is somebody whose authenticator a first login has just offered.
func (w *World) Newcomer(p enroll.Staff, seed string) *Colleague {
	return &Colleague{Staff: p, Seed: enroll.Secret(seed), w: w}
}

// Duty is a request of a new member of staff of a role, who has just proven password and authenticator; a clerk serves the given point.
func (w *World) Duty(t testing.TB, role enroll.Role, point ...string) *service.Duty {
	t.Helper()
	c := w.Staff(t, role, strings.Join(point, ""))
	return &service.Duty{Staff: c.Staff, Address: "127.0.0.1", Device: "测试", ConfirmedAt: w.Clock.Now()}
}

// Code is a code of the authenticator that was not used yet; the world's clock moves on where all of now are used.
func (c *Colleague) Code(t testing.TB) string {
	t.Helper()
	for c.w.Clock.Now().Unix()/30+1 <= c.step {
		c.w.Clock.Advance(30 * time.Second)
	}
	c.step = max(c.step+1, c.w.Clock.Now().Unix()/30)
	code, err := hotp.GenerateCode(c.Seed.Raw(), uint64(c.step))
	must(t, err)
	return code
}

// Desk is a browser of staff at a site.
type Desk struct {
	t    testing.TB
	site string
	http *http.Client
}

// OpenDesk opens a browser at a site that serves the given routes.
func OpenDesk(t testing.TB, routes http.Handler) *Desk {
	t.Helper()
	server := httptest.NewServer(routes)
	t.Cleanup(server.Close)
	return Beside(t, server.URL)
}

// Beside opens another browser at the same site.
func Beside(t testing.TB, site string) *Desk {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	return &Desk{t: t, site: site, http: &http.Client{Jar: jar}}
}

// Site is the address of the site.
func (k *Desk) Site() string { return k.site }

// Cookie is the session's cookie now, and "" without one.
func (k *Desk) Cookie() string {
	at, err := url.Parse(k.site)
	must(k.t, err)
	for _, c := range k.http.Jar.Cookies(at) {
		if strings.Contains(c.Name, "xinsheng-staff") {
			return c.Value
		}
	}
	return ""
}

// Send asks for a route under /api/staff with a JSON body and gives status and answer.
func (k *Desk) Send(method, path, body string) (int, map[string]any) {
	k.t.Helper()
	req, err := http.NewRequest(method, k.site+"/api/staff"+path, strings.NewReader(body))
	must(k.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Requested-With", "xinsheng")
	resp, err := k.http.Do(req)
	must(k.t, err)
	defer resp.Body.Close()
	var answer map[string]any
	_ = json.NewDecoder(resp.Body).Decode(&answer) // a file is no JSON
	return resp.StatusCode, answer
}

// Reason asks for a route and gives the reason of its refusal, "" where it was done.
func (k *Desk) Reason(method, path, body string) string {
	k.t.Helper()
	status, answer := k.Send(method, path, body)
	if failure, ok := answer["error"].(map[string]any); ok {
		return failure["reason"].(string)
	}
	if status >= http.StatusBadRequest {
		k.t.Fatalf("%s %s: %d without a reason", method, path, status)
	}
	return ""
}

// Post asks for a route that must be done, and gives its answer.
func (k *Desk) Post(path, body string) map[string]any {
	k.t.Helper()
	status, answer := k.Send(http.MethodPost, path, body)
	if status != http.StatusOK {
		k.t.Fatalf("POST %s: %d %v", path, status, answer)
	}
	return answer
}

// Login lets a colleague in, by password and authenticator.
func (k *Desk) Login(c *Colleague) {
	k.t.Helper()
	k.Post("/login", `{"account":"`+c.Account+`","password":"`+StaffPassword+`"}`)
	if next := k.Post("/totp", `{"code":"`+c.Code(k.t)+`"}`)["next"]; next != "" {
		k.t.Fatalf("login asks for %v", next)
	}
}
