package sandbox

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func phoneAct(s *Sandbox, name, body string, origin string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", phoneURL+"/phone/api/"+name, strings.NewReader(body))
	r.Header.Set("Origin", origin)
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, r)
	return answer
}

func phoneStateOf(t *testing.T, s *Sandbox, user string) phoneState {
	t.Helper()
	answer := visitPage(s, "GET", phoneURL+"/phone/api/state?user="+user, nil)
	var state phoneState
	if err := json.Unmarshal(answer.Body.Bytes(), &state); err != nil || answer.Code != http.StatusOK {
		t.Fatalf("state of %s: %d %v", user, answer.Code, err)
	}
	return state
}

func TestPhoneDeeds(t *testing.T) {
	s := newTestPhone(t, newFakeSite(t).URL)
	deeds := []struct{ name, body string }{
		{"say", `{"user":"D01","text":"学号"}`},
		{"follow", `{"user":"stranger","follows":true}`},
		{"user", `{"user":"D02","follows":true,"blocks":true}`},
		{"outcome", `{"user":"D01","idNumber":"320102200703169961","outcome":"mismatch"}`},
		{"trouble", `{"fault":{"path":"notice","kind":"drop"}}`},
	}
	for _, d := range deeds {
		if answer := phoneAct(s, d.name, d.body, phoneURL); answer.Code != http.StatusOK {
			t.Errorf("%s: %d %s", d.name, answer.Code, answer.Body)
		}
	}
	state := phoneStateOf(t, s, "D01")
	if n := len(state.Chat); n != 1 || state.Chat[0].Text != "学号" {
		t.Errorf("chat: %v", state.Chat)
	}
	if len(state.Faults) != 1 || state.People[0].Outcome != FaceMismatch {
		t.Errorf("faults %v, outcome %q", state.Faults, state.People[0].Outcome)
	}
	for _, u := range state.Users {
		if u.Key == "stranger" && !u.Follows || u.Key == "D02" && !u.Blocks {
			t.Errorf("user %+v", u)
		}
	}
	phoneAct(s, "calm", `{"fault":{"id":1}}`, phoneURL)
	if left := phoneStateOf(t, s, "D01").Faults; len(left) != 0 {
		t.Errorf("faults left: %v", left)
	}
}

func TestPhoneRefuses(t *testing.T) {
	s := newTestPhone(t, newFakeSite(t).URL)
	refused := []struct {
		name, body, origin string
		status             int
	}{
		{"say", `{"user":"D01","text":"x"}`, "http://d01.localhost:8090", http.StatusForbidden},
		{"say", `{"user":"nobody","text":"x"}`, phoneURL, http.StatusConflict},
		{"say", `{`, phoneURL, http.StatusBadRequest},
		{"pay", `{"user":"D01","outTradeNo":"none"}`, phoneURL, http.StatusConflict},
		{"sheet", `{"user":"D01","sheet":{"appId":"wx0"}}`, phoneURL, http.StatusConflict},
		{"code", `{"user":"D01","code":"weixin://wxpay/bizpayurl?pr=none"}`, phoneURL, http.StatusConflict},
	}
	for _, one := range refused {
		if answer := phoneAct(s, one.name, one.body, one.origin); answer.Code != one.status {
			t.Errorf("%s %s: %d %s", one.name, one.body, answer.Code, answer.Body)
		}
	}
}
