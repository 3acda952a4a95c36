package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

// requestPhoneCode sends a code to the phone that is to take the place of the bound one.
func (h *Handler) requestPhoneCode(c *gin.Context, v *service.Visit) (any, error) {
	var q struct {
		Phone string `json:"phone"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	challenge, err := h.svc.RequestPhoneCode(c.Request.Context(), v, q.Phone)
	if err != nil {
		return nil, err
	}
	return viewChallenge(challenge), nil
}

func (h *Handler) changePhone(c *gin.Context, v *service.Visit) (any, error) {
	var q struct {
		Challenge string `json:"challenge"`
		Code      string `json:"code"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	if err := h.svc.ChangePhone(c.Request.Context(), v, q.Challenge, q.Code); err != nil {
		return nil, err
	}
	return h.me(c, v)
}
