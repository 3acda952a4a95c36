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

const why = "今年身体不适，需要住院治疗，申请保留入学资格。"

// manyCodes lets one phone ask for codes as often as a test needs.
func manyCodes(t *testing.T, w *world.World) {
	t.Helper()
	setting(t, w, func(s *enroll.Settings) { s.Captcha = false })
	l := &w.Service.Config.Limits
	l.Resend, l.PerPhoneHour, l.PerPhoneDay, l.PerIdentityHour, l.PerIdentityDay, l.PerAddressHour = time.Nanosecond, 9999, 9999, 9999, 9999, 9999
}

// draft is an application that lacks nothing but its code.
func draft(t *testing.T, kind enroll.ApplicationKind) service.ApplicationDraft {
	d := service.ApplicationDraft{Kind: kind, Text: why, Signing: service.Signing{Signature: strokes(t)}}
	switch kind {
	case enroll.ApplyReserve:
		d.Reason = "other"
	case enroll.ApplyGiveUp:
		d.Sentence = enroll.GiveUpSentence
	}
	return d
}

// withCode asks for the code of a draft and types it.
func withCode(t *testing.T, w *world.World, v *service.Visit, d service.ApplicationDraft) service.ApplicationDraft {
	t.Helper()
	challenge, err := w.Service.ApplicationCode(context.Background(), v, d)
	if err != nil {
		t.Fatal(err)
	}
	sent := texts(w, v.Login.Phone.Raw())
	d.Challenge, d.Code = challenge.ID, sixDigits.FindString(sent[len(sent)-1])
	return d
}

// handIn hands an application in and gives it back as it is kept.
func handIn(t *testing.T, w *world.World, v *service.Visit, d service.ApplicationDraft) service.FiledApplication {
	t.Helper()
	if err := w.Service.FileApplication(context.Background(), v, withCode(t, w, v, d)); err != nil {
		t.Fatal(err)
	}
	return lastApplication(t, w, v)
}

func lastApplication(t *testing.T, w *world.World, v *service.Visit) service.FiledApplication {
	t.Helper()
	a, err := w.Service.LastApplication(context.Background(), revisit(t, w, v))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func wantStatus(t *testing.T, w *world.World, v *service.Visit, want enroll.Status) enroll.Registration {
	t.Helper()
	r, err := w.Service.Store.Registration(context.Background(), v.Registration.ID)
	if err != nil || r.Status != want {
		t.Fatalf("status %s, %v; want %s", r.Status, err, want)
	}
	return r
}

var (
	alone    = service.Decision{By: "a"}
	together = service.Decision{By: "a", Second: "b"}
	against  = service.Decision{By: "a", Reason: "材料不全"}
)

// Every row of the state table from the form to the decision, with the status that withdraw and refuse give back.
func TestApplicationFromEveryStatus(t *testing.T) {
	w, ctx, next := world.New(t), context.Background(), students()
	manyCodes(t, w)
	for _, from := range []enroll.Status{enroll.Open, enroll.Submitted, enroll.Returned, enroll.Payable} {
		for _, kind := range []enroll.ApplicationKind{enroll.ApplyReserve, enroll.ApplyGiveUp} {
			t.Run(string(from)+" "+string(kind), func(t *testing.T) {
				pending, granted := enroll.ReservePending, enroll.Reserved
				if kind == enroll.ApplyGiveUp {
					pending, granted = enroll.GiveUpPending, enroll.GivenUp
				}
				v := filling(t, w, next())
				if from != enroll.Open {
					moveTo(t, w, v, from)
					v = revisit(t, w, v)
				}
				handIn(t, w, v, draft(t, kind))
				if r := wantStatus(t, w, v, pending); r.Earlier != from {
					t.Fatalf("earlier %s", r.Earlier)
				}
				wantReason(t, w.Service.FileApplication(ctx, revisit(t, w, v), draft(t, kind)), "application_open")
				if to, err := w.Service.WithdrawApplication(ctx, revisit(t, w, v)); err != nil || to != from {
					t.Fatalf("withdrawn to %s, %v", to, err)
				}
				refused := handIn(t, w, revisit(t, w, v), draft(t, kind))
				if to, err := w.Service.RefuseApplication(ctx, refused.ID, against); err != nil || to != from {
					t.Fatalf("refused to %s, %v", to, err)
				}
				a := handIn(t, w, revisit(t, w, v), draft(t, kind))
				if to, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, together); err != nil || to != granted {
					t.Fatalf("granted to %s, %v", to, err)
				}
				if kind == enroll.ApplyReserve {
					if r := wantStatus(t, w, v, enroll.Reserved); !r.Until.Equal(a.Until) || r.Until.IsZero() {
						t.Errorf("until %s", r.Until)
					}
				}
				wantReason(t, w.Service.FileApplication(ctx, revisit(t, w, v), draft(t, enroll.ApplyGiveUp)), "option_closed")
				if n := waiting(t, w, v.Registration.ID, enroll.OutboxNotify); n != 6 {
					t.Errorf("%d messages", n)
				}
			})
		}
	}
}

func TestApplicationIsChecked(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v := filling(t, w, "D01")
	for name, c := range map[string]struct {
		change func(*service.ApplicationDraft)
		want   enroll.Reason
	}{
		"short":        {func(d *service.ApplicationDraft) { d.Text = "太短" }, "application_text"},
		"long":         {func(d *service.ApplicationDraft) { d.Text = strings.Repeat("长", 501) }, "application_text"},
		"no reason":    {func(d *service.ApplicationDraft) { d.Reason = "moon" }, "application_reason"},
		"no proof":     {func(d *service.ApplicationDraft) { d.Reason = "illness" }, "attachment_missing"},
		"no discharge": {func(d *service.ApplicationDraft) { d.Reason = "military" }, "discharge_date"},
	} {
		d := draft(t, enroll.ApplyReserve)
		c.change(&d)
		if _, err := w.Service.ApplicationCode(ctx, v, d); enroll.ReasonOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := draft(t, enroll.ApplyGiveUp)
	d.Sentence = "本人自愿放弃入学资格，愿承担由此带来的结果。"
	_, err := w.Service.ApplicationCode(ctx, v, d)
	wantReason(t, err, "application_sentence")
	ready := withCode(t, w, v, draft(t, enroll.ApplyReserve))
	unsigned := ready
	unsigned.Signature = ""
	wantReason(t, w.Service.FileApplication(ctx, v, unsigned), "signature_missing")
	wantStatus(t, w, v, enroll.Open)
	if err := w.Service.FileApplication(ctx, v, ready); err != nil {
		t.Fatal(err)
	}
	wantReason(t, w.Service.FileApplication(ctx, v, ready), "code_expired")
	wantReason(t, w.Service.FileApplication(ctx, revisit(t, w, v), ready), "application_open")
}

// A code is good once, for one kind of application of one student, and for no login.
func TestApplicationCodeIsBound(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v, other := filling(t, w, "D01"), filling(t, w, "D02")
	ready := withCode(t, w, v, draft(t, enroll.ApplyReserve))
	wrongKind := draft(t, enroll.ApplyGiveUp)
	wrongKind.Challenge, wrongKind.Code = ready.Challenge, ready.Code
	wantReason(t, w.Service.FileApplication(ctx, v, wrongKind), "code_wrong")
	wantReason(t, w.Service.FileApplication(ctx, other, ready), "code_wrong")
	_, err := w.Service.Login(ctx, service.LoginRequest{Challenge: ready.Challenge, Code: ready.Code, Name: "张示例"})
	wantReason(t, err, "code_wrong")
	loginCode, digits := code(t, w, codeRequest("D01", ""))
	byLogin := draft(t, enroll.ApplyReserve)
	byLogin.Challenge, byLogin.Code = loginCode.ID, digits
	wantReason(t, w.Service.FileApplication(ctx, v, byLogin), "code_wrong")
	if err := w.Service.FileApplication(ctx, v, ready); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.WithdrawApplication(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	wantReason(t, w.Service.FileApplication(ctx, revisit(t, w, v), ready), "code_expired")
}

// Files are handed in with the application, stay with it, and are asked for by reason.
func TestApplicationFiles(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v := filling(t, w, "D01")
	for range enroll.ApplicationFiles {
		if err := w.Service.AttachToApplication(ctx, v, enroll.ApplyReserve, photo(t, 800, 600)); err != nil {
			t.Fatal(err)
		}
	}
	wantReason(t, w.Service.AttachToApplication(ctx, v, enroll.ApplyReserve, photo(t, 800, 600)), "attachment_full")
	f, err := w.Service.ApplicationForm(ctx, v, enroll.ApplyReserve, "")
	if err != nil || len(f.Files) != enroll.ApplicationFiles || len(f.Reasons) != 5 {
		t.Fatalf("%+v, %v", f, err)
	}
	if err := w.Service.DetachFromApplication(ctx, v, enroll.ApplyReserve, f.Files[0].ID); err != nil {
		t.Fatal(err)
	}
	d := draft(t, enroll.ApplyReserve)
	d.Reason = "illness"
	a := handIn(t, w, v, d)
	if len(a.Files) != enroll.ApplicationFiles-1 || a.Why != "疾病" || enroll.EndMinute(a.Until) != enroll.EndMinute(v.Intake.ClosesAt.AddDate(1, 0, 0)) {
		t.Errorf("%+v", a)
	}
	if _, body, err := w.Service.OpenApplicationFile(ctx, revisit(t, w, v), enroll.ApplyReserve, a.Files[0].ID); err != nil || len(body) == 0 {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	if err := w.Service.DetachFromApplication(ctx, v, enroll.ApplyReserve, a.Files[0].ID); err == nil {
		t.Error("a file was taken out of what had been handed in")
	}
	if _, err := w.Service.WithdrawApplication(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	_, err = w.Service.ApplicationCode(ctx, revisit(t, w, v), d)
	wantReason(t, err, "attachment_missing")
}

// Without the identity step only the phone that the college knows may reserve, and nobody may give up.
func TestWhoMayApply(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	w.Enrolled(t, "D01")
	stranger := enter(t, w, "D01", "13900000199")
	_, err := w.Service.ApplicationForm(ctx, stranger, enroll.ApplyReserve, "")
	wantReason(t, err, "identity_step_needed")
	v := enter(t, w, "D01", "")
	_, err = w.Service.ApplicationForm(ctx, v, enroll.ApplyGiveUp, "")
	wantReason(t, err, "identity_step_needed")
	a := handIn(t, w, v, draft(t, enroll.ApplyReserve))
	if a.Signature == "" {
		t.Error("no signature")
	}
	_, err = w.Service.LastApplication(ctx, revisit(t, w, stranger))
	wantReason(t, err, "identity_step_needed")
	if _, err := w.Service.WithdrawApplication(ctx, stranger); enroll.ReasonOf(err) != "identity_step_needed" {
		t.Errorf("a stranger withdrew: %v", err)
	}
	if _, err := w.Service.WithdrawApplication(ctx, revisit(t, w, v)); err != nil {
		t.Fatal(err)
	}
	setting(t, w, func(s *enroll.Settings) { s.GiveUpByCode = true })
	handIn(t, w, revisit(t, w, v), draft(t, enroll.ApplyGiveUp))
}

func TestDecisions(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v := filling(t, w, "D01")
	a := handIn(t, w, v, draft(t, enroll.ApplyGiveUp))
	_, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone)
	wantReason(t, err, "second_person")
	_, err = w.Service.RefuseApplication(ctx, a.ID, alone)
	wantReason(t, err, "reason_missing")
	r := wantStatus(t, w, v, enroll.GiveUpPending)
	if err := w.Service.Store.SetFace(ctx, r.ID, r.Face, enroll.FaceArchived); err != nil {
		t.Fatal(err)
	}
	_, err = w.Service.GrantApplication(ctx, a.ID, time.Time{}, together)
	wantReason(t, err, "application_face")
	if _, err := w.Service.RefuseApplication(ctx, a.ID, against); err != nil {
		t.Fatal(err)
	}
	if got := lastApplication(t, w, v); got.State != enroll.ApplicationRefused || got.DecidedBy != "a" || got.DecidedFor != "材料不全" {
		t.Errorf("%+v", got)
	}
	_, err = w.Service.GrantApplication(ctx, a.ID, time.Time{}, together)
	wantReason(t, err, "application_decided")
	_, err = w.Service.WithdrawApplication(ctx, revisit(t, w, v))
	wantReason(t, err, "application_decided")
}

// A reserve waits as long as the college takes, and a lapse of the others leaves it alone.
func TestUndecidedNeverLapses(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v := filling(t, w, "D01")
	handIn(t, w, v, draft(t, enroll.ApplyReserve))
	w.Clock.Advance(300 * 24 * time.Hour)
	wantReason(t, w.Service.Lapse(ctx, v.Registration.ID, alone), "wrong_state")
}

// A registered student hands in one form that opens one case, and stays registered.
func TestLeave(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v := filling(t, w, "D01")
	_, err := w.Service.ApplicationForm(ctx, v, enroll.ApplyLeave, "")
	wantReason(t, err, "wrong_state")
	moveTo(t, w, v, enroll.Registered)
	v = revisit(t, w, v)
	_, err = w.Service.ApplicationForm(ctx, v, enroll.ApplyReserve, "")
	wantReason(t, err, "option_closed")
	a := handIn(t, w, v, draft(t, enroll.ApplyLeave))
	wantStatus(t, w, v, enroll.Registered)
	if kinds := openCases(t, w, v.Registration.ID); len(kinds) != 1 || kinds[0] != "leave" {
		t.Errorf("cases %v", kinds)
	}
	_, err = w.Service.ApplicationCode(ctx, v, draft(t, enroll.ApplyLeave))
	wantReason(t, err, "application_open")
	if to, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone); err != nil || to != enroll.Registered {
		t.Errorf("granted to %s, %v", to, err)
	}
}

// Cancelled by mistake while an application waits, and taken back: refusing still leads to where the student was.
func TestRefusedAfterACancellation(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	manyCodes(t, w)
	v := filling(t, w, "D01")
	a := handIn(t, w, v, draft(t, enroll.ApplyReserve))
	two := service.Decision{By: "a", Second: "b", Reason: "核实"}
	if err := w.Service.Cancel(ctx, v.Registration.ID, two); err != nil {
		t.Fatal(err)
	}
	_, err := w.Service.GrantApplication(ctx, a.ID, time.Time{}, alone)
	wantReason(t, err, "wrong_state")
	if to, err := w.Service.Reinstate(ctx, v.Registration.ID, w.Clock.Now().Add(time.Hour), two); err != nil || to != enroll.ReservePending {
		t.Fatalf("reinstated to %s, %v", to, err)
	}
	if to, err := w.Service.RefuseApplication(ctx, a.ID, against); err != nil || to != enroll.Open {
		t.Errorf("refused to %s, %v", to, err)
	}
}

// The paper for the archive is a PDF with the signature.
func TestApplicationPaper(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	if w.Service.Paper == nil {
		t.Skip("built without the font of the PDFs")
	}
	manyCodes(t, w)
	v := filling(t, w, "D01")
	handIn(t, w, v, draft(t, enroll.ApplyGiveUp))
	paper, err := w.Service.ApplicationPaper(ctx, revisit(t, w, v))
	if err != nil || !strings.HasPrefix(string(paper), "%PDF-") {
		t.Fatalf("%d bytes, %v", len(paper), err)
	}
	picture, err := w.Service.ApplicationPicture(ctx, revisit(t, w, v))
	if err != nil || len(picture) == 0 {
		t.Errorf("%d bytes, %v", len(picture), err)
	}
}
