package handler

import (
	"strings"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type studentFileView struct {
	studentRowView
	Sex         string            `json:"sex"`
	Ethnic      string            `json:"ethnic"`
	IDType      string            `json:"id_type"`
	RosterPhone string            `json:"roster_phone"`
	Bound       bool              `json:"bound"`
	WeChat      bool              `json:"wechat"`
	Grade       int               `json:"grade"`
	Face        enroll.FaceState  `json:"face"`
	FaceName    string            `json:"face_name"`
	Attempts    int               `json:"attempts_left"`
	LastSMS     string            `json:"last_sms"`
	SubmitBy    int64             `json:"submit_by"`
	PayBy       int64             `json:"pay_by"`
	Version     int               `json:"version"`
	Acts        []string          `json:"acts"`
	Steps       []enroll.Step     `json:"steps"`
	Sections    []fileSectionView `json:"sections"`
	Returned    []returnedView    `json:"returned"`
	Faces       []archiveView     `json:"faces"`
	Bill        *meBillView       `json:"bill"`
	PaidFen     int64             `json:"paid_fen"`
	Orders      []orderView       `json:"orders"`
	Cases       []caseView        `json:"cases"`
	Messages    []messageView     `json:"messages"`
	Requests    []requestView     `json:"requests"`
	Approvals   []approvalView    `json:"approvals"`
}

type fileSectionView struct {
	Title string         `json:"title"`
	Rows  []fileRowView  `json:"rows"`
	Files []filePartView `json:"files"`
}

type fileRowView struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

type filePartView struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Mime  string `json:"mime"`
}

type archiveView struct {
	ID        string `json:"id"`
	At        int64  `json:"at"`
	StateName string `json:"state_name"`
	Reason    string `json:"reason"`
	DecidedBy string `json:"decided_by"`
	Kept      bool   `json:"kept"`
}

type messageView struct {
	Name   string `json:"name"`
	At     int64  `json:"at"`
	Result string `json:"result"`
}

type requestView struct {
	Title string `json:"title"`
	State string `json:"state"`
	At    int64  `json:"at"`
	By    string `json:"by"`
	Text  string `json:"text"`
}

func (h *Handler) studentFile(c *gin.Context, d *service.Duty) (any, error) {
	f, err := h.svc.StudentFile(c.Request.Context(), d, c.Param("id"))
	if err != nil {
		return nil, err
	}
	v, r := f.Visit, f.Visit.Registration
	row := viewStudentRow(d, service.StudentRow{Registration: r, Student: v.Student, Intake: v.Intake, Program: v.Program, Point: v.Point, Number: f.Number})
	row.Name = r.Name
	view := studentFileView{
		studentRowView: row, Sex: r.Sex, Ethnic: r.Ethnic, IDType: v.Student.IDType.Name(), RosterPhone: r.RosterPhone.String(),
		Bound: !v.Student.BoundAt.IsZero(), WeChat: v.Student.OpenID != "", Grade: r.Grade, Face: r.Face, FaceName: r.Face.Name(), Attempts: f.AttemptsLeft, LastSMS: f.LastSMS,
		SubmitBy: millis(f.Deadlines.Submit), PayBy: millis(f.Deadlines.Pay), Version: r.Version, Acts: append([]string{}, f.Acts...), Steps: f.Steps,
		Sections: viewFileSections(f.Sections, true), Returned: []returnedView{}, Faces: []archiveView{}, Messages: []messageView{}, Approvals: []approvalView{},
		Orders: []orderView{}, Cases: []caseView{}, Requests: viewRequests(f),
	}
	for _, item := range f.Returned {
		target, _ := enroll.FindReturnTarget(item.Item)
		view.Returned = append(view.Returned, returnedView{item.Item, target.Title, item.Reason, target.Route})
	}
	for _, a := range f.Archives {
		view.Faces = append(view.Faces, archiveView{a.ID, millis(a.At), a.State.Name(), a.Reason, a.DecidedBy, a.Object != ""})
	}
	for _, m := range f.Messages {
		view.Messages = append(view.Messages, messageView{m.Name, millis(m.At), m.Result()})
	}
	for _, a := range f.Approvals {
		view.Approvals = append(view.Approvals, viewApproval(d, a, r))
	}
	viewFileMoney(&view, f)
	return view, nil
}

func viewFileMoney(view *studentFileView, f service.StudentFile) {
	if b := f.Bill; b != nil {
		view.Bill, view.PaidFen = &meBillView{b.TotalFen, b.Covered(), append([]enroll.BillItem{}, b.Items...)}, b.PaidFen
	}
	for _, o := range f.Orders {
		view.Orders = append(view.Orders, viewOrder(o.Order, f.Visit.Registration, o.Facts))
	}
	for _, one := range f.Cases {
		view.Cases = append(view.Cases, viewCase(one, f.Visit.Registration))
	}
}

// viewFileSections shows the form with its telephone numbers masked, until somebody says why they need them.
func viewFileSections(list []service.ReviewSection, masked bool) []fileSectionView {
	views := make([]fileSectionView, len(list))
	for i, s := range list {
		views[i] = fileSectionView{Title: s.Title, Rows: []fileRowView{}, Files: []filePartView{}}
		for _, row := range s.Sheet {
			value := row.Value
			if masked && personalLabel(row.Label) {
				value = enroll.Phone(value).String()
			}
			views[i].Rows = append(views[i].Rows, fileRowView{row.Label, value})
		}
		for _, part := range s.Files {
			for _, file := range part.Files {
				views[i].Files = append(views[i].Files, filePartView{file.ID, part.Title, file.Mime})
			}
		}
	}
	return views
}

// personalLabel says that a line of the form holds a number that is masked: a telephone, an address for mail, a document.
func personalLabel(label string) bool {
	for _, word := range []string{"电话", "手机", "联系方式", "证件号码", "邮箱", "微信", "证书编号"} {
		if strings.Contains(label, word) {
			return true
		}
	}
	return false
}

func viewRequests(f service.StudentFile) []requestView {
	list := []requestView{}
	for _, a := range f.Applications {
		list = append(list, requestView{a.Kind.Name(), a.State.Name(), millis(a.At), a.DecidedBy, a.DecidedFor})
	}
	for _, one := range f.Corrections {
		field, _ := enroll.FindCorrectionField(one.Field)
		list = append(list, requestView{one.Kind.Name() + "：" + field.Label, one.State.Name(), millis(one.At), one.DecidedBy, one.DecidedFor})
	}
	return list
}

type timelineView struct {
	At    int64                `json:"at"`
	Kind  service.TimelineKind `json:"kind"`
	Title string               `json:"title"`
	Text  string               `json:"text"`
	By    string               `json:"by"`
}

func (h *Handler) studentTimeline(c *gin.Context, d *service.Duty) (any, error) {
	lines, err := h.svc.StudentTimeline(c.Request.Context(), d, c.Param("id"))
	if err != nil {
		return nil, err
	}
	views := make([]timelineView, len(lines))
	for i, l := range lines {
		views[i] = timelineView{millis(l.At), l.Kind, l.Title, l.Text, l.By}
	}
	return views, nil
}

func (h *Handler) studentAttachment(c *gin.Context, d *service.Duty) (any, error) {
	p, err := h.svc.StudentAttachment(c.Request.Context(), d, c.Param("id"), c.Param("file"))
	if err != nil {
		return nil, err
	}
	sendFile(c, p.Mime, p.Body)
	return nil, nil
}

func (h *Handler) studentFace(c *gin.Context, d *service.Duty) (any, error) {
	p, err := h.svc.StudentFace(c.Request.Context(), d, c.Param("id"), c.Param("file"))
	if err != nil {
		return nil, err
	}
	sendFile(c, p.Mime, p.Body)
	return nil, nil
}
