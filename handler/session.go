package handler

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"
	"github.com/redis/go-redis/v9"

	"xinsheng/service"
	"xinsheng/store"
)

// What a session holds.
const (
	sessionLogin  = "login"
	sessionOpenID = "openid"
	sessionOAuth  = "oauth"
)

func newSessions(kv *store.KV, limits service.Limits, cfg Config) *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{kv}
	m.IdleTimeout = limits.SessionIdle
	m.Lifetime = limits.SessionLife
	m.Cookie.Name = "xinsheng"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = cfg.Secure()
	if cfg.Secure() {
		m.Cookie.Name = "__Host-xinsheng"
	}
	return m
}

// sessionStore keeps sessions in KV under the hash of their token, so that a dump of KV opens no session.
type sessionStore struct{ kv *store.KV }

func sessionKey(token string) string {
	sum := sha256.Sum256([]byte(token))
	return "session:" + base64.RawURLEncoding.EncodeToString(sum[:])
}

func (s sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	body, err := s.kv.Get(ctx, sessionKey(token)).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, false, nil
	}
	return body, err == nil, err
}

func (s sessionStore) CommitCtx(ctx context.Context, token string, body []byte, expiry time.Time) error {
	return s.kv.Set(ctx, sessionKey(token), body, time.Until(expiry)).Err()
}

func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.kv.Del(ctx, sessionKey(token)).Err()
}

func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s sessionStore) Commit(token string, body []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, body, expiry)
}

func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

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
