package handler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"xinsheng/test/world"
)

// stranger is a browser at the same site without a login.
func (s site) stranger() site { return site{s.t, s.url, &http.Cookie{Name: "nobody", Value: "1"}} }

// The link's way over HTTP: made by the student, opened by nobody in particular, paid, told without the number.
func TestPayForPages(t *testing.T) {
	w := world.New(t)
	v := debtor(t, w, "D01")
	s := enter(t, w, v)
	stranger := s.stranger()
	for _, path := range []string{"/api/pay-for/x", "/api/pay-for/ABCDEFGHIJKLMNOPQRSTUVWXYZ"} {
		if status, answer := stranger.call("GET", path, ""); status != http.StatusNotFound || answer["reason"] != "pay_link_unknown" {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
	if status, _ := stranger.call("POST", "/api/pay/link", "{}"); status != http.StatusUnauthorized {
		t.Errorf("a stranger makes a link: %d", status)
	}
	_, link := s.call("POST", "/api/pay/link", "{}")
	url, _ := link["url"].(string)
	at := strings.LastIndex(url, "/p/")
	if at < 0 || !strings.HasPrefix(link["qr"].(string), "data:image/png") {
		t.Fatalf("link %v", link)
	}
	token := url[at+3:]
	if _, bill := s.call("GET", "/api/bill", ""); bill["link"] == nil || strings.Contains(fmt.Sprint(bill), token) {
		t.Errorf("bill %v", bill)
	}
	_, favour := stranger.call("GET", "/api/pay-for/"+token, "")
	text := fmt.Sprint(favour)
	if favour["name"] != "张**" || favour["total_fen"] != 240000.0 || favour["state"] != "unpaid" {
		t.Errorf("favour %v", favour)
	}
	for _, secret := range []string{v.Registration.Name, v.Student.IDNumber.Raw(), v.Student.Phone.Raw(), v.Registration.ExamNo} {
		if strings.Contains(text, secret) {
			t.Errorf("the payer is told %q", secret)
		}
	}
	_, pay := stranger.call("POST", "/api/pay-for/"+token, `{"channel":"native"}`)
	order, _ := pay["order"].(string)
	if pay["qr"] == nil || w.Sandbox.World(w.Credentials.AppID).PayOrder("parent", order) != nil {
		t.Fatalf("pay %v", pay)
	}
	post(t, s.notice(w, order, ""))
	if _, after := stranger.call("GET", "/api/pay-for/"+token, ""); after["state"] != "done" || strings.Contains(fmt.Sprint(after), "26101010001") {
		t.Errorf("after: %v", after)
	}
	if _, done := s.call("GET", "/api/done", ""); done["number"] != "26101010001" || done["paid_by_other"] != true {
		t.Errorf("done %v", done)
	}
}

func TestRevokedLinkOverHTTP(t *testing.T) {
	w := world.New(t)
	s := enter(t, w, debtor(t, w, "D01"))
	stranger := s.stranger()
	_, link := s.call("POST", "/api/pay/link", "{}")
	token := link["url"].(string)[strings.LastIndex(link["url"].(string), "/")+1:]
	if status, _ := s.call("DELETE", "/api/pay/link", "{}"); status != http.StatusOK {
		t.Errorf("revoke: %d", status)
	}
	for method, body := range map[string]string{"GET": "", "POST": `{"channel":"native"}`} {
		if status, answer := stranger.call(method, "/api/pay-for/"+token, body); status != http.StatusConflict || answer["reason"] != "pay_link_revoked" {
			t.Errorf("%s: %d %v", method, status, answer)
		}
	}
}

// Inside WeChat the link passes the authorisation and still knows its token afterwards; a mangled one leads to the page that says so.
func TestPayLinkInsideWeChat(t *testing.T) {
	w := world.New(t)
	site, client, _ := openSite(t, w)
	const token = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	back := hop(t, client, hop(t, client, site+"/p/"+token))
	if end := hop(t, client, back); end != site+"/#/pay-for?t="+token {
		t.Errorf("ended at %s", end)
	}
	if again := hop(t, client, site+"/p/"+token); again != site+"/#/pay-for?t="+token {
		t.Errorf("an authorised payer ended at %s", again)
	}
	if mangled := hop(t, client, site+"/p/evil&x=1"); mangled != site+"/#/pay-for" {
		t.Errorf("a mangled token led to %s", mangled)
	}
}
