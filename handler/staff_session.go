package handler

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// What a session of staff holds: who stands between the steps of a login, and
// what they have proven, or who is in.
const (
	staffComing    = "coming"
	staffComingAt  = "coming_at"
	staffProven    = "proven"
	staffSeed      = "seed"
	staffID        = "staff"
	staffMark      = "mark"
	staffSince     = "since"
	staffSeen      = "seen"
	staffConfirmed = "confirmed"
)

// comingLife is how long the steps of one login may take.
const comingLife = 10 * time.Minute

// pollHeader marks what a page asks for by itself, which keeps no idle session alive.
const pollHeader = "X-Poll"

// staffAddress keeps the staff site to the networks that the configuration names.
func (h *Handler) staffAddress(c *gin.Context) {
	if len(h.cfg.StaffAddresses) == 0 {
		return
	}
	if ip, err := netip.ParseAddr(c.ClientIP()); err == nil {
		for _, network := range h.cfg.StaffAddresses {
			if network.Contains(ip.Unmap()) {
				return
			}
		}
	}
	h.fail(c, enroll.Fail("staff_address"))
}

func (h *Handler) putTime(ctx context.Context, key string, at time.Time) {
	h.staffSessions.Put(ctx, key, at.UnixMilli())
}

func (h *Handler) timeOf(ctx context.Context, key string) time.Time {
	return time.UnixMilli(h.staffSessions.GetInt64(ctx, key))
}

// come notes who has proven the password, under a new session id.
func (h *Handler) come(c *gin.Context, id string) error {
	ctx := c.Request.Context()
	if err := h.staffSessions.Clear(ctx); err != nil {
		return err
	}
	h.staffSessions.Put(ctx, staffComing, id)
	h.putTime(ctx, staffComingAt, h.svc.Now())
	return h.staffSessions.RenewToken(ctx)
}

// coming is who stands between the steps of a login.
func (h *Handler) coming(c *gin.Context) (string, error) {
	ctx := c.Request.Context()
	id := h.staffSessions.GetString(ctx, staffComing)
	if id == "" || h.svc.Now().Sub(h.timeOf(ctx, staffComingAt)) > comingLife {
		return "", enroll.Fail("not_logged_in")
	}
	return id, nil
}

// goOn leads to the next step under a new session id, and in where nothing is left to prove.
func (h *Handler) goOn(c *gin.Context, id string, next service.Next) error {
	ctx := c.Request.Context()
	if next == service.NextIn {
		return h.enterStaff(c, id)
	}
	h.staffSessions.Put(ctx, staffProven, true)
	h.staffSessions.Remove(ctx, staffSeed)
	return h.staffSessions.RenewToken(ctx)
}

// enterStaff begins the session of who has proven everything.
func (h *Handler) enterStaff(c *gin.Context, id string) error {
	ctx, m := c.Request.Context(), h.staffSessions
	mark, err := h.svc.EnterStaff(ctx, id, c.ClientIP(), device(c.Request.UserAgent()))
	if err != nil {
		return err
	}
	if err := m.Clear(ctx); err != nil {
		return err
	}
	now := h.svc.Now()
	m.Put(ctx, staffID, id)
	m.Put(ctx, staffMark, mark)
	h.putTime(ctx, staffSince, now)
	h.putTime(ctx, staffSeen, now)
	h.putTime(ctx, staffConfirmed, now)
	return m.RenewToken(ctx)
}

// duty is who is logged in; without a session, or with one that is over, not_logged_in.
func (h *Handler) duty(c *gin.Context) (*service.Duty, error) {
	ctx, m, now := c.Request.Context(), h.staffSessions, h.svc.Now()
	id := m.GetString(ctx, staffID)
	if id == "" || now.Sub(h.timeOf(ctx, staffSeen)) > staffIdle || now.Sub(h.timeOf(ctx, staffSince)) > staffLife {
		return nil, enroll.Fail("not_logged_in")
	}
	d, err := h.svc.Duty(ctx, id, m.GetString(ctx, staffMark))
	if err != nil {
		return nil, err
	}
	d.Address, d.Device = c.ClientIP(), device(c.Request.UserAgent())
	d.ConfirmedAt = h.timeOf(ctx, staffConfirmed)
	if c.GetHeader(pollHeader) != "" && c.Request.Method == http.MethodGet {
		return d, nil
	}
	h.putTime(ctx, staffSeen, now)
	return d, h.svc.Seen(ctx, d)
}
