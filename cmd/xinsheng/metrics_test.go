package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/handler"
	"xinsheng/test/world"
)

// TestMetrics asks for pages, calls a vendor, leaves a message waiting, and reads the figures.
func TestMetrics(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	log := slog.New(slog.DiscardHandler)
	m := newMetrics(w.Service.Store, log)
	routes, err := handler.New(w.Service, http.NotFoundHandler(), handler.Config{Observe: m.observe}, log).Routes()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/livez", "/api/me", "/api/me", "/nowhere", "/api/attachments/secret/file"} {
		routes.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	answers := []error{nil, errors.New("cut")}
	for _, err := range answers {
		request := httptest.NewRequest(http.MethodGet, "https://api.example.com/v3/x", nil)
		_, got := m.watch(roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusBadGateway}, err
		})).RoundTrip(request)
		if !errors.Is(got, err) {
			t.Errorf("the answer became %v", got)
		}
	}
	st, now := w.Service.Store, time.Now()
	err = st.AddOutbox(ctx, enroll.OutboxMessage{ID: st.NewID(), Kind: enroll.OutboxNotify, Dedupe: "x", Payload: []byte("{}"), NextAt: now, CreatedAt: now.Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	m.handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, line := range []string{
		`xinsheng_request_seconds_count{route="GET /livez",status="2xx"} 1`,
		`xinsheng_request_seconds_count{route="GET /api/me",status="4xx"} 2`,
		`xinsheng_request_seconds_count{route="GET /api/attachments/:file/file",status="4xx"} 1`,
		`xinsheng_request_seconds_count{route="pages",status="4xx"} 1`,
		`xinsheng_outside_total{host="api.example.com",status="5xx"} 1`,
		`xinsheng_outside_total{host="api.example.com",status="none"} 1`,
		`xinsheng_outbox_messages{state="waiting"} 1`,
		`xinsheng_outbox_messages{state="dead"} 0`,
		`xinsheng_orders_live 0`,
	} {
		if !strings.Contains(answer.Body.String(), "\n"+line+"\n") {
			t.Errorf("%s is not among the figures", line)
		}
	}
	if !regexp.MustCompile(`(?m)^xinsheng_outbox_oldest_seconds 36\d\d\.`).MatchString(answer.Body.String()) {
		t.Error("the oldest message is not an hour old")
	}
	if t.Failed() {
		t.Log(answer.Body.String())
	}
}
