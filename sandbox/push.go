package sandbox

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"sync"
	"time"
)

// push is a message or event on its way to the site's message callback.
type push struct {
	ID      int64
	OpenID  string
	Event   string // the event, or the message type
	XML     string // as it is before encryption
	Due     time.Time
	Tries   int
	Sending bool `json:"-"`
	Done    bool
	Results []string // HTTP status or error of every try
}

// Push is what became of a message or event that was sent to the site.
type Push struct {
	ID      int64
	OpenID  string
	Event   string
	Done    bool
	Results []string
}

// Pushes lists what was sent to the site's message callback, newest last.
func (w *World) Pushes() []Push {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := make([]Push, len(w.data.Pushes))
	for i, p := range w.data.Pushes {
		list[i] = Push{p.ID, p.OpenID, p.Event, p.Done, append([]string(nil), p.Results...)}
	}
	return list
}

// queuePush queues a message or event for the site; fields are the XML elements beside the standing ones.
func (w *World) queuePush(u *User, fields map[string]string) {
	w.data.Seq++
	p := &push{ID: w.data.Seq, OpenID: u.OpenID, Event: fields["Event"], Due: w.now()}
	if p.Event == "" {
		p.Event = fields["MsgType"]
		fields["MsgId"] = fmt.Sprint(24000000000000000 + p.ID)
	}
	fault := w.strike("event")
	if p.Event == "TEMPLATESENDJOBFINISH" {
		p.Due = p.Due.Add(500 * time.Millisecond) // so the receipt usually comes after the answer to the send
	}
	p.Due = p.Due.Add(fault.delay())
	p.Done = fault.is("drop")
	p.XML = w.messageXML(u, fields)
	w.data.Pushes = append(w.data.Pushes, p)
	if fault.is("duplicate") {
		again := *p
		w.data.Seq++
		again.ID = w.data.Seq
		w.data.Pushes = append(w.data.Pushes, &again)
	}
	w.data.Pushes = trimmed(w.data.Pushes, 500, func(p *push) bool { return p.Done })
}

// messageXML adds the standing elements to a message's own and writes it as WeChat does.
func (w *World) messageXML(u *User, fields map[string]string) string {
	fields["ToUserName"] = w.accountName()
	fields["FromUserName"] = u.OpenID
	fields["CreateTime"] = fmt.Sprint(w.sandbox.config.Now().Add(w.data.Skew).Unix())
	return xmlText(fields)
}

// accountName is the account's own id (原始ID).
func (w *World) accountName() string { return "gh_" + w.credentials.AppID[2:14] }

func xmlText(fields map[string]string) string {
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	sort.Strings(names)
	var b strings.Builder
	b.WriteString("<xml>")
	for _, name := range names {
		if name == "CreateTime" || name == "MsgId" || name == "MsgID" || strings.HasPrefix(name, "SubscribeMsg") { // numbers, lists
			fmt.Fprintf(&b, "<%s>%s</%s>", name, fields[name], name)
			continue
		}
		text := strings.ReplaceAll(fields[name], "]]>", "]]]]><![CDATA[>")
		fmt.Fprintf(&b, "<%s><![CDATA[%s]]></%s>", name, text, name)
	}
	b.WriteString("</xml>")
	return b.String()
}

// newCallbackClient waits five seconds for the site, as both WeChat and WeChat Pay do.
func newCallbackClient() *http.Client {
	return &http.Client{
		Timeout:       5 * time.Second,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: 30 * time.Second},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// deliver starts everything that is due in all worlds; each delivery runs by itself.
func (s *Sandbox) deliver(ctx context.Context, running *sync.WaitGroup) {
	for _, w := range s.Worlds() {
		for _, p := range w.duePushes() {
			running.Go(func() { w.sendPush(ctx, p) })
		}
		for _, n := range w.dueNotices() {
			running.Go(func() { w.sendNotice(ctx, n) })
		}
	}
}

func (w *World) duePushes() []*push {
	w.mu.Lock()
	defer w.mu.Unlock()
	var due []*push
	for _, p := range w.data.Pushes {
		if !p.Done && !p.Sending && !p.Due.After(w.now()) && len(due) < 64 {
			p.Sending = true
			due = append(due, p)
		}
	}
	return due
}

// sendPush tries a push once; WeChat tries three times and then gives up.
func (w *World) sendPush(ctx context.Context, p *push) {
	answer, result, err := w.postPush(ctx, p)
	defer w.change()()
	p.Sending = false
	if ctx.Err() != nil {
		return // we are stopping; the next start tries again
	}
	p.Tries++
	p.Results = append(p.Results, result)
	u := w.user(p.OpenID)
	if err == nil && u != nil {
		err = w.takeAnswer(u, answer)
	}
	p.Done = err == nil || p.Tries >= 3
	p.Due = w.now().Add(time.Second)
	if err != nil {
		p.Results[len(p.Results)-1] = result + " " + err.Error()
	}
	if p.Done && err != nil && u != nil && p.Event == "text" {
		w.write(u, Message{From: "account", Kind: "text", Text: "该公众号提供的服务出现故障，请稍后再试"})
	}
}

func (w *World) postPush(ctx context.Context, p *push) (answer []byte, result string, err error) {
	w.mu.Lock()
	target, body := w.pushRequest(p)
	w.mu.Unlock()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(body))
	if err != nil {
		return nil, "no request", err
	}
	r.Header.Set("Content-Type", "text/xml")
	r.Header.Set("User-Agent", "Mozilla/4.0")
	response, err := w.sandbox.client.Do(r)
	if err != nil {
		return nil, "no answer", err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("refused")
	}
	return answer, fmt.Sprint(response.StatusCode), err
}

// pushRequest is the address and body of a try, signed and encrypted afresh.
func (w *World) pushRequest(p *push) (target, body string) {
	return w.callback(w.credentials, p.OpenID, p.XML, w.sandbox.config.Now().Add(w.data.Skew))
}

// callback is the address and body of a message, sealed with the keys given; callers hold the lock.
func (w *World) callback(c Credentials, openid, text string, at time.Time) (target, body string) {
	sealed := sealMessage(c, text)
	timestamp, nonce := fmt.Sprint(at.Unix()), randomDigits(10)
	query := url.Values{
		"signature": {sha1Hex(c.Token, timestamp, nonce)}, "timestamp": {timestamp}, "nonce": {nonce},
		"openid": {openid}, "encrypt_type": {"aes"}, "msg_signature": {sha1Hex(c.Token, timestamp, nonce, sealed)},
	}
	body = fmt.Sprintf("<xml><ToUserName><![CDATA[%s]]></ToUserName><Encrypt><![CDATA[%s]]></Encrypt></xml>",
		w.accountName(), sealed)
	return w.data.Site + "/wechat/callback?" + query.Encode(), body
}

// takeAnswer writes the site's answer into the chat. Empty and "success" mean that there is none; everything else
// must be sealed as in safe mode.
func (w *World) takeAnswer(u *User, answer []byte) error {
	answer = bytes.TrimSpace(answer)
	if len(answer) == 0 || string(answer) == "success" {
		return nil
	}
	var sealed struct {
		Encrypt, MsgSignature, TimeStamp, Nonce string
	}
	if err := xml.Unmarshal(answer, &sealed); err != nil || sealed.Encrypt == "" {
		return fmt.Errorf("answer is not sealed XML")
	}
	if sha1Hex(w.credentials.Token, sealed.TimeStamp, sealed.Nonce, sealed.Encrypt) != sealed.MsgSignature {
		return fmt.Errorf("answer has a wrong MsgSignature")
	}
	plain, err := openMessage(w.credentials, sealed.Encrypt)
	if err != nil {
		return err
	}
	var m struct {
		ToUserName, FromUserName, MsgType, Content string
		Articles                                   struct {
			Item []struct{ Title, Description, Url string } `xml:"item"`
		}
	}
	if err := xml.Unmarshal(plain, &m); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	if m.ToUserName != u.OpenID || m.FromUserName != w.accountName() {
		return fmt.Errorf("answer is from %q to %q", m.FromUserName, m.ToUserName)
	}
	for _, a := range m.Articles.Item {
		w.write(u, Message{From: "account", Kind: "template", Title: a.Title, Text: a.Description, URL: a.Url})
	}
	if m.MsgType == "text" && m.Content != "" {
		w.write(u, Message{From: "account", Kind: "text", Text: m.Content})
	}
	return nil
}
