package handler

import (
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// nameView is a thing to choose by its name.
type nameView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// intakeChoice lists the intakes to choose from, and which one the page asks for: the named one, else the current one.
func (h *Handler) intakeChoice(c *gin.Context) (list []nameView, chosen enroll.Intake, err error) {
	ctx := c.Request.Context()
	intakes, err := h.svc.Store.Intakes(ctx)
	if err != nil {
		return nil, chosen, err
	}
	list = []nameView{}
	for _, in := range intakes {
		list = append(list, nameView{in.ID, in.Name})
		if in.ID == c.Query("intake") {
			chosen = in
		}
	}
	if chosen.ID == "" {
		chosen, err = h.svc.CurrentIntake(ctx)
	}
	return list, chosen, err
}

type rosterImportView struct {
	ID        string             `json:"id"`
	Intake    string             `json:"intake"`
	File      string             `json:"file"`
	State     enroll.RosterState `json:"state"`
	StateName string             `json:"state_name"`
	Total     int                `json:"total"`
	New       int                `json:"new"`
	Changed   int                `json:"changed"`
	Same      int                `json:"same"`
	Refused   int                `json:"refused"`
	Applied   int                `json:"applied"`
	Account   string             `json:"account"`
	// Ignored are headings of the file that were not understood.
	Ignored string `json:"ignored"`
	// Job works on it, or did last; Working says that it still does, and Mine that the asker started it.
	Job       string `json:"job"`
	Working   bool   `json:"working"`
	Mine      bool   `json:"mine"`
	Error     string `json:"error"`
	CreatedAt int64  `json:"created_at"`
	AppliedAt int64  `json:"applied_at"`
}

func (h *Handler) viewImport(c *gin.Context, d *service.Duty, in enroll.RosterImport) (rosterImportView, error) {
	v := rosterImportView{
		ID: in.ID, Intake: in.Intake, File: in.File, State: in.State, StateName: in.State.Name(), Total: in.Total, New: in.New, Changed: in.Changed,
		Same: in.Same, Refused: in.Refused, Applied: in.Applied, Account: in.Account, Ignored: in.Ignored, Job: in.Job, CreatedAt: in.CreatedAt.UnixMilli(),
	}
	if !in.AppliedAt.IsZero() {
		v.AppliedAt = in.AppliedAt.UnixMilli()
	}
	if in.Job == "" {
		return v, nil
	}
	j, err := h.svc.Store.Job(c.Request.Context(), in.Job)
	v.Working, v.Mine, v.Error = !j.State.Ended(), j.Staff == d.Staff.ID, j.Error
	return v, err
}

type rosterImportsView struct {
	Intakes []nameView         `json:"intakes"`
	Intake  string             `json:"intake"`
	Rows    []rosterImportView `json:"rows"`
}

// shownImports is how many of an intake's last imports a page shows.
const shownImports = 100

func (h *Handler) rosterImports(c *gin.Context, d *service.Duty) (any, error) {
	intakes, chosen, err := h.intakeChoice(c)
	if err != nil {
		return nil, err
	}
	list, err := h.svc.Store.RosterImports(c.Request.Context(), chosen.ID)
	if err != nil {
		return nil, err
	}
	view := rosterImportsView{Intakes: intakes, Intake: chosen.ID, Rows: []rosterImportView{}}
	for _, in := range list[:min(len(list), shownImports)] {
		row, err := h.viewImport(c, d, in)
		if err != nil {
			return nil, err
		}
		view.Rows = append(view.Rows, row)
	}
	return view, nil
}

func (h *Handler) rosterImport(c *gin.Context, d *service.Duty) (any, error) {
	in, err := h.svc.Store.RosterImport(c.Request.Context(), c.Param("id"))
	if err != nil {
		return nil, err
	}
	return h.viewImport(c, d, in)
}

func (h *Handler) uploadRoster(c *gin.Context, d *service.Duty) (any, error) {
	name, body, err := streamed(c, "file")
	if err != nil {
		return nil, err
	}
	in, err := h.svc.UploadRoster(c.Request.Context(), d, c.Query("intake"), name, body)
	if err != nil {
		return nil, err
	}
	return h.viewImport(c, d, in)
}

// streamed opens the one file of a multipart body that is too large for memory, and takes longer than other requests.
func streamed(c *gin.Context, field string) (name string, body io.Reader, err error) {
	// A server whose connection knows no deadline keeps its own bound.
	_ = http.NewResponseController(c.Writer).SetReadDeadline(time.Now().Add(largeTransfer))
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(largeTransfer))
	form, err := c.Request.MultipartReader()
	if err != nil {
		return "", nil, enroll.Fail("upload_missing").Because(err)
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return "", nil, enroll.Fail("upload_missing")
		}
		if err != nil {
			return "", nil, unreadable(err)
		}
		if part.FormName() == field {
			return filepath.Base(part.FileName()), part, nil
		}
	}
}

// importVerb is an act on one import that shows how it stands after it.
func (h *Handler) importVerb(act func(c *gin.Context, d *service.Duty, id string) (enroll.RosterImport, error)) dutyAction {
	return func(c *gin.Context, d *service.Duty) (any, error) {
		in, err := act(c, d, c.Param("id"))
		if err != nil {
			return nil, err
		}
		return h.viewImport(c, d, in)
	}
}

func (h *Handler) confirmRoster(c *gin.Context, d *service.Duty, id string) (enroll.RosterImport, error) {
	return h.svc.ConfirmRoster(c.Request.Context(), d, id)
}

func (h *Handler) resumeRoster(c *gin.Context, d *service.Duty, id string) (enroll.RosterImport, error) {
	return h.svc.ResumeRoster(c.Request.Context(), d, id)
}

func (h *Handler) giveUpRoster(c *gin.Context, d *service.Duty, id string) (enroll.RosterImport, error) {
	if err := h.svc.GiveUpRoster(c.Request.Context(), d, id); err != nil {
		return enroll.RosterImport{}, err
	}
	return h.svc.Store.RosterImport(c.Request.Context(), id)
}

type reasonBody struct {
	Reason string `json:"reason"`
}

func (h *Handler) undoRoster(c *gin.Context, d *service.Duty, id string) (enroll.RosterImport, error) {
	var body reasonBody
	if err := bind(c, &body); err != nil {
		return enroll.RosterImport{}, err
	}
	return h.svc.StartUndoRoster(c.Request.Context(), d, id, strings.TrimSpace(body.Reason))
}

func (h *Handler) refusedRoster(c *gin.Context, d *service.Duty) (any, error) {
	ctx := c.Request.Context()
	in, err := h.svc.TakeRefused(ctx, d, c.Param("id"))
	if err != nil {
		return nil, err
	}
	sendDownload(c, strings.TrimSuffix(in.File, filepath.Ext(in.File))+"-拒绝.csv")
	return nil, h.sent(c, h.svc.RefusedRoster(ctx, in.ID, c.Writer))
}

func (h *Handler) rosterTemplate(c *gin.Context, _ *service.Duty) (any, error) {
	sendDownload(c, "录取名单模板.xlsx")
	return nil, h.sent(c, service.RosterTemplate(c.Writer))
}
