package sandbox

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// VerifyCallback asks the site to prove that it knows the token, as the console does when the callback's address is
// saved: the site must answer the echostr.
func (w *World) VerifyCallback(ctx context.Context) error {
	w.mu.Lock()
	site := w.data.Site
	timestamp := fmt.Sprint(w.sandbox.config.Now().Add(w.data.Skew).Unix())
	w.mu.Unlock()
	nonce, echo := randomDigits(10), randomDigits(19)
	query := url.Values{"signature": {sha1Hex(w.credentials.Token, timestamp, nonce)}, "timestamp": {timestamp},
		"nonce": {nonce}, "echostr": {echo}}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, site+"/wechat/callback?"+query.Encode(), nil)
	if err != nil {
		return err
	}
	response, err := w.sandbox.client.Do(r)
	if err != nil {
		return fmt.Errorf("callback: %w", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err != nil {
		return fmt.Errorf("callback: %w", err)
	}
	if response.StatusCode != http.StatusOK || string(answer) != echo {
		return fmt.Errorf("callback answered %d and not the echostr", response.StatusCode)
	}
	return nil
}
