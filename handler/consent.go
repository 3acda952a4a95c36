package handler

import (
	"strconv"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

func (h *Handler) answerConsent(c *gin.Context, v *service.Visit) (any, error) {
	var q struct {
		Version string `json:"version"`
		Agree   *bool  `json:"agree"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	version, err := strconv.Atoi(q.Version)
	if err != nil || q.Agree == nil {
		return nil, enroll.Fail("bad_request")
	}
	if err := h.svc.AnswerConsent(c.Request.Context(), v, version, *q.Agree); err != nil {
		return nil, err
	}
	return h.me(c, v)
}
