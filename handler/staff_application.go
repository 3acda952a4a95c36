package handler

import (
	"encoding/base64"
	"strconv"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type applicationRowView struct {
	ID        string                  `json:"id"`
	Student   string                  `json:"student"`
	Kind      enroll.ApplicationKind  `json:"kind"`
	KindName  string                  `json:"kind_name"`
	State     enroll.ApplicationState `json:"state"`
	StateName string                  `json:"state_name"`
	Name      string                  `json:"name"`
	ExamNo    string                  `json:"exam_no"`
	At        int64                   `json:"at"`
	FiledBy   string                  `json:"filed_by"`
	UntilAt   int64                   `json:"until_at"`
	DecidedBy string                  `json:"decided_by"`
	DecidedAt int64                   `json:"decided_at"`
	Reason    string                  `json:"reason"`
}

// staffApplications lists applications of a kind and state, the newest first.
func (h *Handler) staffApplications(c *gin.Context, _ *service.Duty) (any, error) {
	limit := pageLimit(c)
	list, err := h.svc.ApplicationPage(c.Request.Context(), enroll.ApplicationKind(c.Query("kind")), enroll.ApplicationState(c.Query("state")), c.Query("after"), limit)
	if err != nil {
		return nil, err
	}
	rows, next := make([]applicationRowView, len(list)), ""
	for i, a := range list {
		rows[i] = applicationRowView{
			ID: a.ID, Student: a.Registration, Kind: a.Kind, KindName: a.Kind.Name(), State: a.State, StateName: a.State.Name(), Name: a.Matter.Name,
			ExamNo: a.Matter.ExamNo, At: millis(a.At), FiledBy: a.FiledBy, UntilAt: millis(a.Until), DecidedBy: a.DecidedBy, DecidedAt: millis(a.DecidedAt),
			Reason: a.DecidedFor,
		}
	}
	if len(list) == limit {
		next = list[limit-1].ID
	}
	return gin.H{"rows": rows, "next": next}, nil
}

type reservedRowView struct {
	Student    string `json:"student"`
	Name       string `json:"name"`
	ExamNo     string `json:"exam_no"`
	StatusName string `json:"status_name"`
	UntilAt    int64  `json:"until_at"`
	// Days are left until the place ends; below 0 it has ended.
	Days int `json:"days"`
}

// staffReserved is the register of reserved places, the first to end at the top.
func (h *Handler) staffReserved(c *gin.Context, _ *service.Duty) (any, error) {
	days, _ := strconv.Atoi(c.Query("days"))
	after, _ := strconv.Atoi(c.Query("after"))
	list, err := h.svc.Reserved(c.Request.Context(), days)
	if err != nil {
		return nil, err
	}
	from := min(max(after, 0), len(list))
	to, next := min(from+pageLimit(c), len(list)), ""
	if to < len(list) {
		next = strconv.Itoa(to)
	}
	rows := []reservedRowView{}
	for _, r := range list[from:to] {
		rows = append(rows, reservedRowView{r.ID, r.Name, r.ExamNo, r.Status.Name(), millis(r.Until), h.svc.DaysLeft(r.Until)})
	}
	return gin.H{"rows": rows, "next": next, "all": len(list)}, nil
}

type specialDayView struct {
	Day   string `json:"day"`
	Works bool   `json:"works"`
	Name  string `json:"name"`
}

func specialDays(list []enroll.SpecialDay) []specialDayView {
	days := make([]specialDayView, len(list))
	for i, d := range list {
		days[i] = specialDayView(d)
	}
	return days
}

// calendar shows what the college entered, what was announced, and whether this year and the next are known.
func (h *Handler) calendar(c *gin.Context, _ *service.Duty) (any, error) {
	own, err := h.svc.SpecialDays(c.Request.Context())
	if err != nil {
		return nil, err
	}
	return gin.H{"days": specialDays(own), "announced": specialDays(enroll.PublicHolidays), "missing": h.svc.UnknownYears(own)}, nil
}

func (h *Handler) setCalendar(c *gin.Context, d *service.Duty) (any, error) {
	var body struct {
		Days []specialDayView `json:"days"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	days := make([]enroll.SpecialDay, len(body.Days))
	for i, day := range body.Days {
		days[i] = enroll.SpecialDay(day)
	}
	if err := h.svc.SetSpecialDays(c.Request.Context(), d, days); err != nil {
		return nil, err
	}
	return h.calendar(c, d)
}

// inPerson records that a student was seen with the document; the photo is a JPEG or PNG in base64.
func (h *Handler) inPerson(c *gin.Context, d *service.Duty) (any, error) {
	var body struct {
		Student string `json:"student"`
		Phone   string `json:"phone"`
		Note    string `json:"note"`
		Photo   string `json:"photo"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	photo, err := base64.StdEncoding.DecodeString(body.Photo)
	if err != nil {
		return nil, enroll.Fail("bad_request").Because(err)
	}
	waits, err := h.svc.VerifyInPerson(c.Request.Context(), d, service.InPerson{Registration: body.Student, Phone: body.Phone, Note: body.Note, Photo: photo})
	return gin.H{"waits": waits}, err
}
