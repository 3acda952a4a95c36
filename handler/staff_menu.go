package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

type menuButtonView struct {
	Name string `json:"name"`
	// Target is where it leads: an address, or the key of an event.
	Target string `json:"target"`
	// Ours says that this program made it and keeps it.
	Ours bool             `json:"ours"`
	Sub  []menuButtonView `json:"sub"`
}

func menuButtons(list []service.MenuButton) []menuButtonView {
	views := make([]menuButtonView, len(list))
	for i, b := range list {
		target := b.URL
		if target == "" {
			target = b.Key
		}
		views[i] = menuButtonView{b.Name, target, b.Name == service.MenuName || service.IsOurs(b), menuButtons(b.Sub)}
	}
	return views
}

// menuPlanView is the menu as WeChat has it and as it would be; Lines are both one button a line, for comparing.
type menuPlanView struct {
	Now        []menuButtonView `json:"now"`
	Next       []menuButtonView `json:"next"`
	NowLines   []string         `json:"now_lines"`
	NextLines  []string         `json:"next_lines"`
	Changed    bool             `json:"changed"`
	Unwritable []string         `json:"unwritable"`
	Problem    string           `json:"problem"`
}

func viewMenuPlan(p service.MenuPlan, problem error) menuPlanView {
	return menuPlanView{
		menuButtons(p.Now), menuButtons(p.Next), append([]string{}, service.MenuLines(p.Now)...), append([]string{}, service.MenuLines(p.Next)...),
		problem == nil && p.Changed(), append([]string{}, p.Unwritable...), problemText(problem),
	}
}

type menuPushView struct {
	ID    string   `json:"id"`
	At    int64    `json:"at"`
	By    string   `json:"by"`
	Lines []string `json:"lines"`
}

type menuDeskView struct {
	Plan    menuPlanView        `json:"plan"`
	Entries []service.MenuEntry `json:"entries"`
	Pages   []service.MenuEntry `json:"pages"`
	History []menuPushView      `json:"history"`
}

func (h *Handler) menuDesk(c *gin.Context, _ *service.Duty) (any, error) {
	desk, err := h.svc.MenuDesk(c.Request.Context())
	if err != nil {
		return nil, err
	}
	view := menuDeskView{
		Plan: viewMenuPlan(desk.Plan, desk.Problem), Entries: desk.Entries, Pages: service.MenuPages, History: []menuPushView{},
	}
	for _, p := range desk.History {
		view.History = append(view.History, menuPushView{p.ID, millis(p.At), p.By, append([]string{}, service.MenuLines(p.Menu)...)})
	}
	return view, nil
}

type menuBody struct {
	Entries []service.MenuEntry `json:"entries"`
	// Compared are the lines of WeChat's menu that the page showed beside ours.
	Compared []string `json:"compared"`
	// Push is a push of the history whose buttons come back, or with Before those that stood before it; empty for the last push.
	Push   string `json:"push"`
	Before bool   `json:"before"`
}

// planFormerMenu is what the menu would be with our buttons as a kept one had them.
func (h *Handler) planFormerMenu(c *gin.Context, _ *service.Duty) (any, error) {
	var body menuBody
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	plan, problem, err := h.svc.StaffPlanFormerMenu(c.Request.Context(), service.MenuVersion{Push: body.Push, Before: body.Before})
	if err != nil {
		return nil, err
	}
	return viewMenuPlan(plan, problem), nil
}

func (h *Handler) planMenu(c *gin.Context, _ *service.Duty) (any, error) {
	var body menuBody
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	plan, problem, err := h.svc.StaffPlanMenu(c.Request.Context(), body.Entries)
	if err != nil {
		return nil, err
	}
	return viewMenuPlan(plan, problem), nil
}

func (h *Handler) pushMenu(c *gin.Context, d *service.Duty) (any, error) {
	var body menuBody
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	if err := h.svc.StaffMenu(c.Request.Context(), d, body.Entries, body.Compared); err != nil {
		return nil, err
	}
	return h.menuDesk(c, d)
}

func (h *Handler) restoreMenu(c *gin.Context, d *service.Duty) (any, error) {
	var body menuBody
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	if err := h.svc.StaffRestoreMenu(c.Request.Context(), d, service.MenuVersion{Push: body.Push, Before: body.Before}, body.Compared); err != nil {
		return nil, err
	}
	return h.menuDesk(c, d)
}
