package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

type eventView struct {
	At    int64  `json:"at"`
	Title string `json:"title"`
	Text  string `json:"text"`
	By    string `json:"by"`
}

// done shows the student number and what happened on the way.
func (h *Handler) done(c *gin.Context, v *service.Visit) (any, error) {
	done, err := h.svc.Done(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	return gin.H{
		"number": done.Number, "number_pending": done.NumberPending, "paid_by_other": done.PaidByOther, "name": v.Registration.Name, "program": v.Program.Name,
		"level": v.Program.Level, "point": v.Point.Name, "portal_url": v.Intake.Settings.PortalURL, "events": eventViews(done.Events),
	}, nil
}

// progress shows what happened so far, and what became of corrections.
func (h *Handler) progress(c *gin.Context, v *service.Visit) (any, error) {
	events, err := h.svc.Timeline(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	corrections, err := h.svc.OwnCorrections(c.Request.Context(), v)
	return gin.H{"events": eventViews(events), "corrections": viewCorrections(corrections)}, err
}

func eventViews(events []service.TimelineEvent) []eventView {
	views := make([]eventView, len(events))
	for i, e := range events {
		views[i] = eventView{At: e.At.UnixMilli(), Title: e.Title, Text: e.Text, By: e.By}
	}
	return views
}
