package service_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
	"xinsheng/wechat/oa"
)

// scan plays what the callback hears when a user of the sandbox scans a code.
func scan(t *testing.T, w *world.World, user string, code service.FollowCode, follows bool) string {
	t.Helper()
	event := oa.Event{To: "gh_x", From: w.OpenID(user), Created: w.Clock.Now().Unix(), Type: "event", Event: "SCAN", EventKey: code.Scene}
	if !follows {
		event.Event, event.EventKey = "subscribe", "qrscene_"+code.Scene
	}
	reply, err := w.Service.Take(context.Background(), event)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

func follower(t *testing.T, w *world.World, v *service.Visit) service.FollowCode {
	t.Helper()
	code, err := w.Service.OfferFollow(context.Background(), v)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func following(t *testing.T, w *world.World, v *service.Visit) service.FollowState {
	t.Helper()
	state, err := w.Service.Follow(context.Background(), reload(t, w, v))
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// atPC logs a demo student in without WeChat and passes the face.
func atPC(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	q := codeRequest(id, "")
	challenge, typed := code(t, w, q)
	v, err := w.Service.Login(context.Background(), service.LoginRequest{Challenge: challenge.ID, Name: atDesk(id, "", "").Name, Code: typed, Address: q.Address})
	if err != nil {
		t.Fatal(err)
	}
	return pass(t, w, answered(t, w, v, true))
}

func TestScanningBindsTheWeChatThatScans(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	v := atPC(t, w, "D01")
	if got := following(t, w, v); got != service.NotFollowing {
		t.Fatalf("without a WeChat: %s", got)
	}
	code := follower(t, w, v)
	if again := follower(t, w, v); again.Scene != code.Scene {
		t.Error("every look at the page makes another code")
	}
	scan(t, w, "stranger", code, false)
	if v = reload(t, w, v); v.Student.OpenID != w.OpenID("stranger") || v.Student.Phone != "13900000001" {
		t.Fatalf("bound to %q, %v", v.Student.OpenID, v.Student.Phone)
	}
	if got := following(t, w, v); got != service.Following {
		t.Errorf("after scanning: %s", got)
	}
	events, err := w.Service.Store.Events(context.Background(), v.Registration.ID)
	if last := events[len(events)-1]; err != nil || last.Event != "wechat_bound" {
		t.Errorf("timeline %+v, %v", last, err)
	}

	scan(t, w, "parent", code, true)
	if v = reload(t, w, v); v.Student.OpenID != w.OpenID("stranger") {
		t.Error("a code bound a second WeChat")
	}
	scan(t, w, "D01", follower(t, w, v), true)
	if v = reload(t, w, v); v.Student.OpenID != w.OpenID("D01") {
		t.Error("a fresh code does not move the binding")
	}
	if _, err := w.Service.DrainOutbox(context.Background()); err != nil {
		t.Fatal(err)
	}
	told := texts(w, "13900000001")
	if last := told[len(told)-1]; sixDigits.MatchString(last) {
		t.Errorf("nobody is told that the WeChat moved: %q", last)
	}
}

func TestCodesToFollowByEnd(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	ctx := context.Background()
	v := atPC(t, w, "D01")
	old := follower(t, w, v)
	w.Clock.Advance(30 * time.Minute)
	if fresh := follower(t, w, v); fresh.Scene == old.Scene || fresh.ExpiresAt.Before(w.Clock.Now()) {
		t.Error("an expired code is not renewed")
	}
	code := follower(t, w, v)
	if err := w.Service.Logout(ctx, v.Login.ID); err != nil {
		t.Fatal(err)
	}
	scan(t, w, "stranger", code, false)
	student, err := w.Service.Store.Student(ctx, v.Student.ID)
	if err != nil || student.OpenID != "" {
		t.Errorf("the code of an ended login bound %q, %v", student.OpenID, err)
	}
}

func TestWhoMayNotBindGetsNoCode(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D01")
	ctx, s := context.Background(), w.Service
	v := atCamera(t, w, "D01", "")
	for range 2 {
		if got := following(t, w, v); got != service.FollowUnknown {
			t.Errorf("%s before the identity step", got)
		}
		_, err := s.OfferFollow(ctx, v)
		wantReason(t, err, "identity_step_needed")
		v = archive(t, w, v) // an undecided archive moves no binding either
	}
	w.Clock.Advance(61 * time.Minute)
	pass(t, w, atCamera(t, w, "D01", ""))
	issued, err := s.StaffDeskCode(ctx, w.Duty(t, enroll.RoleRegistrar), r.ID, "13900000001", seen)
	if err != nil {
		t.Fatal(err)
	}
	byDesk, _, err := s.LoginByDesk(ctx, atDesk("D01", "", issued.Code))
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.OfferFollow(ctx, byDesk)
	wantReason(t, err, "identity_step_needed")
}

func TestWeChatIsAskedWhoFollowsWhereItIsNotKnown(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	v := pass(t, w, atCamera(t, w, "D01", ""))
	if got := following(t, w, v); got != service.Following {
		t.Errorf("D01 follows in the sandbox, %s", got)
	}
	if err := outside(w).Follow("D01", false); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.Take(context.Background(), oa.Event{From: w.OpenID("D01"), Created: w.Clock.Now().Unix() + 1, Type: "event", Event: "unsubscribe"}); err != nil {
		t.Fatal(err)
	}
	if got := following(t, w, v); got != service.NotFollowing {
		t.Errorf("after unsubscribe %s", got)
	}
}

func TestForeignScenesAreLeftAlone(t *testing.T) {
	w := world.New(t)
	reply := scan(t, w, "D01", service.FollowCode{Scene: "library-2026"}, true)
	if reply != "success" {
		t.Errorf("answered %q", reply)
	}
	if reply := scan(t, w, "stranger", service.FollowCode{Scene: "bind.NOTHING"}, false); strings.TrimSpace(reply) == "" {
		t.Error("nobody says that the code is over")
	}
}
