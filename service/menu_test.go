package service_test

import (
	"context"
	"encoding/json"
	"testing"

	"xinsheng/service"
	"xinsheng/test/world"
	"xinsheng/wechat/oa"
)

func TestMenuPushLeavesTheOthersAlone(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	if err := w.Service.OA.SetMenu(ctx, []oa.Button{{Type: "view", Name: "学校主页", URL: "https://www.example.edu/"}}); err != nil {
		t.Fatal(err)
	}
	plan, err := w.Service.PlanMenu(ctx)
	if err != nil || !plan.Changed() {
		t.Fatalf("%v, changed %v", err, plan.Changed())
	}
	if err := w.Service.PushMenu(ctx, "t", plan); err != nil {
		t.Fatal(err)
	}
	menu := w.Sandbox.World(w.Credentials.AppID).Menu()
	if len(menu) != 2 || menu[0].Name != "学校主页" || menu[1].Name != service.MenuName || len(menu[1].Sub) != 3 {
		t.Fatalf("menu %+v", menu)
	}
	if again, err := w.Service.PlanMenu(ctx); err != nil || again.Changed() {
		t.Errorf("a pushed menu is planned again: %v", err)
	}
}

func TestMenuKeepsWhatTheCollegePutUnderOurButton(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	calendar := oa.Button{Type: "view", Name: "校历", URL: "https://www.example.edu/calendar"}
	lastYear := oa.Button{Type: "view", Name: "2025 新生注册", URL: "https://old.example.edu/go/home"}
	push := func(sub ...oa.Button) error {
		t.Helper()
		if err := w.Service.OA.SetMenu(ctx, []oa.Button{{Name: service.MenuName, Sub: sub}}); err != nil {
			t.Fatal(err)
		}
		plan, err := w.Service.PlanMenu(ctx)
		if err != nil {
			return err
		}
		return w.Service.PushMenu(ctx, "t", plan)
	}
	if err := push(calendar, lastYear); err != nil {
		t.Fatal(err)
	}
	menu := w.Sandbox.World(w.Credentials.AppID).Menu()
	if sub := menu[0].Sub; len(sub) != 4 || sub[3].Name != calendar.Name {
		t.Errorf("menu %+v", menu)
	}
	wantReason(t, push(calendar, calendar, calendar), "menu_sub_full")
	if err := w.Service.OA.SetMenu(ctx, nil); err != nil {
		t.Errorf("an account that had no menu: %v", err)
	}
}

func TestMenuPushRefusesWhatItWouldLose(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	for name, button := range map[string]string{
		"console":     `{"type":"news","name":"招生简章","value":"x"}`,
		"miniprogram": `{"type":"miniprogram","name":"小程序","url":"https://www.example.edu/"}`,
		"sub":         `{"name":"更多","sub_button":{"list":[{"type":"text","name":"问候","value":"你好"}]}}`,
	} {
		w.Sandbox.World(w.Credentials.AppID).SetConsoleMenu(json.RawMessage(`{"button":[` + button + `]}`))
		plan, err := w.Service.PlanMenu(ctx)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		wantReason(t, w.Service.PushMenu(ctx, "t", plan), "menu_unwritable")
	}
}

func TestMenuWithoutRoom(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	full := []oa.Button{{Type: "click", Name: "一", Key: "1"}, {Type: "click", Name: "二", Key: "2"}, {Type: "click", Name: "三", Key: "3"}}
	if err := w.Service.OA.SetMenu(ctx, full); err != nil {
		t.Fatal(err)
	}
	_, err := w.Service.PlanMenu(ctx)
	wantReason(t, err, "menu_full")
}

// TestMenuWhoseAnswerWasLostCanBeTakenBack: the menu arrived, so the former one is what stood before it.
func TestMenuWhoseAnswerWasLostCanBeTakenBack(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	if err := w.Service.OA.SetMenu(ctx, []oa.Button{{Type: "view", Name: "学校主页", URL: "https://www.example.edu/"}}); err != nil {
		t.Fatal(err)
	}
	plan, err := w.Service.PlanMenu(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.PushMenu(ctx, "t", plan); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Database(t).Exec("UPDATE menu_push SET pushed_at = 0"); err != nil {
		t.Fatal(err)
	}
	former, err := w.Service.PlanFormerMenu(ctx, service.MenuVersion{})
	if err != nil || len(former.Next) != 1 || former.Next[0].Name != "学校主页" {
		t.Fatalf("%+v, %v", former.Next, err)
	}
	if history, err := w.Service.MenuHistory(ctx); err != nil || len(history) != 1 {
		t.Errorf("%d pushes, %v", len(history), err)
	}
}
