package handler

import (
	"net/http"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"xinsheng/service"
)

// What a session holds.
const (
	sessionLogin  = "login"
	sessionOpenID = "openid"
	sessionOAuth  = "oauth"
)

func newSessions(svc *service.Service, cfg Config) *scs.SessionManager {
	m := scs.New()
	m.Store = svc.KV.Sessions()
	m.IdleTimeout = svc.Config.Limits.SessionIdle
	m.Lifetime = svc.Config.Limits.SessionLife
	m.Cookie.Name = "xinsheng"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = cfg.Secure()
	if cfg.Secure() {
		m.Cookie.Name = "__Host-xinsheng"
	}
	return m
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
