package sandbox

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// eventForgeries are the ways in which a message callback can be wrong; all must be refused, and a replay must
// have no second effect.
func eventForgeries() []string {
	return []string{"plain", "signature", "stale", "account", "replay"}
}

// ForgeEvent sends an event of a user (subscribe, TEMPLATESENDJOBFINISH …; more holds its further XML elements)
// that is wrong in the way asked, once and at once, and returns the site's HTTP status, of the second request for
// a replay. "" sends a genuine one.
func (w *World) ForgeEvent(ctx context.Context, user, event, how string, more map[string]string) (int, error) {
	if how != "" && !slices.Contains(eventForgeries(), how) {
		return 0, fmt.Errorf("no forgery %q", how)
	}
	target, body, err := w.forgedEvent(user, event, how, more)
	if err != nil {
		return 0, err
	}
	status, err := w.postEvent(ctx, target, body)
	if how == "replay" && err == nil {
		status, err = w.postEvent(ctx, target, body)
	}
	return status, err
}

func (w *World) forgedEvent(user, event, how string, more map[string]string) (target, body string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.user(user)
	if u == nil {
		return "", "", fmt.Errorf("no user %q", user)
	}
	fields := map[string]string{"MsgType": "event", "Event": event}
	for name, value := range more {
		fields[name] = value
	}
	text, at, keys := w.messageXML(u, fields), w.sandbox.config.Now().Add(w.data.Skew), w.credentials
	switch how {
	case "stale":
		at = at.Add(-time.Hour)
	case "account":
		keys.AppID = "wx0000000000000000"
	}
	target, body = w.callback(keys, u.OpenID, text, at)
	switch how {
	case "signature":
		target = strings.Replace(target, "msg_signature=", "msg_signature=0", 1)
	case "plain": // an attacker who has seen one signed address drops the encryption
		address, err := url.Parse(target)
		if err != nil {
			return "", "", err
		}
		query := address.Query()
		query.Del("encrypt_type")
		query.Del("msg_signature")
		address.RawQuery = query.Encode()
		target, body = address.String(), text
	}
	return target, body, nil
}

func (w *World) postEvent(ctx context.Context, target, body string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "text/xml")
	response, err := w.sandbox.client.Do(r)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	io.Copy(io.Discard, io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, nil
}
