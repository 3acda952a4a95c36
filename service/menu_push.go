package service

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/oa"
)

// PushMenu writes a plan's menu and keeps the former one; it refuses where
// that would lose a button made in the console.
func (s *Service) PushMenu(ctx context.Context, by string, plan MenuPlan) error {
	if len(plan.Unwritable) > 0 {
		return enroll.Fail("menu_unwritable", strings.Join(plan.Unwritable, "、"))
	}
	before, err := json.Marshal(plan.Now)
	if err != nil {
		return err
	}
	after, err := json.Marshal(plan.Next)
	if err != nil {
		return err
	}
	row := store.MenuPush{ID: s.Store.NewID(), At: s.Now().UnixMilli(), PushedBy: by, Before: string(before), After: string(after)}
	if err := s.Store.AddMenuPush(ctx, row); err != nil {
		return err
	}
	if err := s.OA.SetMenu(ctx, plan.Next); err != nil {
		return err
	}
	return s.Store.MenuPushed(ctx, row.ID, s.Now())
}

// MenuVersion names a kept menu: what a push wrote, or with Before what stood
// before it; without a push it is what stood before the last one.
type MenuVersion struct {
	Push   string
	Before bool
}

// PlanFormerMenu plans to bring our buttons back as a kept menu had them, or the
// college's own link that stood in their place; all others stay as WeChat has
// them now. menu_none where nothing is kept.
func (s *Service) PlanFormerMenu(ctx context.Context, v MenuVersion) (plan MenuPlan, err error) {
	if plan.Now, plan.Unwritable, err = s.OA.Menu(ctx); err != nil {
		return plan, err
	}
	if err := s.settleMenuPush(ctx, plan.Now); err != nil {
		return plan, err
	}
	pushes, err := s.Store.MenuPushes(ctx, menuPushesShown)
	if err != nil {
		return plan, err
	}
	at := slices.IndexFunc(pushes, func(p store.MenuPush) bool { return p.ID == v.Push || v.Push == "" })
	if at < 0 {
		return plan, enroll.Fail("menu_none")
	}
	body := pushes[at].After
	if v.Before || v.Push == "" {
		body = pushes[at].Before
	}
	kept, err := keptMenu(pushes[at].ID, body)
	if err != nil {
		return plan, err
	}
	this, err := s.thisYearsEntry(ctx)
	if err != nil {
		return plan, err
	}
	entries := ourEntries(kept, this)
	former := ourButton(entries, s.Config.PublicURL)
	if at := slices.IndexFunc(kept, named); len(entries) > 0 {
		err = checkMenuEntries(entries)
	} else if at >= 0 && len(kept[at].Sub) == 0 {
		former = kept[at]
	}
	if err != nil {
		return plan, err
	}
	plan.Next, err = withOurs(plan.Now, former)
	return plan, err
}

// menuPushesShown is how many pushes of the menu are listed and can be brought back.
const menuPushesShown = 20

// settleMenuPush notes that the last push arrived although WeChat's answer was
// lost: its menu is the one that stands now.
func (s *Service) settleMenuPush(ctx context.Context, now []oa.Button) error {
	last, err := s.Store.LastMenuPush(ctx)
	if enroll.CodeOf(err) == enroll.NotFound || err == nil && last.PushedAt > 0 {
		return nil
	}
	if err != nil {
		return err
	}
	after, err := keptMenu(last.ID, last.After)
	if err != nil || menuText(after) != menuText(now) {
		return err
	}
	return s.Store.MenuPushed(ctx, last.ID, s.Now())
}

// MenuPushed is one push of the menu: when, by whom, and the menu that it wrote.
type MenuPushed struct {
	ID   string
	At   time.Time
	By   string
	Menu []oa.Button
}

// MenuHistory lists the last pushes, the newest first.
func (s *Service) MenuHistory(ctx context.Context) ([]MenuPushed, error) {
	pushes, err := s.Store.MenuPushes(ctx, menuPushesShown)
	if err != nil {
		return nil, err
	}
	list := make([]MenuPushed, len(pushes))
	for i, p := range pushes {
		list[i] = MenuPushed{ID: p.ID, At: time.UnixMilli(p.At).UTC(), By: p.PushedBy}
		if list[i].Menu, err = keptMenu(p.ID, p.After); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func keptMenu(push, body string) (menu []oa.Button, err error) {
	if err = json.Unmarshal([]byte(body), &menu); err != nil {
		err = fmt.Errorf("kept menu %s: %w", push, err)
	}
	return menu, err
}
