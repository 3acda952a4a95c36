package service_test

import (
	"context"
	"fmt"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

func wantReason(t *testing.T, err error, want enroll.Reason) {
	t.Helper()
	if got := enroll.ReasonOf(err); got != want {
		t.Fatalf("got %v, want reason %q", err, want)
	}
}

func codeRequest(id, phone string) service.CodeRequest {
	p, _ := demo.Find(id)
	if phone == "" {
		phone = p.Phone
	}
	document, _ := enroll.Document(p.IDType)
	return service.CodeRequest{IDType: string(document.Type), IDNumber: p.IDNumber, Phone: phone, Address: "192.0.2.1"}
}

var sixDigits = regexp.MustCompile(`[0-9]{6}`)

func texts(w *world.World, phone string) []string {
	w.Service.Background.Wait()
	var list []string
	for _, m := range w.Sandbox.World(w.Credentials.AppID).SMSList(phone) {
		list = append(list, m.Text)
	}
	return list
}

// code asks for a code and reads it from the phone.
func code(t *testing.T, w *world.World, q service.CodeRequest) (service.Challenge, string) {
	t.Helper()
	challenge, err := w.Service.RequestCode(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	sent := texts(w, q.Phone)
	if len(sent) == 0 {
		t.Fatalf("no SMS arrived at %s", q.Phone)
	}
	return challenge, sixDigits.FindString(sent[len(sent)-1])
}

// enter logs a demo student in with a phone and gives the visit.
func enter(t *testing.T, w *world.World, id, phone string) *service.Visit {
	t.Helper()
	p, _ := demo.Find(id)
	challenge, typed := code(t, w, codeRequest(id, phone))
	v, err := w.Service.Login(context.Background(), service.LoginRequest{
		Challenge: challenge.ID, Name: p.Typed, Code: typed, OpenID: w.OpenID(id), Address: "192.0.2.1", Device: "测试",
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLogin(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D07")
	ctx := context.Background()
	q := codeRequest("D07", "")
	q.IDNumber = " ３２０１０２１９９７０１０１９８５ｘ"
	q.Phone = "139 0000 0007"
	challenge, err := w.Service.RequestCode(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	typed := sixDigits.FindString(texts(w, "13900000007")[0])
	login := service.LoginRequest{Challenge: challenge.ID, Name: "王未位", Code: typed, Address: "192.0.2.1", Device: "测试"}
	_, err = w.Service.Login(ctx, login)
	wantReason(t, err, "name_mismatch")
	login.Name = " 王 末位 "
	v, err := w.Service.Login(ctx, login)
	if err != nil {
		t.Fatal(err)
	}
	if v.Verified || v.Login.Phone != "13900000007" || !v.Login.Chosen {
		t.Fatalf("entry %+v, verified %v", v.Login, v.Verified)
	}
	_, err = w.Service.Login(ctx, login)
	wantReason(t, err, "code_expired")
	if err := w.Service.Logout(ctx, v.Login.ID); err != nil {
		t.Fatal(err)
	}
	_, err = w.Service.Visit(ctx, v.Login.ID, "", "")
	wantReason(t, err, "not_logged_in")
}

func TestLoginCodeIsBoundToItsChallenge(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	w.Enrolled(t, "D02")
	ctx := context.Background()
	first, typed := code(t, w, codeRequest("D01", ""))
	other, _ := code(t, w, codeRequest("D02", ""))
	_, err := w.Service.Login(ctx, service.LoginRequest{Challenge: other.ID, Name: "李演示", Code: typed})
	if reason := enroll.ReasonOf(err); reason != "code_wrong" {
		t.Fatalf("another challenge took the code: %v", err)
	}
	w.Clock.Advance(5*time.Minute + time.Second)
	_, err = w.Service.Login(ctx, service.LoginRequest{Challenge: first.ID, Name: "张示例", Code: typed})
	wantReason(t, err, "code_expired")
}

func TestParallelGuessesNeverExceedFive(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	ctx := context.Background()
	challenge, right := code(t, w, codeRequest("D01", ""))
	var wrong, other atomic.Int32
	var wait sync.WaitGroup
	for i := range 200 {
		guess := fmt.Sprintf("%06d", i)
		if guess == right {
			continue
		}
		wait.Go(func() {
			_, err := w.Service.Login(ctx, service.LoginRequest{Challenge: challenge.ID, Name: "张示例", Code: guess})
			if enroll.ReasonOf(err) == "code_wrong" {
				wrong.Add(1)
			} else if enroll.ReasonOf(err) != "code_expired" && enroll.ReasonOf(err) != "login_locked" {
				other.Add(1)
			}
		})
	}
	wait.Wait()
	if wrong.Load() != 4 || other.Load() != 0 {
		t.Fatalf("%d guesses were compared and called wrong, %d ended otherwise; want 4 and 0 (the fifth ends the code)", wrong.Load(), other.Load())
	}
	_, err := w.Service.Login(ctx, service.LoginRequest{Challenge: challenge.ID, Name: "张示例", Code: right})
	if reason := enroll.ReasonOf(err); reason != "login_locked" {
		t.Fatalf("after five wrong guesses the right code gives %v", err)
	}
	w.Clock.Advance(time.Hour)
	enter(t, w, "D01", "")
}

func TestOneProvenCodeMakesOneEntry(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	challenge, right := code(t, w, codeRequest("D01", ""))
	var entries atomic.Int32
	var wait sync.WaitGroup
	for range 5 {
		wait.Go(func() {
			_, err := w.Service.Login(context.Background(), service.LoginRequest{Challenge: challenge.ID, Name: "张示例", Code: right})
			if err == nil {
				entries.Add(1)
			}
		})
	}
	wait.Wait()
	if entries.Load() != 1 {
		t.Fatalf("%d entries from one code", entries.Load())
	}
}

func TestWindow(t *testing.T) {
	w := world.New(t)
	ctx := context.Background()
	started := w.Enrolled(t, "D01")
	w.Enrolled(t, "D02")
	v := enter(t, w, "D01", "")
	if err := w.Service.FinishPreparation(ctx, v); err != nil {
		t.Fatal(err)
	}
	late := enter(t, w, "D02", "")
	w.Clock.Advance(92 * 24 * time.Hour)
	again := enter(t, w, "D01", "")
	me, err := w.Service.Me(ctx, again)
	if err != nil || me.MayStart || me.Visit.Registration.ID != started.ID {
		t.Fatalf("%v, may start %v", err, me.MayStart)
	}
	if _, err := w.Service.RequestCode(ctx, codeRequest("D02", "")); err != nil {
		t.Fatal(err)
	}
	if n := len(texts(w, "13900000002")); n != 1 {
		t.Errorf("%d SMS to who did not start in time", n)
	}
	wantReason(t, w.Service.FinishPreparation(ctx, late), "window_after")
	if err := w.Service.Store.SetStamp(ctx, late.Registration.ID, store.StampExtension, w.Clock.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(2 * time.Minute)
	late, err = w.Service.Visit(ctx, late.Login.ID, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.FinishPreparation(ctx, late); err != nil {
		t.Errorf("with an own extension: %v", err)
	}
}

func TestNobodyEntersBeforeTheWindow(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	w.Clock.Advance(-8 * 24 * time.Hour)
	_, err := w.Service.RequestCode(context.Background(), codeRequest("D01", ""))
	wantReason(t, err, "window_before")
}

func TestChoosingBetweenTwoOpenIntakes(t *testing.T) {
	w := world.New(t)
	ctx, st := context.Background(), w.Service.Store
	first := w.Enrolled(t, "D01")
	intake := w.Intake(t)
	intake.ID, intake.Grade, intake.Name = st.NewID(), 2025, "2025级"
	if err := st.AddIntake(ctx, intake, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	second := first
	second.ID, second.Intake, second.Grade = st.NewID(), intake.ID, 2025
	if err := st.AddRegistration(ctx, second, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	if err := st.AddText(ctx, enroll.Text{ID: st.NewID(), Intake: intake.ID, Kind: enroll.TextConsent, Version: 1}, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	v := enter(t, w, "D01", "")
	me, err := w.Service.Me(ctx, v)
	if err != nil || len(me.Choices) != 2 {
		t.Fatalf("choices %v, %v", me.Choices, err)
	}
	wantReason(t, w.Service.Choose(ctx, v, st.NewID()), "not_found")
	if err := w.Service.Choose(ctx, v, second.ID); err != nil {
		t.Fatal(err)
	}
	me, err = w.Service.Me(ctx, v)
	if err != nil || me.Choices != nil || me.Visit.Registration.ID != second.ID {
		t.Errorf("choices %v, registration %s, %v", me.Choices, me.Visit.Registration.ID, err)
	}
}
