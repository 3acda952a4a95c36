package sandbox

import (
	"fmt"
	"net/http"
	"strings"
)

// sendNotice answers subscribe/bizsend (订阅通知): once for every time that the person agreed. It gives no message
// id and knows no client_msg_id; what became of it is told by subscribe_msg_sent_event.
func (c accountCall) sendNotice() reply {
	var m struct {
		templateMessage
		Page string `json:"page"`
	}
	if bad, ok := c.decode(&m); !ok {
		return bad
	}
	u := c.user(m.ToUser)
	t, known := c.templateByID(m.TemplateID)
	switch {
	case u == nil || u.OpenID != m.ToUser:
		return accountError("40003", "")
	case !known:
		return accountError("40037", "")
	case m.Page != "" && !strings.HasPrefix(m.Page, "http"):
		return accountError("41030", "")
	case u.Agreed[m.TemplateID] <= 0:
		return accountError("43101", "")
	}
	if key := badKeyword(t, m.templateMessage); key != "" {
		return accountError("47003", fmt.Sprintf("argument invalid! data.%s.value invalid", key))
	}
	if code := c.useQuota(); code != "" {
		return accountError(code, "")
	}
	u.Agreed[m.TemplateID]--
	m.URL = m.Page
	c.tellNotice(u, t, m.templateMessage)
	return accountOK()
}

func (c accountCall) tellNotice(u *User, t Template, m templateMessage) {
	a := &c.data.Account
	a.LastMsgID++
	a.Tally.Notices++
	status := "success"
	if u.Blocks {
		status = "refuse"
	} else {
		c.write(u, Message{From: "account", Kind: "template", Title: t.Title, URL: m.URL, MsgID: a.LastMsgID, Lines: t.lines(m)})
	}
	c.queuePush(u, map[string]string{"MsgType": "event", "Event": "subscribe_msg_sent_event", "SubscribeMsgSentEvent": fmt.Sprintf(
		"<List><TemplateId><![CDATA[%s]]></TemplateId><MsgID>%d</MsgID><ErrorCode>0</ErrorCode><ErrorStatus><![CDATA[%s]]></ErrorStatus></List>",
		m.TemplateID, a.LastMsgID, status)})
}

// listNotices lists the account's templates of subscription notices: the same ones, under their own call.
func (c accountCall) listNotices() reply {
	list := []map[string]any{}
	for _, t := range wechatTemplates() {
		list = append(list, map[string]any{"priTmplId": c.credentials.WeChatTemplates[t.Event], "title": t.Title,
			"content": t.content(), "example": "", "type": 2})
	}
	return jsonReply(http.StatusOK, map[string]any{"errcode": 0, "errmsg": "ok", "data": list})
}

// Agree lets a user agree to one notice by a template, or take every agreement back; the site is told by an event.
func (w *World) Agree(key, template string, agree bool) error {
	defer w.change()()
	u := w.user(key)
	if _, known := w.templateByID(template); u == nil || !known {
		return fmt.Errorf("no user %q or template %q", key, template)
	}
	if u.Agreed == nil {
		u.Agreed = map[string]int{}
	}
	event, element, answer := "subscribe_msg_popup_event", "SubscribeMsgPopupEvent", "accept"
	if agree {
		u.Agreed[template]++
	} else {
		u.Agreed[template] = 0
		event, element, answer = "subscribe_msg_change_event", "SubscribeMsgChangeEvent", "reject"
	}
	w.queuePush(u, map[string]string{"MsgType": "event", "Event": event, element: fmt.Sprintf(
		"<List><TemplateId><![CDATA[%s]]></TemplateId><SubscribeStatusString><![CDATA[%s]]></SubscribeStatusString><PopupScene>2</PopupScene></List>",
		template, answer)})
	return nil
}
