package handler

import (
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// TestDigestReachesTheClerksOwnWeChat: a clerk writes 推送测试 to the account, enters
// the code that it answers, and on the next working day the list is in that WeChat.
func TestDigestReachesTheClerksOwnWeChat(t *testing.T) {
	w, ctx := world.New(t), t.Context()
	go func() { _ = w.Sandbox.Run(ctx) }() // it delivers what people write to the account
	w.Enrolled(t, "D01")
	routes, err := New(w.Service, http.NotFoundHandler(), Config{PublicURL: "http://localhost"}, slog.New(slog.DiscardHandler)).Routes()
	if err != nil {
		t.Fatal(err)
	}
	desk := world.OpenDesk(t, routes)
	desk.Login(w.Staff(t, enroll.RoleClerk, "01"))
	if _, before := desk.Send("GET", "/digest", ""); before["wechat"] != false {
		t.Errorf("before: %v", before)
	}
	outside := w.Sandbox.World(w.Credentials.AppID)
	outside.SetSite(desk.Site())
	if err := outside.Say("D02", "推送测试"); err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`[0-9]{6}`).FindString(inChat(t, w, "D02", "测试码"))
	if reason := desk.Reason("POST", "/digest/wechat", `{"code":"`+code+`"}`); reason != "" {
		t.Fatalf("code %q: %s", code, reason)
	}
	if _, after := desk.Send("GET", "/digest", ""); after["wechat"] != true || after["wanted"] != true {
		t.Errorf("after: %v", after)
	}
	morning := enroll.DayStart(w.Clock.Now()).Add(33 * time.Hour)
	for morning.In(enroll.Shanghai).Weekday() != time.Monday {
		morning = morning.AddDate(0, 0, 1)
	}
	w.Clock.Advance(morning.Sub(w.Clock.Now()))
	if err := w.Service.SendDigests(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.DrainOutbox(ctx); err != nil {
		t.Fatal(err)
	}
	if told := inChat(t, w, "D02", "共 1 项"); !strings.Contains(told, "还没有登录过 1") {
		t.Errorf("the list says %s", told)
	}
}

// inChat waits until a message that holds a word has come into a user's chat, and gives all of its words.
func inChat(t *testing.T, w *world.World, user, word string) string {
	t.Helper()
	for range 300 {
		u, err := w.Sandbox.World(w.Credentials.AppID).User(user)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range u.Chat {
			text := m.Title + " " + m.Text
			for _, line := range m.Lines {
				text += " " + line.Value
			}
			if m.From == "account" && strings.Contains(text, word) {
				return text
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("no message with %s for %s", word, user)
	return ""
}
