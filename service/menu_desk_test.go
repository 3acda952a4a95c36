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
