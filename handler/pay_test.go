package handler

import (
	"bytes"
	"context"
	"encoding/base64"
	"image/png"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

// debtor is a student whose form is handed in and who owes 2,400.00 yuan.
func debtor(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	ctx, v := context.Background(), atTheForm(t, w, id)
	err := w.Service.Store.InTx(ctx, func(tx *store.Store) error {
		bill := enroll.Bill{ID: tx.NewID(), Registration: v.Registration.ID, TotalFen: 240000, Items: []enroll.BillItem{{Name: "学费", SchoolYear: "2026-2027", AmountFen: 240000}}}
		if err := tx.SaveBill(ctx, bill, w.Clock.Now()); err != nil {
			return err
		}
		return tx.Move(ctx, v.Registration, enroll.RegistrationEvent{Event: string(enroll.EventSubmit), To: enroll.Payable, By: enroll.ByStudent, At: w.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	return w.Visit(t, id)
}

// order opens a payment by JSAPI and gives the order's number.
func (s site) order() string {
	s.t.Helper()
	status, answer := s.call("POST", "/api/pay", `{"channel":"jsapi"}`)
	if status != http.StatusOK {
		s.t.Fatalf("pay: %d %v", status, answer)
	}
	return answer["order"].(string)
}

// notice is WeChat Pay's signed request about an order, wrong in the way asked, addressed to this site.
func (s site) notice(w *world.World, order, how string) *http.Request {
	s.t.Helper()
	r, err := w.Sandbox.World(w.Credentials.AppID).NoticeRequest(context.Background(), order, how)
	if err != nil {
		s.t.Fatal(err)
	}
	to, err := http.NewRequest(r.Method, s.url+r.URL.Path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	to.Header, to.Body, to.GetBody, to.ContentLength = r.Header, r.Body, r.GetBody, r.ContentLength
	return to
}

// post sends a request and gives status and body.
func post(t *testing.T, r *http.Request) (int, string) {
	t.Helper()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return response.StatusCode, string(body)
}

func TestHundredNoticesOverFiftyConnections(t *testing.T) {
	w := world.New(t)
	v := debtor(t, w, "D01")
	s := enter(t, w, v)
	signed := s.notice(w, s.order(), "")
	var senders sync.WaitGroup
	for range 50 {
		connection := &http.Client{Transport: &http.Transport{}}
		senders.Go(func() {
			defer connection.CloseIdleConnections()
			for range 2 {
				r := signed.Clone(context.Background())
				r.Body, _ = signed.GetBody()
				response, err := connection.Do(r)
				if err != nil {
					t.Error(err)
					return
				}
				response.Body.Close()
				if response.StatusCode != http.StatusNoContent {
					t.Errorf("answered %d", response.StatusCode)
				}
			}
		})
	}
	senders.Wait()
	wantPaid(t, w, v, 240000, "26101010001")
	ids, err := w.Service.Store.DueOutbox(context.Background(), w.Clock.Now(), 100)
	if err != nil || len(ids) != 1 {
		t.Errorf("%d messages, %v", len(ids), err)
	}
}

func wantPaid(t *testing.T, w *world.World, v *service.Visit, fen int64, number string) {
	t.Helper()
	ctx := context.Background()
	bill, err := w.Service.Store.Bill(ctx, v.Registration.ID)
	if err != nil || bill.PaidFen != fen {
		t.Errorf("paid %d, %v; want %d", bill.PaidFen, err, fen)
	}
	if got, err := w.Service.Store.Number(ctx, v.Registration.ID); err != nil || got != number {
		t.Errorf("number %q, %v; want %q", got, err, number)
	}
}

// What WeChat Pay did not sign is refused and leaves no trace: no fact, no case, no change.
func TestForgedNotices(t *testing.T) {
	w := world.New(t)
	v := debtor(t, w, "D01")
	s := enter(t, w, v)
	order := s.order()
	rows := map[string]*http.Request{}
	for _, how := range []string{"signature", "serial", "signtest", "stale", "future", "headers", "key", "algorithm", "type"} {
		rows[how] = s.notice(w, order, how)
	}
	for name, body := range map[string]string{"empty": "", "not JSON": "<xml/>", "huge": strings.Repeat("x", 70<<10), "other body": `{"id":"1"}`} {
		r := s.notice(w, order, "")
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		rows[name] = r
	}
	for _, header := range []string{"Wechatpay-Signature", "Wechatpay-Nonce", "Wechatpay-Timestamp", "Wechatpay-Serial"} {
		for name, value := range map[string]string{"without ": "", "other ": "1"} {
			r := s.notice(w, order, "")
			if r.Header.Del(header); value != "" {
				r.Header.Set(header, value)
			}
			rows[name+header] = r
		}
	}
	for name, r := range rows {
		if status, body := post(t, r); status != http.StatusUnauthorized || !strings.Contains(body, `"FAIL"`) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	wantPaid(t, w, v, 0, "")
	ctx := context.Background()
	facts, err := w.Service.Store.Facts(ctx, order)
	if err != nil || len(facts) != 0 {
		t.Errorf("facts %v, %v", facts, err)
	}
	if cases, err := w.Service.Cases(ctx); err != nil || len(cases) != 0 {
		t.Errorf("cases %v, %v", cases, err)
	}
}

// A notice that could not be kept is asked for again.
func TestNoticeWithoutDatabase(t *testing.T) {
	w := world.New(t)
	s := enter(t, w, debtor(t, w, "D01"))
	r := s.notice(w, s.order(), "")
	if err := w.Service.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if status, body := post(t, r); status != http.StatusInternalServerError || !strings.Contains(body, `"FAIL"`) {
		t.Errorf("%d %s", status, body)
	}
}

// The page's way: the bill, a code to scan, the question, the number, what happened.
func TestPayPages(t *testing.T) {
	w := world.New(t)
	v := debtor(t, w, "D01")
	s := enter(t, w, v)
	_, bill := s.call("GET", "/api/bill", "")
	if bill["total_fen"] != 240000.0 || bill["live"] != nil || bill["locked"] != false || len(bill["channels"].([]any)) != 3 || bill["rule"] == "" {
		t.Errorf("bill %v", bill)
	}
	_, pay := s.call("POST", "/api/pay", `{"channel":"native"}`)
	qr, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(pay["qr"].(string), "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(qr)); err != nil {
		t.Error(err)
	}
	if _, again := s.call("GET", "/api/bill", ""); again["live"] == nil {
		t.Error("the bill does not tell of the order")
	}
	if _, status := s.call("GET", "/api/pay/status", ""); status["state"] != "unpaid" {
		t.Errorf("before: %v", status)
	}
	if status, _ := s.call("GET", "/api/done", ""); status != http.StatusConflict {
		t.Errorf("done before paying: %d", status)
	}
	if err := w.Sandbox.World(w.Credentials.AppID).PayOrder("parent", pay["order"].(string)); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(4 * time.Second)
	if _, status := s.call("POST", "/api/pay/check", `{}`); status["state"] != "done" || status["number"] != "26101010001" {
		t.Errorf("after: %v", status)
	}
	if _, done := s.call("GET", "/api/done", ""); done["number"] != "26101010001" || len(done["events"].([]any)) == 0 {
		t.Errorf("done %v", done)
	}
	if status, answer := s.call("POST", "/api/pay", `{"channel":"native"}`); status != http.StatusConflict || answer["reason"] != "bill_covered" {
		t.Errorf("paying twice: %d %v", status, answer)
	}
}
