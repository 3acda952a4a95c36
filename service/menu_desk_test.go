package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
	"xinsheng/wechat/oa"
)

func TestMenuIsPushedAsComparedAndComesBack(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d := w.Duty(t, enroll.RoleAdmin)
	home := []oa.Button{{Type: "view", Name: "学校主页", URL: "https://www.example.edu/"}}
	if err := w.Service.OA.SetMenu(ctx, home); err != nil {
		t.Fatal(err)
	}
	entries := []service.MenuEntry{{Name: "新生报到", Page: "home"}, {Name: "收费", Page: "tuition"}}
	compared := service.MenuLines(home)
	d.ConfirmedAt = time.Time{}
	wantReason(t, w.Service.StaffMenu(ctx, d, entries, compared), "confirm_again")
	d.ConfirmedAt = w.Clock.Now()
	wantReason(t, w.Service.StaffMenu(ctx, d, entries, nil), "changed")
	if err := w.Service.StaffMenu(ctx, d, entries, compared); err != nil {
		t.Fatal(err)
	}
	desk, err := w.Service.MenuDesk(ctx)
	if err != nil || len(desk.History) != 1 || desk.Plan.Changed() || len(desk.Entries) != 2 || desk.History[0].By != d.Staff.Account {
		t.Fatalf("%+v %v", desk, err)
	}
	// Meanwhile the college changes its own button in the console: that stays.
	moved := []oa.Button{{Type: "view", Name: "学校新主页", URL: "https://new.example.edu/"}, desk.Plan.Now[1]}
	if err := w.Service.OA.SetMenu(ctx, moved); err != nil {
		t.Fatal(err)
	}
	first := desk.History[0].ID
	if err := w.Service.StaffRestoreMenu(ctx, d, service.MenuVersion{}, service.MenuLines(moved)); err != nil {
		t.Fatal(err)
	}
	menu := w.Sandbox.World(w.Credentials.AppID).Menu()
	if len(menu) != 1 || menu[0].Name != "学校新主页" {
		t.Fatalf("menu %+v", menu)
	}
	// And any push of the history comes back, our buttons alone.
	if err := w.Service.StaffRestoreMenu(ctx, d, service.MenuVersion{Push: first}, service.MenuLines(moved[:1])); err != nil {
		t.Fatal(err)
	}
	menu = w.Sandbox.World(w.Credentials.AppID).Menu()
	if len(menu) != 2 || menu[0].Name != "学校新主页" || len(menu[1].Sub) != 2 || menu[1].Sub[1].Name != "收费" {
		t.Errorf("menu %+v", menu)
	}
	wantReason(t, w.Service.StaffRestoreMenu(ctx, d, service.MenuVersion{Push: "none"}, nil), "menu_none")
}

func TestMenuDeskShowsTheMenuWhereOursDoesNotFit(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	full := []oa.Button{{Type: "click", Name: "一", Key: "1"}, {Type: "click", Name: "二", Key: "2"}, {Type: "click", Name: "三", Key: "3"}}
	if err := w.Service.OA.SetMenu(ctx, full); err != nil {
		t.Fatal(err)
	}
	desk, err := w.Service.MenuDesk(ctx)
	if err != nil || len(desk.Plan.Now) != 3 {
		t.Fatalf("%+v %v", desk, err)
	}
	wantReason(t, desk.Problem, "menu_full")
}

// TestFormerMenuGivesTheCollegesOwnButtonBack: what the first push replaced comes back, and a button in which nothing is ours stays.
func TestFormerMenuGivesTheCollegesOwnButtonBack(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d := w.Duty(t, enroll.RoleAdmin)
	theirs := oa.Button{Type: "view", Name: service.MenuName, URL: "https://www.example.edu/freshmen"}
	if err := w.Service.OA.SetMenu(ctx, []oa.Button{theirs}); err != nil {
		t.Fatal(err)
	}
	entries := []service.MenuEntry{{Name: "2025 新生注册", Page: "home"}}
	if err := w.Service.StaffMenu(ctx, d, entries, service.MenuLines([]oa.Button{theirs})); err != nil {
		t.Fatal(err)
	}
	now := func() []oa.Button {
		menu, _, err := w.Service.OA.Menu(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return menu
	}
	restore := func(v service.MenuVersion) []oa.Button {
		t.Helper()
		if err := w.Service.StaffRestoreMenu(ctx, d, v, service.MenuLines(now())); err != nil {
			t.Fatal(err)
		}
		return now()
	}
	if menu := restore(service.MenuVersion{}); len(menu) != 1 || menu[0].URL != theirs.URL || len(menu[0].Sub) != 0 {
		t.Fatalf("menu %+v", menu)
	}
	history, err := w.Service.MenuHistory(ctx)
	if err != nil || len(history) != 2 {
		t.Fatal(history, err)
	}
	// A version of another year comes back under this year's name.
	pushed := history[1].ID
	if menu := restore(service.MenuVersion{Push: pushed}); len(menu[0].Sub) != 1 || menu[0].Sub[0].Name != "2026 新生注册" {
		t.Fatalf("menu %+v", menu)
	}
	// The college makes it its own again: bringing back what stood before ours leaves that alone.
	moved := oa.Button{Type: "view", Name: service.MenuName, URL: "https://new.example.edu/"}
	if err := w.Service.OA.SetMenu(ctx, []oa.Button{moved}); err != nil {
		t.Fatal(err)
	}
	plan, problem, err := w.Service.StaffPlanFormerMenu(ctx, service.MenuVersion{Push: pushed, Before: true})
	if err != nil || problem != nil || plan.Changed() {
		t.Errorf("%+v, %v, %v", plan.Next, problem, err)
	}
}
