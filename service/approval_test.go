package service_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// duty is a member of staff of a role with an account of its own.
func duty(t *testing.T, w *world.World, account string, role enroll.Role, point string) *service.Duty {
	t.Helper()
	p := enroll.Staff{
		ID: w.Service.Store.NewID(), Account: account, Name: account, Role: role, Point: point,
		CreatedAt: w.Clock.Now(), ExpiresAt: w.Clock.Now().AddDate(1, 0, 0),
	}
	if err := w.Service.Store.AddStaff(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	return &service.Duty{Staff: p, Address: "127.0.0.1", ConfirmedAt: w.Clock.Now()}
}

// reason compares an error's reason; "" is none.
func reason(t *testing.T, err error, want string) {
	t.Helper()
	if got := enroll.ReasonOf(err); string(got) != want || want == "" && err != nil {
		t.Fatalf("reason %q (%v), want %q", got, err, want)
	}
}

func status(t *testing.T, w *world.World, registration string) enroll.Status {
	t.Helper()
	r, err := w.Service.Store.Registration(context.Background(), registration)
	if err != nil {
		t.Fatal(err)
	}
	return r.Status
}

// Cancelling takes two people with a session each; nothing happens before the second word, and once only.
func TestCancelTakesTwoPeople(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	r := w.Enrolled(t, "D01")
	first, second := duty(t, w, "xueji1", enroll.RoleRegistrar, ""), duty(t, w, "xueji2", enroll.RoleRegistrar, "")
	clerk := duty(t, w, "dian", enroll.RoleClerk, "01")
	_, err := w.Service.AskApproval(ctx, clerk, enroll.ApproveCancel, r.ID, "重复录取", nil)
	reason(t, err, "staff_forbidden")
	_, err = w.Service.AskApproval(ctx, first, enroll.ApproveCancel, r.ID, "  ", nil)
	reason(t, err, "reason_missing")
	a, err := w.Service.AskApproval(ctx, first, enroll.ApproveCancel, r.ID, "重复录取", nil)
	reason(t, err, "")
	_, err = w.Service.AskApproval(ctx, second, enroll.ApproveCancel, r.ID, "重复录取", nil)
	reason(t, err, "approval_pending")
	reason(t, w.Service.DecideApproval(ctx, first, a.ID, true, ""), "second_person")
	reason(t, w.Service.DecideApproval(ctx, clerk, a.ID, true, ""), "staff_forbidden")
	if got := status(t, w, r.ID); got != enroll.Open {
		t.Fatalf("status %s before the second word", got)
	}
	reason(t, w.Service.DecideApproval(ctx, second, a.ID, true, ""), "")
	if got := status(t, w, r.ID); got != enroll.Cancelled {
		t.Fatalf("status %s", got)
	}
	reason(t, w.Service.DecideApproval(ctx, second, a.ID, false, "晚了"), "approval_decided")
	events, err := w.Service.Store.Events(ctx, r.ID)
	if err != nil || events[len(events)-1].ByID != "xueji1+xueji2" {
		t.Fatalf("event %+v, %v", events[len(events)-1], err)
	}
}

// A cancellation by mistake is taken back by an administrator's word only.
func TestReinstateTakesAnAdministrator(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	r := w.Enrolled(t, "D01")
	first, second, admin := duty(t, w, "xueji1", enroll.RoleRegistrar, ""), duty(t, w, "xueji2", enroll.RoleRegistrar, ""), duty(t, w, "admin", enroll.RoleAdmin, "")
	until := map[string]any{"until": w.Clock.Now().Add(48 * time.Hour)}
	_, err := w.Service.AskApproval(ctx, first, enroll.ApproveReinstate, r.ID, "误操作", until)
	reason(t, err, "wrong_state")
	reason(t, w.Service.Cancel(ctx, r.ID, service.Decision{By: "a", Second: "b", Reason: "误操作"}), "")
	a, err := w.Service.AskApproval(ctx, first, enroll.ApproveReinstate, r.ID, "误操作", until)
	reason(t, err, "")
	reason(t, w.Service.DecideApproval(ctx, second, a.ID, true, ""), "staff_forbidden")
	reason(t, w.Service.DecideApproval(ctx, admin, a.ID, true, ""), "")
	if got := status(t, w, r.ID); got != enroll.Open {
		t.Fatalf("status %s", got)
	}
}

// Of ten second people at once one carries the act out; what is refused or withdrawn may be asked anew.
func TestApprovalRace(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	r := w.Enrolled(t, "D01")
	first := duty(t, w, "xueji1", enroll.RoleRegistrar, "")
	a, err := w.Service.AskApproval(ctx, first, enroll.ApproveCancel, r.ID, "重复录取", nil)
	reason(t, err, "")
	reason(t, w.Service.WithdrawApproval(ctx, first, a.ID), "")
	a, err = w.Service.AskApproval(ctx, first, enroll.ApproveCancel, r.ID, "重复录取", nil)
	reason(t, err, "")
	var done sync.WaitGroup
	outcomes := make([]error, 10)
	for i := range outcomes {
		d := duty(t, w, "second"+string(rune('a'+i)), enroll.RoleAdmin, "")
		done.Go(func() { outcomes[i] = w.Service.DecideApproval(ctx, d, a.ID, true, "") })
	}
	done.Wait()
	won := 0
	for _, err := range outcomes {
		if err == nil {
			won++
		} else {
			reason(t, err, "approval_decided")
		}
	}
	if won != 1 {
		t.Errorf("%d carried it out", won)
	}
}
