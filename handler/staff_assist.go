package handler

import (
	"context"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// assistRoutes are the student's own steps, done at the counter by staff: the
// same handlers over a visit that a member of staff has opened (代办登记).
func (h *Handler) assistRoutes(r staffRouter) {
	const at = "/students/:id/assist"
	r.GET(at, h.staff(enroll.MayAssist, h.assist))
	r.POST(at, h.staff(enroll.MayAssist, h.beginAssist))
	r.DELETE(at, h.atCounter(h.endAssist))
	r.GET(at+"/identity", h.atCounter(h.identity))
	r.POST(at+"/identity/confirm", h.atCounter(h.confirmIdentity))
	r.GET(at+"/form", h.atCounter(h.form))
	r.GET(at+"/schools", h.atCounter(h.schools))
	r.GET(at+"/sections/:key", h.atCounter(h.section))
	r.PUT(at+"/sections/:key", h.atCounter(h.saveSection))
	r.GET(at+"/attachments", h.atCounter(h.attachments))
	r.PUT(at+"/attachments/proof", h.atCounter(h.writeProof))
	r.POST(at+"/attachments/:kind", h.atCounter(h.attach))
	r.DELETE(at+"/attachments/:file", h.atCounter(h.detach))
	r.GET(at+"/attachments/:file/file", h.atCounter(h.openAttachment))
	r.GET(at+"/review", h.atCounter(h.review))
	r.GET(at+"/commitment", h.atCounter(h.commitment))
	r.POST(at+"/commitment", h.atCounter(h.signCommitment))
	r.GET(at+"/commitment/signature", h.atCounter(h.commitmentPicture))
	r.GET(at+"/commitment/paper", h.atCounter(h.commitmentPaper))
	r.POST(at+"/submit", h.atCounter(h.submit))
	r.GET(at+"/applications/:kind", h.atCounter(h.applicationForm))
	r.POST(at+"/applications/:kind", h.atCounter(h.fileApplication))
	r.POST(at+"/applications/:kind/check", h.atCounter(h.checkApplication))
	r.POST(at+"/applications/:kind/files", h.atCounter(h.attachToApplication))
	r.DELETE(at+"/applications/:kind/files/:file", h.atCounter(h.detachFromApplication))
	r.GET(at+"/applications/:kind/files/:file", h.atCounter(h.openApplicationFile))
	r.POST(at+"/sentence", h.atCounter(h.compareSentence))
}

// base is where the routes of a visit lie: the student's own, or those at the counter.
func base(v *service.Visit) string {
	if v.Assist == nil {
		return "/api"
	}
	return "/api/staff/students/" + v.Registration.ID + "/assist"
}

// atCounter renders one of the student's steps for the member of staff who has opened it.
func (h *Handler) atCounter(act visitAction) staffAction {
	return h.staff(enroll.MayAssist, func(c *gin.Context, d *service.Duty) (any, error) {
		v, err := h.svc.AssistVisit(c.Request.Context(), d, c.Param("id"))
		if err != nil {
			return nil, err
		}
		return act(c, v)
	})
}

type assistOpenView struct {
	Account string `json:"account"`
	At      int64  `json:"at"`
	Until   int64  `json:"until"`
	Mine    bool   `json:"mine"`
}

type assistView struct {
	Name       string          `json:"name"`
	ExamNo     string          `json:"exam_no"`
	Program    string          `json:"program"`
	Phone      string          `json:"phone"`
	Status     enroll.Status   `json:"status"`
	StatusName string          `json:"status_name"`
	Editable   bool            `json:"editable"`
	Seen       bool            `json:"seen"`
	FaceName   string          `json:"face_name"`
	Commitment bool            `json:"commitment"`
	SubmitBy   int64           `json:"submit_by"`
	Open       *assistOpenView `json:"open"`
	Steps      []enroll.Step   `json:"steps"`
	Returned   []returnedView  `json:"returned"`
	// Applications are what the student may ask for at the counter instead.
	Applications []assistChoiceView `json:"applications"`
}

type assistChoiceView struct {
	Kind enroll.ApplicationKind `json:"kind"`
	Name string                 `json:"name"`
}

func (h *Handler) assist(c *gin.Context, d *service.Duty) (any, error) {
	return h.assistState(c.Request.Context(), d, c.Param("id"))
}

func (h *Handler) assistState(ctx context.Context, d *service.Duty, id string) (any, error) {
	a, err := h.svc.AssistState(ctx, d, id)
	if err != nil {
		return nil, err
	}
	v, r := a.Visit, a.Visit.Registration
	view := assistView{
		Name: nameFor(d, r.Name), ExamNo: r.ExamNo, Program: service.ProgramText(v.Program), Phone: v.Login.Phone.String(),
		Status: r.Status, StatusName: r.Status.Name(), Editable: r.Status.Editable(), Seen: a.Seen, FaceName: r.Face.Name(),
		Commitment: v.Program.Level.NeedsProof(), SubmitBy: millis(enroll.DeadlinesOf(v.Intake, r).Submit),
		Steps: append([]enroll.Step{}, a.Steps...), Returned: []returnedView{}, Applications: []assistChoiceView{},
	}
	for _, rule := range a.Applications {
		view.Applications = append(view.Applications, assistChoiceView{rule.Kind, rule.Name})
	}
	if a.Open != nil {
		view.Open = &assistOpenView{a.Open.Account, millis(a.Open.At), millis(a.Open.At.Add(enroll.AssistLife)), v.Assist != nil}
	}
	if v.Assist != nil {
		view.Name = r.Name
	}
	for _, item := range a.Returned {
		target, _ := enroll.FindReturnTarget(item.Item)
		view.Returned = append(view.Returned, returnedView{item.Item, target.Title, item.Reason, target.Route})
	}
	return view, nil
}

func (h *Handler) beginAssist(c *gin.Context, d *service.Duty) (any, error) {
	var b struct {
		Reason string `json:"reason"`
	}
	if err := bind(c, &b); err != nil {
		return nil, err
	}
	if err := h.svc.BeginAssist(c.Request.Context(), d, c.Param("id"), b.Reason); err != nil {
		return nil, err
	}
	return h.assist(c, d)
}

func (h *Handler) endAssist(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.EndAssist(c.Request.Context(), v); err != nil {
		return nil, err
	}
	return h.assist(c, v.Assist.Duty)
}
