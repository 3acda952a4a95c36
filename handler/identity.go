package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

type identityRowView struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Value  string `json:"value"`
	Masked bool   `json:"masked,omitempty"`
}

type identityRowsView struct {
	Rows       []identityRowView `json:"rows"`
	NumberFull string            `json:"number_full,omitempty"`
}

// identity shows what the roster says; the whole number only where the page asks with ?show=1.
func (h *Handler) identity(c *gin.Context, v *service.Visit) (any, error) {
	rows, err := h.svc.IdentityRows(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	view := identityRowsView{Rows: make([]identityRowView, len(rows))}
	for i, row := range rows {
		view.Rows[i] = identityRowView(row)
	}
	if c.Query("show") == "1" && v.Assist == nil {
		view.NumberFull, err = h.svc.IdentityNumber(v)
	}
	return view, err
}

func (h *Handler) confirmIdentity(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.ConfirmIdentity(c.Request.Context(), v); err != nil {
		return nil, err
	}
	return h.me(c, v)
}
