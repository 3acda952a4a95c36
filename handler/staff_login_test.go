package handler

import (
	"log/slog"
	"net/http"
	"testing"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

func openDesk(t *testing.T, w *world.World) *world.Desk {
	t.Helper()
	routes, err := New(w.Service, http.NotFoundHandler(), Config{PublicURL: "http://localhost"}, slog.New(slog.DiscardHandler)).Routes()
	if err != nil {
		t.Fatal(err)
	}
	return world.OpenDesk(t, routes)
}

// TestStaffLoginTakesTwoSteps: nothing opens between password and authenticator, and each step has a session id of its own.
func TestStaffLoginTakesTwoSteps(t *testing.T) {
	w := world.New(t)
	c := w.Staff(t, enroll.RoleRegistrar, "")
	k := openDesk(t, w)
	if got := k.Reason("GET", "/me", ""); got != "not_logged_in" {
		t.Errorf("before: %q", got)
	}
	if got := k.Reason("POST", "/totp", `{"code":"`+c.Code(t)+`"}`); got != "not_logged_in" {
		t.Errorf("the second step first: %q", got)
	}
	if next := k.Post("/login", `{"account":" `+c.Account+` ","password":"`+world.StaffPassword+`"}`)["next"]; next != "totp" {
		t.Fatalf("next %v", next)
	}
	between := k.Cookie()
	if got := k.Reason("GET", "/me", ""); got != "not_logged_in" {
		t.Errorf("between: %q", got)
	}
	code := c.Code(t)
	if next := k.Post("/totp", `{"code":"`+code+`"}`)["next"]; next != "" {
		t.Fatalf("next %v", next)
	}
	if k.Cookie() == between || between == "" {
		t.Error("the session kept its id")
	}
	if _, me := k.Send("GET", "/me", ""); me["account"] != c.Account {
		t.Errorf("me %v", me)
	}
	again := world.Beside(t, k.Site())
	again.Post("/login", `{"account":"`+c.Account+`","password":"`+world.StaffPassword+`"}`)
	if got := again.Reason("POST", "/totp", `{"code":"`+code+`"}`); got != "totp_used" {
		t.Errorf("the same code again: %q", got)
	}
	k.Post("/logout", "{}")
	if got := k.Reason("GET", "/me", ""); got != "not_logged_in" {
		t.Errorf("after: %q", got)
	}
}
