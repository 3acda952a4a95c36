package oa

import (
	"context"
	"net/url"
	"regexp"

	"xinsheng/enroll"
)

// AuthorizeURL is where a browser inside WeChat learns who it is (snsapi_base:
// silent); the order of the parameters matters to WeChat.
func (c *Client) AuthorizeURL(redirect, state string) string {
	return c.cfg.OpenBase + "/connect/oauth2/authorize?appid=" + url.QueryEscape(c.cfg.AppID) +
		"&redirect_uri=" + url.QueryEscape(redirect) + "&response_type=code&scope=snsapi_base&state=" + url.QueryEscape(state) +
		"#wechat_redirect"
}

var codeShape = regexp.MustCompile(`^[0-9A-Za-z_-]{1,512}$`)

// OpenID changes a code of the web authorisation into the openid; a used or
// expired code is oauth_state, a snapshot user (预览页) is told apart and never bound.
func (c *Client) OpenID(ctx context.Context, code string) (openid string, snapshot bool, err error) {
	if !codeShape.MatchString(code) {
		return "", false, enroll.Fail("oauth_state")
	}
	token, err := c.oauth.GetUserAccessTokenContext(ctx, code)
	switch err = typed(err); CodeOf(err) {
	case 40029, 40163, 42003:
		return "", false, enroll.Fail("oauth_state").Because(err)
	}
	if err != nil {
		return "", false, enroll.Fail("busy").Because(err)
	}
	return token.OpenID, token.IsSnapShotUser == 1, nil
}
