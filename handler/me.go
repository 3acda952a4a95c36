package handler

import (
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type meView struct {
	Name          string         `json:"name"`
	Level         enroll.Level   `json:"level"`
	Program       string         `json:"program"`
	Grade         int            `json:"grade"`
	Phone         string         `json:"phone"`
	Status        enroll.Status  `json:"status"`
	StatusName    string         `json:"status_name"`
	Phase         enroll.Phase   `json:"phase"`
	MayStart      bool           `json:"may_start"`
	DeadlineAt    int64          `json:"deadline_at"`
	Choices       []choiceView   `json:"choices"`
	Options       []optionView   `json:"options"`
	Steps         []enroll.Step  `json:"steps"`
	Next          string         `json:"next"`
	Identity      identityView   `json:"identity"`
	Returned      []returnedView `json:"returned"`
	Number        string         `json:"number"`
	NumberPending bool           `json:"number_pending"`
	Bill          *meBillView    `json:"bill"`
	Paying        string         `json:"paying"`
	Notices       []string       `json:"notices"`
}

type choiceView struct {
	Registration string `json:"registration"`
	Intake       string `json:"intake"`
	Program      string `json:"program"`
}

type optionView struct {
	Key       string `json:"key"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	State     string `json:"state"`
	StateName string `json:"state_name"`
	Why       string `json:"why"`
	Next      string `json:"next"`
}

type identityView struct {
	State        string `json:"state"`
	Verified     bool   `json:"verified"`
	Reason       string `json:"reason,omitempty"`
	AttemptsLeft int    `json:"attempts_left"`
	Consent      string `json:"consent"`
	ByHand       string `json:"by_hand"`
}

type returnedView struct {
	Item   string `json:"item"`
	Title  string `json:"title"`
	Reason string `json:"reason"`
	Route  string `json:"route"`
}

type meBillView struct {
	TotalFen int64             `json:"total_fen"`
	Covered  bool              `json:"covered"`
	Items    []enroll.BillItem `json:"items"`
}

// me renders the whole state of a visit, read anew; every step answers it, at the counter as staff see it.
func (h *Handler) me(c *gin.Context, v *service.Visit) (any, error) {
	if v.Assist != nil {
		return h.assistState(c.Request.Context(), v.Assist.Duty, v.Registration.ID)
	}
	m, err := h.svc.Me(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	return viewMe(m), nil
}

func viewMe(m service.Me) meView {
	v, r := m.Visit, m.Visit.Registration
	view := meView{
		Name: r.Name, Level: v.Program.Level, Program: v.Program.Name, Grade: r.Grade, Phone: v.Login.Phone.String(),
		Status: r.Status, StatusName: r.Status.Name(), Phase: m.Phase, MayStart: m.MayStart, DeadlineAt: millis(m.Deadline),
		Options: make([]optionView, len(m.Options)), Steps: m.Steps, Next: m.Next, Returned: []returnedView{},
		Number: m.Money.Number, NumberPending: m.Money.NumberPending, Paying: m.Money.Paying, Notices: append([]string{}, m.Notices...),
		Identity: identityView{m.Identity.State, v.Verified, m.Identity.Reason, m.Identity.AttemptsLeft, m.Identity.Consent, m.Identity.ByHand},
	}
	for _, choice := range m.Choices {
		view.Choices = append(view.Choices, choiceView(choice))
	}
	for i, option := range m.Options {
		view.Options[i] = optionView(option)
	}
	for _, item := range m.Returned {
		target, _ := enroll.FindReturnTarget(item.Item)
		view.Returned = append(view.Returned, returnedView{item.Item, target.Title, item.Reason, target.Route})
	}
	if bill := m.Money.Bill; bill != nil {
		view.Bill = &meBillView{bill.TotalFen, bill.Covered(), append([]enroll.BillItem{}, bill.Items...)}
	}
	return view
}

// millis is a time for the page: milliseconds UTC, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func (h *Handler) choose(c *gin.Context, v *service.Visit) (any, error) {
	var q struct {
		Registration string `json:"registration"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	if err := h.svc.Choose(c.Request.Context(), v, q.Registration); err != nil {
		return nil, err
	}
	return h.me(c, v)
}

func (h *Handler) finishPreparation(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.FinishPreparation(c.Request.Context(), v); err != nil {
		return nil, err
	}
	return h.me(c, v)
}
