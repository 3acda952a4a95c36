package oa

import (
	"context"

	"github.com/silenceper/wechat/v2/officialaccount/user"
)

// FollowersAtOnce is how many people WeChat answers for in one call.
const FollowersAtOnce = 100

// Followers says of at most FollowersAtOnce people whether they follow the
// account; an openid that is none of this account follows nothing.
func (c *Client) Followers(ctx context.Context, openids []string) (map[string]bool, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var params user.BatchGetUserInfoParams
	for _, openid := range openids {
		params.UserList = append(params.UserList, user.BatchGetUserListItem{OpenID: openid, Lang: "zh_CN"})
	}
	var list *user.InfoList
	err := c.call(func() (err error) {
		list, err = c.user.BatchGetUserInfo(params)
		return err
	})
	if CodeOf(err) == 40003 {
		return c.halves(ctx, openids)
	}
	if err != nil {
		return nil, err
	}
	follows := make(map[string]bool, len(openids))
	for _, info := range list.UserInfoList {
		follows[info.OpenID] = info.Subscribe == 1
	}
	return follows, nil
}

// halves finds the openid for which WeChat refused the whole list.
func (c *Client) halves(ctx context.Context, openids []string) (map[string]bool, error) {
	if len(openids) == 1 {
		return map[string]bool{openids[0]: false}, nil
	}
	middle := len(openids) / 2
	follows, err := c.Followers(ctx, openids[:middle])
	if err != nil {
		return nil, err
	}
	rest, err := c.Followers(ctx, openids[middle:])
	for openid, follow := range rest {
		follows[openid] = follow
	}
	return follows, err
}
