package service_test

import (
	"context"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func TestFirstAndFinalReview(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := forReview(t, w, "D01")
	head, clerk, other := duty(t, w, "xueji", enroll.RoleRegistrar, ""), duty(t, w, "dian01", enroll.RoleClerk, "01"), duty(t, w, "dian02", enroll.RoleClerk, "02")
	o := onDesk(t, w, head, enroll.ReviewForm)
	_, err := w.Service.DecideReview(ctx, clerk, verdict(o, true, ""))
	reason(t, err, "review_no_first")
	setting(t, w, func(s *enroll.Settings) { s.FirstReview = true })
	_, err = w.Service.DecideReview(ctx, head, verdict(o, true, ""))
	reason(t, err, "review_first_needed")
	_, err = w.Service.DecideReview(ctx, other, verdict(o, true, ""))
	reason(t, err, "not_found")
	said, err := w.Service.DecideReview(ctx, clerk, verdict(onDesk(t, w, clerk, enroll.ReviewForm), false, "证件照不清楚"))
	if err != nil || said != service.ReviewedFirst || status(t, w, v.Registration.ID) != enroll.Submitted {
		t.Fatalf("a clerk's word is %s, %v", said, err)
	}
	_, err = w.Service.DecideReview(ctx, clerk, verdict(o, true, ""))
	reason(t, err, "review_first_done")
	if q, err := w.Service.ReviewQueue(ctx, clerk, service.QueueFilter{}); err != nil || len(q.Items) != 0 {
		t.Errorf("after the first word %d still wait for the clerk, %v", len(q.Items), err)
	}
	o = onDesk(t, w, head, enroll.ReviewForm)
	if o.First == nil || o.First.Pass || o.First.Items[0].Reason != "证件照不清楚" || o.First.By != "dian01" {
		t.Fatalf("the registrar reads %+v", o.First)
	}
	if _, err := w.Service.DecideReview(ctx, head, verdict(o, true, "")); err != nil {
		t.Fatal(err)
	}
	if status(t, w, v.Registration.ID) != enroll.Payable {
		t.Error("the registrar's word did not decide")
	}
}

func TestRegistrarDecidesWithoutAFirstWord(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := forReview(t, w, "D01")
	setting(t, w, func(s *enroll.Settings) { s.FirstReview = true })
	head := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	say := verdict(onDesk(t, w, head, enroll.ReviewForm), true, "")
	say.WithoutFirst = true
	if _, err := w.Service.DecideReview(ctx, head, say); err != nil || status(t, w, v.Registration.ID) != enroll.Payable {
		t.Errorf("%v", err)
	}
}

func TestProofIsChecked(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := forReview(t, w, "D02")
	d := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	o := onDesk(t, w, d, enroll.ReviewProof)
	if o.Proof.Code == "" || o.Proof.Site == "" {
		t.Fatalf("nothing to check: %+v", o.Proof)
	}
	say := verdict(o, false, "验证码查不到结果，请核对")
	_, err := w.Service.DecideReview(ctx, d, say)
	reason(t, err, "proof_result")
	say.Result = enroll.ProofNotFound
	if say.Evidence, err = w.Service.KeepEvidence(ctx, d, o.ID, photo(t, 800, 500)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.DecideReview(ctx, d, say); err != nil {
		t.Fatal(err)
	}
	back := revisit(t, w, v)
	if back.Registration.Status != enroll.Returned {
		t.Fatalf("a proof that is not found leaves the form %s", back.Registration.Status)
	}
	sign(t, w, back)
	if err := w.Service.Submit(ctx, revisit(t, w, back)); err != nil {
		t.Fatal(err)
	}
	again := onDesk(t, w, d, enroll.ReviewProof)
	if len(again.Proof.Checks) != 1 || again.Proof.Checks[0].Evidence == "" {
		t.Errorf("the earlier check: %+v", again.Proof.Checks)
	}
	pass := verdict(again, true, "")
	pass.Result = enroll.ProofGenuine
	if _, err := w.Service.DecideReview(ctx, d, pass); err != nil {
		t.Fatal(err)
	}
	if q, err := w.Service.ReviewQueue(ctx, d, service.QueueFilter{Kind: enroll.ReviewProof}); err != nil || len(q.Items) != 0 {
		t.Errorf("%d proofs still wait, %v", len(q.Items), err)
	}
}

func TestInPersonReplacesTheFace(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	r := w.Enrolled(t, "D08")
	clerk := duty(t, w, "dian02", enroll.RoleClerk, "02")
	meeting := service.InPerson{Registration: r.ID, Phone: "139 0000 0008", Note: "身份证原件与本人一致"}
	if waits, err := w.Service.VerifyInPerson(ctx, clerk, meeting); err != nil || waits {
		t.Fatalf("waits %v, %v", waits, err)
	}
	if v := enter(t, w, "D08", ""); !v.Verified || v.Student.Phone != "13900000008" {
		t.Errorf("verified %v, bound to %v", v.Verified, v.Student.Phone)
	}
	_, err := w.Service.VerifyInPerson(ctx, clerk, meeting)
	reason(t, err, "in_person_stands")
}

func TestInPersonByTwo(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	r := w.Enrolled(t, "D08")
	setting(t, w, func(s *enroll.Settings) { s.InPersonTwo = true })
	a, b := duty(t, w, "xueji", enroll.RoleRegistrar, ""), duty(t, w, "xueji2", enroll.RoleRegistrar, "")
	waits, err := w.Service.VerifyInPerson(ctx, a, service.InPerson{Registration: r.ID, Phone: "13900000008", Note: "身份证原件", Photo: picture(t, w, "face.jpg")})
	if err != nil || !waits {
		t.Fatalf("waits %v, %v", waits, err)
	}
	student, err := w.Service.Store.Student(ctx, r.Student)
	if err != nil || !student.BoundAt.IsZero() {
		t.Errorf("bound before anybody else has looked: %+v, %v", student, err)
	}
	o := onDesk(t, w, a, enroll.ReviewFace)
	_, err = w.Service.DecideReview(ctx, a, verdict(o, true, ""))
	reason(t, err, "second_person")
	if _, err := w.Service.DecideReview(ctx, b, verdict(o, true, "")); err != nil {
		t.Fatal(err)
	}
	if v := enter(t, w, "D08", ""); !v.Verified {
		t.Error("two have seen the student, and the face step is still open")
	}
}

func TestGiveUpOnTheDeskAsksASecondPerson(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	w.Enrolled(t, "D01")
	v := w.Visit(t, "D01")
	handIn(t, w, v, draft(t, enroll.ApplyGiveUp))
	a, b := duty(t, w, "xueji", enroll.RoleRegistrar, ""), duty(t, w, "xueji2", enroll.RoleRegistrar, "")
	o := onDesk(t, w, a, enroll.ReviewApplication)
	outcome, err := w.Service.DecideReview(ctx, a, verdict(o, true, "材料齐全"))
	if err != nil || outcome != service.ReviewedAsked {
		t.Fatalf("%s, %v", outcome, err)
	}
	o = onDesk(t, w, b, enroll.ReviewApplication)
	if o.Asked == nil {
		t.Fatal("the second person does not see that one asked")
	}
	reason(t, w.Service.DecideApproval(ctx, a, o.Asked.ID, true, ""), "second_person")
	if err := w.Service.DecideApproval(ctx, b, o.Asked.ID, true, ""); err != nil {
		t.Fatal(err)
	}
	if s := status(t, w, v.Registration.ID); s != enroll.GivenUp {
		t.Errorf("status %s", s)
	}
}
