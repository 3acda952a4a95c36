package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

func (h *Handler) submit(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.Submit(c.Request.Context(), v); err != nil {
		return nil, err
	}
	return h.me(c, v)
}

func (h *Handler) amend(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.Amend(c.Request.Context(), v); err != nil {
		return nil, err
	}
	return h.me(c, v)
}
