package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func TestAmendAndSendBack(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	sign(t, w, v)
	submit := func() {
		t.Helper()
		if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
			t.Fatal(err)
		}
	}
	submit()
	if err := w.Service.Amend(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	r := revisit(t, w, v).Registration
	if r.Status != enroll.Open || !r.SignedAt.IsZero() || !r.SubmittedAt.IsZero() {
		t.Fatalf("after amend: %+v", r)
	}
	wantReason(t, w.Service.Submit(ctx, revisit(t, w, v)), "signature_needed")
	sign(t, w, revisit(t, w, v))
	submit()

	clerk := service.Decision{By: "registrar"}
	wantReason(t, w.Service.SendBack(ctx, r.ID, nil, clerk), "return_item")
	wantReason(t, w.Service.SendBack(ctx, r.ID, []enroll.ReturnItem{{Item: "moon", Reason: "x"}}, clerk), "return_item")
	if err := w.Service.SendBack(ctx, r.ID, []enroll.ReturnItem{{Item: enroll.Portrait, Reason: "背景应为白色"}}, clerk); err != nil {
		t.Fatal(err)
	}
	back := revisit(t, w, v)
	if back.Registration.Status != enroll.Returned {
		t.Fatalf("status %s", back.Registration.Status)
	}
	wantReason(t, w.Service.Attach(ctx, back, enroll.IDFront, photo(t, 800, 500)), "not_returned")
	_, err := w.Service.SaveSection(ctx, back, enroll.SectionFamily, 1, []byte(familyContent), false)
	wantReason(t, err, "not_returned")
	attach(t, w, back, enroll.Portrait, photo(t, 480, 640))
	submit()
	if bill, err := w.Service.Store.Bill(ctx, r.ID); err != nil || bill.Version != 3 || bill.TotalFen != 240000 {
		t.Errorf("bill %+v, %v", bill, err)
	}
}

func TestReturnedLateLeavesTheGrace(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	setting(t, w, func(s *enroll.Settings) { s.Review = true })
	v := filledIn(t, w, "D01")
	if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(v.Intake.ClosesAt.Sub(w.Clock.Now()) + 72*time.Hour)
	if err := w.Service.SendBack(ctx, v.Registration.ID, []enroll.ReturnItem{{Item: "family", Reason: "请补充"}}, service.Decision{By: "registrar"}); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(23 * time.Hour)
	back := revisit(t, w, v)
	if _, err := w.Service.SaveSection(ctx, back, enroll.SectionFamily, 1, []byte(familyContent), true); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Submit(ctx, back); err != nil {
		t.Fatal(err)
	}
	if to, err := w.Service.Approve(ctx, v.Registration.ID, service.Decision{By: "registrar"}); err != nil || to != enroll.Payable {
		t.Errorf("approved to %s, %v", to, err)
	}
	before := received(w, "D01")
	drain(t, w)
	if n := received(w, "D01") - before; n != 2 {
		t.Errorf("told %d times, want of the return and that the fee can be paid", n)
	}
}

func TestStaffEndings(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D01")
	id := v.Registration.ID
	one, two := service.Decision{By: "a", Reason: "核实"}, service.Decision{By: "a", Second: "b", Reason: "核实"}
	wantReason(t, w.Service.Lapse(ctx, id, one), "lapse_too_early")
	wantReason(t, w.Service.Cancel(ctx, id, one), "second_person")
	wantReason(t, w.Service.Cancel(ctx, id, service.Decision{By: "a", Second: "b"}), "reason_missing")
	w.Clock.Advance(200 * 24 * time.Hour)
	if err := w.Service.Lapse(ctx, id, one); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Cancel(ctx, id, two); err != nil {
		t.Fatal(err)
	}
	until := w.Clock.Now().Add(72 * time.Hour)
	if to, err := w.Service.Reinstate(ctx, id, until, two); err != nil || to != enroll.Open {
		t.Fatalf("lapsed, then cancelled by mistake: reinstated to %s, %v", to, err)
	}
	w.Clock.Advance(200 * 24 * time.Hour)
	if err := w.Service.Lapse(ctx, id, one); err != nil {
		t.Fatal(err)
	}
	until = w.Clock.Now().Add(72 * time.Hour)
	if to, err := w.Service.Reinstate(ctx, id, until, one); err != nil || to != enroll.Open {
		t.Fatalf("reinstated to %s, %v", to, err)
	}
	if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Cancel(ctx, id, two); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.Reinstate(ctx, id, until, one); enroll.ReasonOf(err) != "second_person" {
		t.Fatalf("a cancelled one by one person: %v", err)
	}
	if to, err := w.Service.Reinstate(ctx, id, until, two); err != nil || to != enroll.Payable {
		t.Errorf("reinstated to %s, %v", to, err)
	}
	events, err := w.Service.Store.Events(ctx, id)
	if err != nil || len(events) < 5 {
		t.Errorf("%d events, %v", len(events), err)
	}
}
