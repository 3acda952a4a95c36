package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

// follow says whether the student's WeChat follows the account.
func (h *Handler) follow(c *gin.Context, v *service.Visit) (any, error) {
	state, err := h.svc.Follow(c.Request.Context(), v)
	return gin.H{"state": state}, err
}

// offerFollow shows the code to follow by, as a picture that WeChat recognises after a long press.
func (h *Handler) offerFollow(c *gin.Context, v *service.Visit) (any, error) {
	code, err := h.svc.OfferFollow(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	picture, err := qrPicture(code.Address)
	return gin.H{"qr": picture, "expires_at": code.ExpiresAt.UnixMilli()}, err
}
