package sandbox

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

// sentMessage remembers an openid and client_msg_id for ten minutes.
type sentMessage struct {
	MsgID int64
	At    time.Time
}

// templateMessage is the body of message/template/send.
type templateMessage struct {
	ToUser      string `json:"touser"`
	TemplateID  string `json:"template_id"`
	URL         string `json:"url"`
	ClientMsgID string `json:"client_msg_id"`
	MiniProgram struct {
		AppID    string `json:"appid"`
		PagePath string `json:"pagepath"`
	} `json:"miniprogram"`
	Data map[string]struct {
		Value string `json:"value"`
	} `json:"data"`
}

// onceKey tells a repetition of a message from another one; "" if the sender does not care.
func (m templateMessage) onceKey() string {
	if m.ClientMsgID == "" {
		return ""
	}
	return m.ToUser + "|" + m.ClientMsgID
}

// sendTemplate puts a template message into the user's chat; whether it arrived is told by an event afterwards.
func (c accountCall) sendTemplate() reply {
	var m templateMessage
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
	case !u.Follows:
		return accountError("43004", "")
	case m.MiniProgram.AppID != "":
		return accountError("40165", "") // this account has no mini program
	}
	if key := badKeyword(t, m); key != "" {
		return accountError("47003", fmt.Sprintf("argument invalid! data.%s.value invalid", key))
	}
	if id := c.sentBefore(m.onceKey()); id != 0 {
		c.data.Account.Tally.Repeats++
		return sentReply(id)
	}
	if code := c.useQuota(); code != "" {
		return accountError(code, "")
	}
	return sentReply(c.sendTo(u, t, m))
}

func sentReply(id int64) reply {
	return jsonReply(http.StatusOK, map[string]any{"errcode": 0, "errmsg": "ok", "msgid": id})
}

// sentBefore finds the message of the same key within ten minutes, 0 if there is none.
func (c accountCall) sentBefore(key string) int64 {
	sent := c.data.Account.Sent
	old := func(m sentMessage) bool { return c.now().Sub(m.At) >= 10*time.Minute }
	if len(sent)%1000 == 999 {
		maps.DeleteFunc(sent, func(_ string, m sentMessage) bool { return old(m) })
	}
	if found, ok := sent[key]; ok && !old(found) {
		return found.MsgID
	}
	return 0
}

func (c accountCall) sendTo(u *User, t Template, m templateMessage) int64 {
	a := &c.data.Account
	if a.LastMsgID == 0 {
		a.LastMsgID = 3900000000000000000
	}
	a.LastMsgID++
	a.Tally.Messages++
	if m.ClientMsgID != "" {
		a.Sent[m.onceKey()] = sentMessage{MsgID: a.LastMsgID, At: c.now()}
	}
	status := "success"
	if u.Blocks {
		status = "failed:user block"
	} else {
		c.write(u, Message{From: "account", Kind: "template", Title: t.Title, URL: m.URL, MsgID: a.LastMsgID, Lines: t.lines(m)})
	}
	c.queuePush(u, map[string]string{"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH",
		"MsgID": fmt.Sprint(a.LastMsgID), "Status": status})
	return a.LastMsgID
}

func (t Template) lines(m templateMessage) []Line {
	var lines []Line
	for _, k := range t.Keywords {
		lines = append(lines, Line{k.Label, m.Data[k.Name].Value})
	}
	return lines
}

// templateByID finds the account's template.
func (w *World) templateByID(id string) (Template, bool) {
	for _, t := range wechatTemplates() {
		if w.credentials.WeChatTemplates[t.Event] == id {
			return t, true
		}
	}
	return Template{}, false
}

// content is the template's text as the console shows it.
func (t Template) content() string {
	var b strings.Builder
	for _, k := range t.Keywords {
		fmt.Fprintf(&b, "%s:{{%s.DATA}}\n", k.Label, k.Name)
	}
	return b.String()
}

func (c accountCall) listTemplates() reply {
	list := []map[string]any{}
	for _, t := range wechatTemplates() {
		list = append(list, map[string]any{"template_id": c.credentials.WeChatTemplates[t.Event], "title": t.Title,
			"primary_industry": "", "deputy_industry": "", "content": t.content(), "example": ""})
	}
	return jsonReply(http.StatusOK, map[string]any{"template_list": list})
}

// badKeyword is the first keyword that is missing or breaks the limits of its type; "" if all are good.
// What the template does not name (first, remark, colours) is dropped without a word, as the platform does.
func badKeyword(t Template, m templateMessage) string {
	rules := keywordRules()
	for _, k := range t.Keywords {
		kind := strings.TrimRight(k.Name, "0123456789")
		if value := m.Data[k.Name].Value; !rules[kind].MatchString(value) {
			return k.Name
		}
	}
	return ""
}

// keywordRules are the limits by the keyword's type, counted in characters.
var keywordRules = sync.OnceValue(func() map[string]*regexp.Regexp {
	const clock = `([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?`
	const day = `(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})`
	const moment = `(` + day + `( ?` + clock + `)?|` + clock + `)`
	return map[string]*regexp.Regexp{
		"thing":            regexp.MustCompile(`^[^\r\n]{1,20}$`),
		"character_string": regexp.MustCompile(`^[!-~ ]{1,32}$`),
		"number":           regexp.MustCompile(`^-?[0-9.]{1,32}$`),
		"letter":           regexp.MustCompile(`^[A-Za-z]{1,32}$`),
		"symbol":           regexp.MustCompile(`^[[:punct:]]{1,5}$`),
		"time":             regexp.MustCompile(`^` + moment + `( ?~ ?` + moment + `)?$`),
		"date":             regexp.MustCompile(`^` + day + `( ?` + clock + `)?( ?~ ?` + moment + `)?$`),
		"amount":           regexp.MustCompile(`^[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?$`),
		"phone_number":     regexp.MustCompile(`^[0-9+*\- ]{1,17}$`),
		"car_number":       regexp.MustCompile(`^[\p{Han}A-Z0-9]{1,8}$`),
		"name":             regexp.MustCompile(`^(\p{Han}{1,10}|[A-Za-z .'·-]{1,20})$`),
		"phrase":           regexp.MustCompile(`^\p{Han}{1,5}$`),
		"const":            regexp.MustCompile(`^[^\r\n]{1,20}$`),
	}
})
