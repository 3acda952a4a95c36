package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

// digest says whether the daily list comes to a WeChat of this member of staff.
func (h *Handler) digest(_ *gin.Context, d *service.Duty) (any, error) {
	return gin.H{"wanted": d.Staff.Digest, "wechat": d.Staff.OpenID != "", "account": h.svc.OA.Enabled()}, nil
}

func (h *Handler) setDigest(c *gin.Context, d *service.Duty) (any, error) {
	var q struct {
		Wanted bool `json:"wanted"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.SetDigest(c.Request.Context(), d, q.Wanted)
}

func (h *Handler) bindDigest(c *gin.Context, d *service.Duty) (any, error) {
	var q struct {
		Code string `json:"code"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.BindStaffWeChat(c.Request.Context(), d, q.Code)
}

func (h *Handler) unbindDigest(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.UnbindStaffWeChat(c.Request.Context(), d)
}
