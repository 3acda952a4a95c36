package handler

import (
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// What a session of staff holds.
const (
	staffID        = "staff"
	staffMark      = "mark"
	staffConfirmed = "confirmed"
)

// A session of staff ends after 15 idle minutes, and after 8 hours in any case (reliability §3.3).
const (
	staffIdle = 15 * time.Minute
	staffLife = 8 * time.Hour
)

// staffPrefix begins every route of the staff site's API.
const staffPrefix = "/api/staff/"

func newStaffSessions(svc *service.Service, cfg Config) *scs.SessionManager {
	m := newSessions(svc, cfg)
	m.IdleTimeout, m.Lifetime = staffIdle, staffLife
	m.Cookie.Name = "xinsheng-staff"
	m.Cookie.SameSite = http.SameSiteStrictMode
	if cfg.Secure() {
		m.Cookie.Name = "__Host-xinsheng-staff"
	}
	return m
}

// dutyAction is an action of a logged-in member of staff.
type dutyAction func(c *gin.Context, d *service.Duty) (any, error)

// staff renders an action of a member of staff who holds a permission; without a
// login it answers not_logged_in, without the permission staff_forbidden.
func (h *Handler) staff(may enroll.Permission, act dutyAction) gin.HandlerFunc {
	return h.public(func(c *gin.Context) (any, error) {
		d, err := h.duty(c)
		if err != nil {
			return nil, err
		}
		if !d.Staff.Role.May(may) {
			return nil, enroll.Fail("staff_forbidden")
		}
		return act(c, d)
	})
}

func (h *Handler) duty(c *gin.Context) (*service.Duty, error) {
	ctx := c.Request.Context()
	id := h.staffSessions.GetString(ctx, staffID)
	if id == "" {
		return nil, enroll.Fail("not_logged_in")
	}
	d, err := h.svc.Duty(ctx, id, h.staffSessions.GetString(ctx, staffMark))
	if err != nil {
		return nil, err
	}
	d.Address, d.Device = c.ClientIP(), device(c.Request.UserAgent())
	d.ConfirmedAt = h.staffSessions.GetTime(ctx, staffConfirmed)
	return d, nil
}
