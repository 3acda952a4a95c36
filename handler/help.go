package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
)

type helpBody struct {
	Page     string        `json:"page"`
	Reason   enroll.Reason `json:"reason"`
	Incident string        `json:"incident"`
}

// help gives the six characters by which the help desk sees where this person is stuck.
func (h *Handler) help(c *gin.Context) (any, error) {
	var body helpBody
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	v, err := h.visitor(c)
	if err != nil {
		return nil, err
	}
	note := enroll.HelpNote{Page: body.Page, Reason: body.Reason, Incident: body.Incident, Device: device(c.Request.UserAgent())}
	code, err := h.svc.AskHelp(c.Request.Context(), v, c.ClientIP(), note)
	return gin.H{"code": code}, err
}
