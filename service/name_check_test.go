package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// tries logs in with a fresh code and a name.
func tries(t *testing.T, w *world.World, id, name string) (challenge string, err error) {
	t.Helper()
	w.Clock.Advance(time.Hour + time.Minute)
	sent, typed := code(t, w, codeRequest(id, ""))
	_, err = w.Service.Login(context.Background(), service.LoginRequest{Challenge: sent.ID, Name: name, Code: typed, Address: "192.0.2.1"})
	return sent.ID, err
}

// Who proved the code and not the name may ask a person; nobody else learns or asks anything.
func TestNameCheckLetsItsOwnerIn(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	r := w.Enrolled(t, "D07")
	sent, typed := code(t, w, codeRequest("D07", ""))
	wrong := "000000"
	if typed == wrong {
		wrong = "000001"
	}
	_, err := w.Service.Login(ctx, service.LoginRequest{Challenge: sent.ID, Name: "王莫位", Code: wrong, Address: "192.0.2.1"})
	wantReason(t, err, "code_wrong")
	wantReason(t, w.Service.FileNameCheck(ctx, sent.ID, "王莫位", photo(t, 900, 600)), "name_check_expired")

	challenge, err := tries(t, w, "D07", "王莫位")
	wantReason(t, err, "name_mismatch")
	wantReason(t, w.Service.FileNameCheck(ctx, challenge, "王莫位", nil), "attachment_missing")
	if err := w.Service.FileNameCheck(ctx, challenge, "王莫位", photo(t, 900, 600)); err != nil {
		t.Fatal(err)
	}
	wantReason(t, w.Service.FileNameCheck(ctx, challenge, "王莫位", photo(t, 900, 600)), "correction_open")
	page, err := w.Service.NameCheck(ctx, challenge)
	if err != nil || page.Filed == nil || page.Filed.State != enroll.ApplicationPending || page.Name != "王莫位" {
		t.Fatalf("page %+v, %v", page, err)
	}
	wantReason(t, w.Service.GrantNameCheckAs(ctx, page.Filed.ID, "王□位", alone), "correction_name")
	before := len(texts(w, "13900000007"))
	if err := w.Service.GrantNameCheck(ctx, page.Filed.ID, alone); err != nil {
		t.Fatal(err)
	}
	drain(t, w)
	if got := len(texts(w, "13900000007")); got != before+1 {
		t.Errorf("%d SMS, %d before", got, before)
	}
	if _, err := tries(t, w, "D07", "王莫位"); err != nil {
		t.Errorf("after the grant: %v", err)
	}
	events, _ := w.Service.Store.Events(ctx, r.ID)
	if last := events[len(events)-1]; last.Reason != "姓名：王末位 → 王莫位" {
		t.Errorf("timeline %+v", last)
	}
}

// A gap in the roster lets one character in, and the registrar sees the pair once.
func TestNamePair(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	r := w.Enrolled(t, "D06")
	r.Name = "王Yan" // as the roster has it
	if err := w.Service.Store.CorrectRegistration(ctx, r, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := tries(t, w, "D06", "王䶮"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := tries(t, w, "D06", "王小明")
	wantReason(t, err, "name_mismatch")
	queue, err := w.Service.CorrectionQueue(ctx, enroll.CorrectPair, "", "", 10)
	if err != nil || len(queue) != 1 || queue[0].From != "王Yan" || queue[0].To != "王䶮" {
		t.Fatalf("queue %+v, %v", queue, err)
	}
	if err := w.Service.GrantNameCheck(ctx, queue[0].ID, alone); err != nil {
		t.Fatal(err)
	}
	kept, err := w.Service.Store.Registration(ctx, r.ID)
	if err != nil || kept.Name != "王䶮" {
		t.Errorf("name %s, %v", kept.Name, err)
	}
	if n := waiting(t, w, r.ID, enroll.OutboxNotify); n != 0 {
		t.Errorf("%d messages", n)
	}
}

// A character beyond U+FFFF goes through login and database; one that few keyboards have may be left open.
func TestRareNames(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Enrolled(t, "D05")
	for _, name := range []string{"赵𠮷", "赵ji", "趙□"} {
		if _, err := tries(t, w, "D05", name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := tries(t, w, "D05", "赵吉")
	wantReason(t, err, "name_mismatch")
	if queue, err := w.Service.CorrectionQueue(ctx, "", "", "", 10); err != nil || len(queue) != 0 {
		t.Errorf("queue %d, %v", len(queue), err)
	}
}
