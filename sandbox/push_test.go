package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/silenceper/wechat/v2/officialaccount"
	"github.com/silenceper/wechat/v2/officialaccount/message"
)

// answerBy lets the site answer callbacks through the real SDK in safe mode; got sees every message.
func (tn *town) answerBy(oa *officialaccount.OfficialAccount, got func(*message.MixMessage) *message.Reply) {
	tn.mu.Lock()
	defer tn.mu.Unlock()
	tn.receive = func(w http.ResponseWriter, r *http.Request) {
		server := oa.GetServer(r, w)
		var reply *message.Reply
		server.SetMessageHandler(func(m *message.MixMessage) *message.Reply {
			reply = got(m)
			return reply
		})
		if err := server.Serve(); err != nil {
			tn.Errorf("callback %s: %v", r.URL, err)
			http.Error(w, "FAIL", http.StatusForbidden)
			return
		}
		if reply == nil {
			w.Write([]byte("success"))
			return
		}
		server.Send()
	}
}

func TestDeliveryReceipts(t *testing.T) {
	tn := newTown(t)
	oa, _ := account(tn)
	got := make(chan *message.MixMessage, 5)
	tn.answerBy(oa, func(m *message.MixMessage) *message.Reply { got <- m; return nil })
	for user, status := range map[string]string{"D01": "success", "blocker": "failed:user block"} {
		id, err := oa.GetTemplate().Send(&message.TemplateMessage{ToUser: tn.openid(user),
			TemplateID: tn.world.Credentials().WeChatTemplates["reminder"], Data: map[string]*message.TemplateDataItem{
				"thing1": {Value: "新生注册"}, "thing2": {Value: "请尽快办理"}, "time3": {Value: "2026-11-30"}}})
		if err != nil {
			t.Fatal(err)
		}
		v := tn.next()
		if q := v.request.URL.Query(); q.Get("encrypt_type") != "aes" || bytes.Contains(v.body, []byte("TEMPLATESEND")) {
			t.Error("the event is not sealed")
		}
		m := <-got
		if m.Event != message.EventTemplateSendJobFinish || int64(m.TemplateMsgID) != id || m.Status != status ||
			string(m.FromUserName) != tn.openid(user) {
			t.Errorf("%s: %+v", user, m)
		}
	}
	tn.eventually("both receipts taken", func() bool {
		pushes := tn.world.Pushes()
		return len(pushes) == 2 && pushes[0].Done && pushes[1].Done && pushes[0].Results[0] == "200"
	})
}

func TestAnswers(t *testing.T) {
	tn := newTown(t)
	oa, _ := account(tn)
	tn.answerBy(oa, func(m *message.MixMessage) *message.Reply {
		if m.Event == message.EventSubscribe || m.Content == "注册" {
			return &message.Reply{MsgType: message.MsgTypeText, MsgData: message.NewText("点这里办理 https://example.edu/")}
		}
		return nil
	})
	last := func() Message {
		u, _ := tn.world.User("stranger")
		return u.Chat[len(u.Chat)-1]
	}
	if err := tn.world.Follow("stranger", true); err != nil {
		t.Fatal(err)
	}
	tn.eventually("welcome", func() bool { return last().From == "account" && strings.Contains(last().Text, "example.edu") })
	_ = tn.world.Say("stranger", "注册")
	tn.eventually("answer", func() bool { return last().From == "account" && strings.HasPrefix(last().Text, "点这里") })

	tn.mu.Lock()
	tn.receive = func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<xml><Content>plain</Content></xml>")) }
	tn.mu.Unlock()
	_ = tn.world.Say("stranger", "在吗")
	tn.eventually("a plain answer is refused three times", func() bool { return strings.Contains(last().Text, "服务出现故障") })
	if p := tn.world.Pushes(); len(p[len(p)-1].Results) != 3 {
		t.Errorf("tries: %v", p[len(p)-1].Results)
	}
}

func TestVerifyCallback(t *testing.T) {
	tn := newTown(t)
	oa, _ := account(tn)
	if err := tn.world.VerifyCallback(t.Context()); err == nil {
		t.Error("a site that answers nothing was verified")
	}
	tn.mu.Lock()
	tn.receive = func(w http.ResponseWriter, r *http.Request) { oa.GetServer(r, w).Serve() }
	tn.mu.Unlock()
	if err := tn.world.VerifyCallback(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestForgedEvents(t *testing.T) {
	tn := newTown(t)
	for _, how := range append(eventForgeries(), "") {
		if _, err := tn.world.ForgeEvent(t.Context(), "D01", "subscribe", how, nil); err != nil {
			t.Fatal(err)
		}
		v := tn.next()
		if how == "replay" && tn.next().request.URL.RawQuery != v.request.URL.RawQuery {
			t.Error("a replay has the same signature")
		}
		oa, _ := account(tn)
		taken := ""
		recorder := httptest.NewRecorder()
		r := v.request.Clone(t.Context())
		r.Body = io.NopCloser(bytes.NewReader(v.body))
		server := oa.GetServer(r, recorder)
		server.SetMessageHandler(func(m *message.MixMessage) *message.Reply { taken = string(m.Event); return nil })
		err := server.Serve()
		// The SDK itself refuses these two only; plain, stale and replay are for the program to refuse (wechat.md §1.5).
		if refuses := how == "signature" || how == "account"; (err != nil) != refuses || !refuses && taken != "subscribe" {
			t.Errorf("%q: %v, took %q", how, err, taken)
		}
	}
}
