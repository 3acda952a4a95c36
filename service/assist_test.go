package service_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// atCounter opens a student's form at the counter, after a check in person.
func atCounter(t *testing.T, w *world.World, d *service.Duty, id string) *service.Visit {
	t.Helper()
	ctx, r := t.Context(), w.Enrolled(t, id)
	if err := w.Service.BeginAssist(ctx, d, r.ID, "不会用手机"); enroll.ReasonOf(err) != "assist_identity" {
		t.Fatalf("before the identity is checked: %v", err)
	}
	if _, err := w.Service.VerifyInPerson(ctx, d, service.InPerson{Registration: r.ID, Phone: "13900008888", Note: "身份证原件"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.BeginAssist(ctx, d, r.ID, "不会用手机"); err != nil {
		t.Fatal(err)
	}
	v, err := w.Service.AssistVisit(ctx, d, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestAssistGoesTheStudentsOwnWay: the same rules, and marked wherever somebody looks.
func TestAssistGoesTheStudentsOwnWay(t *testing.T) {
	w := world.New(t)
	ctx, s := t.Context(), w.Service
	d := w.Duty(t, enroll.RoleClerk, "02")
	v := atCounter(t, w, d, "D02")
	if err := s.Submit(ctx, v); enroll.ReasonOf(err) != "step_locked" {
		t.Errorf("handing in before the roster's facts were looked at: %v", err)
	}
	if err := s.ConfirmIdentity(ctx, v); err != nil {
		t.Fatal(err)
	}
	v = nextAt(t, w, d, v)
	if err := s.Submit(ctx, v); enroll.ReasonOf(err) != "step_locked" && enroll.ReasonOf(err) != "form_incomplete" {
		t.Errorf("handing in an empty form: %v", err)
	}
	fill(t, w, v)
	v = nextAt(t, w, d, v)
	sign(t, w, v)
	v = nextAt(t, w, d, v)
	if err := s.Submit(ctx, v); err != nil {
		t.Fatal(err)
	}
	r, err := s.Store.Registration(ctx, v.Registration.ID)
	if err != nil || r.Status != enroll.Payable {
		t.Fatalf("after handing in: %s, %v", r.Status, err)
	}
	if _, err := s.AssistVisit(ctx, d, r.ID); enroll.ReasonOf(err) != "assist_needed" {
		t.Errorf("the work at the counter goes on: %v", err)
	}
	marked(t, w, d, r)
}

// nextAt is the next request at the counter.
func nextAt(t *testing.T, w *world.World, d *service.Duty, v *service.Visit) *service.Visit {
	t.Helper()
	v, err := w.Service.AssistVisit(t.Context(), d, v.Registration.ID)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// marked looks for the mark on the timelines of both, in the audit log, on the signature, and in the student's list of looks.
func marked(t *testing.T, w *world.World, d *service.Duty, r enroll.Registration) {
	t.Helper()
	ctx, s := t.Context(), w.Service
	events, err := s.Store.Events(ctx, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	submitted := false
	for _, e := range events {
		if e.Event == string(enroll.EventSubmit) {
			submitted = e.By == enroll.ByRegistrar && e.ByID == d.Staff.Account && strings.Contains(e.Reason, "教学点老师现场代办")
		}
	}
	if !submitted {
		t.Errorf("the submit is not marked: %v", events)
	}
	g, err := s.Store.Signature(ctx, r.ID, enroll.TextCommitment)
	if err != nil || g == nil || !strings.Contains(g.Helper, d.Staff.Account) {
		t.Errorf("the signature says %v, %v", g, err)
	}
	looks, err := s.Store.Looks(ctx, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, a := range looks {
		if a.Action == "assist" {
			said = append(said, a.Detail)
		}
	}
	if got := strings.Join(said, "|"); got != "提交登记表|本人在现场签署承诺书|开始：不会用手机" {
		t.Errorf("the audit log says %q", got)
	}
}

// TestAssistIsOneAtATime: a colleague is told who is at it, may come after two hours, and another point's clerk finds nobody.
func TestAssistIsOneAtATime(t *testing.T) {
	w := world.New(t)
	ctx, s := t.Context(), w.Service
	first, second := w.Duty(t, enroll.RoleClerk, "02"), w.Duty(t, enroll.RoleRegistrar)
	v := atCounter(t, w, first, "D02")
	id := v.Registration.ID
	if err := s.BeginAssist(ctx, second, id, "学生改到学院办理"); enroll.ReasonOf(err) != "assist_open" {
		t.Errorf("a second one begins: %v", err)
	}
	if _, err := s.AssistVisit(ctx, second, id); enroll.ReasonOf(err) != "assist_open" {
		t.Errorf("a second one works in it: %v", err)
	}
	w.Clock.Advance(enroll.AssistLife)
	if _, err := s.AssistVisit(ctx, first, id); enroll.ReasonOf(err) != "assist_needed" {
		t.Errorf("it is open for ever: %v", err)
	}
	if err := s.BeginAssist(ctx, second, id, "学生改到学院办理"); err != nil {
		t.Error(err)
	}
	if _, err := s.AssistVisit(ctx, w.Duty(t, enroll.RoleClerk, "01"), id); enroll.ReasonOf(err) != "not_found" {
		t.Errorf("another point's clerk: %v", err)
	}
	own, err := s.AssistVisit(ctx, second, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EndAssist(ctx, own); err != nil {
		t.Error(err)
	}
}

// TestAssistThatIsOverWritesNothing: a request that began before the two hours ended changes nothing after them, taken over or not.
func TestAssistThatIsOverWritesNothing(t *testing.T) {
	w := world.New(t)
	ctx, s := t.Context(), w.Service
	first, second := w.Duty(t, enroll.RoleClerk, "02"), w.Duty(t, enroll.RoleRegistrar)
	fresh := atCounter(t, w, first, "D02")
	if err := s.ConfirmIdentity(ctx, fresh); err != nil {
		t.Fatal(err)
	}
	fill(t, w, nextAt(t, w, first, fresh))
	sign(t, w, nextAt(t, w, first, fresh))
	late := nextAt(t, w, first, fresh)
	stands := formOf(t, w, late)
	wantOver := func(when string) {
		t.Helper()
		for what, err := range lateSteps(t, w, fresh, late) {
			if enroll.ReasonOf(err) != "assist_needed" {
				t.Errorf("%s, %s: %v", what, when, err)
			}
		}
		if diff := cmp.Diff(stands, formOf(t, w, late)); diff != "" {
			t.Errorf("%s the form changed: %s", when, diff)
		}
	}
	w.Clock.Advance(enroll.AssistLife)
	wantOver("after two hours")
	if err := s.BeginAssist(ctx, second, late.Registration.ID, "学生改到学院办理"); err != nil {
		t.Fatal(err)
	}
	wantOver("after a colleague took over")
	if err := s.Submit(ctx, nextAt(t, w, second, late)); err != nil {
		t.Errorf("the colleague hands in: %v", err)
	}
}

// lateSteps does every step that writes by visits of an assist: fresh from before the identity was confirmed, late with a whole form.
func lateSteps(t *testing.T, w *world.World, fresh, late *service.Visit) map[string]error {
	t.Helper()
	ctx, s := t.Context(), w.Service
	letter, err := s.Commitment(ctx, late)
	if err != nil {
		t.Fatal(err)
	}
	files, err := s.Attachments(ctx, late)
	if err != nil {
		t.Fatal(err)
	}
	_, saved := s.SaveSection(ctx, late, enroll.SectionFamily, 1, []byte(`{}`), true)
	return map[string]error{
		"identity": s.ConfirmIdentity(ctx, fresh), "section": saved,
		"upload": s.Attach(ctx, late, enroll.IDFront, photo(t, 800, 500)), "detach": s.Detach(ctx, late, files.Files[0].ID),
		"proof": s.WriteProof(ctx, late, enroll.Proof{Kind: "register_form", Code: "ab12"}), "submit": s.Submit(ctx, late),
		"signature": s.SignCommitment(ctx, late, letter.Text.Version, letter.Text.Hash, service.Signing{Signature: strokes(t)}),
	}
}

// formOf is all that a step at the counter could have changed.
func formOf(t *testing.T, w *world.World, v *service.Visit) (all struct {
	Sections  map[string]enroll.Section
	Files     []enroll.Attachment
	Proof     enroll.Proof
	Signature *enroll.Signature
	Status    enroll.Status
}) {
	t.Helper()
	ctx, st, id := t.Context(), w.Service.Store, v.Registration.ID
	var errs [5]error
	all.Sections, errs[0] = st.Sections(ctx, id)
	all.Files, errs[1] = st.Attachments(ctx, id)
	for i := range all.Files {
		all.Files[i].Reading = nil // comes when the card reader answers
	}
	all.Proof, errs[2] = st.Proof(ctx, id)
	all.Signature, errs[3] = st.Signature(ctx, id, enroll.TextCommitment)
	r, err := st.Registration(ctx, id)
	all.Status, errs[4] = r.Status, err
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	return all
}
