package sandbox

import (
	"net/http"
	"time"
)

const (
	tokenLife  = 2 * time.Hour
	tokenGrace = 5 * time.Minute // how long the former token still works after a renewal
)

// accessToken is one access token ever given out; the old ones stay to tell 42001 (expired) from 40001 (not ours).
type accessToken struct {
	Value   string
	Stable  bool      // from stable_token; otherwise from token
	End     time.Time // from then on 42001
	Revoked bool      // 40001 from now on
	Renewed bool      // a newer one exists
}

// knowsToken tells whether this world gave the token out.
func (w *World) knowsToken(token string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, t := range w.data.Account.Tokens {
		if t.Value == token {
			return true
		}
	}
	return w.data.Account.Grants[token] != nil
}

// checkToken is the error code for an access token, "" if it is good.
func (w *World) checkToken(token string) string {
	for _, t := range w.data.Account.Tokens {
		if t.Value != token {
			continue
		}
		if t.Revoked {
			return "40001"
		}
		if !w.now().Before(t.End) {
			return "42001"
		}
		return ""
	}
	return "40001"
}

// RevokeTokens makes every access token invalid at once, as a new secret or another program would.
func (w *World) RevokeTokens() {
	defer w.change()()
	for i := range w.data.Account.Tokens {
		w.data.Account.Tokens[i].Revoked = true
	}
}

// plainToken answers /cgi-bin/token: every call makes a new one, the former works five minutes more.
func (c accountCall) plainToken() reply {
	c.data.Account.Tally.Tokens++
	if code := c.checkSecret(c.query("appid"), c.query("secret"), c.query("grant_type")); code != "" {
		return accountError(code, "")
	}
	return tokenReply(c.renew(false, tokenGrace), tokenLife)
}

// stableToken answers /cgi-bin/stable_token: the same token while it is valid; force_refresh ends the former at
// once, at most 20 times a day and not twice within 30 seconds.
func (c accountCall) stableToken() reply {
	c.data.Account.Tally.Tokens++
	var body struct {
		GrantType    string `json:"grant_type"`
		AppID        string `json:"appid"`
		Secret       string `json:"secret"`
		ForceRefresh bool   `json:"force_refresh"`
	}
	if bad, ok := c.decode(&body); !ok {
		return bad
	}
	if code := c.checkSecret(body.AppID, body.Secret, body.GrantType); code != "" {
		return accountError(code, "")
	}
	current := c.currentStable()
	if body.ForceRefresh && (current == nil || c.mayForce()) {
		if c.forcedToday() > 20 {
			return accountError("45009", "")
		}
		return tokenReply(c.renew(true, 0), tokenLife)
	}
	if current != nil && current.End.Sub(c.now()) > tokenGrace {
		return tokenReply(current.Value, current.End.Sub(c.now()))
	}
	return tokenReply(c.renew(true, tokenGrace), tokenLife)
}

func (w *World) checkSecret(appID, secret, grant string) string {
	switch {
	case grant != "client_credential":
		return "40002"
	case appID != w.credentials.AppID:
		return "40013"
	case secret == "":
		return "41004"
	case secret != w.credentials.AppSecret:
		return "40125"
	}
	return ""
}

func (w *World) currentStable() *accessToken {
	for i := range w.data.Account.Tokens {
		t := &w.data.Account.Tokens[i]
		if t.Stable && !t.Renewed && !t.Revoked && w.now().Before(t.End) {
			return t
		}
	}
	return nil
}

// mayForce notes a forced renewal, unless the last one was less than 30 seconds ago.
func (w *World) mayForce() bool {
	forced := w.data.Account.Forced
	if n := len(forced); n > 0 && w.now().Sub(forced[n-1]) < 30*time.Second {
		return false
	}
	w.data.Account.Forced = append(forced, w.now())
	return true
}

func (w *World) forcedToday() int {
	var today []time.Time
	for _, at := range w.data.Account.Forced {
		if w.now().Sub(at) < 24*time.Hour {
			today = append(today, at)
		}
	}
	w.data.Account.Forced = today
	return len(today)
}

// renew gives out a new token; the former of its kind ends after grace, and at once if grace is 0.
func (w *World) renew(stable bool, grace time.Duration) string {
	tokens := w.data.Account.Tokens
	for i := range tokens {
		t := &tokens[i]
		if t.Stable != stable || t.Renewed {
			continue
		}
		t.Renewed = true
		t.Revoked = t.Revoked || grace == 0
		if end := w.now().Add(grace); end.Before(t.End) {
			t.End = end
		}
	}
	if len(tokens) > 50 {
		tokens = tokens[len(tokens)-50:]
	}
	value := "98_" + randomText(133)
	w.data.Account.Tokens = append(tokens, accessToken{Value: value, Stable: stable, End: w.now().Add(tokenLife)})
	return value
}

func tokenReply(token string, left time.Duration) reply {
	return jsonReply(http.StatusOK, map[string]any{"access_token": token, "expires_in": int(left.Seconds())})
}

// ticket answers the JS-SDK's ticket, the same one while it is valid.
func (c accountCall) ticket() reply {
	if c.query("type") != "jsapi" {
		return accountError("40097", "invalid args")
	}
	a := &c.data.Account
	if !c.now().Before(a.TicketEnd) {
		a.Ticket, a.TicketEnd = randomText(86), c.now().Add(tokenLife)
	}
	return jsonReply(http.StatusOK, map[string]any{
		"errcode": 0, "errmsg": "ok", "ticket": a.Ticket, "expires_in": int(a.TicketEnd.Sub(c.now()).Seconds()),
	})
}
