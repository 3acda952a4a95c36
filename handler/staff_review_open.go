package handler

import (
	"errors"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type openReviewView struct {
	reviewItemView
	IDNumber    string                 `json:"id_number"`
	IDType      string                 `json:"id_type"`
	Status      string                 `json:"status"`
	Pictures    []reviewPictureView    `json:"pictures"`
	Compare     []enroll.CompareRow    `json:"compare"`
	Sections    []reviewSheetView      `json:"sections"`
	Application *reviewApplicationView `json:"application"`
	Proof       *reviewProofView       `json:"proof"`
	Correction  *reviewCorrectionView  `json:"correction"`
	Hints       []string               `json:"hints"`
	History     []eventView            `json:"history"`
	Reasons     []enroll.ReviewReason  `json:"reasons"`
	Outcome     string                 `json:"outcome"`
	Asked       *askedView             `json:"asked"`
}

type reviewPictureView struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Mime  string `json:"mime"`
	// URL is empty where there is no such picture.
	URL string `json:"url"`
	// Note says what happened instead.
	Note string `json:"note"`
}

type reviewRowView struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

type reviewSheetView struct {
	Title    string           `json:"title"`
	Rows     []reviewRowView  `json:"rows"`
	Problems []enroll.Problem `json:"problems"`
}

type reviewApplicationView struct {
	Kind   enroll.ApplicationKind `json:"kind"`
	Title  string                 `json:"title"`
	Rows   []reviewRowView        `json:"rows"`
	Until  int64                  `json:"until_at"`
	Resume []resumeFactView       `json:"resume"`
}

type reviewProofView struct {
	KindName   string           `json:"kind_name"`
	CodeLabel  string           `json:"code_label"`
	Code       string           `json:"code"`
	ValidUntil string           `json:"valid_until"`
	Expiry     string           `json:"expiry"`
	Site       string           `json:"site"`
	Results    []namedView      `json:"results"`
	Checks     []proofCheckView `json:"checks"`
}

type proofCheckView struct {
	Result string `json:"result"`
	Note   string `json:"note"`
	By     string `json:"by"`
	At     int64  `json:"at"`
}

type reviewCorrectionView struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
	Note  string `json:"note"`
}

type askedView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	By   string `json:"by"`
	At   int64  `json:"at"`
	// Mine says that this person asked, and so cannot confirm.
	Mine bool `json:"mine"`
}

// openReview shows one item with everything that a decision needs; numbers are masked.
func (h *Handler) openReview(c *gin.Context, d *service.Duty) (any, error) {
	o, err := h.svc.OpenReview(c.Request.Context(), d, reviewKind(c), c.Param("id"))
	if err != nil {
		return nil, err
	}
	view := openReviewView{
		reviewItemView: viewReviewItem(d, o.QueuedReview), IDNumber: o.Matter.Student.IDNumber.String(), IDType: o.Matter.Student.IDType.Name(),
		Status: o.Matter.Registration.Status.Name(), Pictures: []reviewPictureView{}, Compare: o.Compare, Sections: []reviewSheetView{},
		Hints: append([]string{}, o.Hints...), History: eventViews(o.History), Reasons: append([]enroll.ReviewReason{}, o.Reasons...), Outcome: o.Outcome,
	}
	for _, p := range o.Pictures {
		picture := reviewPictureView{Key: p.Key, Title: p.Title, Mime: p.Mime, Note: p.Note}
		if p.Object != "" {
			picture.URL = staffPrefix + "review/" + string(o.Kind) + "/" + o.ID + "/pictures/" + p.Key
		}
		view.Pictures = append(view.Pictures, picture)
	}
	for _, s := range o.Sections {
		view.Sections = append(view.Sections, reviewSheetView{s.Title, reviewRows(s.Sheet), append([]enroll.Problem{}, s.Problems...)})
	}
	view.Application, view.Proof = viewReviewApplication(o.Application), viewReviewProof(o.Proof)
	if x := o.Correction; x != nil {
		field, _ := enroll.FindCorrectionField(x.Field)
		view.Correction = &reviewCorrectionView{field.Label, x.FromText, x.ToText, x.Note}
	}
	if a := o.Asked; a != nil {
		view.Asked = &askedView{a.ID, a.Kind.Name(), a.AskedBy, millis(a.AskedAt), a.AskedBy == d.Staff.Account}
	}
	return view, nil
}

func reviewRows(sheet []enroll.SheetRow) []reviewRowView {
	rows := make([]reviewRowView, len(sheet))
	for i, row := range sheet {
		rows[i] = reviewRowView(row)
	}
	return rows
}

func viewReviewApplication(a *service.FiledApplication) *reviewApplicationView {
	if a == nil {
		return nil
	}
	rule, _ := a.Kind.Rule()
	view := &reviewApplicationView{Kind: a.Kind, Title: rule.Title, Rows: reviewRows(a.Facts), Until: millis(a.Until), Resume: []resumeFactView{}}
	for _, f := range a.Resume {
		view.Resume = append(view.Resume, resumeFactView(f))
	}
	for _, row := range []reviewRowView{{"原因类别", a.Why}, {"申请原因", a.Text}, {"本人输入", a.Sentence}, {"代办", a.FiledBy}} {
		if row.Value != "" {
			view.Rows = append(view.Rows, row)
		}
	}
	if a.Kind == enroll.ApplyReserve {
		view.Rows = append(view.Rows, reviewRowView{"保留至", enroll.EndMinute(a.Until)})
	}
	return view
}

func viewReviewProof(p *service.ReviewProof) *reviewProofView {
	if p == nil {
		return nil
	}
	view := &reviewProofView{
		KindName: p.KindName, CodeLabel: p.CodeLabel, Code: p.Code, ValidUntil: p.ValidUntil, Expiry: p.Expiry, Site: p.Site,
		Results: []namedView{}, Checks: []proofCheckView{},
	}
	for _, row := range enroll.ProofResults {
		view.Results = append(view.Results, namedView{string(row.Result), row.Name})
	}
	for _, k := range p.Checks {
		view.Checks = append(view.Checks, proofCheckView{k.Result.Name(), k.Note, k.By, millis(k.At)})
	}
	return view
}

// problemText is the sentence of why something cannot be done; empty where it can.
func problemText(err error) string {
	var known *enroll.Error
	if errors.As(err, &known) {
		return known.Message()
	}
	return ""
}
