package service

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"xinsheng/enroll"
)

// MenuDesk is what the page of the account's menu shows (公众号菜单).
type MenuDesk struct {
	// Plan is the menu as WeChat has it, and as it would be with our entries.
	Plan    MenuPlan
	Entries []MenuEntry
	// Problem says why our entries do not fit; nil where they do.
	Problem error
	History []MenuPushed
}

// MenuDesk reads the account's menu from WeChat, beside what we would make of it and what was pushed.
func (s *Service) MenuDesk(ctx context.Context) (desk MenuDesk, err error) {
	if desk.Entries, err = s.MenuEntries(ctx); err != nil {
		return desk, err
	}
	if desk.Plan, desk.Problem, err = s.StaffPlanMenu(ctx, desk.Entries); err != nil {
		return desk, err
	}
	if err = s.settleMenuPush(ctx, desk.Plan.Now); err != nil {
		return desk, err
	}
	desk.History, err = s.MenuHistory(ctx)
	return desk, err
}

// StaffPlanMenu plans the menu with these entries; problem says why they do not fit.
func (s *Service) StaffPlanMenu(ctx context.Context, entries []MenuEntry) (plan MenuPlan, problem, err error) {
	if !s.OA.Enabled() {
		return plan, nil, enroll.Fail("menu_account")
	}
	plan, err = s.PlanMenuOf(ctx, entries)
	var known *enroll.Error
	if errors.As(err, &known) {
		return plan, known, nil
	}
	return plan, nil, menuOutside(err)
}

// menuOutside names what WeChat refused or did not answer.
func menuOutside(err error) error {
	var known *enroll.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return enroll.Fail("menu_wechat").Because(err)
}

// StaffMenu pushes our entries from the staff site, where WeChat's menu is still the one that was compared.
func (s *Service) StaffMenu(ctx context.Context, d *Duty, entries []MenuEntry, compared []string) error {
	plan, problem, err := s.StaffPlanMenu(ctx, entries)
	if err == nil {
		err = problem
	}
	if err != nil {
		return err
	}
	return s.staffPush(ctx, d, plan, compared, "menu_push")
}

// StaffPlanFormerMenu plans to bring our buttons back as a kept menu had them; problem says why they do not fit.
func (s *Service) StaffPlanFormerMenu(ctx context.Context, v MenuVersion) (plan MenuPlan, problem, err error) {
	if !s.OA.Enabled() {
		return plan, nil, enroll.Fail("menu_account")
	}
	plan, err = s.PlanFormerMenu(ctx, v)
	var known *enroll.Error
	if errors.As(err, &known) {
		return plan, known, nil
	}
	return plan, nil, menuOutside(err)
}

// StaffRestoreMenu brings our buttons back as a kept menu had them.
func (s *Service) StaffRestoreMenu(ctx context.Context, d *Duty, v MenuVersion, compared []string) error {
	plan, problem, err := s.StaffPlanFormerMenu(ctx, v)
	if err == nil {
		err = problem
	}
	if err != nil {
		return err
	}
	return s.staffPush(ctx, d, plan, compared, "menu_restore")
}

// staffPush asks for a fresh proof: a menu reaches every follower.
func (s *Service) staffPush(ctx context.Context, d *Duty, plan MenuPlan, compared []string, action string) error {
	if err := s.confirmed(d); err != nil {
		return err
	}
	if !slices.Equal(MenuLines(plan.Now), compared) {
		return enroll.Fail("changed")
	}
	if err := s.audit(ctx, s.Store, d, action, "", fmt.Sprintf("%d 个按钮", len(plan.Next))); err != nil {
		return err
	}
	return menuOutside(s.PushMenu(ctx, d.Staff.Account, plan))
}
