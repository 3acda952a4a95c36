package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
)

// ready answers whether database and KV can be used.
func (h *Handler) ready(c *gin.Context) (any, error) {
	ctx := c.Request.Context()
	if err := h.svc.Store.Ping(ctx); err != nil {
		return nil, enroll.Fail("busy").Because(err)
	}
	if err := h.svc.KV.Ping(ctx).Err(); err != nil {
		return nil, enroll.Fail("busy").Because(err)
	}
	return gin.H{"ready": true}, nil
}
