package service_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

const (
	hour        = time.Hour + time.Minute
	noticeGrace = 3 * time.Minute
)

func board(t *testing.T, w *world.World, d *service.Duty, q service.DashboardQuery) service.Dashboard {
	t.Helper()
	b, err := w.Service.Dashboard(context.Background(), d, q)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// funnel is the counts of the stages in their order.
func funnel(b service.Dashboard) (counts []int) {
	for _, stage := range b.Funnel {
		counts = append(counts, stage.Count)
	}
	return counts
}

func same(a []int, b ...int) bool {
	for i := range b {
		if len(a) != len(b) || a[i] != b[i] {
			return false
		}
	}
	return true
}

// The funnel counts each student up to where they are; what it counts is what the list of students finds.
func TestDashboardCounts(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	registrar, clerk := duty(t, w, "xueji", enroll.RoleRegistrar, ""), duty(t, w, "dian01", enroll.RoleClerk, "01")
	registered(t, w, "D01") // point 01
	payable(t, w, "D02", 240000)
	for _, id := range []string{"D07", "D10"} { // both at point 01
		w.Enrolled(t, id)
	}
	if _, err := w.Service.Me(ctx, filling(t, w, "D05")); err != nil { // at the form
		t.Fatal(err)
	}
	b := board(t, w, registrar, service.DashboardQuery{})
	if !same(funnel(b), 5, 3, 3, 2, 1) {
		t.Errorf("funnel %v", funnel(b))
	}
	for _, stage := range b.Funnel {
		if got := found(t, w, registrar, service.StudentQuery{Intake: b.Intake.ID, Stage: stage.Stage}); len(got) != stage.Count {
			t.Errorf("%s: the list has %d, the funnel %d", stage.Stage, len(got), stage.Count)
		}
	}
	for step, count := range b.Stuck {
		if got := found(t, w, registrar, service.StudentQuery{Step: step}); len(got) != count {
			t.Errorf("%s: the list has %d, the board %d", step, len(got), count)
		}
	}
	if b.Stuck[enroll.StepNone] != 2 || b.Stuck[enroll.StepBasic] != 1 || b.Stuck[enroll.StepPay] != 1 {
		t.Errorf("stuck %v", b.Stuck)
	}
	if b.Today.Registered != 1 || b.Today.Paid != 1 || b.Days[len(b.Days)-1].Count != 1 || b.Money == nil || b.Money.Fen != 240000 || b.Messages[enroll.OutboxWaiting] != 1 {
		t.Errorf("today %+v, money %+v, messages %v", b.Today, b.Money, b.Messages)
	}
	if b.Points[0].ID != "01" || !same(b.Points[0].Stages, 3, 1, 1, 1, 1) {
		t.Errorf("points %+v", b.Points)
	}
	own := board(t, w, clerk, service.DashboardQuery{Point: "02"})
	if !same(funnel(own), 3, 1, 1, 1, 1) || own.Money != nil || len(own.Points) != 1 {
		t.Errorf("the clerk sees %v, %+v, %d points", funnel(own), own.Money, len(own.Points))
	}
	one := board(t, w, registrar, service.DashboardQuery{Point: "02"})
	if !same(funnel(one), 2, 2, 2, 1, 0) || one.Paid != 0 {
		t.Errorf("point 02 has %v, %d paid", funnel(one), one.Paid)
	}
	at(w, 1, 10)
	if later := board(t, w, registrar, service.DashboardQuery{}); later.Today != (service.Today{}) || later.Days[len(later.Days)-2].Count != 1 {
		t.Errorf("the day after: %+v", later.Today)
	}
}

// A point's poster names school, point, window and contacts; a clerk prints the own point's only.
func TestPoster(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	if w.Service.Paper == nil {
		t.Skip("built without the font of the PDFs")
	}
	clerk, intake := duty(t, w, "dian01", enroll.RoleClerk, "01"), w.Intake(t)
	_, err := w.Service.Poster(ctx, clerk, intake.ID, "02")
	reason(t, err, "not_found")
	_, err = w.Service.Poster(ctx, duty(t, w, "xueji", enroll.RoleRegistrar, ""), intake.ID, "99")
	reason(t, err, "not_found")
	pdf, err := w.Service.Poster(ctx, clerk, intake.ID, "01")
	if err != nil {
		t.Fatal(err)
	}
	text := readPDF(t, pdf)
	if pages := strings.Count(text, "\f"); pages != 1 {
		t.Errorf("the poster has %d pages", pages)
	}
	text = strings.Join(strings.Fields(text), "")
	for _, want := range []string{intake.Settings.School, "校本部教学点", strings.ReplaceAll(intake.WindowText(), " ", ""), intake.Settings.Contacts.Email, "http://localhost:8080/go/home", "不得代收"} {
		if !strings.Contains(text, want) {
			t.Errorf("the poster lacks %s: %s", want, text)
		}
	}
}

// The list of what waits comes to a bound WeChat once on a working day after eight, and not where nothing waits or it is switched off.
func TestDailyDigest(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	s := w.Service
	payable(t, w, "D01", 240000)
	busy, idle := w.Duty(t, enroll.RoleClerk, "01"), w.Duty(t, enroll.RoleClerk, "03")
	for _, d := range []*service.Duty{busy, idle} {
		reason(t, s.BindStaffWeChat(ctx, d, "000000"), "staff_wechat")
		// What the account's answer to 推送测试 leaves behind.
		if err := s.KV.Set(ctx, "push:tester:424242", w.OpenID("D02"), time.Minute).Err(); err != nil {
			t.Fatal(err)
		}
		reason(t, s.BindStaffWeChat(ctx, d, " 424242 "), "")
		reason(t, s.BindStaffWeChat(ctx, d, "424242"), "staff_wechat")
	}
	rows, err := s.Digest(ctx, busy)
	if err != nil || len(rows) != 1 || rows[0].Count != 1 || !strings.Contains(rows[0].Path, "payable") {
		t.Fatalf("%+v, %v", rows, err)
	}
	send := func() int {
		reason(t, s.SendDigests(ctx), "")
		drain(t, w)
		return received(w, "D02")
	}
	monday := func(hour int) { // a plain week long after the holidays that were announced
		for at(w, 1, hour); w.Clock.Now().In(enroll.Shanghai).Weekday() != time.Monday; at(w, 1, hour) {
		}
	}
	monday(7)
	if n := send(); n != 0 {
		t.Fatalf("%d before eight", n)
	}
	at(w, 0, 9)
	for range 2 {
		if n := send(); n != 1 {
			t.Fatalf("%d on the first day", n)
		}
	}
	at(w, 6, 9) // the Sunday after
	if n := send(); n != 1 {
		t.Fatalf("%d with a Sunday", n)
	}
	busy.Staff.OpenID = w.OpenID("D02")
	reason(t, s.SetDigest(ctx, busy, false), "")
	at(w, 1, 9)
	if n := send(); n != 1 {
		t.Errorf("%d though switched off", n)
	}
}
