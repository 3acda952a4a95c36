package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type applicationView struct {
	ID           string                  `json:"id"`
	Kind         enroll.ApplicationKind  `json:"kind"`
	Title        string                  `json:"title"`
	State        enroll.ApplicationState `json:"state"`
	StateName    string                  `json:"state_name"`
	Facts        []factView              `json:"facts"`
	Resume       []resumeFactView        `json:"resume"`
	Why          string                  `json:"why"`
	Text         string                  `json:"text"`
	Sentence     string                  `json:"sentence"`
	UntilAt      int64                   `json:"until_at"`
	FiledAt      int64                   `json:"filed_at"`
	FiledBy      string                  `json:"filed_by"`
	DecidedAt    int64                   `json:"decided_at"`
	DecidedFor   string                  `json:"decided_for"`
	Files        []fileView              `json:"files"`
	SignatureURL string                  `json:"signature_url"`
	TypedName    string                  `json:"typed_name"`
	Events       []eventView             `json:"events"`
}

// application shows the newest application with the timeline of the matter.
func (h *Handler) application(c *gin.Context, v *service.Visit) (any, error) {
	a, err := h.svc.LastApplication(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	view := viewApplication(v, a)
	events, err := h.svc.ApplicationTimeline(c.Request.Context(), a)
	view.Events = eventViews(events)
	return view, err
}

// viewApplication is what the student reads; of who helped it names the office only.
func viewApplication(v *service.Visit, a service.FiledApplication) applicationView {
	rule, _ := a.Kind.Rule()
	view := applicationView{
		ID: a.ID, Kind: a.Kind, Title: rule.Title, State: a.State, StateName: a.State.Name(), Facts: viewFacts(a.Facts), Resume: []resumeFactView{},
		Why: a.Why, Text: a.Text, Sentence: a.Sentence, TypedName: a.TypedName, UntilAt: millis(a.Until), FiledAt: millis(a.At), FiledBy: a.Office(),
		DecidedAt: millis(a.DecidedAt), DecidedFor: a.DecidedFor, Files: viewApplicationFiles(v, a.Kind, a.Files),
	}
	for _, f := range a.Resume {
		view.Resume = append(view.Resume, resumeFactView(f))
	}
	if a.Signature != "" {
		view.SignatureURL = "/api/application/signature?" + a.ID
	}
	return view
}

func (h *Handler) withdrawApplication(c *gin.Context, v *service.Visit) (any, error) {
	if _, err := h.svc.WithdrawApplication(c.Request.Context(), v); err != nil {
		return nil, err
	}
	return h.me(c, v)
}

func (h *Handler) applicationPicture(c *gin.Context, v *service.Visit) (any, error) {
	body, err := h.svc.ApplicationPicture(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	sendFile(c, enroll.MimePNG, body)
	return nil, nil
}

func (h *Handler) applicationPaper(c *gin.Context, v *service.Visit) (any, error) {
	body, err := h.svc.ApplicationPaper(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	sendFile(c, enroll.MimePDF, body)
	return nil, nil
}
