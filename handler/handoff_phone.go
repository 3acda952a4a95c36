package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// handedAction is an action of a phone that was handed a job; it has no login.
type handedAction func(c *gin.Context, handed service.Handed) error

// phone renders an action of the phone, and answers how far its job is; without a ticket it answers handoff_over.
func (h *Handler) phone(act handedAction) gin.HandlerFunc {
	return h.public(func(c *gin.Context) (any, error) {
		handed, err := h.handed(c)
		if err != nil {
			return nil, err
		}
		if err := act(c, handed); err != nil {
			return nil, err
		}
		return h.viewHanded(c)
	})
}

func (h *Handler) handed(c *gin.Context) (service.Handed, error) {
	ctx := c.Request.Context()
	return h.svc.Handed(ctx, h.sessions.GetString(ctx, sessionHandoff), c.ClientIP(), device(c.Request.UserAgent()))
}

// handedView is all that a phone is told: its job, for whom, and how far it is.
type handedView struct {
	Handoff handoffView       `json:"handoff"`
	Job     enroll.HandoffJob `json:"job"`
	Target  string            `json:"target"`
	Name    string            `json:"name"`
	// Kind says of a job with files what is asked; what is stored already is not shown.
	Kind *attachmentKindView `json:"kind"`
	// AttemptsLeft counts today's comparisons of the face.
	AttemptsLeft int `json:"attempts_left"`
}

// viewHanded renders the handoff anew, as it stands after what was done.
func (h *Handler) viewHanded(c *gin.Context) (any, error) {
	handed, err := h.handed(c)
	if err != nil {
		return nil, err
	}
	view := handedView{
		Handoff: h.viewHandoff(handed.Handoff), Job: handed.Job, Target: handed.Target, Name: enroll.MaskName(handed.Visit.Registration.Name),
	}
	switch handed.Job {
	case enroll.HandFiles:
		kind, err := h.svc.HandedKind(handed)
		if err != nil {
			return nil, err
		}
		asked := viewKind(kind)
		view.Kind = &asked
	case enroll.HandCamera:
		view.AttemptsLeft, err = h.svc.FaceAttemptsLeft(c.Request.Context(), handed.Visit)
	}
	return view, err
}

// openHandoff connects the phone; its session remembers the ticket under a new id.
func (h *Handler) openHandoff(c *gin.Context) (any, error) {
	var q struct {
		Token string `json:"token"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	ctx := c.Request.Context()
	former := h.sessions.GetString(ctx, sessionHandoff)
	ticket, err := h.svc.OpenHandoff(ctx, q.Token, former, c.ClientIP())
	if err != nil {
		return nil, err
	}
	if ticket != former {
		h.sessions.Put(ctx, sessionHandoff, ticket)
		if err := h.renew(c); err != nil {
			return nil, err
		}
	}
	return h.viewHanded(c)
}

func (h *Handler) handFace(c *gin.Context, handed service.Handed) error {
	photo, err := uploaded(c, "photo")
	if err != nil {
		return err
	}
	return h.svc.HandFace(c.Request.Context(), handed, photo)
}

func (h *Handler) handArchive(c *gin.Context, handed service.Handed) error {
	photo, err := uploaded(c, "photo")
	if err != nil {
		return err
	}
	return h.svc.HandArchive(c.Request.Context(), handed, photo)
}

func (h *Handler) handFile(c *gin.Context, handed service.Handed) error {
	body, err := uploaded(c, "file")
	if err != nil {
		return err
	}
	return h.svc.HandFile(c.Request.Context(), handed, body)
}

func (h *Handler) handSignature(c *gin.Context, handed service.Handed) error {
	var q struct {
		Signature string `json:"signature"`
	}
	if err := bind(c, &q); err != nil {
		return err
	}
	return h.svc.HandSignature(c.Request.Context(), handed, q.Signature)
}

func (h *Handler) finishHandoff(c *gin.Context, handed service.Handed) error {
	return h.svc.FinishHandoff(c.Request.Context(), handed)
}

func (h *Handler) leaveHandoff(c *gin.Context, handed service.Handed) error {
	return h.svc.LeaveHandoff(c.Request.Context(), handed)
}
