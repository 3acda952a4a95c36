package service_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

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

// A list comes as a table: by its heading, else the first column; nobody in it is a mistake, not everybody.
func TestPushToAnUploadedList(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	list := w.Crowd(t, 3)
	p := w.Deadline(t, enroll.PushSelection{}, nil)
	for table, want := range map[string]int{
		"姓名,考生号\n甲," + list[0].ExamNo + "\n乙," + list[1].ExamNo + "\n": 2, "\ufeff\t" + list[2].ExamNo + ",甲,43004\n": 1,
	} {
		listed, _, err := w.Service.ListPush(ctx, world.Maker, p.ID, pushView(t, w, p.ID).Push.Version, []byte(table))
		if err != nil || listed.Selection.Listed != want {
			t.Fatalf("%q: %+v, %v", table, listed.Selection, err)
		}
		if check, err := w.Service.CheckPush(ctx, p.ID); err != nil || check.Reach.Total != want {
			t.Errorf("%q: %+v, %v", table, check.Reach, err)
		}
	}
	for _, empty := range []string{"", "考生号\n", "姓名,考生号\n甲,\n"} {
		_, _, err := w.Service.ListPush(ctx, world.Maker, p.ID, pushView(t, w, p.ID).Push.Version, []byte(empty))
		wantReason(t, err, "push_list")
	}
	_, _, err := w.Service.ListPush(ctx, world.Maker, p.ID, 0, append([]byte("考生号\n"), make([]byte, enroll.UploadBytes)...))
	wantReason(t, err, "upload_too_large")
	listed, others, err := w.Service.ListPush(ctx, world.Maker, p.ID, pushView(t, w, p.ID).Push.Version, filteredTable(t, list[0].ExamNo, list[1].ExamNo))
	if err != nil || listed.Selection.Listed != 1 || others != 1 {
		t.Errorf("%+v, %d others, %v", listed.Selection, others, err)
	}
}

// filteredTable is a spreadsheet with a line that is seen, one that a filter hides, and one that is no 考生号.
func filteredTable(t *testing.T, seen, hidden string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, cell := range []string{"考生号", seen, hidden, "合计"} {
		if err := f.SetCellStr("Sheet1", fmt.Sprintf("A%d", i+1), cell); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetRowVisible("Sheet1", 3, false); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
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

// A test names nobody real, goes to a phone number only, and an account has few of them.
func TestPushTestShowsNobody(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Crowd(t, 1)
	p := composed(t, w, func(l *enroll.PushLetter) {
		withSMS(w)(l)
		l.Vars = []string{"{name}"}
	})
	wantReason(t, w.Service.TestPush(ctx, world.Maker, p.ID, "1390000000x"), "phone_invalid")
	var err error
	for i := 0; err == nil && i <= 20; i++ {
		err = w.Service.TestPush(ctx, world.Maker, p.ID, fmt.Sprintf("1390000%d", 1000+i))
	}
	wantReason(t, err, "too_many")
	sent := outside(w).SMSList("")
	if len(sent) == 0 || !strings.Contains(fmt.Sprint(sent), enroll.PushSample["name"]) || strings.Contains(fmt.Sprint(sent), "同学1") {
		t.Errorf("%+v", sent)
	}
}

// A selection finds by status, point, list and money; who follows not is counted for the SMS.
func TestPushSelects(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	list := w.Crowd(t, 6)
	if err := w.Service.Store.SetFollower(ctx, outside(w).Crowd(6)[0], false, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		selection enroll.PushSelection
		listed    []string
		want      service.PushReach
	}{
		"all":    {enroll.PushSelection{}, nil, service.PushReach{Total: 6, WeChat: 5, Neither: 1}},
		"status": {enroll.PushSelection{Statuses: []enroll.Status{enroll.Payable}}, nil, service.PushReach{}},
		"point":  {enroll.PushSelection{Points: []string{"01"}}, nil, service.PushReach{Total: 2, WeChat: 1, Neither: 1}},
		"step":   {enroll.PushSelection{Steps: []enroll.StepKey{enroll.StepPrepare}}, nil, service.PushReach{Total: 6, WeChat: 5, Neither: 1}},
		"paid":   {enroll.PushSelection{Money: enroll.PushPaid}, nil, service.PushReach{}},
		"list":   {enroll.PushSelection{}, []string{list[1].ExamNo, list[2].ExamNo, "nobody"}, service.PushReach{Total: 2, WeChat: 2}},
	} {
		p := w.Deadline(t, c.selection, c.listed)
		check, err := w.Service.CheckPush(ctx, p.ID)
		if err != nil || check.Reach != c.want || len(check.Unknown) != map[bool]int{true: 1}[name == "list"] {
			t.Errorf("%s: %+v %v, %v", name, check.Reach, check.Unknown, err)
		}
	}
	sms := composed(t, w, withSMS(w))
	if check, err := w.Service.CheckPush(ctx, sms.ID); err != nil || (check.Reach != service.PushReach{Total: 6, WeChat: 5, SMS: 1}) || check.CostFen != 5 {
		t.Errorf("%+v, %v", check, err)
	}
}

// A subscription notice goes to who agreed, once for each time.
func TestPushNotice(t *testing.T) {
	w := world.New(t)
	w.Crowd(t, 3)
	template, openids := w.Credentials.WeChatTemplates["reminder"], outside(w).Crowd(3)
	if err := outside(w).Agree("C00001", template, true); err != nil {
		t.Fatal(err)
	}
	tell(t, w, openids[0], "subscribe_msg_popup_event", map[string]string{"SubscribeMsgPopupEvent": "<List><TemplateId>" + template +
		"</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>2</PopupScene></List>"})
	for round, want := range []int{1, 0} {
		p := composed(t, w, func(l *enroll.PushLetter) { l.Carrier = enroll.PushSubscribe })
		startPush(t, w, p.ID)
		drainPush(t, w)
		if c := pushView(t, w, p.ID).Counts; c.Sent() != want || c.Failures[enroll.FailNotAgreed] != 3-want {
			t.Errorf("round %d: %+v", round, c)
		}
	}
	if n := outside(w).Tally().Notices; n != 1 {
		t.Errorf("%d notices", n)
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
