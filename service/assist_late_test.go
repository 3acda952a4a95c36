package service_test

import (
	"testing"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// TestApplicationAfterTheAssist: a request that began before the two hours ended hands nothing in, keeps no paper and takes none away.
func TestApplicationAfterTheAssist(t *testing.T) {
	w := world.New(t)
	ctx, s := t.Context(), w.Service
	first, second := w.Duty(t, enroll.RoleClerk, "02"), w.Duty(t, enroll.RoleRegistrar)
	late := atCounter(t, w, first, "D02")
	if err := s.AttachToApplication(ctx, late, enroll.ApplyReserve, photo(t, 800, 500)); err != nil {
		t.Fatal(err)
	}
	form, err := s.ApplicationForm(ctx, late, enroll.ApplyReserve, "")
	if err != nil || len(form.Files) != 1 {
		t.Fatalf("%d papers, %v", len(form.Files), err)
	}
	wantOver := func(when string) {
		t.Helper()
		for what, err := range map[string]error{
			"upload": s.AttachToApplication(ctx, late, enroll.ApplyReserve, photo(t, 800, 500)),
			"detach": s.DetachFromApplication(ctx, late, enroll.ApplyReserve, form.Files[0].ID),
			"file":   s.FileApplication(ctx, late, draft(t, enroll.ApplyReserve)),
		} {
			if enroll.ReasonOf(err) != "assist_needed" {
				t.Errorf("%s, %s: %v", what, when, err)
			}
		}
	}
	w.Clock.Advance(enroll.AssistLife)
	wantOver("after two hours")
	if err := s.BeginAssist(ctx, second, late.Registration.ID, "学生改到学院办理"); err != nil {
		t.Fatal(err)
	}
	wantOver("after a colleague took over")
	wantStatus(t, w, late, enroll.Open)
	if files, err := s.Store.LooseFiles(ctx, late.Registration.ID, string(enroll.ApplyReserve)); err != nil || len(files) != 1 {
		t.Errorf("%d papers, %v", len(files), err)
	}
}

// TestIdentityIsConfirmedOnTheFormOnly: who has a reserved place, or asks for one, has no form to confirm anything of.
func TestIdentityIsConfirmedOnTheFormOnly(t *testing.T) {
	w := world.New(t)
	ctx, s := t.Context(), w.Service
	d := w.Duty(t, enroll.RoleClerk, "02")
	open := atCounter(t, w, d, "D02")
	other := w.Duty(t, enroll.RoleRegistrar)
	if err := s.FileApplication(ctx, open, draft(t, enroll.ApplyReserve)); err != nil {
		t.Fatal(err)
	}
	a, err := s.LastApplication(ctx, open)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.GrantApplication(ctx, a.ID, a.Until, alone); err != nil {
		t.Fatal(err)
	}
	if err := s.BeginAssist(ctx, other, open.Registration.ID, "回来办理恢复"); err != nil {
		t.Fatal(err)
	}
	wantReason(t, s.ConfirmIdentity(ctx, nextAt(t, w, other, open)), "wrong_state")
	if r := wantStatus(t, w, open, enroll.Reserved); !r.IdentityAt.IsZero() {
		t.Error("confirmed all the same")
	}
}
