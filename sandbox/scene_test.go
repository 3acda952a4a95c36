package sandbox

import (
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/officialaccount/basic"
)

func TestCodesWithScenes(t *testing.T) {
	tn := newTown(t)
	one, _ := account(tn)
	ticket, err := one.GetBasic().GetQRTicket(basic.NewTmpQrRequest(10*time.Minute, "bind.X"))
	if err != nil || ticket.ExpireSeconds != 600 || !strings.HasPrefix(ticket.URL, sceneAddress) {
		t.Fatalf("%+v, %v", ticket, err)
	}
	_, err = one.GetBasic().GetQRTicket(basic.NewTmpQrRequest(10*time.Minute, strings.Repeat("x", 65)))
	wants(t, "a long scene", err, "40053")
	_, err = one.GetBasic().GetQRTicket(basic.NewTmpQrRequest(31*24*time.Hour, "bind.X"))
	wants(t, "a long life", err, "40053")

	answer, err := tn.client.Get(basic.ShowQRCode(ticket))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := png.Decode(answer.Body); err != nil {
		t.Errorf("showqrcode gives no picture: %v", err)
	}

	for user, want := range map[string]string{"stranger": "qrscene_bind.X", "D01": "bind.X"} {
		if err := tn.world.Scan(user, ticket.URL); err != nil {
			t.Fatal(err)
		}
		tn.world.mu.Lock()
		sent := tn.world.data.Pushes[len(tn.world.data.Pushes)-1].XML
		tn.world.mu.Unlock()
		if !strings.Contains(sent, "<EventKey><![CDATA["+want+"]]></EventKey>") {
			t.Errorf("%s: %s", user, sent)
		}
	}
	if u, _ := tn.world.User("stranger"); !u.Follows {
		t.Error("scanning a code of the account does not follow it")
	}
	tn.world.Advance(11 * time.Minute)
	if tn.world.Scan("D01", ticket.URL) == nil || len(tn.world.Scenes()) != 0 {
		t.Error("an expired code still opens")
	}
}
