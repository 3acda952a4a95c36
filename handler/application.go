package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type factView struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

type reserveReasonView struct {
	Code           string `json:"code"`
	Text           string `json:"text"`
	Proof          string `json:"proof"`
	ProofRequired  bool   `json:"proof_required"`
	Months         int    `json:"months"`
	AfterDischarge bool   `json:"after_discharge"`
	UntilAt        int64  `json:"until_at"`
}

type choiceOf struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type resumeFactView struct {
	Label string `json:"label"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

type resumeView struct {
	Intake   string           `json:"intake"`
	UntilAt  int64            `json:"until_at"`
	Programs []choiceOf       `json:"programs"`
	Points   []choiceOf       `json:"points"`
	Program  string           `json:"program"`
	Point    string           `json:"point"`
	Linked   bool             `json:"linked"`
	Facts    []resumeFactView `json:"facts"`
}

type applicationFormView struct {
	Kind     enroll.ApplicationKind `json:"kind"`
	Name     string                 `json:"name"`
	Title    string                 `json:"title"`
	Facts    []factView             `json:"facts"`
	Reasons  []reserveReasonView    `json:"reasons"`
	Paper    attachmentKindView     `json:"paper"`
	Sentence string                 `json:"sentence"`
	Least    int                    `json:"least"`
	Most     int                    `json:"most"`
	Phone    string                 `json:"phone"`
	Resume   *resumeView            `json:"resume"`
}

func kindOf(c *gin.Context) enroll.ApplicationKind { return enroll.ApplicationKind(c.Param("kind")) }

func viewFacts(rows []enroll.SheetRow) []factView {
	facts := make([]factView, len(rows))
	for i, row := range rows {
		facts[i] = factView(row)
	}
	return facts
}

func viewForm(f service.ApplicationForm, v *service.Visit) applicationFormView {
	view := applicationFormView{
		Kind: f.Rule.Kind, Name: f.Rule.Name, Title: f.Rule.Title, Facts: viewFacts(f.Facts), Reasons: []reserveReasonView{},
		Paper: viewPaper(f, v), Sentence: f.Sentence, Least: enroll.ReasonLeast, Most: enroll.ReasonMost, Phone: v.Login.Phone.String(),
	}
	for _, r := range f.Reasons {
		view.Reasons = append(view.Reasons, reserveReasonView{r.Code, r.Text, r.Proof, r.ProofRequired, r.Months, r.AfterDischarge, millis(r.Until)})
	}
	if o := f.Resume; o != nil {
		view.Resume = viewResume(o)
	}
	return view
}

func viewResume(o *service.ResumeOffer) *resumeView {
	view := &resumeView{Intake: o.Intake.Name, UntilAt: millis(o.Until), Program: o.Program, Point: o.Point, Linked: o.Linked, Facts: []resumeFactView{}}
	for _, p := range o.Programs {
		view.Programs = append(view.Programs, choiceOf{p.ID, p.Name + "（" + p.Form + "，" + p.Years() + " 年）"})
	}
	for _, p := range o.Points {
		view.Points = append(view.Points, choiceOf{p.ID, p.Name})
	}
	for _, f := range o.Facts {
		view.Facts = append(view.Facts, resumeFactView(f))
	}
	return view
}

func viewPaper(f service.ApplicationForm, v *service.Visit) attachmentKindView {
	view := viewKind(f.Paper)
	view.Files = viewApplicationFiles(v, f.Rule.Kind, f.Files)
	return view
}

func viewApplicationFiles(v *service.Visit, kind enroll.ApplicationKind, files []enroll.Attachment) []fileView {
	views := []fileView{}
	for _, f := range files {
		views = append(views, viewFile(f, base(v)+"/applications/"+string(kind)+"/files/"+f.ID))
	}
	return views
}

// applicationForm shows a kind's form; ?discharge= computes 保留至, ?program= and ?point= compare another choice.
func (h *Handler) applicationForm(c *gin.Context, v *service.Visit) (any, error) {
	f, err := h.svc.ApplicationForm(c.Request.Context(), v, kindOf(c), c.Query("discharge"))
	if err != nil {
		return nil, err
	}
	if f.Resume != nil && c.Query("program") != "" && !f.Resume.Linked {
		f.Resume.Program, f.Resume.Point = c.Query("program"), c.Query("point")
		if f.Resume.Facts, err = h.svc.ResumeFacts(c.Request.Context(), v, f.Resume.Program, f.Resume.Point); err != nil {
			return nil, err
		}
	}
	return viewForm(f, v), nil
}

func (h *Handler) attachToApplication(c *gin.Context, v *service.Visit) (any, error) {
	body, err := uploaded(c, "file")
	if err != nil {
		return nil, err
	}
	if err := h.svc.AttachToApplication(c.Request.Context(), v, kindOf(c), body); err != nil {
		return nil, err
	}
	return h.applicationForm(c, v)
}

func (h *Handler) detachFromApplication(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.DetachFromApplication(c.Request.Context(), v, kindOf(c), c.Param("file")); err != nil {
		return nil, err
	}
	return h.applicationForm(c, v)
}

func (h *Handler) openApplicationFile(c *gin.Context, v *service.Visit) (any, error) {
	file, body, err := h.svc.OpenApplicationFile(c.Request.Context(), v, kindOf(c), c.Param("file"))
	if err != nil {
		return nil, err
	}
	sendFile(c, file.Mime, body)
	return nil, nil
}

type draftBody struct {
	Reason    string `json:"reason"`
	Discharge string `json:"discharge"`
	Text      string `json:"text"`
	Sentence  string `json:"sentence"`
	Program   string `json:"program"`
	Point     string `json:"point"`
	Signature string `json:"signature"`
	TypedName string `json:"typed_name"`
	Challenge string `json:"challenge"`
	Code      string `json:"code"`
}

func bindDraft(c *gin.Context) (service.ApplicationDraft, error) {
	var b draftBody
	err := bind(c, &b)
	return service.ApplicationDraft{
		Kind: kindOf(c), Reason: b.Reason, Discharge: b.Discharge, Text: b.Text, Sentence: b.Sentence, Program: b.Program, Point: b.Point,
		Signing: service.Signing{Signature: b.Signature, TypedName: b.TypedName}, Challenge: b.Challenge, Code: b.Code,
	}, err
}

// applicationCode checks the form and sends the code.
func (h *Handler) applicationCode(c *gin.Context, v *service.Visit) (any, error) {
	d, err := bindDraft(c)
	if err != nil {
		return nil, err
	}
	challenge, err := h.svc.ApplicationCode(c.Request.Context(), v, d)
	if err != nil {
		return nil, err
	}
	return challengeView{challenge.ID, int(challenge.ResendIn.Seconds()), int(challenge.ExpiresIn.Seconds()), challenge.Message}, nil
}

func (h *Handler) fileApplication(c *gin.Context, v *service.Visit) (any, error) {
	d, err := bindDraft(c)
	if err != nil {
		return nil, err
	}
	if err := h.svc.FileApplication(c.Request.Context(), v, d); err != nil {
		return nil, err
	}
	return h.me(c, v)
}

// compareSentence shows which characters differ while the sentence is typed.
func (h *Handler) compareSentence(c *gin.Context, _ *service.Visit) (any, error) {
	var q struct {
		Text string `json:"text"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	same, marks := enroll.CompareSentence(q.Text, enroll.GiveUpSentence)
	return gin.H{"same": same, "marks": append([]enroll.Mark{}, marks...)}, nil
}

// checkApplication lets the page find mistakes before a code is sent.
func (h *Handler) checkApplication(c *gin.Context, v *service.Visit) (any, error) {
	d, err := bindDraft(c)
	if err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.CheckApplication(c.Request.Context(), v, d)
}
