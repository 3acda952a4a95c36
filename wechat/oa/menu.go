package oa

import (
	"context"
	"encoding/json"

	"github.com/silenceper/wechat/v2/officialaccount/menu"
)

// Button is one button of the account's menu (自定义菜单) as we read and write it.
type Button struct {
	Type string   `json:"type,omitempty"`
	Name string   `json:"name"`
	Key  string   `json:"key,omitempty"`
	URL  string   `json:"url,omitempty"`
	Sub  []Button `json:"sub_button,omitempty"`
}

// writable are the kinds of buttons that the interface can write back; what the
// console alone makes (text, img, news, video …) and mini programs, whose app
// id the reading does not give, would be lost.
var writable = map[string]bool{
	"": true, "view": true, "click": true, "scancode_push": true, "scancode_waitmsg": true,
	"pic_sysphoto": true, "pic_photo_or_album": true, "pic_weixin": true, "location_select": true,
}

// Menu reads the menu that followers see now, whoever made it, and names the
// buttons that cannot be written back.
func (c *Client) Menu(ctx context.Context) (buttons []Button, unwritable []string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	var info menu.ResSelfMenuInfo
	err = c.call(func() (err error) {
		info, err = c.menu.GetCurrentSelfMenuInfo()
		return err
	})
	if CodeOf(err) == 46003 {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	buttons = readButtons(info.SelfMenuInfo.Button, &unwritable)
	return buttons, unwritable, nil
}

func readButtons(in []menu.SelfMenuButton, unwritable *[]string) []Button {
	var out []Button
	for _, b := range in {
		sub := readButtons(b.SubButton.List, unwritable)
		kind := b.Type
		if len(sub) > 0 {
			kind = ""
		}
		if !writable[kind] {
			*unwritable = append(*unwritable, b.Name+"（"+b.Type+"）")
		}
		out = append(out, Button{Type: kind, Name: b.Name, Key: b.Key, URL: b.URL, Sub: sub})
	}
	return out
}

// SetMenu replaces the whole menu; without buttons the account has none.
func (c *Client) SetMenu(ctx context.Context, buttons []Button) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(buttons) == 0 {
		return c.call(c.menu.DeleteMenu)
	}
	body, err := json.Marshal(map[string]any{"button": buttons})
	if err != nil {
		return err
	}
	return c.call(func() error { return c.menu.SetMenuByJSON(string(body)) })
}
