package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type staffTextView struct {
	Kind    enroll.TextKind `json:"kind"`
	Name    string          `json:"name"`
	Title   string          `json:"title"`
	Body    string          `json:"body"`
	Version int             `json:"version"`
	At      int64           `json:"at"`
	By      string          `json:"by"`
}

func viewStaffText(t enroll.Text) staffTextView {
	return staffTextView{t.Kind, t.Kind.Name(), t.Title, t.Body, t.Version, millis(t.At), t.By}
}

func (h *Handler) staffTexts(c *gin.Context, _ *service.Duty) (any, error) {
	list, err := h.svc.Texts(c.Request.Context(), c.Param("id"))
	if err != nil {
		return nil, err
	}
	views := make([]staffTextView, len(list))
	for i, t := range list {
		views[i] = viewStaffText(t)
	}
	return gin.H{"texts": views}, nil
}

func (h *Handler) changeText(c *gin.Context, d *service.Duty) (any, error) {
	var body struct {
		Title   string `json:"title"`
		Body    string `json:"body"`
		Version int    `json:"version"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	t, err := h.svc.ChangeText(c.Request.Context(), d, c.Param("id"), enroll.TextKind(c.Param("kind")), body.Title, body.Body, body.Version)
	return viewStaffText(t), err
}
