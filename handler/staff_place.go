package handler

import (
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type pointView struct {
	ID          string `json:"id"`
	Code        string `json:"code"`
	Name        string `json:"name"`
	RetiredFrom string `json:"retired_from"`
	Retired     bool   `json:"retired"`
	// Words are the point as it stands; they go back with a change.
	Words string `json:"words"`
}

type programView struct {
	ID    string       `json:"id"`
	No    string       `json:"no"`
	Code  string       `json:"code"`
	Name  string       `json:"name"`
	Level enroll.Level `json:"level"`
	Form  string       `json:"form"`
	Years string       `json:"years"`
	// SchoolYears is how many amounts a price has.
	SchoolYears int    `json:"school_years"`
	RetiredFrom string `json:"retired_from"`
	Retired     bool   `json:"retired"`
	// Words are the program as it stands; they go back with a change.
	Words string `json:"words"`
}

type priceView struct {
	Program  string   `json:"program"`
	Point    string   `json:"point"`
	Yuan     []string `json:"yuan"`
	Approval string   `json:"approval"`
	From     string   `json:"valid_from"`
	To       string   `json:"valid_to"`
	// Holds says that the approval is in force now; Words go back with a change.
	Holds bool   `json:"holds"`
	Words string `json:"words"`
}

type placesView struct {
	Points   []pointView   `json:"points"`
	Programs []programView `json:"programs"`
	Prices   []priceView   `json:"prices"`
}

// places are the points, programs and prices of an intake.
func (h *Handler) places(c *gin.Context, _ *service.Duty) (any, error) {
	found, err := h.svc.Places(c.Request.Context(), c.Param("id"))
	if err != nil {
		return nil, err
	}
	view := placesView{[]pointView{}, []programView{}, []priceView{}}
	for _, p := range found.Points {
		view.Points = append(view.Points, pointView{p.ID, p.Code, p.Name, dayOrNone(p.RetiredFrom), p.Retired(h.svc.Now()), p.Words()})
	}
	for _, p := range found.Programs {
		view.Programs = append(view.Programs, programView{p.ID, p.No, p.Code, p.Name, p.Level, p.Form, p.Years(), (p.HalfYears + 1) / 2, dayOrNone(p.RetiredFrom), p.Retired(h.svc.Now()), p.Words()})
	}
	for _, t := range found.Tuitions {
		price := priceView{Program: t.Program, Point: t.Point, Yuan: []string{}, Approval: t.Approval, Holds: t.Holds(h.svc.Now()), Words: t.Words()}
		for _, fen := range t.Fens {
			price.Yuan = append(price.Yuan, enroll.Yuan(fen))
		}
		if !t.ValidFrom.IsZero() {
			price.From = fileMoment(t.ValidFrom, false)
		}
		if !t.ValidUntil.IsZero() {
			price.To = fileMoment(t.ValidUntil, true)
		}
		view.Prices = append(view.Prices, price)
	}
	return view, nil
}

func (h *Handler) savePoint(c *gin.Context, d *service.Duty) (any, error) {
	var body struct {
		Code    string `json:"code"`
		Name    string `json:"name"`
		Retired string `json:"retired_from"`
		Was     string `json:"was"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.SavePoint(c.Request.Context(), d, c.Param("id"), service.PointChange{Code: body.Code, Name: body.Name, RetiredFrom: body.Retired, Was: body.Was})
}

func (h *Handler) saveProgram(c *gin.Context, d *service.Duty) (any, error) {
	var body struct {
		No      string `json:"no"`
		Code    string `json:"code"`
		Name    string `json:"name"`
		Level   string `json:"level"`
		Form    string `json:"form"`
		Years   string `json:"years"`
		Retired string `json:"retired_from"`
		Was     string `json:"was"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	p := service.FileProgram{No: body.No, Code: body.Code, Name: body.Name, Level: body.Level, Form: body.Form, Years: body.Years}
	return gin.H{}, h.svc.SaveProgram(c.Request.Context(), d, c.Param("id"), p, body.Retired, body.Was)
}

func (h *Handler) saveTuition(c *gin.Context, d *service.Duty) (any, error) {
	var body struct {
		Program  string   `json:"program"`
		Point    string   `json:"point"`
		Yuan     []string `json:"yuan"`
		Approval string   `json:"approval"`
		From     string   `json:"valid_from"`
		To       string   `json:"valid_to"`
		Was      string   `json:"was"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.SaveTuition(c.Request.Context(), d, c.Param("id"), service.TuitionChange{
		Program: body.Program, Point: body.Point, Yuan: body.Yuan, Approval: body.Approval, ValidFrom: body.From, ValidTo: body.To, Was: body.Was,
	})
}

// dropPoint, dropProgram and dropTuition take away what nothing hangs on; ?was are its words as they were read.
func (h *Handler) dropPoint(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.DropPoint(c.Request.Context(), d, c.Param("id"), c.Param("code"), c.Query("was"))
}

func (h *Handler) dropProgram(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.DropProgram(c.Request.Context(), d, c.Param("id"), c.Param("no"), c.Query("was"))
}

func (h *Handler) dropTuition(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.DropTuition(c.Request.Context(), d, c.Param("id"), c.Param("program"), c.Query("point"), c.Query("was"))
}

func dayOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return enroll.Day(t)
}
