package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type orderView struct {
	ID          string          `json:"id"`
	Student     string          `json:"student"`
	Name        string          `json:"name"`
	ExamNo      string          `json:"exam_no"`
	TradeNo     string          `json:"trade_no"`
	Channel     string          `json:"channel"`
	AmountFen   int64           `json:"amount_fen"`
	RefundedFen int64           `json:"refunded_fen"`
	Status      string          `json:"status"`
	StatusName  string          `json:"status_name"`
	CreatedAt   int64           `json:"created_at"`
	PaidAt      int64           `json:"paid_at"`
	Transaction string          `json:"transaction"`
	Late        bool            `json:"late"`
	Facts       []moneyFactView `json:"facts"`
}

type moneyFactView struct {
	At        int64  `json:"at"`
	Source    string `json:"source"`
	State     string `json:"state"`
	AmountFen int64  `json:"amount_fen"`
}

func viewMoneyFacts(list []enroll.PaymentFact) []moneyFactView {
	views := make([]moneyFactView, len(list))
	for i, f := range list {
		views[i] = moneyFactView{millis(f.ReceivedAt), f.Source, f.TradeStateName(), f.AmountFen}
	}
	return views
}

func viewOrder(o enroll.Order, r enroll.Registration, facts []enroll.PaymentFact) orderView {
	return orderView{
		ID: o.ID, Student: o.Registration, Name: r.Name, ExamNo: r.ExamNo, TradeNo: o.OutTradeNo, Channel: o.Channel.Name(), AmountFen: o.AmountFen,
		RefundedFen: o.RefundedFen, Status: string(o.Status), StatusName: o.Status.Name(), CreatedAt: millis(o.CreatedAt), PaidAt: millis(o.PaidAt),
		Transaction: o.TransactionID, Late: o.Late, Facts: viewMoneyFacts(facts),
	}
}

func (h *Handler) financeOrders(c *gin.Context, _ *service.Duty) (any, error) {
	limit := pageLimit(c)
	list, err := h.svc.OrderPage(c.Request.Context(), enroll.OrderStatus(c.Query("status")), c.Query("after"), limit)
	if err != nil {
		return nil, err
	}
	rows, next := make([]orderView, len(list)), ""
	for i, o := range list {
		rows[i] = viewOrder(o.Order, o.Matter, nil)
	}
	if len(list) == limit {
		next = list[limit-1].ID
	}
	return gin.H{"rows": rows, "next": next}, nil
}

func (h *Handler) financeFacts(c *gin.Context, _ *service.Duty) (any, error) {
	list, err := h.svc.OrderFacts(c.Request.Context(), c.Param("id"))
	return viewMoneyFacts(list), err
}

type caseView struct {
	ID       string          `json:"id"`
	Kind     enroll.CaseKind `json:"kind"`
	KindName string          `json:"kind_name"`
	Student  string          `json:"student"`
	Name     string          `json:"name"`
	ExamNo   string          `json:"exam_no"`
	Detail   string          `json:"detail"`
	OpenedAt int64           `json:"opened_at"`
	ClosedAt int64           `json:"closed_at"`
	ClosedBy string          `json:"closed_by"`
	Note     string          `json:"note"`
	// Applies says that the money may be put to the bill, Numbers that a student number is missing.
	Applies bool `json:"applies"`
	Numbers bool `json:"numbers"`
}

func viewCase(one enroll.Case, r enroll.Registration) caseView {
	return caseView{
		ID: one.ID, Kind: one.Kind, KindName: one.Kind.Name(), Student: one.Registration, Name: r.Name, ExamNo: r.ExamNo, Detail: one.Detail,
		OpenedAt: millis(one.OpenedAt), ClosedAt: millis(one.ClosedAt), ClosedBy: one.ClosedBy, Note: one.Note,
		Applies: one.ClosedAt.IsZero() && (one.Kind == enroll.CaseLate || one.Kind == enroll.CaseNotPayable),
		Numbers: one.ClosedAt.IsZero() && one.Kind == enroll.CaseNumberMissing,
	}
}

func (h *Handler) financeCases(c *gin.Context, _ *service.Duty) (any, error) {
	limit := pageLimit(c)
	list, err := h.svc.CasePage(c.Request.Context(), enroll.CaseKind(c.Query("kind")), c.Query("closed") == "", c.Query("after"), limit)
	if err != nil {
		return nil, err
	}
	rows, next := make([]caseView, len(list)), ""
	for i, one := range list {
		rows[i] = viewCase(one.Case, one.Matter)
	}
	if len(list) == limit {
		next = list[limit-1].ID
	}
	return gin.H{"rows": rows, "next": next}, nil
}

func (h *Handler) closeCase(apply bool) dutyAction {
	return func(c *gin.Context, d *service.Duty) (any, error) {
		var b studentActBody
		if err := bind(c, &b); err != nil {
			return nil, err
		}
		return gin.H{}, h.svc.StaffCloseCase(c.Request.Context(), d, c.Param("id"), b.Reason, apply)
	}
}
