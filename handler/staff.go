package handler

import (
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
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

// staffAction is what a route of the staff site does, with the permission that it declares.
type staffAction struct {
	may enroll.Permission
	act gin.HandlerFunc
}

// staffRouter registers the routes of the staff site, which all declare their
// permission; only those of the login are open.
type staffRouter struct {
	gin      gin.IRouter
	declared map[string]enroll.Permission
}

// GET registers a route that reads.
func (r staffRouter) GET(path string, a staffAction) { r.add(http.MethodGet, path, a) }

// POST registers a route that acts.
func (r staffRouter) POST(path string, a staffAction) { r.add(http.MethodPost, path, a) }

// PUT registers a route that writes.
func (r staffRouter) PUT(path string, a staffAction) { r.add(http.MethodPut, path, a) }

// DELETE registers a route that removes.
func (r staffRouter) DELETE(path string, a staffAction) { r.add(http.MethodDelete, path, a) }

func (r staffRouter) add(method, path string, a staffAction) {
	r.declared[method+" "+strings.TrimSuffix(staffPrefix, "/")+path] = a.may
	r.gin.Handle(method, path, a.act)
}

// staff renders an action of a member of staff who holds a permission; without a
// login it answers not_logged_in, without the permission staff_forbidden.
func (h *Handler) staff(may enroll.Permission, act dutyAction) staffAction {
	return staffAction{may: may, act: h.public(func(c *gin.Context) (any, error) {
		d, err := h.duty(c)
		if err != nil {
			return nil, err
		}
		if !d.Staff.Role.May(may) {
			return nil, enroll.Fail("staff_forbidden")
		}
		return act(c, d)
	})}
}
