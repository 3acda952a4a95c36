package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type reviewItemView struct {
	Kind      enroll.ReviewKind     `json:"kind"`
	KindName  string                `json:"kind_name"`
	ID        string                `json:"id"`
	Version   int64                 `json:"version"`
	Student   string                `json:"student"`
	Name      string                `json:"name"`
	ExamNo    string                `json:"exam_no"`
	Point     string                `json:"point"`
	Program   string                `json:"program"`
	SinceAt   int64                 `json:"since_at"`
	DueAt     int64                 `json:"due_at"`
	Lateness  enroll.ReviewLateness `json:"lateness"`
	AsksFirst bool                  `json:"asks_first"`
	First     *firstReviewView      `json:"first"`
	Claim     *reviewClaimView      `json:"claim"`
}

type firstReviewView struct {
	Pass   bool             `json:"pass"`
	Reason string           `json:"reason"`
	Items  []returnItemView `json:"items"`
	By     string           `json:"by"`
	At     int64            `json:"at"`
}

type returnItemView struct {
	Item   string `json:"item"`
	Reason string `json:"reason"`
}

type reviewClaimView struct {
	By      string `json:"by"`
	Mine    bool   `json:"mine"`
	SinceAt int64  `json:"since_at"`
}

type namedView struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

type reviewQueueView struct {
	Rows     []reviewItemView          `json:"rows"`
	Next     string                    `json:"next"`
	Counts   map[enroll.ReviewKind]int `json:"counts"`
	Overdue  int                       `json:"overdue"`
	Kinds    []namedView               `json:"kinds"`
	Points   []namedView               `json:"points"`
	Programs []namedView               `json:"programs"`
	Items    []namedView               `json:"return_items"`
}

func viewReviewItem(d *service.Duty, q service.QueuedReview) reviewItemView {
	v := reviewItemView{
		Kind: q.Kind, KindName: q.Kind.Name(), ID: q.ID, Version: q.Version, Student: q.Registration, Name: q.Name, ExamNo: q.ExamNo,
		Point: q.Point.Name, Program: string(q.Program.Level) + " " + q.Program.Name, SinceAt: millis(q.Since), DueAt: millis(q.DueAt),
		Lateness: q.Lateness, AsksFirst: q.AsksFirst,
	}
	if q.Claim != nil {
		v.Claim = &reviewClaimView{q.Claim.By, q.Claim.Staff == d.Staff.ID, millis(q.Claim.Since)}
	}
	if q.First != nil {
		v.First = &firstReviewView{Pass: q.First.Pass, Reason: q.First.Reason, Items: []returnItemView{}, By: q.First.By, At: millis(q.First.At)}
		for _, i := range q.First.Items {
			v.First.Items = append(v.First.Items, returnItemView(i))
		}
	}
	return v
}

// reviewQueue lists what waits for this member of staff, the first due first; a clerk sees names masked.
func (h *Handler) reviewQueue(c *gin.Context, d *service.Duty) (any, error) {
	q, err := h.svc.ReviewQueue(c.Request.Context(), d, service.QueueFilter{
		Kind: enroll.ReviewKind(c.Query("kind")), Point: c.Query("point"), Program: c.Query("program"), Stage: c.Query("stage"),
		After: c.Query("after"), Limit: pageLimit(c),
	})
	if err != nil {
		return nil, err
	}
	view := reviewQueueView{
		Rows: []reviewItemView{}, Next: q.Next, Counts: q.Counts, Overdue: q.Overdue, Kinds: []namedView{}, Points: []namedView{}, Programs: []namedView{},
		Items: []namedView{},
	}
	for _, item := range q.Items {
		row := viewReviewItem(d, item)
		if d.Staff.Role == enroll.RoleClerk {
			row.Name = enroll.MaskName(row.Name)
		}
		view.Rows = append(view.Rows, row)
	}
	for _, rule := range service.ReviewKindsOf(d) {
		view.Kinds = append(view.Kinds, namedView{string(rule.Kind), rule.Name})
	}
	for _, p := range q.Points {
		view.Points = append(view.Points, namedView{p.Code, p.Name})
	}
	for _, p := range q.Programs {
		view.Programs = append(view.Programs, namedView{string(p.Level) + p.No, string(p.Level) + " " + p.Name})
	}
	for _, t := range enroll.ReturnTargets {
		view.Items = append(view.Items, namedView{t.Item, t.Title})
	}
	return view, nil
}

func reviewKind(c *gin.Context) enroll.ReviewKind { return enroll.ReviewKind(c.Param("kind")) }

func (h *Handler) claimReview(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.ClaimReview(c.Request.Context(), d, reviewKind(c), c.Param("id"))
}

func (h *Handler) releaseReview(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.ReleaseReview(c.Request.Context(), d, reviewKind(c), c.Param("id"))
}

func (h *Handler) reviewPicture(c *gin.Context, d *service.Duty) (any, error) {
	p, body, err := h.svc.ReviewPicture(c.Request.Context(), d, reviewKind(c), c.Param("id"), c.Param("picture"))
	if err != nil {
		return nil, err
	}
	sendFile(c, p.Mime, body)
	return nil, nil
}

func (h *Handler) keepEvidence(c *gin.Context, d *service.Duty) (any, error) {
	if reviewKind(c) != enroll.ReviewProof {
		return nil, enroll.Fail("not_found")
	}
	body, err := uploaded(c, "file")
	if err != nil {
		return nil, err
	}
	id, err := h.svc.KeepEvidence(c.Request.Context(), d, c.Param("id"), body)
	return gin.H{"evidence": id}, err
}

func (h *Handler) decideReview(c *gin.Context, d *service.Duty) (any, error) {
	var v service.Verdict
	if err := bind(c, &v); err != nil {
		return nil, err
	}
	v.Kind, v.ID = reviewKind(c), c.Param("id")
	outcome, err := h.svc.DecideReview(c.Request.Context(), d, v)
	return gin.H{"outcome": outcome}, err
}

type verdictsBody struct {
	Verdicts []service.Verdict `json:"verdicts"`
}

type bulkPreviewView struct {
	Kind     enroll.ReviewKind `json:"kind"`
	KindName string            `json:"kind_name"`
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	ExamNo   string            `json:"exam_no"`
	Outcome  string            `json:"outcome"`
	Problem  string            `json:"problem"`
}

func (h *Handler) previewReviews(c *gin.Context, d *service.Duty) (any, error) {
	var body verdictsBody
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	list, err := h.svc.PreviewReviews(c.Request.Context(), d, body.Verdicts)
	if err != nil {
		return nil, err
	}
	rows := make([]bulkPreviewView, len(list))
	for i, p := range list {
		rows[i] = bulkPreviewView{Kind: p.Kind, KindName: p.Kind.Name(), ID: p.ID, Name: p.Name, ExamNo: p.ExamNo, Outcome: p.Outcome, Problem: problemText(p.Err)}
		if d.Staff.Role == enroll.RoleClerk {
			rows[i].Name = enroll.MaskName(p.Name)
		}
	}
	return gin.H{"rows": rows}, nil
}

func (h *Handler) startReviews(c *gin.Context, d *service.Duty) (any, error) {
	var body verdictsBody
	if err := bind(c, &body); err != nil {
		return nil, err
	}
	job, err := h.svc.StartReviews(c.Request.Context(), d, body.Verdicts)
	return gin.H{"job": job.ID}, err
}
