package handler

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// pushRoutes: notices to many, from the first word to the last report.
func (h *Handler) pushRoutes(r staffRouter) {
	r.GET("/push", h.staff(enroll.MayPush, h.pushes))
	r.POST("/push", h.staff(enroll.MayPush, h.createPush))
	r.GET("/push/choices", h.staff(enroll.MayPush, h.pushChoices))
	r.GET("/push/templates", h.staff(enroll.MayPush, h.pushTemplates))
	r.GET("/push/sms/:template", h.staff(enroll.MayPush, h.pushSMS))
	r.GET("/push/reminders", h.staff(enroll.MayPush, h.reminders))
	r.PUT("/push/reminders/:rule", h.staff(enroll.MaySetIntake, h.setReminder))
	r.GET("/push/:id", h.staff(enroll.MayPush, h.push))
	r.PUT("/push/:id", h.staff(enroll.MayPush, h.editPush))
	r.POST("/push/:id/list", h.staff(enroll.MayPush, h.listPush))
	r.POST("/push/:id/check", h.staff(enroll.MayPush, h.checkPush))
	r.GET("/push/:id/preview", h.staff(enroll.MayPush, h.previewPush))
	r.POST("/push/:id/test", h.staff(enroll.MayPush, h.testPush))
	r.POST("/push/:id/start", h.staff(enroll.MayPush, h.startPush))
	r.POST("/push/:id/approve", h.staff(enroll.MayPush, h.pushVerb(h.svc.ApprovePush)))
	r.POST("/push/:id/pause", h.staff(enroll.MayPush, h.pushVerb(h.svc.PausePush)))
	r.POST("/push/:id/resume", h.staff(enroll.MayPush, h.pushVerb(h.svc.ResumePush)))
	r.POST("/push/:id/cancel", h.staff(enroll.MayPush, h.pushVerb(h.svc.CancelPush)))
	r.POST("/push/:id/resend", h.staff(enroll.MayPush, h.resendPush))
	r.GET("/push/:id/recipients", h.staff(enroll.MayPush, h.pushRecipients))
	r.GET("/push/:id/failures/file", h.staff(enroll.MayPush, h.pushFailureFile))
}

type pushView struct {
	ID         string           `json:"id"`
	Intake     string           `json:"intake"`
	Title      string           `json:"title"`
	Occasion   string           `json:"occasion"`
	Carrier    string           `json:"carrier"`
	State      enroll.PushState `json:"state"`
	StateName  string           `json:"state_name"`
	Ended      bool             `json:"ended"`
	Reason     string           `json:"reason"`
	Detail     string           `json:"detail"`
	NextAt     int64            `json:"next_at"`
	Total      int              `json:"total"`
	Done       int              `json:"done"`
	Counts     []pushCountView  `json:"counts"`
	Failures   []pushCountView  `json:"failures"`
	MadeBy     string           `json:"made_by"`
	ApprovedBy string           `json:"approved_by"`
	CreatedAt  int64            `json:"created_at"`
	StartedAt  int64            `json:"started_at"`
	EndedAt    int64            `json:"ended_at"`
	Version    int              `json:"version"`
	// Confirms says that WeChat reports deliveries; without it a message is 已受理 at best.
	Confirms bool `json:"confirms"`
	// Verbs are what may be done to it now, by whoever looks.
	Verbs []enroll.PushVerb `json:"verbs"`
}

type pushCountView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func viewPush(d *service.Duty, v service.PushView) pushView {
	p := v.Push
	view := pushView{
		ID: p.ID, Intake: p.Intake, Title: p.Title, Occasion: p.Occasion.Name(), Carrier: p.Letter.Carrier.Name(), State: p.State, StateName: p.StateName(),
		Ended: p.State.Ended(), Reason: p.Reason.Text(), Detail: p.Detail, NextAt: millis(p.NextAt), Total: p.Total, Done: v.Counts.Ended(),
		Counts: []pushCountView{}, Failures: []pushCountView{}, MadeBy: p.MadeBy, ApprovedBy: p.ApprovedBy, CreatedAt: millis(p.CreatedAt),
		StartedAt: millis(p.StartedAt), EndedAt: millis(p.EndedAt), Version: p.Version, Confirms: v.Confirms, Verbs: []enroll.PushVerb{},
	}
	for _, row := range enroll.RecipientStates {
		if n := v.Counts.States[row.State]; n > 0 {
			view.Counts = append(view.Counts, pushCountView{string(row.State), row.Name, n})
		}
	}
	for _, row := range enroll.PushFailures {
		if n := v.Counts.Failures[row.Failure]; n > 0 {
			view.Failures = append(view.Failures, pushCountView{string(row.Failure), row.Text, n})
		}
	}
	for _, verb := range enroll.PushVerbs {
		if enroll.PushAllows(p.State, verb) == nil && (verb != enroll.PushApprove || p.MadeBy != d.Staff.Account) {
			view.Verbs = append(view.Verbs, verb)
		}
	}
	return view
}

// pushFileView is one push with what it says and to whom.
type pushFileView struct {
	pushView
	OccasionKey enroll.Occasion      `json:"occasion_key"`
	Letter      enroll.PushLetter    `json:"letter"`
	Selection   enroll.PushSelection `json:"selection"`
}

// shownPush answers how a push stands after an act.
func (h *Handler) shownPush(ctx context.Context, d *service.Duty, id string) (any, error) {
	v, err := h.svc.Push(ctx, id)
	return pushFileView{viewPush(d, v), v.Push.Occasion, v.Push.Letter, v.Push.Selection}, err
}

func (h *Handler) push(c *gin.Context, d *service.Duty) (any, error) {
	return h.shownPush(c.Request.Context(), d, c.Param("id"))
}

func (h *Handler) pushes(c *gin.Context, d *service.Duty) (any, error) {
	limit := pageLimit(c)
	list, err := h.svc.Pushes(c.Request.Context(), c.Query("after"), limit)
	if err != nil {
		return nil, err
	}
	rows, next := make([]pushView, len(list)), ""
	for i, v := range list {
		rows[i] = viewPush(d, v)
	}
	if len(list) == limit {
		next = list[limit-1].Push.ID
	}
	return gin.H{"rows": rows, "next": next}, nil
}

type pushBody struct {
	Intake    string               `json:"intake"`
	Title     string               `json:"title"`
	Occasion  enroll.Occasion      `json:"occasion"`
	Letter    enroll.PushLetter    `json:"letter"`
	Selection enroll.PushSelection `json:"selection"`
	// Unlisted forgets an uploaded list of students.
	Unlisted bool `json:"unlisted"`
	// Version is the draft's that was seen.
	Version int `json:"version"`
}

func (b pushBody) draft() service.PushDraft {
	d := service.PushDraft{Intake: b.Intake, Title: b.Title, Occasion: b.Occasion, Letter: b.Letter, Selection: b.Selection, Version: b.Version}
	if b.Unlisted {
		d.ExamNos = []string{}
	}
	return d
}

func (h *Handler) createPush(c *gin.Context, d *service.Duty) (any, error) {
	var b pushBody
	if err := bind(c, &b); err != nil {
		return nil, err
	}
	p, err := h.svc.CreatePush(c.Request.Context(), d, b.draft())
	if err != nil {
		return nil, err
	}
	return h.shownPush(c.Request.Context(), d, p.ID)
}

func (h *Handler) editPush(c *gin.Context, d *service.Duty) (any, error) {
	var b pushBody
	if err := bind(c, &b); err != nil {
		return nil, err
	}
	if _, err := h.svc.EditPush(c.Request.Context(), d, c.Param("id"), b.draft()); err != nil {
		return nil, err
	}
	return h.shownPush(c.Request.Context(), d, c.Param("id"))
}

func (h *Handler) listPush(c *gin.Context, d *service.Duty) (any, error) {
	table, err := uploaded(c, "file")
	if err != nil {
		return nil, err
	}
	version, err := strconv.Atoi(c.Query("version"))
	if err != nil {
		return nil, enroll.Fail("changed")
	}
	p, others, err := h.svc.ListPush(c.Request.Context(), d, c.Param("id"), version, table)
	return gin.H{"listed": p.Selection.Listed, "others": others}, err
}

// pushVerb is a person's verb on one push, answered by how it stands after it.
func (h *Handler) pushVerb(do func(context.Context, *service.Duty, string) (enroll.Push, error)) dutyAction {
	return func(c *gin.Context, d *service.Duty) (any, error) {
		if _, err := do(c.Request.Context(), d, c.Param("id")); err != nil {
			return nil, err
		}
		return h.shownPush(c.Request.Context(), d, c.Param("id"))
	}
}

func (h *Handler) startPush(c *gin.Context, d *service.Duty) (any, error) {
	var b struct {
		At      int64 `json:"at"`
		Version int   `json:"version"`
	}
	if err := bind(c, &b); err != nil {
		return nil, err
	}
	patient(c)
	at := time.Time{}
	if b.At > 0 {
		at = moment(b.At)
	}
	if _, err := h.svc.StartPush(c.Request.Context(), d, c.Param("id"), b.Version, at); err != nil {
		return nil, err
	}
	return h.shownPush(c.Request.Context(), d, c.Param("id"))
}

func (h *Handler) resendPush(c *gin.Context, d *service.Duty) (any, error) {
	var b struct {
		State enroll.RecipientState `json:"state"`
	}
	if err := bind(c, &b); err != nil {
		return nil, err
	}
	if _, err := h.svc.ResendPush(c.Request.Context(), d, c.Param("id"), b.State); err != nil {
		return nil, err
	}
	return h.shownPush(c.Request.Context(), d, c.Param("id"))
}

// patient gives a check of everybody the time that it takes.
func patient(c *gin.Context) {
	// A server whose connection knows no deadline keeps its own bound.
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(largeTransfer))
}
