package handler

import (
	"context"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// nextView says what the login asks for next; empty when one is in. Codes are the recovery codes, shown once.
type nextView struct {
	Next  service.Next `json:"next"`
	Codes []string     `json:"codes,omitempty"`
}

func (h *Handler) staffLogin(c *gin.Context) (any, error) {
	var q struct {
		Account  string `json:"account"`
		Password string `json:"password"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	id, next, err := h.svc.StaffLogin(c.Request.Context(), q.Account, q.Password, c.ClientIP())
	if err != nil {
		return nil, err
	}
	return nextView{Next: next}, h.come(c, id)
}

// codeBody is a code of the authenticator or a recovery code.
type codeBody struct {
	Code string `json:"code"`
}

func (h *Handler) staffTOTP(c *gin.Context) (any, error) { return h.secondStep(c, h.svc.ProveTOTP) }

func (h *Handler) staffRecover(c *gin.Context) (any, error) {
	return h.secondStep(c, h.svc.ProveRecovery)
}

// secondStep is the step after the password, by whichever proof.
func (h *Handler) secondStep(c *gin.Context, prove func(ctx context.Context, id, code, address string) (service.Next, error)) (any, error) {
	var q codeBody
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	id, err := h.coming(c)
	if err != nil {
		return nil, err
	}
	next, err := prove(c.Request.Context(), id, q.Code, c.ClientIP())
	if err != nil {
		return nil, err
	}
	return nextView{Next: next}, h.goOn(c, id, next)
}

type offerView struct {
	URI    string `json:"uri"`
	Secret string `json:"secret"`
}

// offerTOTP gives what the authenticator scans: to who has none yet and has
// proven the password, or to who is in and moves to another phone. The seed
// waits sealed in the session until a code proves it.
func (h *Handler) offerTOTP(c *gin.Context) (any, error) {
	ctx := c.Request.Context()
	id, _, err := h.comingOrIn(c)
	if err != nil {
		return nil, err
	}
	offer, err := h.svc.OfferTOTP(ctx, id)
	if err != nil {
		return nil, err
	}
	h.staffSessions.Put(ctx, staffSeed, h.svc.SealSeed(id, offer.Secret))
	return offerView{offer.URI, offer.Secret.Raw()}, nil
}

// comingOrIn is who stands between the steps of a login, or who is in.
func (h *Handler) comingOrIn(c *gin.Context) (id string, d *service.Duty, err error) {
	if id, err = h.coming(c); err == nil {
		return id, nil, nil
	}
	if d, err = h.duty(c); err != nil {
		return "", nil, err
	}
	return d.Staff.ID, d, nil
}

func (h *Handler) enrolTOTP(c *gin.Context) (any, error) {
	var q codeBody
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	ctx := c.Request.Context()
	id, d, err := h.comingOrIn(c)
	if err != nil {
		return nil, err
	}
	seed, err := h.svc.OpenSeed(id, h.staffSessions.GetBytes(ctx, staffSeed))
	if err != nil {
		return nil, err
	}
	if d != nil {
		codes, err := h.svc.ReplaceTOTP(ctx, d, seed, q.Code)
		return nextView{Codes: codes}, err
	}
	next, codes, err := h.svc.EnrolTOTP(ctx, id, seed, q.Code, c.ClientIP())
	if err != nil {
		return nil, err
	}
	return nextView{Next: next, Codes: codes}, h.goOn(c, id, next)
}

// staffPassword sets a password of one's own: as the last step of a first login, or later with the former one.
func (h *Handler) staffPassword(c *gin.Context) (any, error) {
	var q struct {
		Old      string `json:"old"`
		Password string `json:"password"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	ctx := c.Request.Context()
	id, d, err := h.comingOrIn(c)
	if err != nil {
		return nil, err
	}
	switch {
	case d != nil:
		err = h.svc.ChangePassword(ctx, d, q.Old, q.Password)
	case h.staffSessions.GetBool(ctx, staffProven):
		err = h.svc.ChooseFirstPassword(ctx, id, q.Password, c.ClientIP())
	default:
		err = enroll.Fail("not_logged_in")
	}
	if err != nil {
		return nil, err
	}
	return nextView{}, h.enterStaff(c, id)
}

// staffLogout ends the session, whoever's it was.
func (h *Handler) staffLogout(c *gin.Context) (any, error) {
	ctx := c.Request.Context()
	if d, err := h.duty(c); err == nil {
		if err := h.svc.LeaveStaff(ctx, d, h.staffSessions.GetString(ctx, staffMark)); err != nil {
			return nil, err
		}
	}
	return gin.H{}, h.staffSessions.Destroy(ctx)
}
