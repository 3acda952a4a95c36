package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

// checkFace gives the session a new id after a pass, since its rights grew.
func (h *Handler) checkFace(c *gin.Context, v *service.Visit) (any, error) {
	photo, err := uploaded(c, "photo")
	if err != nil {
		return nil, err
	}
	if err := h.svc.CheckFace(c.Request.Context(), v, photo); err != nil {
		return nil, err
	}
	if err := h.renew(c); err != nil {
		return nil, err
	}
	me, err := h.me(c, v)
	if err != nil {
		return nil, err
	}
	return gin.H{"outcome": "passed", "me": me}, nil
}

func (h *Handler) archiveFace(c *gin.Context, v *service.Visit) (any, error) {
	photo, err := uploaded(c, "photo")
	if err != nil {
		return nil, err
	}
	if err := h.svc.ArchiveFace(c.Request.Context(), v, photo); err != nil {
		return nil, err
	}
	if err := h.renew(c); err != nil {
		return nil, err
	}
	return h.me(c, v)
}
