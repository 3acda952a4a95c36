package service_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

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
