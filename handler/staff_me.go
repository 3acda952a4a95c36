package handler

import (
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// staffView is who a member of staff is, to their own page.
type staffView struct {
	Account string              `json:"account"`
	Name    string              `json:"name"`
	Role    enroll.Role         `json:"role"`
	Title   string              `json:"role_title"`
	Point   string              `json:"point"`
	May     []enroll.Permission `json:"may"`
	// ExpiresAt ends the account; ConfirmedUntil ends the last proof of password and authenticator.
	ExpiresAt      int64 `json:"expires_at"`
	ConfirmedUntil int64 `json:"confirmed_until"`
	// RecoveryLeft counts the recovery codes that still open.
	RecoveryLeft int `json:"recovery_left"`
}

func (h *Handler) staffMe(c *gin.Context, d *service.Duty) (any, error) {
	left, err := h.svc.RecoveryCodesLeft(c.Request.Context(), d)
	p := d.Staff
	return staffView{
		Account: p.Account, Name: p.Name, Role: p.Role, Title: p.Role.Name(), Point: p.Point, May: p.Role.Allowed(),
		ExpiresAt: p.ExpiresAt.UnixMilli(), ConfirmedUntil: d.ConfirmedUntil().UnixMilli(), RecoveryLeft: left,
	}, err
}

// staffConfirm proves password and authenticator anew; the session gets a new id.
func (h *Handler) staffConfirm(c *gin.Context, d *service.Duty) (any, error) {
	var q struct {
		Password string `json:"password"`
		Code     string `json:"code"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	ctx := c.Request.Context()
	if err := h.svc.ConfirmStaff(ctx, d, q.Password, q.Code); err != nil {
		return nil, err
	}
	h.putTime(ctx, staffConfirmed, h.svc.Now())
	return gin.H{}, h.staffSessions.RenewToken(ctx)
}

func (h *Handler) renewRecoveryCodes(c *gin.Context, d *service.Duty) (any, error) {
	codes, err := h.svc.RenewRecoveryCodes(c.Request.Context(), d)
	return gin.H{"codes": codes}, err
}

type staffEntryView struct {
	At      int64  `json:"at"`
	What    string `json:"what"`
	Failed  bool   `json:"failed"`
	Device  string `json:"device"`
	Address string `json:"address"`
}

// staffEntries shows one's own last entries and failed attempts.
func (h *Handler) staffEntries(c *gin.Context, d *service.Duty) (any, error) {
	list, err := h.svc.StaffEntries(c.Request.Context(), d)
	rows := make([]staffEntryView, len(list))
	for i, a := range list {
		rows[i] = staffEntryView{At: millis(a.At), What: a.ActionName(), Failed: a.Action != "login", Address: a.Address}
		if rows[i].Failed {
			rows[i].What += "：" + enroll.WrongStep(a.Detail)
		} else {
			rows[i].Device = a.Detail
		}
	}
	return gin.H{"rows": rows}, err
}
