package service

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"xinsheng/enroll"
)

const oauthLife = 10 * time.Minute

// BeginOAuth makes a state for one web authorisation, which remembers the page to end at.
func (s *Service) BeginOAuth(ctx context.Context, to string) (state string, err error) {
	state = rand.Text()
	return state, s.KV.Set(ctx, "oauth:"+state, to, oauthLife).Err()
}

// EndOAuth uses up a state and learns the openid; snapshot users are refused and never bound.
func (s *Service) EndOAuth(ctx context.Context, code, state string) (to, openid string, err error) {
	to, err = s.KV.GetDel(ctx, "oauth:"+state).Result()
	if errors.Is(err, redis.Nil) {
		return "", "", enroll.Fail("oauth_state")
	}
	if err != nil {
		return "", "", err
	}
	openid, snapshot, err := s.OA.OpenID(ctx, code)
	if err == nil && snapshot {
		err = enroll.Fail("snapshot_user")
	}
	return to, openid, err
}
