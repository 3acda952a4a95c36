package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// accountRoutes: who of the college may enter, as what.
func (h *Handler) accountRoutes(r staffRouter) {
	r.GET("/accounts", h.staff(enroll.MayAccounts, h.accounts))
	r.POST("/accounts", h.staff(enroll.MayAccounts, h.addAccount))
	r.POST("/accounts/import", h.staff(enroll.MayAccounts, h.importAccounts))
	r.PUT("/accounts/:id", h.staff(enroll.MayAccounts, h.editAccount))
	r.POST("/accounts/:id/disable", h.staff(enroll.MayAccounts, h.disableAccount))
	r.POST("/accounts/:id/enable", h.staff(enroll.MayAccounts, h.accountVerb(h.svc.EnableStaff)))
	r.POST("/accounts/:id/renew", h.staff(enroll.MayAccounts, h.accountVerb(h.svc.RenewStaff)))
	r.POST("/accounts/:id/password", h.staff(enroll.MayAccounts, h.firstPassword))
	r.POST("/accounts/:id/reset", h.staff(enroll.MayAccounts, h.askReset))
}

// accountView is one account, as an admin sees it.
type accountView struct {
	ID        string            `json:"id"`
	Account   string            `json:"account"`
	Name      string            `json:"name"`
	Role      enroll.Role       `json:"role"`
	Title     string            `json:"role_title"`
	Point     string            `json:"point"`
	State     enroll.StaffState `json:"state"`
	StateName string            `json:"state_name"`
	ExpiresAt int64             `json:"expires_at"`
	// SeenAt is 0 where nobody has logged in yet.
	SeenAt  int64 `json:"seen_at"`
	Version int   `json:"version"`
}

func (h *Handler) viewAccount(p enroll.Staff) accountView {
	state := p.State(h.svc.Now())
	v := accountView{
		ID: p.ID, Account: p.Account, Name: p.Name, Role: p.Role, Title: p.Role.Name(), Point: p.Point,
		State: state, StateName: state.Name(), ExpiresAt: p.ExpiresAt.UnixMilli(), Version: p.Version,
	}
	if !p.SeenAt.IsZero() {
		v.SeenAt = p.SeenAt.UnixMilli()
	}
	return v
}

func (h *Handler) accounts(c *gin.Context, _ *service.Duty) (any, error) {
	q := service.StaffQuery{Text: c.Query("text"), Role: enroll.Role(c.Query("role")), After: c.Query("after"), Limit: pageLimit(c)}
	list, err := h.svc.StaffList(c.Request.Context(), q)
	if err != nil {
		return nil, err
	}
	rows, next := []accountView{}, ""
	for _, p := range list {
		rows = append(rows, h.viewAccount(p))
	}
	if len(list) == q.Limit {
		next = list[q.Limit-1].Account
	}
	return gin.H{"rows": rows, "next": next}, nil
}

// accountBody is what an admin writes of an account; Version is the one that the admin has seen.
type accountBody struct {
	Account string      `json:"account"`
	Name    string      `json:"name"`
	Role    enroll.Role `json:"role"`
	Point   string      `json:"point"`
	Version int         `json:"version"`
}

func (h *Handler) addAccount(c *gin.Context, d *service.Duty) (any, error) {
	var q accountBody
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	_, first, err := h.svc.AddStaff(c.Request.Context(), d, enroll.Staff{Account: q.Account, Name: q.Name, Role: q.Role, Point: q.Point})
	return gin.H{"password": first.Raw()}, err
}

func (h *Handler) editAccount(c *gin.Context, d *service.Duty) (any, error) {
	var q accountBody
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	p, err := h.svc.EditStaff(c.Request.Context(), d, enroll.Staff{ID: c.Param("id"), Name: q.Name, Role: q.Role, Point: q.Point, Version: q.Version})
	return h.viewAccount(p), err
}

func (h *Handler) disableAccount(c *gin.Context, d *service.Duty) (any, error) {
	var q struct {
		Reason string `json:"reason"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	p, err := h.svc.DisableStaff(c.Request.Context(), d, c.Param("id"), q.Reason)
	return h.viewAccount(p), err
}

func (h *Handler) firstPassword(c *gin.Context, d *service.Duty) (any, error) {
	first, err := h.svc.IssueFirstPassword(c.Request.Context(), d, c.Param("id"))
	return gin.H{"password": first.Raw()}, err
}
