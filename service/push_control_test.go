package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

// Pause keeps who is left, cancel sends to nobody else, failures are sent again only by a person.
func TestPushPauseCancelResend(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Crowd(t, 400)
	w.Service.Config.Push.AtOnce = 4
	fault(t, w, sandbox.Fault{Path: "template/send", Kind: "delay", DelayMS: 20})
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	startPush(t, w, p.ID)
	ended := make(chan error, 1)
	go func() { ended <- w.Service.DrainPush(ctx) }()
	for outside(w).Tally().Messages < 20 {
		time.Sleep(time.Millisecond)
	}
	if _, err := w.Service.PausePush(ctx, world.Maker, p.ID); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	c := pushView(t, w, p.ID).Counts
	if c.Sent() != outside(w).Tally().Messages || c.Sent()+c.States[enroll.RecipientWaiting] != 400 || c.States[enroll.RecipientWaiting] < 300 {
		t.Fatalf("%+v", c)
	}
	outside(w).RemoveFault(0)
	if _, err := w.Service.ResumePush(ctx, world.Maker, p.ID); err != nil {
		t.Fatal(err)
	}
	fault(t, w, sandbox.Fault{Path: "template/send", Kind: "error", Code: "50002", Times: 10})
	drainPush(t, w)
	v := pushView(t, w, p.ID)
	if v.Push.State != enroll.PushDone || v.Counts.States[enroll.RecipientFailed] != 10 || v.Counts.Failures[enroll.FailWeChat] != 10 {
		t.Fatalf("%+v", v)
	}
	if n, err := w.Service.ResendPush(ctx, confirmedNow(w, world.Maker), p.ID, enroll.RecipientFailed); err != nil || n != 10 {
		t.Fatal(n, err)
	}
	v = pushView(t, w, p.ID)
	if more, err := w.Service.EndPush(ctx, v.Push); err != nil || !more { // as a worker that looked before
		t.Error(more, err)
	}
	drainPush(t, w)
	if v := pushView(t, w, p.ID); v.Push.State != enroll.PushDone || v.Counts.Sent() != 400 || outside(w).Tally().Messages != 400 {
		t.Errorf("%+v", v)
	}
	second := w.Deadline(t, enroll.PushSelection{}, nil)
	startPush(t, w, second.ID)
	if _, err := w.Service.CancelPush(ctx, world.Maker, second.ID); err != nil {
		t.Fatal(err)
	}
	drainPush(t, w)
	if outside(w).Tally().Messages != 400 {
		t.Error("sent after the end")
	}
}

// Above the number of recipients that is set, another person than the maker must approve.
func TestPushFourEyes(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Crowd(t, 3)
	w.Service.Config.Push.ApproveAbove = 2
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	if _, err := w.Service.StartPush(ctx, world.Maker, p.ID, p.Version, time.Time{}); enroll.ReasonOf(err) != "confirm_again" {
		t.Errorf("without a fresh proof: %v", err)
	}
	p, err := w.Service.StartPush(ctx, confirmedNow(w, world.Maker), p.ID, p.Version, w.Clock.Now().Add(time.Hour))
	if err != nil || p.State != enroll.PushPending {
		t.Fatal(p.State, err)
	}
	_, err = w.Service.ApprovePush(ctx, confirmedNow(w, world.Maker), p.ID)
	wantReason(t, err, "push_second")
	if _, err := w.Service.ApprovePush(ctx, confirmedNow(w, world.Second), p.ID); err != nil {
		t.Fatal(err)
	}
	drainPush(t, w)
	if sends(w) != 0 {
		t.Error("sent before its time")
	}
	w.Clock.Advance(time.Hour + time.Second)
	drainPush(t, w)
	if v := pushView(t, w, p.ID); v.Push.State != enroll.PushDone || v.Counts.Sent() != 3 {
		t.Errorf("%+v", v)
	}
}

// Who changes a draft and starts it may not approve it, whoever wrote it first.
func TestPushIsApprovedBySomebodyElse(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Crowd(t, 3)
	w.Service.Config.Push.ApproveAbove = 2
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	var err error
	if p, err = w.Service.EditPush(ctx, world.Second, p.ID, service.PushDraft{Title: p.Title, Occasion: p.Occasion, Letter: p.Letter, Version: p.Version}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.StartPush(ctx, confirmedNow(w, world.Second), p.ID, p.Version, time.Time{}); err != nil {
		t.Fatal(err)
	}
	_, err = w.Service.ApprovePush(ctx, confirmedNow(w, world.Second), p.ID)
	wantReason(t, err, "push_second")
	_, err = w.Service.ApprovePush(ctx, world.Maker, p.ID)
	wantReason(t, err, "confirm_again")
	if _, err := w.Service.ApprovePush(ctx, confirmedNow(w, world.Maker), p.ID); err != nil {
		t.Fatal(err)
	}
}

// Who has not seen the last version of a draft neither writes over its list nor starts it.
func TestPushDraftHasAVersion(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	list := w.Crowd(t, 3)
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	if _, _, err := w.Service.ListPush(ctx, world.Maker, p.ID, p.Version, []byte(list[0].ExamNo)); err != nil {
		t.Fatal(err)
	}
	_, err := w.Service.EditPush(ctx, world.Second, p.ID, service.PushDraft{Title: p.Title, Occasion: p.Occasion, Letter: p.Letter, ExamNos: []string{}})
	wantReason(t, err, "changed")
	_, err = w.Service.StartPush(ctx, confirmedNow(w, world.Second), p.ID, p.Version, time.Time{})
	wantReason(t, err, "changed")
	startPush(t, w, p.ID)
	drainPush(t, w)
	if v := pushView(t, w, p.ID); v.Push.Total != 1 || outside(w).Tally().Messages != 1 {
		t.Errorf("%+v", v)
	}
}

// An end that was asked for (Ctrl-C, a new version) leaves nobody in doubt: the next worker goes on at once.
func TestPushInterrupted(t *testing.T) {
	w := world.New(t)
	w.Crowd(t, 300)
	w.Service.Config.Push.AtOnce = 4
	fault(t, w, sandbox.Fault{Path: "template/send", Kind: "delay", DelayMS: 20})
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	startPush(t, w, p.ID)
	ctx, interrupt := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.Service.DrainPush(ctx) }()
	for outside(w).Tally().Messages < 20 {
		time.Sleep(time.Millisecond)
	}
	interrupt()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	v := pushView(t, w, p.ID)
	if v.Push.State != enroll.PushRunning || v.Counts.States[enroll.RecipientSending] != 0 || v.Counts.Sent() != outside(w).Tally().Messages {
		t.Fatalf("%+v", v)
	}
	outside(w).RemoveFault(0)
	drainPush(t, w)
	if v = pushView(t, w, p.ID); v.Push.State != enroll.PushDone || outside(w).Tally() != (sandbox.Tally{Messages: 300, Tokens: 1}) {
		t.Errorf("%+v, %+v", v, outside(w).Tally())
	}
}
