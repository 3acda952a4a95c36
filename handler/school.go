package handler

import (
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type schoolView struct {
	School       string       `json:"school"`
	Platform     string       `json:"platform"`
	Logo         string       `json:"logo"`
	Colour       string       `json:"colour"`
	Contacts     contactsView `json:"contacts"`
	PortalURL    string       `json:"portal_url"`
	Payee        string       `json:"payee"`
	Footer       string       `json:"footer"`
	PublicURL    string       `json:"public_url"`
	SandboxPhone string       `json:"sandbox_phone"`
	Intake       *intakeView  `json:"intake"`
	Notice       *noticeView  `json:"notice"`
	// Paused is what stands at the login while codes are paused; empty while they are not.
	Paused   string `json:"paused"`
	NowAt    int64  `json:"now_at"`
	OAuth    string `json:"oauth"`
	WeChat   bool   `json:"wechat"`
	LoggedIn bool   `json:"logged_in"`
}

type contactsView struct {
	Phones []string `json:"phones"`
	Email  string   `json:"email"`
	QQ     string   `json:"qq"`
	Hours  string   `json:"hours"`
}

type intakeView struct {
	ID         string       `json:"id"`
	Grade      int          `json:"grade"`
	Name       string       `json:"name"`
	OpensAt    int64        `json:"opens_at"`
	ClosesAt   int64        `json:"closes_at"`
	Phase      enroll.Phase `json:"phase"`
	WindowText string       `json:"window_text"`
}

type noticeView struct {
	Title   string `json:"title"`
	Version string `json:"version"`
}

// school is what everybody may see, and how this session was opened.
func (h *Handler) school(c *gin.Context) (any, error) {
	found, err := h.svc.School(c.Request.Context())
	if err != nil {
		return nil, err
	}
	v, err := h.visitor(c)
	if err != nil {
		return nil, err
	}
	paused, err := h.svc.DoorTold(c.Request.Context())
	if err != nil {
		return nil, err
	}
	openid := h.openid(c)
	view := schoolView{
		Paused:   paused,
		Platform: "高等学历继续教育平台", Colour: "#1f5fa8", Contacts: contactsView{Phones: []string{}}, PublicURL: h.cfg.PublicURL,
		SandboxPhone: h.sandboxPhone(), NowAt: millis(h.svc.Now()), WeChat: openid != "", LoggedIn: v != nil,
	}
	if openid == "" && inWeChat(c.Request) && h.svc.OA.Enabled() {
		view.OAuth = "/wechat/oauth?to=login"
	}
	if found.Intake != nil {
		view.describe(*found.Intake, h.svc)
	}
	if found.Notice != nil {
		view.Notice = &noticeView{found.Notice.Title, strconv.Itoa(found.Notice.Version)}
	}
	return view, nil
}

func (view *schoolView) describe(i enroll.Intake, svc *service.Service) {
	s := i.Settings
	view.School, view.Logo, view.PortalURL, view.Payee, view.Footer = s.School, s.Logo, s.PortalURL, s.Payee, s.Footer
	if s.Platform != "" {
		view.Platform = s.Platform
	}
	if s.Colour != "" {
		view.Colour = s.Colour
	}
	view.Contacts = contactsView{append([]string{}, s.Contacts.Phones...), s.Contacts.Email, s.Contacts.QQ, s.Contacts.Hours}
	view.Intake = &intakeView{i.ID, i.Grade, i.Name, millis(i.OpensAt), millis(i.ClosesAt), i.Phase(svc.Now()), i.WindowText()}
}

// sandboxPhone is offered only while the public address is this machine: then
// no real phone could open the site by a QR code.
func (h *Handler) sandboxPhone() string {
	if strings.HasPrefix(h.cfg.PublicURL, "http://localhost") {
		return h.svc.Config.SandboxPhone
	}
	return ""
}

type tuitionRowView struct {
	Level      enroll.Level `json:"level"`
	Program    string       `json:"program"`
	Form       string       `json:"form"`
	Years      string       `json:"years"`
	Point      string       `json:"point"`
	AmountsFen []int64      `json:"amounts_fen"`
	ApprovalNo string       `json:"approval_no"`
}

func (h *Handler) tuition(c *gin.Context) (any, error) {
	intake, rows, err := h.svc.TuitionList(c.Request.Context())
	if err != nil {
		return nil, err
	}
	list := make([]tuitionRowView, len(rows))
	for i, r := range rows {
		list[i] = tuitionRowView{r.Program.Level, r.Program.Name, r.Program.Form, r.Program.Years(), r.Point, r.Tuition.Fens, r.Tuition.Approval}
	}
	return gin.H{"payee": intake.Settings.Payee, "school_year": intake.Settings.SchoolYear, "rows": list}, nil
}

type prepareItemView struct {
	Key     string `json:"key"`
	Title   string `json:"title"`
	Detail  string `json:"detail"`
	Example string `json:"example,omitempty"`
}

// prepare lists what to have at hand: by the student's level after login, by ?level= before.
func (h *Handler) prepare(c *gin.Context) (any, error) {
	level, _ := enroll.ParseLevel(c.Query("level"))
	v, err := h.visitor(c)
	if err != nil {
		return nil, err
	}
	var items []service.PrepareItem
	if v != nil {
		level, items = v.Program.Level, h.svc.PreparationFor(v)
	} else if items, err = h.svc.Preparation(c.Request.Context(), level); err != nil {
		return nil, err
	}
	list := make([]prepareItemView, len(items))
	for i, item := range items {
		list[i] = prepareItemView(item)
	}
	return gin.H{"level": level, "items": list, "minutes": service.PrepareMinutes}, nil
}
