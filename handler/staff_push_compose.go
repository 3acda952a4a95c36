package handler

import (
	"strconv"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// pushLinks are the pages behind /go/ that a message may open.
var pushLinks = []nameView{
	{"home", "办理首页"}, {"pay", "缴纳学费"}, {"progress", "办理进度"}, {"application", "申请进度"}, {"done", "注册完成"}, {"notice", "通知公告"}, {"help", "帮助与联系"},
}

type pushChoicesView struct {
	Intakes   []nameView `json:"intakes"`
	Intake    string     `json:"intake"`
	Occasions []nameView `json:"occasions"`
	Carriers  []nameView `json:"carriers"`
	Fields    []nameView `json:"fields"`
	Links     []nameView `json:"links"`
	Statuses  []nameView `json:"statuses"`
	Steps     []nameView `json:"steps"`
	// Points go by code, Programs by number.
	Points   []nameView `json:"points"`
	Programs []nameView `json:"programs"`
	// Account says that an official account is configured.
	Account bool `json:"account"`
	// ReminderSMS is the SMS template that the intake uses for reminders, the nearest to a notice.
	ReminderSMS string `json:"reminder_sms"`
}

func (h *Handler) pushChoices(c *gin.Context, _ *service.Duty) (any, error) {
	intakes, chosen, err := h.intakeChoice(c)
	if err != nil {
		return nil, err
	}
	choices, err := h.svc.PushChoices(c.Request.Context(), chosen)
	if err != nil {
		return nil, err
	}
	view := pushChoicesView{
		Intakes: intakes, Intake: chosen.ID, Occasions: []nameView{}, Carriers: []nameView{}, Fields: []nameView{}, Links: pushLinks, Statuses: []nameView{},
		Steps: []nameView{}, Points: []nameView{}, Programs: []nameView{}, Account: h.svc.OA.Enabled(), ReminderSMS: chosen.Settings.Messages[enroll.MessageReminder].SMS,
	}
	for _, row := range enroll.Occasions {
		view.Occasions = append(view.Occasions, nameView{string(row.Occasion), row.Name})
	}
	for _, row := range enroll.PushCarriers {
		view.Carriers = append(view.Carriers, nameView{string(row.Carrier), row.Name})
	}
	for _, row := range enroll.PushFields {
		view.Fields = append(view.Fields, nameView{row.Key, row.Name})
	}
	for _, row := range enroll.Statuses {
		view.Statuses = append(view.Statuses, nameView{string(row.Status), row.Name})
	}
	for _, key := range enroll.StuckSteps[1:] {
		view.Steps = append(view.Steps, nameView{string(key), key.Name()})
	}
	for _, p := range choices.Points {
		view.Points = append(view.Points, nameView{p.Code, p.Name})
	}
	for _, p := range choices.Programs {
		view.Programs = append(view.Programs, nameView{p.No, service.ProgramText(p)})
	}
	return view, nil
}

type pushTemplateView struct {
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Content  string            `json:"content"`
	Keywords []pushKeywordView `json:"keywords"`
}

type pushKeywordView struct {
	Keyword string `json:"keyword"`
	Label   string `json:"label"`
	// Rule is what WeChat takes for its type, in words.
	Rule string `json:"rule"`
}

func (h *Handler) pushTemplates(c *gin.Context, _ *service.Duty) (any, error) {
	list, err := h.svc.PushTemplates(c.Request.Context(), enroll.PushCarrier(c.Query("carrier")))
	if err != nil {
		return nil, err
	}
	views := make([]pushTemplateView, len(list))
	for i, t := range list {
		views[i] = pushTemplateView{ID: t.ID, Name: t.Name, Content: t.Content, Keywords: make([]pushKeywordView, len(t.Keywords))}
		for n, k := range t.Keywords {
			views[i].Keywords[n] = pushKeywordView{k.Keyword, k.Label, k.Rule}
		}
	}
	return views, nil
}

func (h *Handler) pushSMS(c *gin.Context, _ *service.Duty) (any, error) {
	words, variables, err := h.svc.PushSMS(c.Request.Context(), c.Param("template"))
	return gin.H{"words": words, "variables": variables}, err
}

type pushCheckView struct {
	Total         int               `json:"total"`
	WeChat        int               `json:"wechat"`
	SMS           int               `json:"sms"`
	Neither       int               `json:"neither"`
	Problems      []pushProblemView `json:"problems"`
	ProblemCount  int               `json:"problem_count"`
	Unknown       []string          `json:"unknown"`
	Marketing     []string          `json:"marketing"`
	QuotaLeft     int               `json:"quota_left"`
	BudgetLeftFen int               `json:"budget_left_fen"`
	CostFen       int               `json:"cost_fen"`
	Approval      bool              `json:"approval"`
	ApproveAbove  int               `json:"approve_above"`
	EndsAt        int64             `json:"ends_at"`
}

type pushProblemView struct {
	ExamNo  string `json:"exam_no"`
	Name    string `json:"name"`
	Keyword string `json:"keyword"`
	Value   string `json:"value"`
	Rule    string `json:"rule"`
}

func viewProblem(p service.PushProblem) pushProblemView {
	return pushProblemView{p.ExamNo, p.Name, p.Keyword, p.Value, p.Rule}
}

func (h *Handler) checkPush(c *gin.Context, _ *service.Duty) (any, error) {
	patient(c)
	check, err := h.svc.CheckPush(c.Request.Context(), c.Param("id"))
	if err != nil {
		return nil, err
	}
	view := pushCheckView{
		Total: check.Reach.Total, WeChat: check.Reach.WeChat, SMS: check.Reach.SMS, Neither: check.Reach.Neither, Problems: []pushProblemView{},
		ProblemCount: check.ProblemCount, Unknown: append([]string{}, check.Unknown...), Marketing: append([]string{}, check.Marketing...),
		QuotaLeft: check.QuotaLeft, BudgetLeftFen: check.BudgetLeftFen, CostFen: check.CostFen, Approval: check.Approval,
		ApproveAbove: h.svc.Config.Push.WithDefaults().ApproveAbove, EndsAt: millis(check.EndsAt),
	}
	for _, p := range check.Problems {
		view.Problems = append(view.Problems, viewProblem(p))
	}
	return view, nil
}

type pushPreviewView struct {
	ExamNo  string             `json:"exam_no"`
	Name    string             `json:"name"`
	Carrier enroll.PushCarrier `json:"carrier"`
	Failure string             `json:"failure"`
	Title   string             `json:"title"`
	Lines   []pushLineView     `json:"lines"`
	SMS     string             `json:"sms"`
	Problem *pushProblemView   `json:"problem"`
}

type pushLineView struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// previewsShown is how many phones are shown at once.
const previewsShown = 6

func (h *Handler) previewPush(c *gin.Context, d *service.Duty) (any, error) {
	skip, _ := strconv.Atoi(c.Query("skip")) // none begins at the first
	list, err := h.svc.PreviewPush(c.Request.Context(), c.Param("id"), max(0, min(skip, 1000))+previewsShown)
	if err != nil {
		return nil, err
	}
	views := []pushPreviewView{}
	for _, p := range list[min(len(list), max(0, skip)):] {
		v := pushPreviewView{ExamNo: p.ExamNo, Name: nameFor(d, p.Name), Carrier: p.Carrier, Failure: p.Failure.Text(), Title: p.Title, Lines: []pushLineView{}, SMS: p.SMS}
		for _, line := range p.Lines {
			v.Lines = append(v.Lines, pushLineView{line.Label, line.Value})
		}
		if p.Problem != nil {
			problem := viewProblem(*p.Problem)
			v.Problem = &problem
		}
		views = append(views, v)
	}
	return views, nil
}

func (h *Handler) testPush(c *gin.Context, d *service.Duty) (any, error) {
	var b struct {
		To string `json:"to"`
	}
	if err := bind(c, &b); err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.TestPush(c.Request.Context(), d, c.Param("id"), b.To)
}
