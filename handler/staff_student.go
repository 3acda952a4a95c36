package handler

import (
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type studentQueryBody struct {
	Word    string         `json:"word"`
	Intake  string         `json:"intake"`
	Program string         `json:"program"`
	Point   string         `json:"point"`
	Status  enroll.Status  `json:"status"`
	Step    enroll.StepKey `json:"step"`
	Stage   enroll.Stage   `json:"stage"`
	After   string         `json:"after"`
	Limit   int            `json:"limit"`
}

func (b studentQueryBody) query() service.StudentQuery {
	return service.StudentQuery{Word: b.Word, Intake: b.Intake, Program: b.Program, Point: b.Point, Status: b.Status, Step: b.Step, Stage: b.Stage}
}

type studentRowView struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	ExamNo     string         `json:"exam_no"`
	Number     string         `json:"number"`
	IDNumber   string         `json:"id_number"`
	Phone      string         `json:"phone"`
	Intake     string         `json:"intake"`
	Program    string         `json:"program"`
	Level      enroll.Level   `json:"level"`
	Point      string         `json:"point"`
	Status     enroll.Status  `json:"status"`
	StatusName string         `json:"status_name"`
	Step       enroll.StepKey `json:"step"`
	StepName   string         `json:"step_name"`
}

// nameFor shows a name in a list: a clerk sees its first character only.
func nameFor(d *service.Duty, name string) string {
	if d.Staff.Role == enroll.RoleClerk {
		return enroll.MaskName(name)
	}
	return name
}

func viewStudentRow(d *service.Duty, r service.StudentRow) studentRowView {
	m := r.Registration
	step := m.StuckAt()
	phone := m.RosterPhone
	if !r.Student.BoundAt.IsZero() {
		phone = r.Student.Phone
	}
	return studentRowView{
		ID: m.ID, Name: nameFor(d, m.Name), ExamNo: m.ExamNo, Number: r.Number, IDNumber: r.Student.IDNumber.String(), Phone: phone.String(),
		Intake: r.Intake.Name, Program: r.Program.Name, Level: r.Program.Level, Point: r.Point.Name, Status: m.Status, StatusName: m.Status.Name(),
		Step: step, StepName: step.Name(),
	}
}

// searchStudents is a POST, since what is searched for may be a document number, which no address may hold.
func (h *Handler) searchStudents(c *gin.Context, d *service.Duty) (any, error) {
	var q studentQueryBody
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	list, next, err := h.svc.Students(c.Request.Context(), d, q.query(), q.After, q.Limit)
	if err != nil {
		return nil, err
	}
	rows := make([]studentRowView, len(list))
	for i, r := range list {
		rows[i] = viewStudentRow(d, r)
	}
	return gin.H{"rows": rows, "next": next}, nil
}

type statusCountView struct {
	Status enroll.Status `json:"status"`
	Name   string        `json:"name"`
	Count  int           `json:"count"`
}

func (h *Handler) countStudents(c *gin.Context, d *service.Duty) (any, error) {
	var q studentQueryBody
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	counts, err := h.svc.StudentCounts(c.Request.Context(), d, q.query())
	if err != nil {
		return nil, err
	}
	rows, all := []statusCountView{}, 0
	for _, row := range enroll.Statuses {
		rows, all = append(rows, statusCountView{row.Status, row.Name, counts[row.Status]}), all+counts[row.Status]
	}
	return gin.H{"rows": rows, "all": all}, nil
}

type choiceItemView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type studentChoiceView struct {
	ID       string           `json:"id"`
	Name     string           `json:"name"`
	Programs []choiceItemView `json:"programs"`
	// Points go by their codes.
	Points []choiceItemView `json:"points"`
}

func (h *Handler) studentChoices(c *gin.Context, d *service.Duty) (any, error) {
	list, err := h.svc.StudentChoices(c.Request.Context(), d)
	if err != nil {
		return nil, err
	}
	intakes, steps := make([]studentChoiceView, len(list)), []choiceItemView{}
	for i, choice := range list {
		v := studentChoiceView{ID: choice.Intake.ID, Name: choice.Intake.Name, Programs: []choiceItemView{}, Points: []choiceItemView{}}
		for _, p := range choice.Programs {
			v.Programs = append(v.Programs, choiceItemView{p.ID, service.ProgramText(p)})
		}
		for _, p := range choice.Points {
			v.Points = append(v.Points, choiceItemView{p.Code, p.Name})
		}
		intakes[i] = v
	}
	for _, key := range enroll.StuckSteps {
		steps = append(steps, choiceItemView{string(key), key.Name()})
	}
	stages := []choiceItemView{}
	for _, rule := range enroll.Stages[1:] {
		stages = append(stages, choiceItemView{string(rule.Stage), rule.Name})
	}
	return gin.H{"intakes": intakes, "steps": steps, "stages": stages}, nil
}

// moment reads a time of the page: milliseconds UTC.
func moment(ms int64) time.Time { return time.UnixMilli(ms) }
