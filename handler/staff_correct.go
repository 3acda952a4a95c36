package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

// correctForm shows the facts of a student's roster that staff may put right.
func (h *Handler) correctForm(c *gin.Context, d *service.Duty) (any, error) {
	v, err := h.svc.StaffVisit(c.Request.Context(), d, c.Param("id"))
	if err != nil {
		return nil, err
	}
	return h.corrections(c, v)
}

// correctStudent puts one fact right with the proof that was shown.
func (h *Handler) correctStudent(c *gin.Context, d *service.Duty) (any, error) {
	texts, picture, err := parts(c, "picture")
	if err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.StaffCorrect(c.Request.Context(), d, c.Param("id"), service.CorrectionDraft{
		Field: texts["field"], Value: texts["value"], IDType: texts["id_type"], Note: texts["note"], Picture: picture,
	})
}
