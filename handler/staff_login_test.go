package handler

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

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

func password(account, password string) string {
	return `{"account":"` + account + `","password":"` + password + `"}`
}

// TestStaffAreLockedOutOfOnePlace: five failures close an account for a quarter
// of an hour, whether it stands or not, with the same answers; nobody else's.
func TestStaffAreLockedOutOfOnePlace(t *testing.T) {
	w := world.New(t)
	c, other := w.Staff(t, enroll.RoleRegistrar, ""), w.Staff(t, enroll.RoleFinance, "")
	k := openDesk(t, w)
	for try := range 6 {
		want := "staff_login_wrong"
		if try == 5 {
			want = "staff_locked"
		}
		for _, account := range []string{c.Account, "nobody"} {
			if got := k.Reason("POST", "/login", password(account, "wrong")); got != want {
				t.Errorf("try %d of %s: %q", try, account, got)
			}
		}
	}
	if got := k.Reason("POST", "/login", password(c.Account, world.StaffPassword)); got != "staff_locked" {
		t.Errorf("the right password after five wrong ones: %q", got)
	}
	k.Login(other)
	w.Clock.Advance(15*time.Minute + time.Second)
	k.Login(c)
}

// TestStaffGuessNoCodes: a known password opens no endless guessing at the authenticator.
func TestStaffGuessNoCodes(t *testing.T) {
	w := world.New(t)
	c := w.Staff(t, enroll.RoleRegistrar, "")
	k := openDesk(t, w)
	k.Post("/login", password(c.Account, world.StaffPassword))
	for range 5 {
		if got := k.Reason("POST", "/totp", `{"code":"abcdef"}`); got != "totp_wrong" {
			t.Fatalf("a wrong code: %q", got)
		}
	}
	if got := k.Reason("POST", "/totp", `{"code":"`+c.Code(t)+`"}`); got != "staff_locked" {
		t.Errorf("the right code after five wrong ones: %q", got)
	}
}

// TestStaffSessionEnds: by a login elsewhere, after 15 idle minutes whatever the page polls, after 8 hours in any case, and with the account.
func TestStaffSessionEnds(t *testing.T) {
	w := world.New(t)
	c, admin := w.Staff(t, enroll.RoleRegistrar, ""), w.Duty(t, enroll.RoleAdmin)
	k := openDesk(t, w)
	k.Login(c)
	elsewhere := world.Beside(t, k.Site())
	elsewhere.Login(c)
	if got := k.Reason("GET", "/me", ""); got != "logged_in_elsewhere" {
		t.Errorf("the older session: %q", got)
	}
	w.Clock.Advance(14 * time.Minute)
	if got := elsewhere.Reason("GET", "/me", ""); got != "" {
		t.Errorf("after 14 minutes: %q", got)
	}
	w.Clock.Advance(16 * time.Minute)
	if got := elsewhere.Reason("GET", "/me", ""); got != "not_logged_in" {
		t.Errorf("after 16 idle minutes: %q", got)
	}
	k.Login(c)
	for range 33 {
		w.Clock.Advance(14*time.Minute + 30*time.Second)
		if got := k.Reason("GET", "/me", ""); got != "" {
			t.Fatalf("at work: %q", got)
		}
	}
	w.Clock.Advance(8 * time.Minute)
	if got := k.Reason("GET", "/me", ""); got != "not_logged_in" {
		t.Errorf("after 8 hours: %q", got)
	}
	k.Login(c)
	if _, err := w.Service.DisableStaff(context.Background(), admin, c.ID, "离职"); err != nil {
		t.Fatal(err)
	}
	if got := k.Reason("GET", "/me", ""); got != "not_logged_in" {
		t.Errorf("disabled: %q", got)
	}
	if got := k.Reason("POST", "/login", password(c.Account, world.StaffPassword)); got != "staff_disabled" {
		t.Errorf("login of a disabled account: %q", got)
	}
}

// TestFirstLogin: a first password opens nothing but authenticator and own password, in this order; a recovery code opens once.
func TestFirstLogin(t *testing.T) {
	w := world.New(t)
	_, first, err := w.Service.AddStaff(context.Background(), w.Duty(t, enroll.RoleAdmin), enroll.Staff{Account: "xinren", Name: "新人", Role: enroll.RoleFinance})
	if err != nil {
		t.Fatal(err)
	}
	k := openDesk(t, w)
	if next := k.Post("/login", password("xinren", first.Raw()))["next"]; next != "enrol" {
		t.Fatalf("next %v", next)
	}
	if got := k.Reason("POST", "/password", `{"password":"tulip-93-bridge-kettle"}`); got != "not_logged_in" {
		t.Errorf("a password before the authenticator: %q", got)
	}
	_, offer := k.Send("GET", "/enrol", "")
	c := w.Newcomer(enroll.Staff{Account: "xinren"}, offer["secret"].(string))
	answer := k.Post("/enrol", `{"code":"`+c.Code(t)+`"}`)
	codes := answer["codes"].([]any)
	if answer["next"] != "password" || len(codes) != 10 || k.Reason("GET", "/me", "") != "not_logged_in" {
		t.Fatalf("enrolled: %v", answer)
	}
	for weak, want := range map[string]string{first.Raw(): "password_same", "xinren123456": "password_common", "kurz": "password_short"} {
		if got := k.Reason("POST", "/password", `{"password":"`+weak+`"}`); got != want {
			t.Errorf("password %s: %q", weak, got)
		}
	}
	k.Post("/password", `{"password":"`+world.StaffPassword+`"}`)
	if got := k.Reason("GET", "/me", ""); got != "" {
		t.Fatalf("in: %q", got)
	}
	for _, want := range []string{"", "recovery_wrong"} {
		k.Post("/login", password("xinren", world.StaffPassword))
		if got := k.Reason("POST", "/recover", `{"code":"`+strings.ToLower(codes[3].(string))+`"}`); got != want {
			t.Errorf("recovery code: %q, want %q", got, want)
		}
	}
}

// TestStaffSiteOpensFromNamedNetworks only, where the configuration names some.
func TestStaffSiteOpensFromNamedNetworks(t *testing.T) {
	w := world.New(t)
	for network, want := range map[string]string{"10.0.0.0/8": "staff_address", "127.0.0.0/8": "not_logged_in"} {
		cfg := Config{PublicURL: "http://localhost", StaffAddresses: []netip.Prefix{netip.MustParsePrefix(network)}}
		routes, err := New(w.Service, http.NotFoundHandler(), cfg, slog.New(slog.DiscardHandler)).Routes()
		if err != nil {
			t.Fatal(err)
		}
		if got := world.OpenDesk(t, routes).Reason("GET", "/me", ""); got != want {
			t.Errorf("%s: %q", network, got)
		}
	}
}

// TestIdleAccountsAreClosed after 90 days, by themselves and at the door.
func TestIdleAccountsAreClosed(t *testing.T) {
	w := world.New(t)
	c := w.Staff(t, enroll.RoleRegistrar, "")
	k := openDesk(t, w)
	w.Clock.Advance(enroll.StaffIdle + time.Hour)
	if got := k.Reason("POST", "/login", password(c.Account, world.StaffPassword)); got != "staff_disabled" {
		t.Errorf("at the door: %q", got)
	}
	if err := w.Service.CloseIdleStaff(context.Background()); err != nil {
		t.Fatal(err)
	}
	p, err := w.Service.Store.Staff(context.Background(), c.ID)
	if err != nil || p.DisabledAt.IsZero() {
		t.Errorf("%+v %v", p, err)
	}
	if _, err := w.Service.EnableStaff(context.Background(), w.Duty(t, enroll.RoleAdmin), c.ID); err != nil {
		t.Fatal(err)
	}
	k.Login(c)
}
