package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// countView is one figure with its word, and what the list of students is narrowed by to show who it counts.
type countView struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

type placeCountView struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Stages []int  `json:"stages"`
	Left   int    `json:"left"`
}

type dayCountView struct {
	Day   string `json:"day"`
	Count int    `json:"count"`
}

type todayView struct {
	Started    int `json:"started"`
	Submitted  int `json:"submitted"`
	Registered int `json:"registered"`
	Paid       int `json:"paid"`
}

// moneyView is what came in; clerks are told nothing of it.
type moneyView struct {
	Fen      int64 `json:"fen"`
	TodayFen int64 `json:"today_fen"`
	Cases    int   `json:"cases"`
}

type messagesView struct {
	Done    int `json:"done"`
	Waiting int `json:"waiting"`
	Failed  int `json:"failed"`
}

type dashboardView struct {
	At       int64            `json:"at"`
	Intake   string           `json:"intake"`
	Name     string           `json:"intake_name"`
	Window   string           `json:"window_text"`
	ClosesAt int64            `json:"closes_at"`
	Funnel   []countView      `json:"funnel"`
	Statuses []countView      `json:"statuses"`
	Stuck    []countView      `json:"stuck"`
	Points   []placeCountView `json:"points"`
	Programs []placeCountView `json:"programs"`
	Today    todayView        `json:"today"`
	Days     []dayCountView   `json:"days"`
	Paid     int              `json:"paid"`
	Money    *moneyView       `json:"money"`
	Messages messagesView     `json:"messages"`
	Waiting  []digestRowView  `json:"waiting"`
}

type digestRowView struct {
	Name   string `json:"name"`
	Count  int    `json:"count"`
	Oldest int64  `json:"oldest_at"`
	Path   string `json:"path"`
}

func (h *Handler) dashboard(c *gin.Context, d *service.Duty) (any, error) {
	ctx := c.Request.Context()
	board, err := h.svc.Dashboard(ctx, d, service.DashboardQuery{Intake: c.Query("intake"), Point: c.Query("point"), Program: c.Query("program")})
	if err != nil {
		return nil, err
	}
	waiting, err := h.svc.Digest(ctx, d)
	if err != nil {
		return nil, err
	}
	v := viewDashboard(board)
	for _, row := range waiting {
		v.Waiting = append(v.Waiting, digestRowView{row.Name, row.Count, millis(row.Oldest), row.Path})
	}
	return v, nil
}

func viewDashboard(b service.Dashboard) dashboardView {
	v := dashboardView{
		At: millis(b.At), Intake: b.Intake.ID, Name: b.Intake.Name, Window: b.Intake.WindowText(), ClosesAt: millis(b.Intake.ClosesAt),
		Points: viewPlaces(b.Points), Programs: viewPlaces(b.Programs), Today: todayView(b.Today), Paid: b.Paid, Waiting: []digestRowView{},
		Messages: messagesView{b.Messages[enroll.OutboxDone], b.Messages[enroll.OutboxWaiting], b.Messages[enroll.OutboxDead] + b.Messages[enroll.OutboxUnknown]},
	}
	for _, row := range b.Funnel {
		v.Funnel = append(v.Funnel, countView{string(row.Stage), row.Name, row.Count})
	}
	for _, row := range enroll.Statuses {
		v.Statuses = append(v.Statuses, countView{string(row.Status), row.Name, b.Statuses[row.Status]})
	}
	for _, step := range enroll.StuckSteps {
		v.Stuck = append(v.Stuck, countView{string(step), step.Name(), b.Stuck[step]})
	}
	for _, day := range b.Days {
		v.Days = append(v.Days, dayCountView{enroll.Day(day.Day), day.Count})
	}
	if b.Money != nil {
		v.Money = &moneyView{b.Money.Fen, b.Money.TodayFen, b.Money.Cases}
	}
	return v
}

func viewPlaces(list []service.PlaceCount) []placeCountView {
	rows := make([]placeCountView, len(list))
	for i, p := range list {
		rows[i] = placeCountView(p)
	}
	return rows
}

// pointPoster is the poster of a teaching point, to print or to send on.
func (h *Handler) pointPoster(c *gin.Context, d *service.Duty) (any, error) {
	body, err := h.svc.Poster(c.Request.Context(), d, c.Query("intake"), c.Param("point"))
	if err != nil {
		return nil, err
	}
	sendDownload(c, "海报-"+c.Param("point")+".pdf")
	_, err = c.Writer.Write(body)
	return nil, h.sent(c, err)
}
