package service

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"xinsheng/enroll"
	"xinsheng/wechat/oa"
)

// MenuName is our first-level button of the account's menu; 16 bytes are the most that WeChat takes there.
const MenuName = "新生服务"

// MenuButton is one button of the account's menu as WeChat has it.
type MenuButton = oa.Button

// MenuPlan is what pushing the menu would do: the menu as it is and as it would be.
type MenuPlan struct {
	Now  []oa.Button
	Next []oa.Button
	// Unwritable are buttons made in the console that the interface would lose.
	Unwritable []string
}

// MenuEntry is one of our buttons under 新生服务: its words and the page behind /go/.
type MenuEntry struct {
	Name string `json:"name"`
	Page string `json:"page"`
}

// MenuPages are the pages that a button of the menu may open, with their titles.
var MenuPages = []MenuEntry{
	{"新生入学办理", "home"}, {"办理进度", "progress"}, {"我的信息", "me"}, {"注册完成与学号", "done"},
	{"通知公告", "notice"}, {"办理前请准备", "prepare"}, {"收费标准", "tuition"}, {"帮助与联系", "help"},
}

// Changed says whether there is anything to push.
func (p MenuPlan) Changed() bool { return menuText(p.Now) != menuText(p.Next) }

// WeChat shows at most so many buttons side by side, and so many under one,
// each second-level name of so many half-width places (public documents: 自定义菜单).
const (
	menuWidth  = 3
	menuHeight = 5
	menuPlaces = 26
)

// PlanMenu reads the account's menu and puts our button with the usual entries
// into it; all others stay as they are, also those that the college put under ours.
func (s *Service) PlanMenu(ctx context.Context) (MenuPlan, error) {
	entries, err := s.MenuEntries(ctx)
	if err != nil {
		return MenuPlan{}, err
	}
	return s.PlanMenuOf(ctx, entries)
}

// yearlyEntry is the name of the button that carries the year of the intake.
const yearlyEntry = " 新生注册"

// thisYearsEntry is that name in the present intake.
func (s *Service) thisYearsEntry(ctx context.Context) (string, error) {
	intake, err := s.CurrentIntake(ctx)
	return strconv.Itoa(intake.Grade) + yearlyEntry, err
}

// MenuEntries are our buttons as they were pushed last, with the year of the present intake; at first the usual ones.
func (s *Service) MenuEntries(ctx context.Context) ([]MenuEntry, error) {
	this, err := s.thisYearsEntry(ctx)
	if err != nil {
		return nil, err
	}
	pushes, err := s.MenuHistory(ctx)
	if err != nil {
		return nil, err
	}
	if len(pushes) > 0 {
		if entries := ourEntries(pushes[0].Menu, this); len(entries) > 0 {
			return entries, nil
		}
	}
	return []MenuEntry{{this, "home"}, {"我的进度", "progress"}, {"帮助与联系", "help"}}, nil
}

// ourEntries are our buttons of a menu; the yearly one takes the name of this year.
func ourEntries(menu []oa.Button, thisYear string) []MenuEntry {
	var entries []MenuEntry
	for _, b := range menu {
		for _, sub := range b.Sub {
			if u, err := url.Parse(sub.URL); err == nil && IsOurs(sub) {
				name := sub.Name
				if strings.HasSuffix(name, yearlyEntry) {
					name = thisYear
				}
				entries = append(entries, MenuEntry{name, strings.TrimPrefix(u.Path, "/go/")})
			}
		}
	}
	return entries
}

// PlanMenuOf plans the menu with these entries under our button.
func (s *Service) PlanMenuOf(ctx context.Context, entries []MenuEntry) (plan MenuPlan, err error) {
	if plan.Now, plan.Unwritable, err = s.OA.Menu(ctx); err != nil {
		return plan, fmt.Errorf("read the account's menu: %w", err)
	}
	if err := checkMenuEntries(entries); err != nil {
		return plan, err
	}
	plan.Next, err = withOurs(plan.Now, ourButton(entries, s.Config.PublicURL))
	return plan, err
}

// withOurs puts our button into a menu. Where it has nothing under it, it takes
// ours out, or puts the college's own link of that name back in its place. All
// others stay as they are, also those that the college put under ours.
func withOurs(now []oa.Button, ours oa.Button) ([]oa.Button, error) {
	next := slices.Clone(now)
	at := slices.IndexFunc(next, named)
	if len(ours.Sub) == 0 && (at < 0 || !slices.ContainsFunc(now[at].Sub, IsOurs)) {
		return next, nil // nothing of ours stands there
	}
	if at >= 0 {
		theirs := slices.DeleteFunc(slices.Clone(now[at].Sub), IsOurs)
		if sub := append(ours.Sub, theirs...); len(sub) > 0 {
			ours = oa.Button{Name: MenuName, Sub: sub}
		}
	}
	switch {
	case len(ours.Sub) > menuHeight:
		return next, enroll.Fail("menu_sub_full", MenuName)
	case at >= 0 && len(ours.Sub) == 0 && ours.Type == "":
		return slices.Delete(next, at, at+1), nil
	case at >= 0:
		next[at] = ours
		return next, nil
	case len(next) >= menuWidth:
		return next, enroll.Fail("menu_full")
	}
	return append(next, ours), nil
}

func named(b oa.Button) bool { return b.Name == MenuName }

func checkMenuEntries(entries []MenuEntry) error {
	if len(entries) == 0 || len(entries) > menuHeight {
		return enroll.Fail("menu_entry", fmt.Sprintf("应有 1–%d 个按钮", menuHeight))
	}
	for _, e := range entries {
		if strings.TrimSpace(e.Name) == "" || places(e.Name) > menuPlaces {
			return enroll.Fail("menu_entry", "“"+e.Name+"”应为 1–13 个汉字")
		}
		if !slices.ContainsFunc(MenuPages, func(p MenuEntry) bool { return p.Page == e.Page }) {
			return enroll.Fail("menu_entry", "“"+e.Name+"”没有选择页面")
		}
	}
	return nil
}

// places is the width of a text in half-width characters.
func places(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > unicode.MaxLatin1 {
			n++
		}
	}
	return n
}

// IsOurs tells our buttons by their server path, whatever address the site had when they were made.
func IsOurs(b oa.Button) bool {
	u, err := url.Parse(b.URL)
	return err == nil && strings.HasPrefix(u.Path, "/go/")
}

// ourButton is 新生服务 with our entries under it.
func ourButton(entries []MenuEntry, site string) oa.Button {
	b := oa.Button{Name: MenuName}
	for _, e := range entries {
		b.Sub = append(b.Sub, oa.Button{Type: "view", Name: e.Name, URL: site + "/go/" + e.Page})
	}
	return b
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
