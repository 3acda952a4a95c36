package service_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

// composed is a push with a letter of the test's own.
func composed(t *testing.T, w *world.World, change func(*enroll.PushLetter)) enroll.Push {
	t.Helper()
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	letter := p.Letter
	change(&letter)
	p, err := w.Service.EditPush(context.Background(), world.Maker, p.ID, service.PushDraft{Title: p.Title, Occasion: p.Occasion, Letter: letter})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func withSMS(w *world.World) func(*enroll.PushLetter) {
	return func(l *enroll.PushLetter) {
		l.SMSFallback, l.SMS, l.Vars = true, w.Credentials.SMSTemplates["reminder"], []string{"{deadline}"}
	}
}

// tell sends an event of the account to the program's callback, as WeChat does.
func tell(t *testing.T, w *world.World, openid, event string, more map[string]string) {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		answer, err := w.Service.Callback(r.Context(), r.URL.Query(), body)
		if err != nil {
			t.Error(err)
		}
		_, _ = io.WriteString(rw, answer)
	}))
	defer site.Close()
	outside(w).SetSite(site.URL)
	if status, err := outside(w).ForgeEvent(context.Background(), openid, event, "", more); err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
}

// report applies WeChat's reports.
func report(t *testing.T, w *world.World) {
	t.Helper()
	if n, err := w.Service.ApplyReceipts(context.Background()); err != nil || n == 0 {
		t.Fatal(n, err)
	}
}

// WeChat's refusals end where the issue says: final ones at the SMS, a bad value at the whole push, the rest later.
func TestPushErrorsByClass(t *testing.T) {
	for code, want := range map[string]struct {
		state            enroll.PushState
		reason           enroll.PushHold
		sent, fail, left int
		sms              int
	}{
		"-1":    {enroll.PushDone, "", 5, 0, 0, 0},
		"40001": {enroll.PushDone, "", 5, 0, 0, 0},
		"42001": {enroll.PushDone, "", 5, 0, 0, 0},
		"40003": {enroll.PushDone, "", 5, 0, 0, 1},
		"43004": {enroll.PushDone, "", 5, 0, 0, 1},
		"45009": {enroll.PushRunning, enroll.HoldQuota, -1, 0, -1, 0},
		"40037": {enroll.PushStopped, enroll.HoldTemplate, -1, 0, -1, 0},
		"47003": {enroll.PushStopped, enroll.HoldValue, -1, 1, -1, 0},
	} {
		t.Run(code, func(t *testing.T) {
			w := world.New(t)
			w.Crowd(t, 5)
			w.Service.Config.Push.AtOnce = 1
			p := composed(t, w, withSMS(w))
			fault(t, w, sandbox.Fault{Path: "template/send", Kind: "error", Code: code, After: 1, Times: 1})
			startPush(t, w, p.ID)
			drainPush(t, w)
			v := pushView(t, w, p.ID)
			c := v.Counts
			if v.Push.State != want.state || v.Push.Reason != want.reason || c.States[enroll.RecipientFailed] != want.fail {
				t.Fatalf("%+v", v)
			}
			if want.sent >= 0 && (c.Sent() != want.sent || c.States[enroll.RecipientWaiting] != want.left) {
				t.Errorf("%+v", c)
			}
			if n := len(outside(w).SMSList("")); n != want.sms {
				t.Errorf("%d SMS", n)
			}
			if want.state == enroll.PushStopped && v.Push.Detail == "" {
				t.Error("nothing is named")
			}
		})
	}
}

// A value that one student's facts make too long stops everything before the first message, and names them.
func TestPushChecksEveryValueFirst(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Crowd(t, 3)
	p := composed(t, w, func(l *enroll.PushLetter) {
		l.Keywords[1].Text = "{name}同学，请在截止日前尽快回来办完注册手续"
	})
	c, err := w.Service.CheckPush(ctx, p.ID)
	if err != nil || c.ProblemCount != 3 || c.Problems[0].Keyword != "thing2" || c.Problems[0].ExamNo == "" {
		t.Fatalf("%+v, %v", c, err)
	}
	_, err = w.Service.StartPush(ctx, confirmedNow(w, world.Maker), p.ID, p.Version, time.Time{})
	wantReason(t, err, "push_value")
	// What travels by SMS only is held against the SMS account's limits, not against the template's.
	if err := w.Service.Store.SetFollower(ctx, outside(w).Crowd(3)[0], false, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	p = composed(t, w, func(l *enroll.PushLetter) {
		withSMS(w)(l)
		l.Keywords[1].Text = "{name}同学，请在截止日前尽快回来办完注册手续"
	})
	if c, err := w.Service.CheckPush(ctx, p.ID); err != nil || c.ProblemCount != 2 {
		t.Fatalf("%+v, %v", c, err)
	}
	p = composed(t, w, func(l *enroll.PushLetter) { l.Keywords[1].Text = "应缴 {amount}" })
	_, err = w.Service.StartPush(ctx, confirmedNow(w, world.Maker), p.ID, p.Version, time.Time{})
	wantReason(t, err, "push_value")
	if sends(w) != 0 {
		t.Error("sent")
	}
}

// Delivered is said by WeChat only; who blocks the account gets the SMS where the push asks for it.
func TestPushReports(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Crowd(t, 3)
	if err := outside(w).SetUser("C00002", true, true, false); err != nil {
		t.Fatal(err)
	}
	p := composed(t, w, withSMS(w))
	startPush(t, w, p.ID)
	drainPush(t, w)
	list, err := w.Service.PushRecipients(ctx, p.ID, "", "", 10)
	if err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	for _, r := range list {
		status := "success"
		if r.Content.Name == "同学2" {
			status = "failed:user block"
		}
		tell(t, w, r.OpenID, "TEMPLATESENDJOBFINISH", map[string]string{"MsgID": r.MsgID, "Status": status})
	}
	report(t, w)
	drainPush(t, w)
	for _, r := range list { // as a second replica that had read the same reports
		err := w.Service.Store.ApplyReceipt(ctx, r.ID, r.MsgID, enroll.RecipientWaiting, enroll.PushSMS, "", "failed:user block", time.Time{})
		if err == nil {
			err = w.Service.Store.DeliveredRecipients(ctx, []string{r.ID}, []string{r.MsgID})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	drainPush(t, w)
	v := pushView(t, w, p.ID)
	if v.Push.State != enroll.PushDone || v.Counts.States[enroll.RecipientDelivered] != 2 || v.Counts.States[enroll.RecipientAccepted] != 1 || len(outside(w).SMSList("")) != 1 {
		t.Errorf("%+v", v)
	}
}

// An SMS in place of a message that was refused at night waits until eight.
func TestPushReportAtNight(t *testing.T) {
	w := world.New(t)
	w.Crowd(t, 1)
	p := composed(t, w, withSMS(w))
	startPush(t, w, p.ID)
	drainPush(t, w)
	list, err := w.Service.PushRecipients(context.Background(), p.ID, "", "", 10)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	night := enroll.DayStart(w.Clock.Now()).Add(46 * time.Hour)
	w.Clock.Advance(night.Sub(w.Clock.Now()))
	blocked := []store.Receipt{{MsgID: list[0].MsgID, Status: "failed:user block", At: night}}
	if err := w.Service.Store.AddReceipts(context.Background(), blocked); err != nil {
		t.Fatal(err)
	}
	report(t, w)
	drainPush(t, w)
	if v := pushView(t, w, p.ID); len(outside(w).SMSList("")) != 0 || v.Push.Reason != enroll.HoldNight || !v.Push.NextAt.Equal(night.Add(10*time.Hour)) {
		t.Fatalf("at night: %+v", v.Push)
	}
	w.Clock.Advance(10 * time.Hour)
	drainPush(t, w)
	if v := pushView(t, w, p.ID); len(outside(w).SMSList("")) != 1 || v.Push.State != enroll.PushDone {
		t.Errorf("in the morning: %+v", v.Push)
	}
}

// Whoever falls back in the evening and is not reached before nine waits until eight; a budget that is used up is told as such.
func TestPushFallbackOfTheEvening(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Crowd(t, 2)
	p := composed(t, w, withSMS(w))
	startPush(t, w, p.ID)
	drainPush(t, w)
	list, err := w.Service.PushRecipients(ctx, p.ID, "", "", 10)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	evening := enroll.DayStart(w.Clock.Now()).Add(44*time.Hour + 55*time.Minute)
	w.Clock.Advance(evening.Sub(w.Clock.Now()))
	blocked := func(r enroll.PushRecipient) {
		t.Helper()
		if err := w.Service.Store.AddReceipts(ctx, []store.Receipt{{MsgID: r.MsgID, Status: "failed:user block", At: evening}}); err != nil {
			t.Fatal(err)
		}
		report(t, w)
	}
	blocked(list[0])
	w.Clock.Advance(35 * time.Minute)
	drainPush(t, w)
	morning := evening.Add(11*time.Hour + 5*time.Minute)
	if v := pushView(t, w, p.ID); len(outside(w).SMSList("")) != 0 || v.Push.Reason != enroll.HoldNight || !v.Push.NextAt.Equal(morning) {
		t.Fatalf("at night: %+v", v.Push)
	}
	w.Clock.Advance(11 * time.Hour)
	drainPush(t, w)
	if n := len(outside(w).SMSList("")); n != 1 {
		t.Fatalf("%d SMS in the morning", n)
	}
	w.Clock.Advance(13 * time.Hour)
	blocked(list[1])
	w.Service.Config.Push.SMSYuanPerDay = -1
	drainPush(t, w)
	if v := pushView(t, w, p.ID); v.Push.Reason != enroll.HoldBudget {
		t.Errorf("without budget: %+v", v.Push)
	}
}

// An answer that was lost is asked for once more under the same id, and never after the id's life; SMS never.
func TestPushUnknownOutcome(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Crowd(t, 2)
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	startPush(t, w, p.ID)
	fault(t, w, sandbox.Fault{Path: "template/send", Kind: "drop", Acts: true, Times: 2})
	drainPush(t, w)
	if tally := outside(w).Tally(); tally.Messages != 2 || tally.Repeats != 2 {
		t.Fatalf("%+v", tally)
	}
	sms := composed(t, w, func(l *enroll.PushLetter) {
		withSMS(w)(l)
		l.Carrier, l.Keywords, l.Template = enroll.PushSMS, nil, ""
	})
	startPush(t, w, sms.ID)
	fault(t, w, sandbox.Fault{Path: "SendSms", Kind: "drop", Acts: true, Times: 1})
	drainPush(t, w)
	v := pushView(t, w, sms.ID)
	if v.Push.State != enroll.PushDone || v.Counts.States[enroll.RecipientUnknown] != 1 || v.Counts.Sent() != 1 || len(outside(w).SMSList("")) != 2 {
		t.Fatalf("%+v", v)
	}
	failures, err := w.Service.PushFailures(ctx, sms.ID, "", 10)
	if err != nil || len(failures) != 1 || failures[0].Failure != enroll.FailUnknown {
		t.Errorf("%+v, %v", failures, err)
	}
	refused := composed(t, w, func(l *enroll.PushLetter) {
		withSMS(w)(l)
		l.Carrier, l.Keywords, l.Template = enroll.PushSMS, nil, ""
	})
	startPush(t, w, refused.ID)
	const code = "FailedOperation.TemplateUnapprovedOrNotExist"
	fault(t, w, sandbox.Fault{Path: "SendSms", Kind: "error", Code: code, Times: 2})
	drainPush(t, w)
	failures, err = w.Service.PushFailures(ctx, refused.ID, "", 10)
	if err != nil || len(failures) != 2 || failures[0].Failure != enroll.FailSMS || failures[0].Code != code {
		t.Errorf("%+v, %v", failures, err)
	}
}
