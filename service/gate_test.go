package service_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

// pause pauses a gate as it stands, with a sentence, as a registrar.
func pause(t *testing.T, w *world.World, gate enroll.Gate, paused bool, sentence string) {
	t.Helper()
	now, err := w.Service.Store.Gate(context.Background(), gate)
	if err != nil {
		t.Fatal(err)
	}
	reason(t, w.Service.SetGate(context.Background(), world.Maker, gate, paused, sentence, now.Version), "")
}

// told is the sentence that an error shows.
func told(err error) string {
	known, _ := err.(*enroll.Error)
	if known == nil {
		return ""
	}
	return known.Message()
}

// While codes are paused nobody gets one and everybody reads why; opened again they come.
func TestPausedCodes(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	w.Enrolled(t, "D01")
	pause(t, w, enroll.GateCode, true, "  十点\n恢复  ")
	_, err := w.Service.RequestCode(ctx, codeRequest("D01", ""))
	reason(t, err, "code_paused")
	if !strings.Contains(told(err), "十点 恢复") {
		t.Errorf("told %q", told(err))
	}
	if door, err := w.Service.DoorTold(ctx); err != nil || door != told(enroll.Fail("code_paused", "十点 恢复")) {
		t.Errorf("the door says %q, %v", door, err)
	}
	pause(t, w, enroll.GateCode, false, "")
	if door, _ := w.Service.DoorTold(ctx); door != "" {
		t.Errorf("the door says %q", door)
	}
	if _, err := w.Service.RequestCode(ctx, codeRequest("D01", "")); err != nil {
		t.Error(err)
	}
}

// A paused face check costs no attempt and offers the archive.
func TestPausedFace(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	w.Enrolled(t, "D01")
	v := atCamera(t, w, "D01", "")
	pause(t, w, enroll.GateFace, true, "请用照片存档")
	err := w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg"))
	reason(t, err, "face_paused")
	if known := err.(*enroll.Error); known.Data["archive"] != true || known.Data["attempts_left"] != enroll.FaceAttempts {
		t.Errorf("offers %v", known.Data)
	}
	me, err := w.Service.Me(ctx, v)
	if err != nil || !slices.Contains(me.Notices, told(enroll.Fail("face_paused", "请用照片存档"))) {
		t.Errorf("home says %v, %v", me.Notices, err)
	}
	reason(t, w.Service.ArchiveFace(ctx, v, picture(t, w, "face.jpg")), "")
	pause(t, w, enroll.GateFace, false, "")
	reason(t, w.Service.CheckFace(ctx, reload(t, w, v), picture(t, w, "face.jpg")), "")
}

// While paying is paused no payment opens, for nobody; money that is on its way comes in all the same.
func TestPausedPaying(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	v := payable(t, w, "D01", 240000)
	o := checkout(t, w, v, enroll.JSAPI).Order
	pause(t, w, enroll.GatePay, true, "下午恢复")
	_, err := w.Service.StartPayment(ctx, v, enroll.Native, "")
	reason(t, err, "pay_paused")
	if me, err := w.Service.Me(ctx, v); err != nil || !slices.Contains(me.Notices, "缴费暂停：下午恢复") {
		t.Errorf("home says %v, %v", me.Notices, err)
	}
	take(t, w, notice(t, w, o, ""))
	if got := status(t, w, v.Registration.ID); got != enroll.Registered {
		t.Errorf("paid while paused: %s", got)
	}
}

// Paused messages wait, however often the outbox looks, and go out in order once they may; closing orders goes on.
func TestPausedMessages(t *testing.T) {
	w := world.New(t)
	v := registered(t, w, "D01")
	pause(t, w, enroll.GateMessage, true, "消息稍晚")
	for range 3 {
		drain(t, w)
	}
	if received(w, "D01") != 0 || waiting(t, w, v.Registration.ID, enroll.OutboxNotify) == 0 {
		t.Fatalf("%d arrived while paused", received(w, "D01"))
	}
	pause(t, w, enroll.GateMessage, false, "")
	drain(t, w)
	if received(w, "D01") != 1 {
		t.Errorf("%d arrived after", received(w, "D01"))
	}
}

// A push that is paused by its gate stops where it is and goes on from there.
func TestPausedPush(t *testing.T) {
	w := world.New(t)
	w.Crowd(t, 20)
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	pause(t, w, enroll.GatePush, true, "")
	startPush(t, w, p.ID)
	drainPush(t, w)
	if v := pushView(t, w, p.ID); v.Push.State != enroll.PushBuilding || sends(w) != 0 {
		t.Fatalf("%s, %d sent", v.Push.State, sends(w))
	}
	pause(t, w, enroll.GatePush, false, "")
	drainPush(t, w)
	if v := pushView(t, w, p.ID); v.Push.State != enroll.PushDone || sends(w) != 20 {
		t.Errorf("%s, %d sent", v.Push.State, sends(w))
	}
}

// Of two people who saw the same state the second is told; each change stands in the audit log, and a sentence is asked for.
func TestPausingTwice(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	d, s := duty(t, w, "xueji", enroll.RoleRegistrar, ""), w.Service
	reason(t, s.SetGate(ctx, d, enroll.GatePay, true, " ", 0), "gate_sentence")
	reason(t, s.SetGate(ctx, d, "other", true, "x", 0), "not_found")
	reason(t, s.SetGate(ctx, d, enroll.GatePay, true, "稍后", 0), "")
	reason(t, s.SetGate(ctx, d, enroll.GatePay, true, "马上", 0), "changed")
	reason(t, s.SetGate(ctx, d, enroll.GatePay, false, "", 1), "")
	log, err := s.AuditLog(ctx, service.AuditQuery{Object: "pay", Limit: 10})
	if err != nil || len(log) != 2 || log[0].Action != "gate_open" || log[1].Detail != "稍后" {
		t.Errorf("%v, %v", log, err)
	}
	changes, err := s.GateChanges(ctx)
	if err != nil || len(changes) != 2 || changes[0].Version != 2 {
		t.Errorf("%v, %v", changes, err)
	}
}

// light finds one line of the opening day's status.
func light(t *testing.T, w *world.World, key string) service.LightRow {
	t.Helper()
	o, err := w.Service.Opening(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(o.Rows, func(r service.LightRow) bool { return r.Key == key })
	return o.Rows[i]
}

// The lights follow what the vendors answer, and what waits.
func TestLights(t *testing.T) {
	w := world.New(t)
	if got := light(t, w, "token"); got.Light != enroll.LightGood {
		t.Errorf("token %+v", got)
	}
	if got := light(t, w, "sms"); got.Light != enroll.LightOff {
		t.Errorf("sms before any %+v", got)
	}
	for _, id := range []string{"D01", "D02", "D05"} {
		w.Enrolled(t, id)
		if _, err := outside(w).AddFault(sandbox.Fault{Path: "SendSms", Kind: "error", Code: "InternalError", Times: 1}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Service.RequestCode(context.Background(), codeRequest(id, "")); err != nil {
			t.Fatal(err)
		}
		w.Service.Background.Wait()
	}
	if got := light(t, w, "sms"); got.Light != enroll.LightBad || got.Hint == "" {
		t.Errorf("sms after three failures %+v", got)
	}
	registered(t, w, "D11")
	if got := light(t, w, "outbox"); got.Oldest.IsZero() || got.Light != enroll.LightGood {
		t.Errorf("outbox %+v", got)
	}
	w.Clock.Advance(noticeGrace)
	if got := light(t, w, "outbox"); got.Light != enroll.LightWarn {
		t.Errorf("outbox after a while %+v", got)
	}
	if got := light(t, w, "notice"); got.Light != enroll.LightGood || !strings.Contains(got.Text, "3 分钟前") {
		t.Errorf("notices %+v", got)
	}
}
