package handler

import (
	"encoding/json"
	"strings"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type whenView struct {
	Field  string   `json:"field"`
	Values []string `json:"values"`
}

type fieldView struct {
	Key      string        `json:"key"`
	Label    string        `json:"label"`
	Required bool          `json:"required"`
	Widget   enroll.Widget `json:"widget"`
	Hint     string        `json:"hint,omitempty"`
	Options  string        `json:"options,omitempty"`
	Min      int           `json:"min,omitempty"`
	Max      int           `json:"max,omitempty"`
	None     string        `json:"none,omitempty"`
	When     *whenView     `json:"when,omitempty"`
	Rows     []fieldView   `json:"rows,omitempty"`
	Value    string        `json:"value,omitempty"`
	Suggest  string        `json:"suggest,omitempty"`
}

type sectionFormView struct {
	Key    enroll.SectionKey `json:"key"`
	Title  string            `json:"title"`
	Fields []fieldView       `json:"fields"`
}

type formView struct {
	Sections     []sectionFormView            `json:"sections"`
	Dictionaries map[string]enroll.Dictionary `json:"dictionaries"`
}

type savedView struct {
	Version  int              `json:"version"`
	SavedAt  int64            `json:"saved_at"`
	Complete bool             `json:"complete"`
	Problems []enroll.Problem `json:"problems"`
}

type sectionView struct {
	savedView
	Key     enroll.SectionKey `json:"key"`
	Device  string            `json:"device"`
	Content enroll.Content    `json:"content"`
}

func (h *Handler) form(c *gin.Context, v *service.Visit) (any, error) {
	form, err := h.svc.Form(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	view := formView{Dictionaries: map[string]enroll.Dictionary{}}
	for _, s := range form {
		view.Sections = append(view.Sections, sectionFormView{s.Key, s.Title, fieldViews(s.Fields, view.Dictionaries)})
	}
	return view, nil
}

// fieldViews renders fields and gathers the dictionaries that they use.
func fieldViews(fields []enroll.Field, used map[string]enroll.Dictionary) []fieldView {
	views := make([]fieldView, len(fields))
	for i, f := range fields {
		views[i] = fieldView{
			Key: f.Key, Label: f.Label, Required: f.Presence == enroll.Required, Widget: f.Widget, Hint: f.Hint,
			Options: f.Options, Min: f.Min, Max: f.Max, None: f.None, Value: f.Value, Suggest: f.Suggest, Rows: fieldViews(f.Rows, used),
		}
		if f.When != nil {
			views[i].When = &whenView{f.When.Field, f.When.Values}
		}
		if f.Options != "" {
			used[f.Options] = f.Choices
		}
	}
	return views
}

// schoolsMost is how many schools are offered at a time.
const schoolsMost = 10

// schools lists schools of the college's own list that hold what the student types.
func (h *Handler) schools(c *gin.Context, v *service.Visit) (any, error) {
	list := []string{}
	if typed := strings.TrimSpace(c.Query("like")); typed != "" {
		list = append(list, v.Intake.Settings.Dictionary(enroll.Schools).Like(typed, schoolsMost)...)
	}
	return gin.H{"schools": list}, nil
}

func (h *Handler) section(c *gin.Context, v *service.Visit) (any, error) {
	f, err := h.svc.Section(c.Request.Context(), v, enroll.SectionKey(c.Param("key")))
	if err != nil {
		return nil, err
	}
	return sectionView{savedView: saved(f), Key: f.Key, Device: f.Draft.Device, Content: f.Content}, nil
}

func saved(f service.Filled) savedView {
	view := savedView{Version: f.Draft.Version, Complete: f.Complete(), Problems: f.Problems}
	if view.Problems == nil {
		view.Problems = []enroll.Problem{}
	}
	if !f.Draft.SavedAt.IsZero() {
		view.SavedAt = f.Draft.SavedAt.UnixMilli()
	}
	return view
}

func (h *Handler) saveSection(c *gin.Context, v *service.Visit) (any, error) {
	var body struct {
		Version int             `json:"version"`
		Content json.RawMessage `json:"content"`
		Force   bool            `json:"force"`
	}
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	f, err := h.svc.SaveSection(c.Request.Context(), v, enroll.SectionKey(c.Param("key")), body.Version, body.Content, body.Force)
	if err != nil {
		return nil, err
	}
	return saved(f), nil
}

func (h *Handler) finishSection(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.FinishSection(c.Request.Context(), v, enroll.SectionKey(c.Param("key"))); err != nil {
		return nil, err
	}
	return h.me(c, v)
}
