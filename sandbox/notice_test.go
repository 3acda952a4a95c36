package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestNoticeFaults(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	number := func(i int) string { return fmt.Sprintf("X20260001%02d", i) }
	s.world.HoldNotices()
	s.pay(number(1), 1)
	s.pay(number(2), 2)
	s.quiet()
	s.world.ReleaseNotices(true)
	for _, want := range []string{number(2), number(1)} {
		if told, err := s.parse(s.next()); err != nil || *told.OutTradeNo != want {
			t.Errorf("reversed: %v, %v, want %s", told, err, want)
		}
	}
	faults := []Fault{{Path: "notice", Kind: "duplicate", Copies: 3, Times: 1}, {Path: "notice", Kind: "drop", Times: 1},
		{Path: "notice", Kind: "reorder", Times: 1}}
	for _, f := range faults {
		if _, err := s.world.AddFault(f); err != nil {
			t.Fatal(err)
		}
	}
	s.pay(number(3), 3)
	ids := map[string]bool{}
	for range 3 {
		ids[string(s.next().body)] = true
	}
	if len(ids) != 1 {
		t.Error("copies of a notice differ")
	}
	s.pay(number(4), 4) // dropped
	s.pay(number(5), 5) // goes behind the next
	s.quiet()
	s.pay(number(6), 6)
	for _, want := range []string{number(6), number(5)} {
		if told, err := s.parse(s.next()); err != nil || *told.OutTradeNo != want {
			t.Errorf("reordered: %v, %v, want %s", told, err, want)
		}
	}
	if err := s.world.ResendNotice(s.world.Notices()[5].ID); err != nil {
		t.Fatal(err)
	}
	if told, err := s.parse(s.next()); err != nil || *told.OutTradeNo != number(4) {
		t.Errorf("resent: %v, %v", told, err)
	}
}

func TestRetries(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.receive = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }
	s.pay("X2026000201", 1)
	s.next()
	s.quiet()
	for _, pause := range []time.Duration{15 * time.Second, 15 * time.Second, 30 * time.Second, 3 * time.Minute} {
		s.eventually("try noted", func() bool { return !s.sending() })
		s.world.Advance(pause - time.Second)
		s.quiet()
		s.world.Advance(2 * time.Second)
		if _, err := s.parse(s.next()); err != nil {
			t.Errorf("a retry has a fresh signature: %v", err)
		}
	}
}

func (s *shop) sending() bool {
	s.world.mu.Lock()
	defer s.world.mu.Unlock()
	for _, n := range s.world.data.Pay.Notices {
		if n.Sending {
			return true
		}
	}
	return false
}

func TestForgeries(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.prepare("X2026000301", 500)
	parses := map[string]bool{"amount": true, "currency": true, "mchid": true, "appid": true, "order": true, "event": true, "state": true, "": true}
	for _, how := range append(forgeries(), "") {
		if _, err := s.world.ForgeNotice(t.Context(), "X2026000301", how); err != nil {
			t.Fatal(err)
		}
		told, err := s.parse(s.next())
		if (err == nil) != parses[how] {
			t.Errorf("%q parsed: %v, %v", how, told, err)
		}
	}
	if still, err := s.query("X2026000301"); err != nil || *still.TradeState != "NOTPAY" {
		t.Errorf("forgeries changed the order: %v, %v", still, err)
	}
	setProbes(s.world, 1)
	s.pay("X2026000302", 1)
	if probe := s.next(); !strings.HasPrefix(probe.request.Header.Get("Wechatpay-Signature"), "WECHATPAY/SIGNTEST/") {
		t.Error("no probe went first")
	}
	if _, err := s.parse(s.next()); err != nil {
		t.Error(err)
	}
}

func TestOneNoticeManyTimes(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.pay("X2026000401", 1)
	s.next()
	signed, err := s.world.NoticeRequest(t.Context(), "X2026000401", "")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again := signed.Clone(t.Context())
		again.Body, _ = signed.GetBody()
		response, err := http.DefaultClient.Do(again)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if told, err := s.parse(s.next()); err != nil || *told.OutTradeNo != "X2026000401" {
			t.Errorf("sent again: %v, %v", told, err)
		}
	}
}

func setProbes(w *World, every int) {
	defer w.change()()
	w.data.Pay.Probes = every
}
