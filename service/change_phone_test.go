package service_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/identity"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

// newPhone proves a new phone for a visit and moves the binding.
func newPhone(t *testing.T, w *world.World, v *service.Visit, phone string) error {
	t.Helper()
	ctx := context.Background()
	challenge, err := w.Service.RequestPhoneCode(ctx, v, phone)
	if err != nil {
		return err
	}
	sent := texts(w, phone)
	return w.Service.ChangePhone(ctx, v, challenge.ID, sixDigits.FindString(sent[len(sent)-1]))
}

func TestPhoneChangesAfterTheIdentityStep(t *testing.T) {
	const next = "13900000113"
	w := world.New(t)
	w.Enrolled(t, "D13")
	v := atCamera(t, w, "D13", "")
	wantReason(t, newPhone(t, w, v, next), "identity_step_needed")
	v = pass(t, w, v)
	wantReason(t, newPhone(t, w, v, "13900000013"), "phone_same")
	wantReason(t, newPhone(t, w, v, "13900000091"), "sms_blocked")
	w.Clock.Advance(61 * time.Minute)
	wantReason(t, newPhone(t, w, v, "13900000092"), "sms_limited")
	if err := newPhone(t, w, v, next); err != nil {
		t.Fatal(err)
	}
	v = reload(t, w, v)
	if v.Student.Phone != next || v.Login.Phone != next || !v.Verified {
		t.Fatalf("bound to %v, login with %v, verified %v", v.Student.Phone, v.Login.Phone, v.Verified)
	}
	if _, err := w.Service.DrainOutbox(context.Background()); err != nil {
		t.Fatal(err)
	}
	if told := texts(w, "13900000013"); sixDigits.MatchString(told[len(told)-1]) {
		t.Error("the former phone was not told")
	}
	if u, _ := outside(w).User("D13"); len(u.Chat) != 1 {
		t.Errorf("the former WeChat was told %d times", len(u.Chat))
	}
	w.Clock.Advance(61 * time.Minute)
	if enter(t, w, "D13", "").Verified {
		t.Error("the former phone still sees things")
	}
}

func TestApprovedArchiveGoesAlongToTheNewPhone(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D14")
	ctx := context.Background()
	v := archive(t, w, answered(t, w, enter(t, w, "D14", ""), false))
	wantReason(t, newPhone(t, w, v, "13900000114"), "identity_step_needed")
	if err := w.Service.ApproveFace(ctx, v.Archive.ID, "registrar"); err != nil {
		t.Fatal(err)
	}
	if err := newPhone(t, w, reload(t, w, v), "13900000114"); err != nil {
		t.Fatal(err)
	}
	if v = reload(t, w, v); !v.Verified || v.Archive == nil || v.Archive.State != enroll.FaceApproved {
		t.Errorf("verified %v, archive %+v", v.Verified, v.Archive)
	}
	w.Clock.Advance(61 * time.Minute)
	if !enter(t, w, "D14", "13900000114").Verified {
		t.Error("the new phone is asked for another archive")
	}
}

func TestPhoneCodesAreForOneThingOnly(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D13")
	ctx, s := context.Background(), w.Service
	v := pass(t, w, atCamera(t, w, "D13", ""))
	w.Clock.Advance(61 * time.Minute)
	login, typed := code(t, w, codeRequest("D13", "13900000113"))
	wantReason(t, s.ChangePhone(ctx, v, login.ID, typed), "code_wrong")
	w.Clock.Advance(61 * time.Minute)
	change, err := s.RequestPhoneCode(ctx, v, "13900000113")
	if err != nil {
		t.Fatal(err)
	}
	sent := texts(w, "13900000113")
	_, err = s.Login(ctx, service.LoginRequest{Challenge: change.ID, Name: "钱改号", Code: sixDigits.FindString(sent[len(sent)-1])})
	wantReason(t, err, "code_wrong")
}

func TestNewWeChatIsToldToTheFormerOne(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D13")
	ctx := context.Background()
	pass(t, w, atCamera(t, w, "D13", ""))
	w.Clock.Advance(61 * time.Minute)
	challenge, typed := code(t, w, codeRequest("D13", ""))
	v, err := w.Service.Login(ctx, service.LoginRequest{Challenge: challenge.ID, Name: "钱改号", Code: typed, OpenID: w.OpenID("parent"), Address: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	if v = pass(t, w, v); v.Student.OpenID != w.OpenID("parent") {
		t.Fatal("the new WeChat is not bound")
	}
	if _, err := w.Service.DrainOutbox(ctx); err != nil {
		t.Fatal(err)
	}
	if u, _ := outside(w).User("D13"); len(u.Chat) != 1 {
		t.Errorf("the former WeChat was told %d times", len(u.Chat))
	}
}

// TestOldPhotoMovesNoBinding: what was bound after a photo was made stays bound when the photo is approved.
func TestOldPhotoMovesNoBinding(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D01")
	ctx, s := context.Background(), w.Service
	old := archive(t, w, atCamera(t, w, "D01", ""))
	pass(t, w, atCamera(t, w, "D01", "13900000113"))
	if err := s.ApproveFace(ctx, old.Archive.ID, "registrar"); err != nil {
		t.Fatal(err)
	}
	student, err := s.Store.Student(ctx, r.Student)
	if err != nil || student.Phone != "13900000113" {
		t.Errorf("bound to %v, %v", student.Phone, err)
	}
}

func TestWaitingPhotoGoesAlongToTheNewPhone(t *testing.T) {
	const next = "13900000113"
	w := world.New(t)
	w.Enrolled(t, "D01")
	ctx, s := context.Background(), w.Service
	v := pass(t, w, archive(t, w, atCamera(t, w, "D01", "")))
	w.Clock.Advance(61 * time.Minute)
	if err := newPhone(t, w, v, next); err != nil {
		t.Fatal(err)
	}
	v = reload(t, w, v)
	if v.Archive == nil || v.Archive.Phone != next {
		t.Fatalf("the photo stayed behind: %+v", v.Archive)
	}
	if err := s.ApproveFace(ctx, v.Archive.ID, "registrar"); err != nil {
		t.Fatal(err)
	}
	if v = reload(t, w, v); v.Student.Phone != next {
		t.Errorf("bound to %v", v.Student.Phone)
	}
}

func TestOtherEntriesEndWithTheFormerPhone(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D13")
	ctx, s := context.Background(), w.Service
	ended := func(v *service.Visit) {
		t.Helper()
		_, err := s.Visit(ctx, v.Login.ID, "", "")
		wantReason(t, err, "not_logged_in")
	}
	other := pass(t, w, atCamera(t, w, "D13", ""))
	v := pass(t, w, atCamera(t, w, "D13", ""))
	w.Clock.Advance(61 * time.Minute)
	if err := newPhone(t, w, v, "13900000113"); err != nil {
		t.Fatal(err)
	}
	ended(other)
	reload(t, w, v)
	if err := s.StaffBind(ctx, w.Duty(t, enroll.RoleRegistrar), r.ID, "13900000114", seen); err != nil {
		t.Fatal(err)
	}
	ended(v)
}

// TestFaceOnAnotherPhoneEndsTheEntriesOfTheFormer: who lost a phone logs in with another one, and the finder sees nothing more.
func TestFaceOnAnotherPhoneEndsTheEntriesOfTheFormer(t *testing.T) {
	const next = "13900000113"
	w := world.New(t)
	w.Enrolled(t, "D13")
	ctx, s := context.Background(), w.Service
	former := pass(t, w, atCamera(t, w, "D13", ""))
	first := atCamera(t, w, "D13", next)
	reload(t, w, former)
	pass(t, w, atCamera(t, w, "D13", next))
	_, err := s.Visit(ctx, former.Login.ID, "", "")
	wantReason(t, err, "not_logged_in")
	reload(t, w, first)
}

// TestApprovalEndsWithTheBinding: a photo that was approved for the former phone opens nothing any more, and a new one may be made.
func TestApprovalEndsWithTheBinding(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D14")
	ctx, s := context.Background(), w.Service
	v := archive(t, w, atCamera(t, w, "D14", ""))
	if err := s.ApproveFace(ctx, v.Archive.ID, "registrar"); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(time.Minute)
	if err := s.StaffBind(ctx, w.Duty(t, enroll.RoleRegistrar), r.ID, "13900000114", seen); err != nil {
		t.Fatal(err)
	}
	v = atCamera(t, w, "D14", "")
	if v.Verified {
		t.Error("the former phone still sees things")
	}
	wantReason(t, newPhone(t, w, v, "13900000115"), "identity_step_needed")
	archive(t, w, v)
}

// TestNobodyLocksThemselvesOutWithANumberAbroad: a phone that could not log in again is refused before it is bound.
func TestNobodyLocksThemselvesOutWithANumberAbroad(t *testing.T) {
	const abroad = "+85261234567"
	w := world.New(t)
	r := w.Enrolled(t, "D13")
	setting(t, w, func(s *enroll.Settings) { s.PhonesAbroad = nil })
	v := pass(t, w, atCamera(t, w, "D13", ""))
	wantReason(t, newPhone(t, w, v, abroad), "phone_abroad")
	_, err := w.Service.StaffDeskCode(context.Background(), w.Duty(t, enroll.RoleRegistrar), r.ID, abroad, seen)
	wantReason(t, err, "phone_abroad")
}

func TestChangeOfPhoneLeavesTheWeChat(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D14")
	ctx, s := context.Background(), w.Service
	first := archive(t, w, atCamera(t, w, "D14", ""))
	if err := s.ApproveFace(ctx, first.Archive.ID, "registrar"); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(61 * time.Minute)
	challenge, typed := code(t, w, codeRequest("D14", ""))
	v, err := s.Login(ctx, service.LoginRequest{Challenge: challenge.ID, Name: first.Registration.Name, Code: typed, OpenID: w.OpenID("parent"), Address: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(61 * time.Minute)
	if err := newPhone(t, w, v, "13900000114"); err != nil {
		t.Fatal(err)
	}
	if v = reload(t, w, v); v.Student.OpenID != w.OpenID("D14") {
		t.Errorf("the WeChat moved to %q", v.Student.OpenID)
	}
}

// TestOnePersonHasOnePhoneCodeAtATime: of requests for many phones, one sends, and all others are refused while it does.
func TestOnePersonHasOnePhoneCodeAtATime(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D13")
	v := pass(t, w, atCamera(t, w, "D13", ""))
	w.Clock.Advance(61 * time.Minute)
	const requests = 8
	vendor := heldBack{sandbox.Egress(w.Outside), make(chan struct{}, requests), make(chan struct{})}
	k := w.Credentials
	var err error
	w.Service.Identity, err = identity.New(identity.Config{SecretID: k.SecretID, SecretKey: enroll.Secret(k.SecretKey), SMSAppID: k.SMSAppID, SMSSign: k.SMSSign}, vendor)
	if err != nil {
		t.Fatal(err)
	}
	answers := make(chan error, requests)
	for i := range requests {
		go func() {
			_, err := w.Service.RequestPhoneCode(context.Background(), v, fmt.Sprintf("1390000012%d", i))
			answers <- err
		}()
	}
	sending := 0
	for range requests { // each is refused or comes as far as the vendor
		select {
		case err := <-answers:
			wantReason(t, err, "resend_too_early")
		case <-vendor.reached:
			sending++
		}
	}
	close(vendor.open)
	for range sending {
		<-answers
	}
	if sending != 1 {
		t.Errorf("%d codes were sent at once", sending)
	}
}

// heldBack are calls of a vendor that wait until it is open.
type heldBack struct {
	http.RoundTripper
	reached, open chan struct{}
}

func (h heldBack) RoundTrip(r *http.Request) (*http.Response, error) {
	h.reached <- struct{}{}
	<-h.open
	return h.RoundTripper.RoundTrip(r)
}
