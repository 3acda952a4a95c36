package service

import (
	"context"
	"time"

	"xinsheng/wechat/oa"
)

const (
	followerTick = time.Hour
	// followerKept is how long what WeChat said of a follower is trusted; events tell of changes at once.
	followerKept = 7 * 24 * time.Hour
)

// RunFollowers asks WeChat now and then who follows the account, until ctx ends.
func (s *Service) RunFollowers(ctx context.Context) error {
	tick := time.NewTicker(followerTick)
	defer tick.Stop()
	for {
		_, err := s.RefreshFollowers(ctx, nil)
		s.beat(ctx, "followers", err)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("followers", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// RefreshFollowers asks WeChat of everybody whose following is not known since a
// week, a hundred at a time, and says how many it learned.
func (s *Service) RefreshFollowers(ctx context.Context, progress Progress) (int, error) {
	if !s.OA.Enabled() {
		return 0, nil
	}
	learned := 0
	for after := ""; ; {
		openids, err := s.Store.UnknownFollowers(ctx, s.Now().Add(-followerKept), after, oa.FollowersAtOnce)
		if err != nil || len(openids) == 0 {
			return learned, err
		}
		after = openids[len(openids)-1]
		follows, err := s.OA.Followers(ctx, openids)
		if err != nil {
			return learned, err
		}
		if err := s.Store.SetFollowers(ctx, follows, s.Now()); err != nil {
			return learned, err
		}
		if learned += len(follows); progress != nil {
			progress(learned, 0)
		}
	}
}
