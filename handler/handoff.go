package handler

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// loginAction is an action of a session with a login that is not looked at closer, for what is asked every few seconds.
type loginAction func(c *gin.Context, login string) (any, error)

func (h *Handler) asked(act loginAction) gin.HandlerFunc {
	return h.public(func(c *gin.Context) (any, error) {
		login := h.sessions.GetString(c.Request.Context(), sessionLogin)
		if login == "" {
			return nil, enroll.Fail("not_logged_in")
		}
		return act(c, login)
	})
}

type handoffView struct {
	ID        string              `json:"id"`
	State     enroll.HandoffState `json:"state"`
	StateName string              `json:"state_name"`
	ExpiresAt int64               `json:"expires_at"`
	// ExpiresIn counts seconds, since a PC's clock may be wrong.
	ExpiresIn int `json:"expires_in"`
	Files     int `json:"files"`
}

func (h *Handler) viewHandoff(o enroll.Handoff) handoffView {
	left := max(0, o.ExpiresAt.Sub(h.svc.Now()))
	return handoffView{o.ID, o.State, o.State.Name(), o.ExpiresAt.UnixMilli(), int(left / time.Second), o.Files}
}

// beginHandoff makes the code by which a phone does one job for this page (手机继续办理).
func (h *Handler) beginHandoff(c *gin.Context, v *service.Visit) (any, error) {
	var q struct {
		Job    enroll.HandoffJob `json:"job"`
		Target string            `json:"target"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	token, handoff, err := h.svc.BeginHandoff(c.Request.Context(), v, q.Job, q.Target)
	if err != nil {
		return nil, err
	}
	address := h.cfg.PublicURL + "/h/" + token
	picture, err := qrPicture(address)
	return gin.H{"url": address, "qr": picture, "handoff": h.viewHandoff(handoff)}, err
}

// handoff tells the PC how far its phone is. Once the phone has passed the
// face, the session's rights have grown, and it gets a new id.
func (h *Handler) handoff(c *gin.Context, login string) (any, error) {
	handoff, err := h.svc.Handoff(c.Request.Context(), login)
	if err != nil {
		return nil, err
	}
	if handoff.Job == enroll.HandCamera && handoff.State == enroll.HandDone {
		err = h.renew(c)
	}
	return h.viewHandoff(handoff), err
}

func (h *Handler) cancelHandoff(c *gin.Context, login string) (any, error) {
	return gin.H{}, h.svc.CancelHandoff(c.Request.Context(), login)
}

// handedSignature gives the PC what was written on the phone, once.
func (h *Handler) handedSignature(c *gin.Context, login string) (any, error) {
	signature, err := h.svc.HandedSignature(c.Request.Context(), login)
	return gin.H{"signature": signature}, err
}

// handedFile gives the PC the file that the phone has sent for it, once.
func (h *Handler) handedFile(c *gin.Context, login string) (any, error) {
	file, err := h.svc.HandedFile(c.Request.Context(), login)
	return gin.H{"file": file}, err
}

// handoffPage is the address in the code: the page asks for the job itself, so
// that a scanner which looks at the address first uses nothing up.
func (h *Handler) handoffPage(c *gin.Context) (any, error) {
	c.Header("Cache-Control", "no-store")
	to := "/#/handoff"
	if token := c.Param("token"); secretToken.MatchString(token) {
		to += "?t=" + token
	}
	c.Redirect(http.StatusFound, to)
	return nil, nil
}
