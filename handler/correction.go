package handler

import (
	"errors"
	"io"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type correctionFormView struct {
	Fields []correctionFieldView `json:"fields"`
	// Documents are the types by which one may register, Sexes and Ethnics the words of the dictionaries.
	Documents []enroll.Entry     `json:"documents"`
	Sexes     []string           `json:"sexes"`
	Ethnics   []string           `json:"ethnics"`
	Points    []choiceOf         `json:"points"`
	Programs  []choiceOf         `json:"programs"`
	Paper     attachmentKindView `json:"paper"`
	Filed     []correctionView   `json:"filed"`
}

type correctionFieldView struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Value  string `json:"value"`
	Widget string `json:"widget"`
	Blocks bool   `json:"blocks"`
}

type correctionView struct {
	ID         string `json:"id"`
	Label      string `json:"label"`
	From       string `json:"from"`
	To         string `json:"to"`
	State      string `json:"state"`
	StateName  string `json:"state_name"`
	FiledAt    int64  `json:"filed_at"`
	DecidedAt  int64  `json:"decided_at"`
	DecidedFor string `json:"decided_for"`
}

func viewCorrections(list []enroll.Correction) []correctionView {
	views := make([]correctionView, len(list))
	for i, c := range list {
		field, _ := enroll.FindCorrectionField(c.Field)
		views[i] = correctionView{c.ID, field.Label, c.FromText, c.ToText, string(c.State), c.State.Name(), millis(c.At), millis(c.DecidedAt), c.DecidedFor}
	}
	return views
}

// corrections shows what may be corrected, and what was asked for so far.
func (h *Handler) corrections(c *gin.Context, v *service.Visit) (any, error) {
	f, err := h.svc.CorrectionForm(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	view := correctionFormView{
		Documents: enroll.Dictionaries()["document"], Sexes: f.Sexes, Ethnics: f.Ethnics, Points: []choiceOf{}, Programs: []choiceOf{}, Paper: viewKind(f.Paper), Filed: viewCorrections(f.Filed),
	}
	for _, row := range f.Rows {
		view.Fields = append(view.Fields, correctionFieldView{row.Key, row.Label, row.Value, row.Widget, row.Blocks})
	}
	for _, p := range f.Points {
		view.Points = append(view.Points, choiceOf{p.ID, p.Name})
	}
	for _, p := range f.Programs {
		view.Programs = append(view.Programs, choiceOf{p.ID, service.ProgramText(p)})
	}
	return view, nil
}

func (h *Handler) fileCorrection(c *gin.Context, v *service.Visit) (any, error) {
	texts, picture, err := parts(c, "picture")
	if err != nil {
		return nil, err
	}
	err = h.svc.FileCorrection(c.Request.Context(), v, service.CorrectionDraft{
		Field: texts["field"], Value: texts["value"], IDType: texts["id_type"], Note: texts["note"], Picture: picture,
	})
	if err != nil {
		return nil, err
	}
	return h.corrections(c, v)
}

func (h *Handler) withdrawCorrection(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.WithdrawCorrection(c.Request.Context(), v, c.Param("id")); err != nil {
		return nil, err
	}
	return h.corrections(c, v)
}

// A multipart body has at most so many parts, and a text in it so many bytes.
const (
	mostParts = 10
	partBytes = 4 << 10
)

// parts reads a multipart body into memory: its short texts by name, and its
// one file, cut one byte after the bound so that the service sees that it is too large.
func parts(c *gin.Context, file string) (texts map[string]string, body []byte, err error) {
	form, err := c.Request.MultipartReader()
	if err != nil {
		return nil, nil, enroll.Fail("bad_request").Because(err)
	}
	texts = map[string]string{}
	for range mostParts {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return texts, body, nil
		}
		if err != nil {
			return nil, nil, unreadable(err)
		}
		limit := int64(partBytes)
		if part.FormName() == file {
			limit = enroll.UploadBytes + 1
		}
		read, err := io.ReadAll(io.LimitReader(part, limit))
		if err != nil {
			return nil, nil, unreadable(err)
		}
		if part.FormName() == file {
			body = read
			continue
		}
		texts[part.FormName()] = string(read)
	}
	return nil, nil, enroll.Fail("bad_request")
}
