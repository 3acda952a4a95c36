package handler

import (
	"errors"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
)

// sessionUnnamed holds the challenge of who proved a code and not the name.
const sessionUnnamed = "unnamed"

type nameCheckView struct {
	Name  string             `json:"name"`
	Phone string             `json:"phone"`
	Paper attachmentKindView `json:"paper"`
	Filed []correctionView   `json:"filed"`
}

// rememberUnnamed lets this session ask for a name check, where the code was right and the name did not fit.
func (h *Handler) rememberUnnamed(c *gin.Context, challenge string, err error) {
	if errors.Is(err, enroll.Fail("name_mismatch")) {
		h.sessions.Put(c.Request.Context(), sessionUnnamed, challenge)
	}
}

func (h *Handler) nameCheck(c *gin.Context) (any, error) {
	ctx := c.Request.Context()
	n, err := h.svc.NameCheck(ctx, h.sessions.GetString(ctx, sessionUnnamed))
	if err != nil {
		return nil, err
	}
	view := nameCheckView{Name: n.Name, Phone: n.Phone.String(), Paper: viewKind(n.Paper), Filed: []correctionView{}}
	if n.Filed != nil {
		// What the roster says instead stays with the college: it would tell a stranger the name.
		view.Filed = viewCorrections([]enroll.Correction{*n.Filed})
		view.Filed[0].From = ""
	}
	return view, nil
}

func (h *Handler) fileNameCheck(c *gin.Context) (any, error) {
	ctx := c.Request.Context()
	texts, picture, err := parts(c, "picture")
	if err != nil {
		return nil, err
	}
	if err := h.svc.FileNameCheck(ctx, h.sessions.GetString(ctx, sessionUnnamed), texts["name"], picture); err != nil {
		return nil, err
	}
	return h.nameCheck(c)
}
