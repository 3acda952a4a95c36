package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/service"
	"xinsheng/test/world"
)

func TestUnlockOpensTheDoorToOneStudent(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	r := w.Enrolled(t, "D01")
	w.Enrolled(t, "D02")
	shut := func(id, name string) {
		t.Helper()
		challenge, right := code(t, w, codeRequest(id, ""))
		for range 5 {
			_, err := w.Service.Login(ctx, service.LoginRequest{Challenge: challenge.ID, Name: name, Code: right})
			wantReason(t, err, "name_mismatch")
		}
		_, err := w.Service.RequestCode(ctx, codeRequest(id, ""))
		wantReason(t, err, "login_locked")
	}
	shut("D01", "张别人")
	shut("D02", "李别人")
	w.Clock.Advance(time.Second)
	wantReason(t, w.Service.Unlock(ctx, r.ID, service.Decision{By: "registrar"}), "reason_missing")
	if err := w.Service.Unlock(ctx, r.ID, service.Decision{By: "registrar", Reason: "本人来电"}); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(time.Second)
	enter(t, w, "D01", "13900000113")
	_, err := w.Service.RequestCode(ctx, codeRequest("D02", ""))
	wantReason(t, err, "login_locked")
}
