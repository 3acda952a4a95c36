package handler

import (
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
)

type textView struct {
	Kind    enroll.TextKind `json:"kind"`
	Title   string          `json:"title"`
	Version string          `json:"version"`
	Body    string          `json:"body"`
	Hash    string          `json:"hash"`
}

// text shows a versioned page of words: of the student's own intake after login, of the present one before.
func (h *Handler) text(c *gin.Context) (any, error) {
	kind := enroll.TextKind(c.Param("kind"))
	if !slices.Contains(enroll.TextKinds, kind) {
		return nil, enroll.Fail("not_found")
	}
	v, err := h.visitor(c)
	if err != nil {
		return nil, err
	}
	var t enroll.Text
	if v != nil {
		t, err = h.svc.TextFor(c.Request.Context(), v, kind)
	} else {
		t, err = h.svc.Text(c.Request.Context(), kind)
	}
	return textView{t.Kind, t.Title, strconv.Itoa(t.Version), t.Body, t.Hash}, err
}
