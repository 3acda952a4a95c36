package handler

import (
	"encoding/json"
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// intakeRowView is one intake in the list of staff.
type intakeRowView struct {
	ID         string       `json:"id"`
	Grade      int          `json:"grade"`
	Name       string       `json:"name"`
	WindowText string       `json:"window_text"`
	Phase      enroll.Phase `json:"phase"`
	PhaseName  string       `json:"phase_name"`
	Students   int          `json:"students"`
	// Current says that the public pages show this one.
	Current bool `json:"current"`
}

func (h *Handler) staffIntakes(c *gin.Context, _ *service.Duty) (any, error) {
	list, err := h.svc.StaffIntakes(c.Request.Context())
	if err != nil {
		return nil, err
	}
	rows := make([]intakeRowView, len(list))
	for i, in := range list {
		phase := in.Phase(h.svc.Now())
		rows[i] = intakeRowView{in.ID, in.Grade, in.Name, in.WindowText(), phase, phase.Name(), in.Students, in.Current}
	}
	return gin.H{"rows": rows, "next": ""}, nil
}

// settingsView is one intake with all its settings, as an intake file writes them.
type settingsView struct {
	ID        string          `json:"id"`
	Grade     int             `json:"grade"`
	Name      string          `json:"name"`
	Opens     string          `json:"opens"`
	Closes    string          `json:"closes"`
	Version   int             `json:"version"`
	PhaseName string          `json:"phase_name"`
	Settings  enroll.Settings `json:"settings"`
	// Names are the Chinese words of the settings and of what stands within them, by path.
	Names map[string]string `json:"names"`
}

func (h *Handler) viewSettings(i enroll.Intake) settingsView {
	view := settingsView{
		ID: i.ID, Grade: i.Grade, Name: i.Name, Opens: fileMoment(i.OpensAt, false), Closes: fileMoment(i.ClosesAt, true), Version: i.Version,
		PhaseName: i.Phase(h.svc.Now()).Name(), Settings: i.Settings, Names: enroll.SettingNames(),
	}
	return view
}

// fileMoment writes a moment as an intake file has it: a day where it is the whole day's begin or end, else to the minute.
func fileMoment(t time.Time, end bool) string {
	if !t.Equal(enroll.DayStart(t)) {
		return enroll.Minute(t)
	}
	if end {
		t = t.Add(-time.Second)
	}
	return enroll.Day(t)
}

func (h *Handler) staffIntake(c *gin.Context, _ *service.Duty) (any, error) {
	i, err := h.svc.IntakeByID(c.Request.Context(), c.Param("id"))
	if err != nil {
		return nil, err
	}
	return h.viewSettings(i), nil
}

func (h *Handler) openIntake(c *gin.Context, d *service.Duty) (any, error) {
	var body struct {
		From   string `json:"from"`
		Grade  int    `json:"grade"`
		Name   string `json:"name"`
		Opens  string `json:"opens"`
		Closes string `json:"closes"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	ctx := c.Request.Context()
	from, err := h.svc.IntakeByID(ctx, body.From)
	if err != nil {
		return nil, err
	}
	next, err := h.svc.OpenIntake(ctx, d, from, service.NewYear{Grade: body.Grade, Name: body.Name, Opens: body.Opens, Closes: body.Closes})
	return gin.H{"id": next.ID}, err
}

func (h *Handler) changeSettings(c *gin.Context, d *service.Duty) (any, error) {
	var body struct {
		Version int                        `json:"version"`
		Values  map[string]json.RawMessage `json:"values"`
		Name    string                     `json:"name"`
		Opens   string                     `json:"opens"`
		Closes  string                     `json:"closes"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	next, err := h.svc.ChangeSettings(c.Request.Context(), d, c.Param("id"), service.IntakeChange{
		Section: enroll.SettingSection(c.Param("section")), Version: body.Version, Values: body.Values, Name: body.Name, Opens: body.Opens, Closes: body.Closes,
	})
	return h.viewSettings(next), err
}

type historyLineView struct {
	At      int64               `json:"at"`
	By      string              `json:"by"`
	Page    string              `json:"page"`
	Title   string              `json:"title"`
	Changes []settingChangeView `json:"changes"`
}

type settingChangeView struct {
	Key  string          `json:"key"`
	Name string          `json:"name"`
	From json.RawMessage `json:"from"`
	To   json.RawMessage `json:"to"`
}

func (h *Handler) intakeHistory(c *gin.Context, _ *service.Duty) (any, error) {
	list, err := h.svc.IntakeHistory(c.Request.Context(), c.Param("id"))
	if err != nil {
		return nil, err
	}
	rows := make([]historyLineView, len(list))
	for i, line := range list {
		rows[i] = historyLineView{millis(line.At), line.By, line.Page, line.Title, []settingChangeView{}}
		for _, change := range line.Changes {
			rows[i].Changes = append(rows[i].Changes, settingChangeView{change.Key, enroll.SettingName(change.Key), orNull(change.From), orNull(change.To)})
		}
	}
	return gin.H{"rows": rows}, nil
}

func orNull(text string) json.RawMessage {
	if text == "" {
		text = "null"
	}
	return json.RawMessage(text)
}

type findingView struct {
	OK   bool   `json:"ok"`
	Text string `json:"text"`
	Page string `json:"page"`
	// Field is the Chinese word of the setting at fault, which its page leads to.
	Field string `json:"field"`
}

func findingViews(list []service.Finding) []findingView {
	views := make([]findingView, len(list))
	for i, f := range list {
		views[i] = findingView{f.OK, f.Text, f.Page, f.Field()}
	}
	return views
}

func (h *Handler) checkIntake(c *gin.Context, _ *service.Duty) (any, error) {
	ctx := c.Request.Context()
	i, err := h.svc.IntakeByID(ctx, c.Param("id"))
	if err != nil {
		return nil, err
	}
	findings, err := h.svc.CheckIntake(ctx, i)
	return gin.H{"findings": findingViews(findings)}, err
}

type numberSampleView struct {
	Scope  string `json:"scope"`
	Next   string `json:"next"`
	Wanted int64  `json:"wanted"`
}

func (h *Handler) previewNumbers(c *gin.Context, _ *service.Duty) (any, error) {
	var body struct {
		Rule   string                  `json:"number_rule"`
		Levels map[enroll.Level]string `json:"levels"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	p, err := h.svc.PreviewNumbers(c.Request.Context(), c.Param("id"), body.Rule, body.Levels)
	if err != nil {
		return nil, err
	}
	samples := []numberSampleView{}
	for _, s := range p.Samples {
		samples = append(samples, numberSampleView(s))
	}
	return gin.H{"samples": samples, "findings": findingViews(p.Findings)}, nil
}
