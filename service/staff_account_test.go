package service_test

import (
	"context"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// TestAccountFirstPasswordOpensOnce: an account begins with a first password, and nobody issues another once its owner has an own one.
func TestAccountFirstPasswordOpensOnce(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d := w.Duty(t, enroll.RoleAdmin)
	p, first, err := w.Service.AddStaff(ctx, d, enroll.Staff{Account: "Zhao", Name: "赵老师", Role: enroll.RoleFinance})
	if err != nil || p.Account != "zhao" {
		t.Fatal(p, err)
	}
	if _, next, err := w.Service.StaffLogin(ctx, "zhao", first.Raw(), "127.0.0.1"); err != nil || next != service.NextEnrol {
		t.Errorf("next %q, %v", next, err)
	}
	if _, _, err := w.Service.AddStaff(ctx, d, enroll.Staff{Account: "zhao", Name: "赵老师", Role: enroll.RoleFinance}); enroll.ReasonOf(err) != "staff_account_taken" {
		t.Errorf("twice: %v", err)
	}
	own := w.Staff(t, enroll.RoleFinance, "")
	if _, err := w.Service.IssueFirstPassword(ctx, d, own.ID); enroll.ReasonOf(err) != "password_stands" {
		t.Errorf("over an own password: %v", err)
	}
}

// TestResetTakesTwoAdmins: who asks cannot decide; the second one's word takes the authenticator away.
func TestResetTakesTwoAdmins(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	asks, decides := w.Duty(t, enroll.RoleAdmin), w.Duty(t, enroll.RoleAdmin)
	lost := w.Staff(t, enroll.RoleClerk, "01")
	a, err := w.Service.AskReset(ctx, asks, lost.ID, enroll.ResetTOTP, "手机丢失")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.DecideApproval(ctx, asks, a.ID, true, ""); enroll.ReasonOf(err) != "second_person" {
		t.Errorf("alone: %v", err)
	}
	if err := w.Service.DecideApproval(ctx, decides, a.ID, true, ""); err != nil {
		t.Fatal(err)
	}
	if _, next, err := w.Service.StaffLogin(ctx, lost.Account, world.StaffPassword, "127.0.0.1"); err != nil || next != service.NextEnrol {
		t.Errorf("next %q, %v", next, err)
	}
	if list, err := w.Service.Resets(ctx); err != nil || len(list) != 0 {
		t.Errorf("still waiting: %v, %v", list, err)
	}
}

// TestNobodyClosesTheirOwnAccount and so no college locks itself out; a closed one does not get in.
func TestNobodyClosesTheirOwnAccount(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, other := w.Duty(t, enroll.RoleAdmin), w.Staff(t, enroll.RoleRegistrar, "")
	if _, err := w.Service.DisableStaff(ctx, d, d.Staff.ID, "离岗"); enroll.ReasonOf(err) != "staff_self" {
		t.Errorf("own: %v", err)
	}
	if _, err := w.Service.DisableStaff(ctx, d, other.ID, "离岗"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Service.StaffLogin(ctx, other.Account, world.StaffPassword, "127.0.0.1"); enroll.ReasonOf(err) != "staff_disabled" {
		t.Errorf("disabled: %v", err)
	}
	if _, err := w.Service.EnableStaff(ctx, d, other.ID); err != nil {
		t.Fatal(err)
	}
	if _, next, err := w.Service.StaffLogin(ctx, other.Account, world.StaffPassword, "127.0.0.1"); err != nil || next != service.NextTOTP {
		t.Errorf("enabled: %q, %v", next, err)
	}
}
