package service_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// onDesk finds the one item of a kind that waits for this member of staff.
func onDesk(t *testing.T, w *world.World, d *service.Duty, kind enroll.ReviewKind) *service.OpenReview {
	t.Helper()
	ctx := context.Background()
	q, err := w.Service.ReviewQueue(ctx, d, service.QueueFilter{Kind: kind})
	if err != nil || len(q.Items) != 1 {
		t.Fatalf("%d items of %s wait for %s, %v", len(q.Items), kind, d.Staff.Account, err)
	}
	o, err := w.Service.OpenReview(ctx, d, kind, q.Items[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func verdict(o *service.OpenReview, pass bool, why string) service.Verdict {
	v := service.Verdict{Kind: o.Kind, ID: o.ID, Version: o.Version, Pass: pass, Reason: why}
	if !pass && o.Kind == enroll.ReviewForm {
		v.Items = []enroll.ReturnItem{{Item: enroll.Portrait, Reason: why}}
	}
	return v
}

func audited(t *testing.T, w *world.World, d *service.Duty, object, detail string) bool {
	t.Helper()
	looked, err := w.Service.Store.Looked(context.Background(), d.Staff.ID, object, detail, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return looked
}

func forReview(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	setting(t, w, func(s *enroll.Settings) { s.Review = true })
	v := filledIn(t, w, id)
	if v.Program.Level.NeedsProof() {
		sign(t, w, v)
	}
	if err := w.Service.Submit(context.Background(), revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	return revisit(t, w, v)
}

func TestOneReviewerHasAnItemOpen(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := forReview(t, w, "D01")
	a, b := duty(t, w, "xueji", enroll.RoleRegistrar, ""), duty(t, w, "xueji2", enroll.RoleRegistrar, "")
	o := onDesk(t, w, a, enroll.ReviewForm)
	if !audited(t, w, a, v.Registration.ID, "审核台：登记表") {
		t.Error("the look is in no log")
	}
	claim := func(d *service.Duty) error { return w.Service.ClaimReview(ctx, d, o.Kind, o.ID) }
	reason(t, claim(a), "")
	reason(t, claim(b), "review_claimed")
	_, err := w.Service.DecideReview(ctx, b, verdict(o, true, ""))
	reason(t, err, "review_claimed")
	w.Clock.Advance(enroll.ReviewLease - time.Second)
	reason(t, claim(a), "")
	w.Clock.Advance(enroll.ReviewLease - time.Second)
	reason(t, claim(b), "review_claimed")
	w.Clock.Advance(2 * time.Second)
	reason(t, claim(b), "")
	reason(t, claim(a), "review_claimed")
	if err := w.Service.ReleaseReview(ctx, a, o.Kind, o.ID); err != nil || enroll.ReasonOf(claim(a)) != "review_claimed" {
		t.Fatalf("somebody let go of what a colleague has open: %v", err)
	}
	if _, err := w.Service.DecideReview(ctx, b, verdict(o, true, "")); err != nil {
		t.Fatal(err)
	}
	_, err = w.Service.DecideReview(ctx, a, verdict(o, true, ""))
	reason(t, err, "review_decided")
	if who := enrollError(err).Args[0]; who != "xueji2" {
		t.Errorf("told that %v was first", who)
	}
	if status(t, w, v.Registration.ID) != enroll.Payable {
		t.Error("not payable")
	}
}

func TestManyClaimOneItem(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := forReview(t, w, "D01")
	duties := make([]*service.Duty, 6)
	for i := range duties {
		duties[i] = duty(t, w, "xueji"+string(rune('a'+i)), enroll.RoleRegistrar, "")
	}
	won, decided := make([]error, len(duties)), make([]error, len(duties))
	var group sync.WaitGroup
	for i, d := range duties {
		group.Go(func() { won[i] = w.Service.ClaimReview(ctx, d, enroll.ReviewForm, v.Registration.ID) })
	}
	group.Wait()
	for i, d := range duties {
		group.Go(func() {
			_, decided[i] = w.Service.DecideReview(ctx, d, service.Verdict{
				Kind: enroll.ReviewForm, ID: v.Registration.ID, Version: int64(v.Registration.Version), Pass: true,
			})
		})
	}
	group.Wait()
	winners := 0
	for i := range duties {
		if won[i] == nil {
			winners++
			reason(t, decided[i], "")
			continue
		}
		reason(t, won[i], "review_claimed")
		if r := enroll.ReasonOf(decided[i]); r != "review_claimed" && r != "review_decided" {
			t.Errorf("without the claim: %v", decided[i])
		}
	}
	if winners != 1 {
		t.Errorf("%d have the item open", winners)
	}
}

func TestUnclaimedDecisionsAtOnce(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := forReview(t, w, "D01")
	outcomes := make([]error, 6)
	var group sync.WaitGroup
	for i := range outcomes {
		d := duty(t, w, "xueji"+string(rune('a'+i)), enroll.RoleRegistrar, "")
		group.Go(func() {
			o := service.Verdict{Kind: enroll.ReviewForm, ID: v.Registration.ID, Version: int64(v.Registration.Version), Pass: i%2 == 0}
			if !o.Pass {
				o.Items = []enroll.ReturnItem{{Item: "family", Reason: "请补充"}}
			}
			_, outcomes[i] = w.Service.DecideReview(ctx, d, o)
		})
	}
	group.Wait()
	won := 0
	for _, err := range outcomes {
		if err == nil {
			won++
		} else if r := enroll.ReasonOf(err); r != "review_decided" && r != "review_changed" {
			t.Errorf("the other hears %v", err)
		}
	}
	events, err := w.Service.Store.Events(ctx, v.Registration.ID)
	n := 0
	for _, e := range events {
		if e.From == enroll.Submitted {
			n++
		}
	}
	if won != 1 || n != 1 || err != nil {
		t.Errorf("%d decided, %d moves, %v", won, n, err)
	}
}

func TestVerdictOnWhatHasChanged(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := forReview(t, w, "D01")
	d := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	o := onDesk(t, w, d, enroll.ReviewForm)
	if err := w.Service.Amend(ctx, v); err != nil {
		t.Fatal(err)
	}
	_, err := w.Service.DecideReview(ctx, d, verdict(o, true, ""))
	reason(t, err, "review_decided")
	if err := w.Service.Submit(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	_, err = w.Service.DecideReview(ctx, d, verdict(o, true, ""))
	reason(t, err, "review_changed")
	v2 := verdict(onDesk(t, w, d, enroll.ReviewForm), false, "背景应为白色")
	if _, err := w.Service.DecideReview(ctx, d, v2); err != nil {
		t.Fatal(err)
	}
	me, err := w.Service.Me(ctx, revisit(t, w, v))
	if err != nil || len(me.Returned) != 1 || me.Returned[0].Reason != "背景应为白色" || me.Returned[0].Item != enroll.Portrait {
		t.Errorf("the student sees %+v, %v", me.Returned, err)
	}
}

func TestClerkSeesTheOwnPointOnly(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	forReview(t, w, "D01")
	setting(t, w, func(s *enroll.Settings) { s.FirstReview = true })
	w.Enrolled(t, "D08")
	v := atCamera(t, w, "D08", "")
	if err := w.Service.ArchiveFace(ctx, v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	clerk, head := duty(t, w, "dian01", enroll.RoleClerk, "01"), duty(t, w, "xueji", enroll.RoleRegistrar, "")
	q, err := w.Service.ReviewQueue(ctx, clerk, service.QueueFilter{})
	if err != nil || len(q.Items) != 1 || q.Items[0].Kind != enroll.ReviewForm {
		t.Fatalf("a clerk of point 01 sees %+v, %v", q.Items, err)
	}
	face := onDesk(t, w, head, enroll.ReviewFace)
	_, err = w.Service.OpenReview(ctx, clerk, face.Kind, face.ID)
	reason(t, err, "not_found")
	_, _, err = w.Service.ReviewPicture(ctx, clerk, face.Kind, face.ID, "archive")
	reason(t, err, "not_found")
	reason(t, w.Service.ClaimReview(ctx, clerk, face.Kind, face.ID), "not_found")
	_, err = w.Service.DecideReview(ctx, clerk, verdict(face, true, ""))
	reason(t, err, "not_found")
	_, err = w.Service.VerifyInPerson(ctx, clerk, service.InPerson{Registration: face.Registration, Phone: "13900000008", Note: "身份证原件"})
	reason(t, err, "not_found")
	if _, err := w.Service.DecideReview(ctx, head, verdict(face, false, "请重拍")); enroll.ReasonOf(err) != "review_first_needed" {
		t.Errorf("%v", err)
	}
	_, picture, err := w.Service.ReviewPicture(ctx, head, face.Kind, face.ID, "archive")
	if err != nil || len(picture) == 0 {
		t.Errorf("the live photo: %d bytes, %v", len(picture), err)
	}
}

func TestManyAtOnce(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	for _, id := range []string{"D01", "D07"} {
		forReview(t, w, id)
	}
	q, err := w.Service.ReviewQueue(ctx, d, service.QueueFilter{Kind: enroll.ReviewForm})
	if err != nil || len(q.Items) != 2 {
		t.Fatalf("%d wait, %v", len(q.Items), err)
	}
	var verdicts []service.Verdict
	for _, item := range q.Items {
		verdicts = append(verdicts, service.Verdict{Kind: item.Kind, ID: item.ID, Version: item.Version, Pass: true})
	}
	preview, err := w.Service.PreviewReviews(ctx, d, append(verdicts, service.Verdict{Kind: enroll.ReviewForm, ID: w.Service.Store.NewID(), Pass: true}))
	if err != nil || preview[0].Outcome == "" || enroll.ReasonOf(preview[2].Err) != "not_found" {
		t.Fatalf("preview %+v, %v", preview, err)
	}
	verdicts[1].Version++
	job, err := w.Service.StartReviews(ctx, d, verdicts)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.WorkJobs(ctx); err != nil {
		t.Fatal(err)
	}
	done, err := w.Service.Job(ctx, d, job.ID)
	if err != nil || done.State != enroll.JobDone || done.Done != 2 || done.Failed != 1 {
		t.Errorf("%+v, %v", done, err)
	}
	if q, err = w.Service.ReviewQueue(ctx, d, service.QueueFilter{Kind: enroll.ReviewForm}); err != nil || len(q.Items) != 1 || q.Items[0].ID != verdicts[1].ID {
		t.Errorf("what had changed was decided: %+v, %v", q.Items, err)
	}
}

func TestQueueIsSortedByDueTime(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	forReview(t, w, "D01")
	w.Clock.Advance(time.Minute)
	w.Enrolled(t, "D08")
	v := atCamera(t, w, "D08", "")
	if err := w.Service.ArchiveFace(ctx, v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	kinds := func(limits map[enroll.ReviewKind]int) (list []enroll.ReviewKind) {
		setting(t, w, func(s *enroll.Settings) { s.ReviewLimits = limits })
		after := ""
		for {
			q, err := w.Service.ReviewQueue(ctx, d, service.QueueFilter{After: after, Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range q.Items {
				list = append(list, item.Kind)
			}
			if after = q.Next; after == "" {
				return list
			}
		}
	}
	if got := kinds(map[enroll.ReviewKind]int{enroll.ReviewFace: 1, enroll.ReviewForm: 5}); !slices.Equal(got, []enroll.ReviewKind{enroll.ReviewFace, enroll.ReviewForm}) {
		t.Errorf("the face is due first: %v", got)
	}
	if got := kinds(map[enroll.ReviewKind]int{enroll.ReviewFace: 5, enroll.ReviewForm: 1}); !slices.Equal(got, []enroll.ReviewKind{enroll.ReviewForm, enroll.ReviewFace}) {
		t.Errorf("the form is due first: %v", got)
	}
	w.Clock.Advance(30 * 24 * time.Hour)
	if q, err := w.Service.ReviewQueue(ctx, d, service.QueueFilter{}); err != nil || q.Overdue != 2 || q.Items[0].Lateness != enroll.ReviewOverdue {
		t.Errorf("%d overdue, %v", q.Overdue, err)
	}
}
