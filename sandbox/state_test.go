package sandbox

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestStateSurvives(t *testing.T) {
	dir := t.TempDir()
	open := func() *Sandbox {
		s, err := Open(Config{Dir: dir, People: demo(), Site: "http://localhost:8080"})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	before := open()
	credentials := before.Credentials()
	second := before.NewWorld()
	w := before.World("")
	_ = w.Say("D01", "你好")
	_ = w.SetOutcome("320102200703169961", FaceMismatch)
	w.data.Pay.Orders["X1"] = &order{OutTradeNo: "X1", State: "NOTPAY"}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := before.Run(ctx); err != nil {
		t.Fatal(err)
	}
	after := open()
	w = after.World("")
	if got := after.Credentials(); got.APIv3Key != credentials.APIv3Key || got.MerchantKeyPEM != credentials.MerchantKeyPEM ||
		got.PublicKeyPEM != credentials.PublicKeyPEM {
		t.Error("credentials changed")
	}
	if !after.keys.platform.Equal(before.keys.platform) || after.World(second.AppID) == nil {
		t.Error("keys or worlds are lost")
	}
	if u, _ := w.User("D01"); len(u.Chat) != 1 || w.Outcome("320102200703169961") != FaceMismatch || len(w.Orders()) != 1 {
		t.Errorf("lost: %+v %s %v", u, w.Outcome("320102200703169961"), w.Orders())
	}
	info, err := os.Stat(filepath.Join(dir, "state.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("state file: %v, %v", info, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "state.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Config{Dir: dir}); err == nil {
		t.Error("a damaged state was taken")
	}
}

func TestEgress(t *testing.T) {
	client := http.Client{Transport: Egress("http://127.0.0.1:1")}
	for _, address := range []string{"https://example.com/", "https://api.weixin.qq.com.example.com/", "http://127.0.0.1:8080/"} {
		if _, err := client.Get(address); err == nil || !strings.Contains(err.Error(), "not in the sandbox's table") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestWorldsAreApart(t *testing.T) {
	tn := newTown(t)
	s := tn.world.sandbox
	other := s.World(s.NewWorld().AppID)
	if _, err := other.AddFault(Fault{Path: "/cgi-bin/", Kind: "error", Code: "-1"}); err != nil {
		t.Fatal(err)
	}
	c := tn.world.Credentials()
	token := tn.ask("GET", "/cgi-bin/token?grant_type=client_credential&appid="+c.AppID+"&secret="+c.AppSecret, "")
	if token["access_token"] == nil {
		t.Errorf("another world's fault struck: %v", token)
	}
	if len(other.Calls()) != 0 || len(tn.world.Calls()) != 1 {
		t.Error("calls are in the wrong journal")
	}
	if other.credentials.AppID == c.AppID || other.user("D01").OpenID == tn.openid("D01") {
		t.Error("two accounts share ids")
	}
}

func TestControls(t *testing.T) {
	tn := newTown(t)
	control := func(method, route, body string) (int, map[string]any) {
		r, _ := http.NewRequest(method, tn.url+"/_sandbox/"+route, strings.NewReader(body))
		q := r.URL.Query()
		q.Set("world", tn.world.Credentials().AppID)
		r.URL.RawQuery = q.Encode()
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var answer map[string]any
		_ = json.NewDecoder(response.Body).Decode(&answer)
		return response.StatusCode, answer
	}
	for _, one := range []struct {
		method, route, body string
		status              int
	}{
		{"POST", "fault", `{"path":"SendSms","kind":"delay","delay_ms":5}`, 200},
		{"POST", "fault", `{"path":"SendSms","kind":"explode"}`, 400},
		{"POST", "outcome", `{"person":"D01","outcome":"low"}`, 200},
		{"POST", "outcome", `{"person":"D01","outcome":"nice"}`, 400},
		{"POST", "advance", `{"seconds":3600,"skew_seconds":240}`, 200},
		{"POST", "user", `{"user":"D01","blocks":true}`, 200},
		{"POST", "account", `{"sms_variable":0,"retry_s":[1,2],"close_too_young_s":300}`, 200},
		{"POST", "pay", `{"user":"D01","out_trade_no":"none"}`, 400},
		{"POST", "notices", `{"do":"hold"}`, 200},
		{"POST", "notices", `{"do":"lose"}`, 400},
		{"POST", "fault", `{"colour":"red"}`, 400},
		{"GET", "nothing", ``, 404},
	} {
		if status, answer := control(one.method, one.route, one.body); status != one.status {
			t.Errorf("%s %s %s: %d %v", one.method, one.route, one.body, status, answer)
		}
	}
	status, seen := control("GET", "inspect", "")
	if status != 200 || len(seen["Faults"].([]any)) != 1 || seen["Outcomes"].(map[string]any)["320102200703169961"] != "low" {
		t.Errorf("inspect: %v", seen)
	}
	if raw, _ := json.Marshal(seen); strings.Contains(string(raw), tn.world.Credentials().AppSecret) {
		t.Error("inspect shows the secret")
	}
	if status, _ = control("POST", "reset", ""); status != 200 || len(tn.world.Faults()) != 0 || tn.world.Outcome("320102200703169961") != FacePass {
		t.Error("reset left something")
	}
}
