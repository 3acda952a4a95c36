package service_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func TestCodesGoToTheRosterOnly(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	ctx := context.Background()
	on, err := w.Service.RequestCode(ctx, codeRequest("D01", ""))
	if err != nil {
		t.Fatal(err)
	}
	off, err := w.Service.RequestCode(ctx, codeRequest("D02", ""))
	if err != nil {
		t.Fatal(err)
	}
	if on.Message != off.Message || on.ResendIn != off.ResendIn || on.ExpiresIn != off.ExpiresIn || len(on.ID) != len(off.ID) {
		t.Errorf("answers differ: %+v and %+v", on, off)
	}
	if n := len(texts(w, "13900000001")); n != 1 {
		t.Errorf("%d SMS for the one on the roster", n)
	}
	if n := len(texts(w, "13900000002")); n != 0 {
		t.Errorf("%d SMS for the one off the roster", n)
	}
	_, err = w.Service.Login(ctx, service.LoginRequest{Challenge: off.ID, Name: "李演示", Code: "000000"})
	wantReason(t, err, "code_wrong")
}

func TestOnlyTheRosterPhoneWhereAsked(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	i := w.Intake(t)
	i.Settings.RosterPhone = true
	if err := w.Service.Store.ChangeIntake(context.Background(), i); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.RequestCode(context.Background(), codeRequest("D01", "13900000113")); err != nil {
		t.Fatal(err)
	}
	if n := len(texts(w, "13900000113")); n != 0 {
		t.Fatalf("%d SMS to a phone that is not the roster's", n)
	}
	w.Clock.Advance(time.Hour)
	enter(t, w, "D01", "")
}

// TestAnswerTakesTheSameTime asks for codes on and off the roster in turn and compares the medians.
func TestAnswerTakesTheSameTime(t *testing.T) {
	w := world.Alone(t)
	w.Service.Config.Limits.PerAddressHour = 1000
	w.Service.Config.Limits.PerAddressSoft = 1000
	people := []string{"D01", "D02", "D04", "D05", "D07", "D08", "D09", "D10", "D11", "D12"}
	for _, id := range people {
		w.Enrolled(t, id)
	}
	var on, off []time.Duration
	for range 4 {
		for i, id := range people {
			q := codeRequest(id, "")
			on = append(on, timed(t, w, q))
			q.IDNumber = stranger(i)
			q.Phone = fmt.Sprintf("1380000%04d", i)
			off = append(off, timed(t, w, q))
		}
		w.Service.Background.Wait()
		w.Clock.Advance(time.Hour + time.Minute)
	}
	slices.Sort(on)
	slices.Sort(off)
	if gap := (on[len(on)/2] - off[len(off)/2]).Abs(); gap > 5*time.Millisecond {
		t.Errorf("medians differ by %v: %v on, %v off the roster", gap, on, off)
	}
}

func timed(t *testing.T, w *world.World, q service.CodeRequest) time.Duration {
	t.Helper()
	start := time.Now()
	if _, err := w.Service.RequestCode(context.Background(), q); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

// stranger is a number with a right check digit that nobody on the roster has.
func stranger(i int) string {
	first := fmt.Sprintf("320102199001%02d%03d", 1+i%28, 900+i)
	return first + string(enroll.CheckDigit(first))
}

func TestSendLimits(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	i := w.Intake(t)
	i.Settings.Captcha = false
	ctx := context.Background()
	if err := w.Service.Store.ChangeIntake(ctx, i); err != nil {
		t.Fatal(err)
	}
	ask := func(phone string) error {
		_, err := w.Service.RequestCode(ctx, codeRequest("D01", phone))
		return err
	}
	if err := ask(""); err != nil {
		t.Fatal(err)
	}
	wantReason(t, ask(""), "resend_too_early")
	for range 4 {
		w.Clock.Advance(61 * time.Second)
		if err := ask(""); err != nil {
			t.Fatal(err)
		}
	}
	w.Clock.Advance(61 * time.Second)
	wantReason(t, ask(""), "sms_phone_limit")
	wantReason(t, ask("13900000113"), "sms_identity_limit")
	for range 5 {
		w.Clock.Advance(time.Hour)
		if err := ask(""); err != nil {
			t.Fatal(err)
		}
	}
	w.Clock.Advance(time.Hour)
	wantReason(t, ask(""), "sms_phone_limit")
	w.Clock.Advance(24 * time.Hour)
	if err := ask(""); err != nil {
		t.Fatal(err)
	}
	w.Service.Config.Limits.PerDay = 1
	w.Clock.Advance(61 * time.Second)
	wantReason(t, ask(""), "sms_budget_spent")
}

// TestParallelRequestsSendOneCode holds the limits against requests that race.
func TestParallelRequestsSendOneCode(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	var wait sync.WaitGroup
	for i := range 60 {
		wait.Go(func() {
			q := codeRequest("D01", fmt.Sprintf("1390000%04d", 1+i%2))
			w.Service.RequestCode(context.Background(), q)
		})
	}
	wait.Wait()
	w.Service.Background.Wait()
	sent, err := w.Service.Store.CodesSent(context.Background(), w.Clock.Now().Add(-time.Hour))
	if err != nil || sent > 2 {
		t.Fatalf("%d codes for one document and two phones (%v)", sent, err)
	}
}

func TestAddressLimits(t *testing.T) {
	w := world.New(t)
	w.Service.Config.Limits.PerAddressSoft, w.Service.Config.Limits.PerAddressHour = 2, 4
	ctx := context.Background()
	ask := func(i int, captcha bool) error {
		q := service.CodeRequest{IDType: "id_card", IDNumber: stranger(i), Phone: fmt.Sprintf("1380000%04d", i), Address: "198.51.100.7"}
		if captcha {
			picture, err := w.Service.NewCaptcha(ctx, q.Address)
			if err != nil {
				t.Fatal(err)
			}
			q.CaptchaID, q.Captcha = picture.ID, w.Service.KV.Get(ctx, "captcha:"+picture.ID).Val()
		}
		_, err := w.Service.RequestCode(ctx, q)
		return err
	}
	for i := range 2 {
		if err := ask(i, false); err != nil {
			t.Fatal(err)
		}
	}
	wantReason(t, ask(2, false), "captcha_required")
	if err := ask(3, true); err != nil {
		t.Fatal(err)
	}
	wantReason(t, ask(4, true), "sms_address_limit")
}

func TestSecondCodeAsksForThePicture(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	ctx := context.Background()
	q := codeRequest("D01", "")
	if _, err := w.Service.RequestCode(ctx, q); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(2 * time.Minute)
	_, err := w.Service.RequestCode(ctx, q)
	wantReason(t, err, "captcha_required")
	picture, err := w.Service.NewCaptcha(ctx, q.Address)
	if err != nil {
		t.Fatal(err)
	}
	answer := w.Service.KV.Get(ctx, "captcha:"+picture.ID).Val()
	q.CaptchaID, q.Captcha = picture.ID, "x"
	_, err = w.Service.RequestCode(ctx, q)
	wantReason(t, err, "captcha_wrong")
	q.Captcha = answer
	_, err = w.Service.RequestCode(ctx, q)
	wantReason(t, err, "captcha_wrong")
}
