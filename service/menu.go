package service

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"xinsheng/enroll"
	"xinsheng/wechat/oa"
)

// MenuName is our first-level button of the account's menu; 16 bytes are the most that WeChat takes there.
const MenuName = "新生服务"

// MenuPlan is what `menu push` would do: the menu as it is and as it would be.
type MenuPlan struct {
	Now  []oa.Button
	Next []oa.Button
	// Unwritable are buttons made in the console that the interface would lose.
	Unwritable []string
}

// Changed says whether there is anything to push.
func (p MenuPlan) Changed() bool { return menuText(p.Now) != menuText(p.Next) }

// WeChat shows at most so many buttons side by side, and so many under one.
const (
	menuWidth  = 3
	menuHeight = 5
)

// PlanMenu reads the account's menu and puts our button into it; all others
// stay as they are, also those that the college put under ours.
func (s *Service) PlanMenu(ctx context.Context) (MenuPlan, error) {
	intake, err := s.CurrentIntake(ctx)
	if err != nil {
		return MenuPlan{}, err
	}
	var plan MenuPlan
	if plan.Now, plan.Unwritable, err = s.OA.Menu(ctx); err != nil {
		return MenuPlan{}, fmt.Errorf("read the account's menu: %w", err)
	}
	ours := ourButton(intake, s.Config.PublicURL)
	plan.Next = slices.Clone(plan.Now)
	at := slices.IndexFunc(plan.Next, func(b oa.Button) bool { return b.Name == MenuName })
	if at < 0 {
		if len(plan.Next) >= menuWidth {
			return plan, enroll.Fail("menu_full")
		}
		plan.Next = append(plan.Next, ours)
		return plan, nil
	}
	ours.Sub = append(ours.Sub, slices.DeleteFunc(slices.Clone(plan.Now[at].Sub), isOurs)...)
	if len(ours.Sub) > menuHeight {
		return plan, enroll.Fail("menu_sub_full", MenuName)
	}
	plan.Next[at] = ours
	return plan, nil
}

// isOurs tells our buttons by their server path, whatever address the site had when they were made.
func isOurs(b oa.Button) bool {
	u, err := url.Parse(b.URL)
	return err == nil && strings.HasPrefix(u.Path, "/go/")
}

// ourButton is 新生服务 with the year's registration, the progress and help under it.
func ourButton(i enroll.Intake, site string) oa.Button {
	return oa.Button{Name: MenuName, Sub: []oa.Button{
		{Type: "view", Name: fmt.Sprintf("%d 新生注册", i.Grade), URL: site + "/go/home"},
		{Type: "view", Name: "我的进度", URL: site + "/go/progress"},
		{Type: "view", Name: "帮助与联系", URL: site + "/go/help"},
	}}
}

// PushMenu writes a plan's menu, and refuses where that would lose a button made in the console.
func (s *Service) PushMenu(ctx context.Context, plan MenuPlan) error {
	if len(plan.Unwritable) > 0 {
		return enroll.Fail("menu_unwritable", strings.Join(plan.Unwritable, "、"))
	}
	return s.OA.SetMenu(ctx, plan.Next)
}

// MenuLines shows a menu one button a line, for comparing.
func MenuLines(buttons []oa.Button) []string { return menuLines(buttons, "") }

func menuLines(buttons []oa.Button, indent string) []string {
	var lines []string
	for _, b := range buttons {
		target := b.URL
		if target == "" {
			target = b.Key
		}
		lines = append(lines, strings.TrimRight(indent+b.Name+"  "+target, " "))
		lines = append(lines, menuLines(b.Sub, indent+"  ")...)
	}
	return lines
}

func menuText(buttons []oa.Button) string { return strings.Join(MenuLines(buttons), "\n") }
