package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
)

// MenuButton is a button of the account's menu; a first-level button with Sub has no type.
type MenuButton struct {
	Type     string       `json:"type,omitempty"` // view, click, miniprogram …
	Name     string       `json:"name"`
	Key      string       `json:"key,omitempty"`
	URL      string       `json:"url,omitempty"`
	MediaID  string       `json:"media_id,omitempty"`
	AppID    string       `json:"appid,omitempty"`
	PagePath string       `json:"pagepath,omitempty"`
	Sub      []MenuButton `json:"sub_button,omitempty"`
}

// Menu is the account's current menu as a follower sees it, whether written by the interface or in the console.
func (w *World) Menu() []MenuButton {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data.Account.Console == nil {
		return append([]MenuButton(nil), w.data.Account.Menu...)
	}
	var console struct{ Button []consoleButton }
	if json.Unmarshal(w.data.Account.Console, &console) != nil {
		return nil
	}
	return plainButtons(console.Button)
}

// consoleButton is a button in the shape of get_current_selfmenu_info.
type consoleButton struct {
	MenuButton
	Sub *struct {
		List []consoleButton `json:"list"`
	} `json:"sub_button,omitempty"`
}

func plainButtons(console []consoleButton) []MenuButton {
	var list []MenuButton
	for _, b := range console {
		plain := b.MenuButton
		if b.Sub != nil {
			plain.Sub = plainButtons(b.Sub.List)
		}
		list = append(list, plain)
	}
	return list
}

// SetConsoleMenu plays a menu made by hand in the account's console: selfmenu_info as JSON, which may hold
// buttons (news, text, img …) that the interface cannot write back. nil removes it.
func (w *World) SetConsoleMenu(selfMenuInfo json.RawMessage) {
	defer w.change()()
	w.data.Account.Console = selfMenuInfo
	w.data.Account.Menu = nil
}

func (c accountCall) createMenu() reply {
	var body struct {
		Button []MenuButton `json:"button"`
	}
	if bad, ok := c.decode(&body); !ok {
		return bad
	}
	if code := checkMenu(body.Button); code != "" {
		return accountError(code, "")
	}
	a := &c.data.Account
	a.Menu, a.Console = body.Button, nil
	a.MenuID++
	return accountOK()
}

// checkMenu is the error code for a menu, "" if it may be written.
func checkMenu(buttons []MenuButton) string {
	if len(buttons) == 0 || len(buttons) > 3 {
		return "40016"
	}
	for _, b := range buttons {
		if b.Name == "" || len(b.Name) > 16 {
			return "40018"
		}
		if len(b.Sub) > 5 {
			return "40023"
		}
		if len(b.Sub) == 0 {
			if code := checkButton(b, menuCodes{"40017", "40019", "40020", "40054"}); code != "" {
				return code
			}
		}
		for _, sub := range b.Sub {
			if sub.Name == "" || len(sub.Name) > 60 {
				return "40025"
			}
			if len(sub.Sub) > 0 {
				return "40021"
			}
			if code := checkButton(sub, menuCodes{"40024", "40026", "40027", "40055"}); code != "" {
				return code
			}
		}
	}
	return ""
}

// menuCodes are the error codes of one level of buttons.
type menuCodes struct{ kind, key, url, domain string }

func checkButton(b MenuButton, codes menuCodes) string {
	switch b.Type {
	case "view":
		if b.URL == "" || len(b.URL) > 1024 {
			return codes.url
		}
		if u, err := url.Parse(b.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return codes.domain
		}
	case "click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select":
		if b.Key == "" || len(b.Key) > 128 {
			return codes.key
		}
	case "miniprogram":
		if b.URL == "" || len(b.URL) > 1024 {
			return codes.url
		}
		if b.AppID == "" || b.PagePath == "" {
			return "40013"
		}
	case "media_id", "view_limited", "article_id", "article_view_limited":
		if b.MediaID == "" {
			return "40007"
		}
	default:
		return codes.kind
	}
	return ""
}

func (c accountCall) readMenu() reply {
	a := &c.data.Account
	if len(a.Menu) == 0 {
		return accountError("46003", "")
	}
	return jsonReply(http.StatusOK, map[string]any{
		"menu": map[string]any{"button": withSubs(a.Menu), "menuid": 400000000 + a.MenuID}})
}

// withSubs shows every button with a sub_button list, as menu/get does.
func withSubs(buttons []MenuButton) []map[string]any {
	list := []map[string]any{}
	for _, b := range buttons {
		one := buttonFields(b)
		one["sub_button"] = withSubs(b.Sub)
		list = append(list, one)
	}
	return list
}

func buttonFields(b MenuButton) map[string]any {
	one := map[string]any{"name": b.Name}
	for key, value := range map[string]string{"type": b.Type, "key": b.Key, "url": b.URL, "media_id": b.MediaID,
		"appid": b.AppID, "pagepath": b.PagePath} {
		if value != "" {
			one[key] = value
		}
	}
	return one
}

func (c accountCall) deleteMenu() reply {
	c.data.Account.Menu, c.data.Account.Console = nil, nil
	return accountOK()
}

// currentMenu answers get_current_selfmenu_info, in the console's own words where it made the menu.
func (c accountCall) currentMenu() reply {
	a := &c.data.Account
	open := 1
	var info any = map[string]any{"button": consoleButtons(a.Menu)}
	switch {
	case a.Console != nil:
		info = a.Console
	case len(a.Menu) == 0:
		open, info = 0, map[string]any{"button": []any{}}
	}
	return jsonReply(http.StatusOK, map[string]any{"is_menu_open": open, "selfmenu_info": info})
}

func consoleButtons(buttons []MenuButton) []map[string]any {
	list := []map[string]any{}
	for _, b := range buttons {
		one := buttonFields(b)
		if len(b.Sub) > 0 {
			one["sub_button"] = map[string]any{"list": consoleButtons(b.Sub)}
		}
		list = append(list, one)
	}
	return list
}
