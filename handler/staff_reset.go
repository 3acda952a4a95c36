package handler

import (
	"context"
	"encoding/json"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// resetRoutes: one admin asks for a reset, another decides.
func (h *Handler) resetRoutes(r staffRouter) {
	r.GET("/resets", h.staff(enroll.MayAccounts, h.resets))
	r.POST("/resets/:id/decide", h.staff(enroll.MayAccounts, h.decideReset))
	r.POST("/resets/:id/withdraw", h.staff(enroll.MayAccounts, h.withdrawReset))
}

// accountVerb is an act on one account that needs no more than its id.
func (h *Handler) accountVerb(act func(context.Context, *service.Duty, string) (enroll.Staff, error)) dutyAction {
	return func(c *gin.Context, d *service.Duty) (any, error) {
		p, err := act(c.Request.Context(), d, c.Param("id"))
		return h.viewAccount(p), err
	}
}

func (h *Handler) askReset(c *gin.Context, d *service.Duty) (any, error) {
	var q struct {
		What   enroll.StaffReset `json:"what"`
		Reason string            `json:"reason"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	_, err := h.svc.AskReset(c.Request.Context(), d, c.Param("id"), q.What, q.Reason)
	return gin.H{}, err
}

// resetView is one reset that waits for a second admin; Mine says that the reader asked for it.
type resetView struct {
	ID       string `json:"id"`
	Account  string `json:"account"`
	Name     string `json:"name"`
	WhatName string `json:"what_name"`
	AskedBy  string `json:"asked_by"`
	Reason   string `json:"reason"`
	AskedAt  int64  `json:"asked_at"`
	Mine     bool   `json:"mine"`
}

func (h *Handler) resets(c *gin.Context, d *service.Duty) (any, error) {
	ctx := c.Request.Context()
	list, err := h.svc.Resets(ctx)
	if err != nil {
		return nil, err
	}
	rows := []resetView{}
	for _, a := range list {
		p, err := h.svc.Store.Staff(ctx, a.Object)
		if err != nil {
			return nil, err
		}
		var q struct {
			What enroll.StaffReset `json:"what"`
		}
		if err := json.Unmarshal(a.Params, &q); err != nil {
			return nil, err
		}
		rows = append(rows, resetView{a.ID, p.Account, p.Name, q.What.Name(), a.AskedBy, a.Reason, a.AskedAt.UnixMilli(), a.AskedBy == d.Staff.Account})
	}
	return gin.H{"rows": rows}, nil
}

func (h *Handler) decideReset(c *gin.Context, d *service.Duty) (any, error) {
	var q struct {
		Confirm bool   `json:"confirm"`
		Note    string `json:"note"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.DecideApproval(c.Request.Context(), d, c.Param("id"), q.Confirm, q.Note)
}

func (h *Handler) withdrawReset(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.WithdrawApproval(c.Request.Context(), d, c.Param("id"))
}
