package oa

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/silenceper/wechat/v2/cache"
	"github.com/silenceper/wechat/v2/credential"
)

// Cache shares the access token between replicas: the library's four methods, and
// a lock so that only one of them asks WeChat for a new one. Held is true too where
// the cache does not answer: nobody waits for a lock that cannot be had.
type Cache interface {
	cache.Cache
	Hold(key string, life time.Duration) (release func(), held bool)
}

const (
	// tokenKept is how long a process trusts its own copy of the shared token.
	tokenKept = 10 * time.Second
	// tokenEarly is how long before its end a token is given up.
	tokenEarly = 300 * time.Second
	// tokenPatience is how long one replica waits for another that asks WeChat.
	tokenPatience = 6 * time.Second
)

// sharedToken gives the account's access token: one for all replicas, asked for
// once however many calls found the former one stale.
type sharedToken struct {
	cache  Cache
	key    string
	stable *credential.StableAccessToken

	asking sync.Mutex // one of this process asks
	mu     sync.Mutex // guards what follows
	value  string
	until  time.Time
	// stale is the last token that WeChat refused; if it is given out again, a new one is forced.
	stale string
}

func newSharedToken(cfg Config, shared Cache) *sharedToken {
	prefix := credential.CacheKeyOfficialAccountPrefix
	t := &sharedToken{cache: shared, key: prefix + "_stable_access_token_" + cfg.AppID}
	t.stable, _ = credential.NewStableAccessToken(cfg.AppID, cfg.Secret.Raw(), prefix, shared).(*credential.StableAccessToken)
	return t
}

// GetAccessToken gives the token; the library calls it before every request.
func (t *sharedToken) GetAccessToken() (string, error) {
	return t.GetAccessTokenContext(context.Background())
}

// GetAccessTokenContext gives the shared token, or asks WeChat for one.
func (t *sharedToken) GetAccessTokenContext(ctx context.Context) (string, error) {
	if token := t.current(); token != "" {
		return token, nil
	}
	t.asking.Lock()
	defer t.asking.Unlock()
	if token := t.current(); token != "" {
		return token, nil
	}
	release, held := t.await(ctx)
	if held {
		defer release()
	}
	if token := t.current(); token != "" {
		return token, nil
	}
	return t.ask(ctx)
}

// current is the token as this process or the shared cache knows it, or "".
func (t *sharedToken) current() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.value != "" && time.Now().Before(t.until) {
		return t.value
	}
	t.value = ""
	if kept, ok := t.cache.Get(t.key).(string); ok && kept != t.stale {
		t.value, t.until = kept, time.Now().Add(tokenKept)
	}
	return t.value
}

// await takes the replicas' lock, or waits until whoever has it has brought a token.
func (t *sharedToken) await(ctx context.Context) (release func(), held bool) {
	for end := time.Now().Add(tokenPatience); time.Now().Before(end); {
		if release, held = t.cache.Hold(t.key+":asking", tokenPatience); held {
			return release, true
		}
		select {
		case <-ctx.Done():
			return nil, false
		case <-time.After(20 * time.Millisecond):
		}
		if t.current() != "" {
			return nil, false
		}
	}
	return nil, false
}

// ask asks WeChat; where it repeats the token that it refused, a new one is forced.
func (t *sharedToken) ask(ctx context.Context) (string, error) {
	t.mu.Lock()
	stale := t.stale
	t.mu.Unlock()
	got, err := t.stable.GetAccessTokenDirectly(ctx, false)
	if err == nil && got.AccessToken == stale {
		got, err = t.stable.GetAccessTokenDirectly(ctx, true)
	}
	if err != nil {
		return "", err
	}
	if got.AccessToken == "" {
		return "", fmt.Errorf("wechat gave no access token")
	}
	life := time.Duration(got.ExpiresIn)*time.Second - tokenEarly
	if err := t.cache.Set(t.key, got.AccessToken, life); err != nil {
		return "", err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.value, t.until = got.AccessToken, time.Now().Add(min(tokenKept, max(life, time.Second)))
	return got.AccessToken, nil
}

// drop forgets a token that WeChat refused, unless another has taken its place already.
func (t *sharedToken) drop(token string) {
	if token == "" {
		return
	}
	t.mu.Lock()
	t.stale = token
	if t.value == token {
		t.value = ""
	}
	t.mu.Unlock()
	// The shared copy is not deleted: it may be newer by now, and a stale one is passed over by whoever met its refusal.
}
