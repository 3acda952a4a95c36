package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type pointView struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
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
	SchoolYears int `json:"school_years"`
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
		view.Points = append(view.Points, pointView{p.ID, p.Code, p.Name})
	}
	for _, p := range found.Programs {
		view.Programs = append(view.Programs, programView{p.ID, p.No, p.Code, p.Name, p.Level, p.Form, p.Years(), (p.HalfYears + 1) / 2, p.Words()})
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
		Code string `json:"code"`
		Name string `json:"name"`
		Was  string `json:"was"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.SavePoint(c.Request.Context(), d, c.Param("id"), body.Code, body.Name, body.Was)
}

func (h *Handler) saveProgram(c *gin.Context, d *service.Duty) (any, error) {
	var body struct {
		No    string `json:"no"`
		Code  string `json:"code"`
		Name  string `json:"name"`
		Level string `json:"level"`
		Form  string `json:"form"`
		Years string `json:"years"`
		Was   string `json:"was"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	p := service.FileProgram{No: body.No, Code: body.Code, Name: body.Name, Level: body.Level, Form: body.Form, Years: body.Years}
	return gin.H{}, h.svc.SaveProgram(c.Request.Context(), d, c.Param("id"), p, body.Was)
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
