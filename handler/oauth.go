package handler

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
)

var goTarget = regexp.MustCompile(`^[a-z][a-z/-]{0,40}$`)

// goPage is the server path of messages and menus: inside WeChat it passes the
// web authorisation once, and ends at the page's hash route.
func (h *Handler) goPage(c *gin.Context) (any, error) {
	page := c.Param("page")
	if !goTarget.MatchString(page) {
		page = "home"
	}
	if inWeChat(c.Request) && h.openid(c) == "" && h.svc.OA.Enabled() {
		c.Redirect(http.StatusFound, "/wechat/oauth?to="+page)
		return nil, nil
	}
	c.Redirect(http.StatusFound, "/#/"+page)
	return nil, nil
}

// oauth is both ends of the web authorisation (网页授权): without a code it
// sends the browser to WeChat, with one it learns the openid and strips the
// code from the address.
func (h *Handler) oauth(c *gin.Context) (any, error) {
	ctx := c.Request.Context()
	c.Header("Cache-Control", "no-store")
	code, state := c.Query("code"), c.Query("state")
	if code == "" && state == "" {
		to := c.Query("to")
		if !goTarget.MatchString(to) {
			to = "home"
		}
		if !h.svc.OA.Enabled() {
			c.Redirect(http.StatusFound, "/#/"+to)
			return nil, nil
		}
		return nil, h.authorize(c, to)
	}
	if state == "" || state != h.sessions.PopString(ctx, sessionOAuth) {
		return h.oauthAgain(c)
	}
	to, openid, err := h.svc.EndOAuth(ctx, code, state)
	switch enroll.ReasonOf(err) {
	case "oauth_state":
		return h.oauthAgain(c)
	case "snapshot_user":
		c.Redirect(http.StatusFound, "/#/login?snapshot=1")
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	h.sessions.Put(ctx, sessionOpenID, openid)
	if err := h.renew(c); err != nil {
		return nil, err
	}
	c.Redirect(http.StatusFound, "/#/"+to)
	return nil, nil
}

// authorize sends a browser inside WeChat to the authorisation, which ends at the hash route to.
func (h *Handler) authorize(c *gin.Context, to string) error {
	ctx := c.Request.Context()
	state, err := h.svc.BeginOAuth(ctx, to)
	if err != nil {
		return err
	}
	h.sessions.Put(ctx, sessionOAuth, state)
	c.Redirect(http.StatusFound, h.svc.OA.AuthorizeURL(h.cfg.PublicURL+"/wechat/oauth", state))
	return nil
}

// oauthAgain leaves a stale or foreign authorisation without a trace; the login page offers it anew.
func (h *Handler) oauthAgain(c *gin.Context) (any, error) {
	c.Redirect(http.StatusFound, "/#/login")
	return nil, nil
}

func inWeChat(r *http.Request) bool {
	ua := r.UserAgent()
	return strings.Contains(ua, "MicroMessenger") && !strings.Contains(ua, "wxwork")
}
