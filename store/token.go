package store

import (
	"context"
	"log/slog"
	"time"
)

// Tokens keeps WeChat's access token in KV so that replicas share it; it has
// the shape that the WeChat library asks for. A KV that fails is a miss, never
// an error: the token is then asked for anew.
type Tokens struct {
	kv  *KV
	log *slog.Logger
}

// NewTokens makes the shared cache of WeChat tokens.
func NewTokens(kv *KV, log *slog.Logger) *Tokens { return &Tokens{kv: kv, log: log} }

const tokenTimeout = time.Second

// Get gives the kept text, or nil.
func (t *Tokens) Get(key string) any {
	ctx, cancel := context.WithTimeout(context.Background(), tokenTimeout)
	defer cancel()
	text, err := t.kv.UniversalClient.Get(ctx, "wechat:"+key).Result()
	if err != nil {
		return nil
	}
	return text
}

// Set keeps a text for at least a second.
func (t *Tokens) Set(key string, value any, life time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), tokenTimeout)
	defer cancel()
	if err := t.kv.UniversalClient.Set(ctx, "wechat:"+key, value, max(life, time.Second)).Err(); err != nil {
		t.log.Warn("token not kept", "error", err)
	}
	return nil
}

// IsExist says whether a text is kept.
func (t *Tokens) IsExist(key string) bool { return t.Get(key) != nil }

// Delete forgets a text.
func (t *Tokens) Delete(key string) error {
	ctx, cancel := context.WithTimeout(context.Background(), tokenTimeout)
	defer cancel()
	return t.kv.Del(ctx, "wechat:"+key).Err()
}

// Hold takes a short lock that all replicas share, so that one of them asks
// WeChat; where KV fails it is held at once, since waiting would bring nothing.
func (t *Tokens) Hold(key string, life time.Duration) (release func(), held bool) {
	ctx, cancel := context.WithTimeout(context.Background(), tokenTimeout)
	defer cancel()
	mine := newUUID()
	won, err := t.kv.SetNX(ctx, "wechat:"+key, mine, life).Result()
	if err != nil {
		return func() {}, true
	}
	return func() { t.release("wechat:"+key, mine) }, won
}

func (t *Tokens) release(key, mine string) {
	ctx, cancel := context.WithTimeout(context.Background(), tokenTimeout)
	defer cancel()
	if owner, err := t.kv.UniversalClient.Get(ctx, key).Result(); err == nil && owner == mine {
		t.kv.Del(ctx, key)
	}
}
