package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type approvalView struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Student   string `json:"student"`
	Who       string `json:"who"`
	ExamNo    string `json:"exam_no"`
	Status    string `json:"status"`
	Reason    string `json:"reason"`
	State     string `json:"state"`
	StateName string `json:"state_name"`
	AskedBy   string `json:"asked_by"`
	AskedAt   int64  `json:"asked_at"`
	DecidedBy string `json:"decided_by"`
	DecidedAt int64  `json:"decided_at"`
	Note      string `json:"note"`
	Mine      bool   `json:"mine"`
	MayDecide bool   `json:"may_decide"`
}

func viewApproval(d *service.Duty, a enroll.Approval, r enroll.Registration) approvalView {
	pending := a.State == enroll.ApprovalPending
	return approvalView{
		ID: a.ID, Name: a.Kind.Name(), Student: a.Registration, Who: r.Name, ExamNo: r.ExamNo, Status: r.Status.Name(), Reason: a.Reason,
		State: string(a.State), StateName: a.State.Name(), AskedBy: a.AskedBy, AskedAt: millis(a.AskedAt), DecidedBy: a.DecidedBy,
		DecidedAt: millis(a.DecidedAt), Note: a.Note, Mine: pending && a.AskedBy == d.Staff.Account, MayDecide: pending && a.MayDecide(d.Staff),
	}
}

// approvals lists what waits in a student's matter; those of accounts stand beside the accounts.
func (h *Handler) approvals(c *gin.Context, d *service.Duty) (any, error) {
	limit := pageLimit(c)
	list, err := h.svc.Approvals(c.Request.Context(), c.Query("after"), limit)
	if err != nil {
		return nil, err
	}
	rows, next := []approvalView{}, ""
	for _, a := range list {
		if a.Registration == "" {
			continue
		}
		r, err := h.svc.StaffRegistration(c.Request.Context(), d, a.Registration)
		if err != nil {
			return nil, err
		}
		rows = append(rows, viewApproval(d, a, r))
	}
	if len(list) == limit {
		next = list[limit-1].ID
	}
	return gin.H{"rows": rows, "next": next}, nil
}

func (h *Handler) confirmApproval(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.DecideApproval(c.Request.Context(), d, c.Param("id"), true, "")
}

func (h *Handler) refuseApproval(c *gin.Context, d *service.Duty) (any, error) {
	var b studentActBody
	if err := bind(c, &b); err != nil {
		return nil, err
	}
	return gin.H{}, h.svc.DecideApproval(c.Request.Context(), d, c.Param("id"), false, b.Reason)
}

func (h *Handler) withdrawApproval(c *gin.Context, d *service.Duty) (any, error) {
	return gin.H{}, h.svc.WithdrawApproval(c.Request.Context(), d, c.Param("id"))
}
