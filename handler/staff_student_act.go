package handler

import (
	"context"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// studentActBody is what any act in a student's matter may need beside the student.
type studentActBody struct {
	Reason string         `json:"reason"`
	Until  int64          `json:"until"`
	Phone  string         `json:"phone"`
	What   string         `json:"what"`
	Items  []reasonedItem `json:"items"`
}

type reasonedItem struct {
	Item   string `json:"item"`
	Reason string `json:"reason"`
}

// onStudent renders an act in a student's matter: it binds the body and answers what comes of it.
func (h *Handler) onStudent(act func(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error)) dutyAction {
	return func(c *gin.Context, d *service.Duty) (any, error) {
		var b studentActBody
		if err := bind(c, &b); err != nil {
			return nil, err
		}
		answer, err := act(c.Request.Context(), d, c.Param("id"), b)
		if err == nil && answer == nil {
			answer = gin.H{}
		}
		return answer, err
	}
}

func (h *Handler) unmaskStudent(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	shown, err := h.svc.Unmask(ctx, d, id, b.Reason)
	if err != nil {
		return nil, err
	}
	return gin.H{
		"id_number": shown.IDNumber, "phone": shown.Phone, "roster_phone": shown.RosterPhone, "birth_date": shown.BirthDate,
		"sections": viewFileSections(shown.Sections, false),
	}, nil
}

func (h *Handler) extendStudent(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	return nil, h.svc.StaffExtend(ctx, d, id, moment(b.Until), b.Reason)
}

func (h *Handler) grantAttempts(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	return nil, h.svc.GrantAttempts(ctx, d, id, b.Reason)
}

func (h *Handler) bindStudent(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	return nil, h.svc.StaffBind(ctx, d, id, b.Phone, b.Reason)
}

func (h *Handler) unbindStudent(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	return nil, h.svc.StaffUnbind(ctx, d, id, b.What == "wechat", b.Reason)
}

func (h *Handler) unlockStudent(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	return nil, h.svc.StaffUnlock(ctx, d, id, b.Reason)
}

func (h *Handler) issueDeskCode(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	issued, err := h.svc.StaffDeskCode(ctx, d, id, b.Phone, b.Reason)
	if err != nil {
		return nil, err
	}
	return gin.H{"code": enroll.SpacedDeskCode(issued.Code), "expires_at": issued.ExpiresAt.UnixMilli()}, nil
}

func (h *Handler) numberStudent(ctx context.Context, d *service.Duty, id string, _ studentActBody) (any, error) {
	number, err := h.svc.StaffNumber(ctx, d, id)
	return gin.H{"number": number}, err
}

func (h *Handler) approveStudent(ctx context.Context, d *service.Duty, id string, _ studentActBody) (any, error) {
	return nil, h.svc.StaffApprove(ctx, d, id)
}

func (h *Handler) sendBackStudent(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	items := make([]enroll.ReturnItem, len(b.Items))
	for i, item := range b.Items {
		items[i] = enroll.ReturnItem(item)
	}
	return nil, h.svc.StaffSendBack(ctx, d, id, items)
}

func (h *Handler) lapseStudent(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	return nil, h.svc.StaffLapse(ctx, d, id, b.Reason)
}

func (h *Handler) reinstateStudent(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	waits, err := h.svc.StaffReinstate(ctx, d, id, moment(b.Until), b.Reason)
	return gin.H{"waits": waits}, err
}

func (h *Handler) cancelStudent(ctx context.Context, d *service.Duty, id string, b studentActBody) (any, error) {
	return gin.H{"waits": true}, h.svc.StaffCancel(ctx, d, id, b.Reason)
}
