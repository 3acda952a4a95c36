package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type photoMissingView struct {
	ID     string `json:"id"`
	ExamNo string `json:"exam_no"`
	Name   string `json:"name"`
}

type photosView struct {
	Intakes  []nameView `json:"intakes"`
	Intake   string     `json:"intake"`
	All      int        `json:"all"`
	Pictured int        `json:"pictured"`
	// Rows are those who have no picture, page by page.
	Rows []photoMissingView `json:"rows"`
	Next string             `json:"next"`
	Jobs []jobView          `json:"jobs"`
}

func (h *Handler) photos(c *gin.Context, d *service.Duty) (any, error) {
	intakes, chosen, err := h.intakeChoice(c)
	if err != nil {
		return nil, err
	}
	ctx, limit := c.Request.Context(), pageLimit(c)
	state, err := h.svc.PhotoState(ctx, chosen.ID, c.Query("after"), limit)
	if err != nil {
		return nil, err
	}
	jobs, err := h.svc.PhotoJobs(ctx, d)
	if err != nil {
		return nil, err
	}
	view := photosView{Intakes: intakes, Intake: chosen.ID, All: state.All, Pictured: state.Pictured, Rows: []photoMissingView{}, Jobs: []jobView{}}
	for _, r := range state.Missing {
		view.Rows = append(view.Rows, photoMissingView{r.ID, r.ExamNo, r.Name})
	}
	if len(state.Missing) == limit {
		view.Next = state.Missing[limit-1].ID
	}
	for _, j := range jobs {
		view.Jobs = append(view.Jobs, viewJob(j))
	}
	return view, nil
}

func (h *Handler) uploadPhotos(c *gin.Context, d *service.Duty) (any, error) {
	name, body, err := streamed(c, "file")
	if err != nil {
		return nil, err
	}
	j, err := h.svc.UploadPhotos(c.Request.Context(), d, c.Query("intake"), name, body)
	return viewJob(j), err
}

func (h *Handler) rosterPhoto(c *gin.Context, d *service.Duty) (any, error) {
	body, err := h.svc.RosterPhotoPicture(c.Request.Context(), d, c.Param("id"))
	if err != nil {
		return nil, err
	}
	sendFile(c, enroll.MimeJPEG, body)
	return nil, nil
}
