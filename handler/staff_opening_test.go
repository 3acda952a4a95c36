package handler

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// TestOpeningOverHTTP pauses codes as an admin, reads it as a stranger at the door, and compares what clerk and registrar are told of money.
func TestOpeningOverHTTP(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	routes, err := New(w.Service, http.NotFoundHandler(), Config{PublicURL: "http://localhost"}, slog.New(slog.DiscardHandler)).Routes()
	if err != nil {
		t.Fatal(err)
	}
	desk := world.OpenDesk(t, routes)
	desk.Login(w.Staff(t, enroll.RoleAdmin, ""))
	if got := desk.Reason("PUT", "/opening/gates/code", `{"paused":true,"sentence":"","version":0}`); got != "gate_sentence" {
		t.Errorf("without a sentence: %q", got)
	}
	if got := desk.Reason("PUT", "/opening/gates/code", `{"paused":true,"sentence":"十点恢复","version":0}`); got != "" {
		t.Errorf("paused: %q", got)
	}
	if got := desk.Reason("PUT", "/opening/gates/code", `{"paused":false,"sentence":"","version":0}`); got != "changed" {
		t.Errorf("by whoever saw the former state: %q", got)
	}
	if told := schoolAt(t, desk.Site())["paused"]; told != "暂时不能获取验证码：十点恢复" {
		t.Errorf("the door says %q", told)
	}
	_, opening := desk.Send("GET", "/opening", "")
	if gates := opening["gates"].([]any); len(gates) != len(enroll.Gates) || gates[0].(map[string]any)["paused"] != true {
		t.Errorf("gates %v", gates)
	}
	if _, board := desk.Send("GET", "/dashboard", ""); board["money"] == nil || board["funnel"].([]any)[0].(map[string]any)["count"] != 1.0 {
		t.Errorf("the admin's board %v", board)
	}
	clerk := world.Beside(t, desk.Site())
	clerk.Login(w.Staff(t, enroll.RoleClerk, "02"))
	if _, board := clerk.Send("GET", "/dashboard?point=01", ""); board["money"] != nil || board["funnel"].([]any)[0].(map[string]any)["count"] != 0.0 {
		t.Errorf("the clerk of another point sees %v", board)
	}
	if got := clerk.Reason("GET", "/posters/01?intake="+w.Intake(t).ID, ""); got != "not_found" {
		t.Errorf("another point's poster: %q", got)
	}
}

// schoolAt reads what everybody may see.
func schoolAt(t *testing.T, site string) (answer map[string]any) {
	t.Helper()
	resp, err := http.Get(site + "/api/school")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// TestLoginMarksTheBrowser: a browser keeps one mark over logins, which scripts cannot read.
func TestLoginMarksTheBrowser(t *testing.T) {
	w := world.New(t)
	routes, err := New(w.Service, http.NotFoundHandler(), Config{PublicURL: "https://localhost"}, slog.New(slog.DiscardHandler)).Routes()
	if err != nil {
		t.Fatal(err)
	}
	try := func(cookie string) string {
		desk := world.OpenDesk(t, routes)
		request, err := http.NewRequest(http.MethodPost, desk.Site()+"/api/login", strings.NewReader(`{"challenge":"x","name":"张示例","code":"123456"}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("X-Requested-With", "xinsheng")
		if cookie != "" {
			request.AddCookie(&http.Cookie{Name: deviceCookie, Value: cookie})
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		for _, c := range answer.Cookies() {
			if c.Name == deviceCookie && c.HttpOnly && c.Secure && c.SameSite == http.SameSiteLaxMode {
				return c.Value
			}
		}
		t.Fatal("no mark")
		return ""
	}
	first := try("")
	if again := try(first); again != first || first == try("") {
		t.Errorf("marks %q, %q", first, again)
	}
}
