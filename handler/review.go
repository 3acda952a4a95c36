package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type reviewRow struct {
	Label string   `json:"label"`
	Value string   `json:"value"`
	Files []string `json:"files,omitempty"`
}

type reviewSection struct {
	Key      string           `json:"key"`
	Title    string           `json:"title"`
	Route    string           `json:"route"`
	Rows     []reviewRow      `json:"rows"`
	Problems []enroll.Problem `json:"problems"`
}

type billPreview struct {
	TotalFen int64             `json:"total_fen"`
	Items    []enroll.BillItem `json:"items"`
}

type reviewView struct {
	Sections         []reviewSection `json:"sections"`
	Complete         bool            `json:"complete"`
	CommitmentNeeded bool            `json:"commitment_needed"`
	Signed           bool            `json:"signed"`
	Bill             *billPreview    `json:"bill_preview"`
	SubmitTitle      string          `json:"submit_title"`
}

func (h *Handler) review(c *gin.Context, v *service.Visit) (any, error) {
	r, err := h.svc.Review(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	view := reviewView{
		Sections: []reviewSection{}, Complete: r.Complete(), CommitmentNeeded: r.CommitmentNeeded, Signed: r.Signed,
		SubmitTitle: submitTitle(v, r),
	}
	for _, s := range r.Sections {
		view.Sections = append(view.Sections, viewReviewSection(v, s))
	}
	if len(r.Bill) > 0 {
		view.Bill = &billPreview{Items: r.Bill}
		for _, item := range r.Bill {
			view.Bill.TotalFen += item.AmountFen
		}
	}
	return view, nil
}

func viewReviewSection(v *service.Visit, s service.ReviewSection) reviewSection {
	section := reviewSection{Key: s.Key, Title: s.Title, Route: s.Route, Rows: []reviewRow{}, Problems: append([]enroll.Problem{}, s.Problems...)}
	for _, kind := range s.Files {
		row := reviewRow{Label: kind.Title, Files: []string{}}
		papers := 0
		for _, f := range kind.Files {
			if f.Mime == enroll.MimePDF {
				papers++
				continue
			}
			row.Files = append(row.Files, fileURL(v, f.ID))
		}
		row.Value = filesText(len(kind.Files), papers)
		section.Rows = append(section.Rows, row)
	}
	for _, line := range s.Sheet {
		section.Rows = append(section.Rows, reviewRow{Label: line.Label, Value: line.Value})
	}
	return section
}

func filesText(files, papers int) string {
	switch {
	case files == 0:
		return "未上传"
	case papers == files:
		return "已上传 PDF"
	case papers > 0:
		return "已上传照片和 PDF"
	}
	return "已上传"
}

// submitTitle is the words on the button that ends the form.
func submitTitle(v *service.Visit, r service.Review) string {
	switch {
	case r.CommitmentNeeded && !r.Signed:
		return "签署承诺书"
	case v.Registration.Status == enroll.Returned:
		return "重新提交"
	}
	return "提交"
}
