package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// Sessions keeps the sessions of browsers (会话) in KV under the hash of their token, so that a dump of KV opens no session.
type Sessions struct{ kv *KV }

// Sessions is the session store of this KV, in the shape that scs asks for.
func (kv *KV) Sessions() Sessions { return Sessions{kv} }

func sessionKey(token string) string {
	sum := sha256.Sum256([]byte(token))
	return "session:" + base64.RawURLEncoding.EncodeToString(sum[:])
}

// FindCtx reads a session; found is false for an unknown or expired one.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	body, err := s.kv.Get(ctx, sessionKey(token)).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, false, nil
	}
	return body, err == nil, err
}

// CommitCtx keeps a session until expiry.
func (s Sessions) CommitCtx(ctx context.Context, token string, body []byte, expiry time.Time) error {
	return s.kv.Set(ctx, sessionKey(token), body, time.Until(expiry)).Err()
}

// DeleteCtx forgets a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.kv.Del(ctx, sessionKey(token)).Err()
}

// Find is FindCtx without a context, which scs asks for.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context, which scs asks for.
func (s Sessions) Commit(token string, body []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, body, expiry)
}

// Delete is DeleteCtx without a context, which scs asks for.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
