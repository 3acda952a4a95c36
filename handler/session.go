package handler

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// What a session holds.
const (
	sessionLogin  = "login"
	sessionOpenID = "openid"
	sessionOAuth  = "oauth"
	// sessionHandoff is the ticket of a phone that was handed a job; it is no login.
	sessionHandoff = "handoff"
)

func newSessions(svc *service.Service, cfg Config) *scs.SessionManager {
	m := scs.New()
	m.Store = svc.KV.Sessions()
	m.IdleTimeout = svc.Config.Limits.SessionIdle
	m.Lifetime = svc.Config.Limits.SessionLife
	m.ErrorFunc = sessionsLost(svc.Log)
	m.Cookie.Name = "xinsheng"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = cfg.Secure()
	if cfg.Secure() {
		m.Cookie.Name = "__Host-xinsheng"
	}
	return m
}

// sessionPaths begin what knows who is there; pages and assets carry no cookie,
// so that nothing between us and the browser keeps one with them.
var sessionPaths = []string{"/api/", "/go/", "/p/", "/wechat/oauth"}

func (h *Handler) withSessions(next http.Handler) http.Handler {
	opened, staff := h.sessions.LoadAndSave(next), h.staffSessions.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begins := func(path string) bool { return strings.HasPrefix(r.URL.Path, path) }
		if begins(staffPrefix) {
			staff.ServeHTTP(w, r)
			return
		}
		if slices.ContainsFunc(sessionPaths, begins) {
			opened.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// sessionsLost answers while KV cannot be reached.
func sessionsLost(log *slog.Logger) func(http.ResponseWriter, *http.Request, error) {
	return func(w http.ResponseWriter, _ *http.Request, err error) {
		log.Error("sessions cannot be read or kept", "error", err)
		busy := enroll.Fail("busy")
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(statuses[busy.Code])
		json.NewEncoder(w).Encode(gin.H{"error": errorView{Code: busy.Code, Reason: busy.Reason, Message: busy.Message()}})
	}
}

// enter puts a login into the session under a new id.
func (h *Handler) enter(c *gin.Context, login string) error {
	ctx := c.Request.Context()
	if err := h.sessions.RenewToken(ctx); err != nil {
		return err
	}
	h.sessions.Put(ctx, sessionLogin, login)
	return nil
}

// sessionLeftHeader tells a page for how many seconds the session lasts, unless the student does something.
const sessionLeftHeader = "X-Session-Left"

func (h *Handler) tellSessionLeft(c *gin.Context) {
	left := min(h.sessions.IdleTimeout, time.Until(h.sessions.Deadline(c.Request.Context())))
	c.Header(sessionLeftHeader, strconv.Itoa(int(left.Seconds())))
}

// renew gives the session a new id, after its rights grew.
func (h *Handler) renew(c *gin.Context) error { return h.sessions.RenewToken(c.Request.Context()) }

// leave forgets the login; the WeChat identity of the session stays.
func (h *Handler) leave(c *gin.Context) error {
	ctx := c.Request.Context()
	h.sessions.Remove(ctx, sessionLogin)
	return h.sessions.RenewToken(ctx)
}

// openid is the WeChat identity of this session, or "".
func (h *Handler) openid(c *gin.Context) string {
	return h.sessions.GetString(c.Request.Context(), sessionOpenID)
}
