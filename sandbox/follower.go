package sandbox

import "net/http"

// userInfo tells whether somebody follows the account.
func (c accountCall) userInfo() reply {
	u := c.user(c.query("openid"))
	if u == nil || u.OpenID != c.query("openid") {
		return accountError("40003", "")
	}
	return jsonReply(http.StatusOK, followerFields(u))
}

func followerFields(u *User) map[string]any {
	if !u.Follows {
		return map[string]any{"subscribe": 0, "openid": u.OpenID, "tagid_list": []int{}}
	}
	return map[string]any{
		"subscribe": 1, "openid": u.OpenID, "language": "zh_CN", "subscribe_time": max(0, u.Since.Unix()), "remark": "",
		"groupid": 0, "tagid_list": []int{}, "subscribe_scene": "ADD_SCENE_QR_CODE", "qr_scene": 0, "qr_scene_str": "",
	}
}

// userInfos tells it of at most a hundred people; one openid that is not of this account refuses the whole list.
func (c accountCall) userInfos() reply {
	var q struct {
		UserList []struct {
			OpenID string `json:"openid"`
			Lang   string `json:"lang"`
		} `json:"user_list"`
	}
	if bad, ok := c.decode(&q); !ok {
		return bad
	}
	if len(q.UserList) == 0 || len(q.UserList) > 100 {
		return accountError("40032", "")
	}
	list := make([]map[string]any, len(q.UserList))
	for i, one := range q.UserList {
		u := c.user(one.OpenID)
		if u == nil || u.OpenID != one.OpenID {
			return accountError("40003", "")
		}
		list[i] = followerFields(u)
	}
	return jsonReply(http.StatusOK, map[string]any{"user_info_list": list})
}
