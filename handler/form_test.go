package handler

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

// site is the program over HTTP for one logged-in student.
type site struct {
	t      *testing.T
	url    string
	cookie *http.Cookie
}

// enter puts the visit's login and WeChat into a session, as authorisation and a login by code would.
func enter(t *testing.T, w *world.World, v *service.Visit) site {
	t.Helper()
	h := New(w.Service, http.NotFoundHandler(), Config{PublicURL: "http://localhost"}, slog.New(slog.DiscardHandler))
	routes, err := h.Routes()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(routes)
	t.Cleanup(server.Close)
	ctx, err := h.sessions.Load(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	h.sessions.Put(ctx, sessionLogin, v.Login.ID)
	h.sessions.Put(ctx, sessionOpenID, v.Login.OpenID)
	token, _, err := h.sessions.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return site{t, server.URL, &http.Cookie{Name: h.sessions.Cookie.Name, Value: token}}
}

// call sends JSON and gives status and answer.
func (s site) call(method, path, body string) (int, map[string]any) {
	s.t.Helper()
	req, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.AddCookie(s.cookie)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Requested-With", "xinsheng")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal(text, &answer); err != nil {
		s.t.Fatalf("%s %s: %s", method, path, text)
	}
	if problem, ok := answer["error"].(map[string]any); ok {
		answer = problem
	}
	return resp.StatusCode, answer
}

func atTheForm(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	r := w.Enrolled(t, id)
	for _, stamp := range []store.Stamp{store.StampPrepared, store.StampIdentity} {
		if err := w.Service.Store.SetStamp(context.Background(), r.ID, stamp, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	return w.Visit(t, id)
}

const filledBasic = `{"politics":"13","native_place":{"code":"320102","text":"江苏省南京市玄武区"},
	"household_place":{"code":"320102","text":"江苏省南京市玄武区","street":"某街道1号"},
	"address":{"code":"320102","text":"江苏省南京市玄武区","street":"某街道某路1号101室"},"postcode":"210000",
	"work_unit_none":true,"emergency_name":"张母","emergency_relation":"52","emergency_phone":"13900009999"}`

func TestFormOverHTTP(t *testing.T) {
	w := world.New(t)
	s := enter(t, w, atTheForm(t, w, "D01"))

	status, form := s.call("GET", "/api/form", "")
	sections, _ := form["sections"].([]any)
	dictionaries, _ := form["dictionaries"].(map[string]any)
	if status != http.StatusOK || len(sections) != 3 || dictionaries["politics"] == nil {
		t.Fatalf("form: %d %v", status, form)
	}
	if status, section := s.call("GET", "/api/sections/basic", ""); status != http.StatusOK || section["version"] != 0.0 || section["complete"] != false {
		t.Errorf("empty section: %d %v", status, section)
	}
	status, incomplete := s.call("POST", "/api/sections/basic/done", "{}")
	data, _ := incomplete["data"].(map[string]any)
	problems, _ := data["problems"].([]any)
	if status != http.StatusUnprocessableEntity || incomplete["reason"] != "form_incomplete" || len(problems) == 0 {
		t.Errorf("unfinished section: %d %v", status, incomplete)
	}
	if status, saved := s.call("PUT", "/api/sections/basic", `{"version":0,"content":`+filledBasic+`}`); status != http.StatusOK || saved["version"] != 1.0 || saved["complete"] != true {
		t.Errorf("save: %d %v", status, saved)
	}
	status, conflict := s.call("PUT", "/api/sections/basic", `{"version":0,"content":{"postcode":"210001"}}`)
	newer, _ := conflict["data"].(map[string]any)
	content, _ := newer["content"].(map[string]any)
	if status != http.StatusConflict || conflict["reason"] != "draft_conflict" || newer["version"] != 1.0 || content["postcode"] != "210000" {
		t.Errorf("older version: %d %v", status, conflict)
	}
	if status, me := s.call("POST", "/api/sections/basic/done", "{}"); status != http.StatusOK || me["next"] != "/form/family" {
		t.Errorf("done: %d next %v", status, me["next"])
	}
}

func TestUnverifiedLoginSeesNoDraft(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := atTheForm(t, w, "D01")
	if _, err := w.Service.SaveSection(ctx, v, enroll.SectionBasic, 0, []byte(filledBasic), false); err != nil {
		t.Fatal(err)
	}
	second := v.Login
	second.ID, second.FacePassedAt, second.Phone = w.Service.Store.NewID(), time.Time{}, "13900007777"
	if err := w.Service.Store.AddLogin(ctx, second, "127.0.0.1"); err != nil {
		t.Fatal(err)
	}
	s := enter(t, w, &service.Visit{Login: second})
	for _, path := range []string{"/api/form", "/api/sections/basic"} {
		if status, answer := s.call("GET", path, ""); status != http.StatusForbidden || answer["reason"] != "identity_step_needed" {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
	if status, answer := s.call("PUT", "/api/sections/basic", `{"version":1,"content":{},"force":true}`); status != http.StatusForbidden {
		t.Errorf("write: %d %v", status, answer)
	}
}
