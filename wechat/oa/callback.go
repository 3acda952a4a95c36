package oa

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/xml"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"xinsheng/enroll"
)

// Event is what the account's callback tells: a message, a follow, a delivery.
type Event struct {
	XMLName xml.Name `xml:"xml"`
	To      string   `xml:"ToUserName"`
	From    string   `xml:"FromUserName"`
	Created int64    `xml:"CreateTime"`
	Type    string   `xml:"MsgType"`
	Event   string   `xml:"Event"`
	Content string   `xml:"Content"`
	// EventKey is the button of a tap, or the scene of a code: with qrscene_ before it where somebody begins to follow.
	EventKey string `xml:"EventKey"`
	MsgID    string `xml:"MsgId"`
	// TemplateMsgID is the id of the template message that a TEMPLATESENDJOBFINISH speaks of; its tag is spelt MsgID.
	TemplateMsgID string `xml:"MsgID"`
	Status        string `xml:"Status"`
	// Answers, Changes and Sent speak of subscription notices (订阅通知): agreed or not, changed later, delivered or not.
	Answers []NoticeAnswer `xml:"SubscribeMsgPopupEvent>List"`
	Changes []NoticeAnswer `xml:"SubscribeMsgChangeEvent>List"`
	Sent    []NoticeSent   `xml:"SubscribeMsgSentEvent>List"`
}

// NoticeAnswer is what a person chose for one template: accept or reject.
type NoticeAnswer struct {
	TemplateID string `xml:"TemplateId"`
	Status     string `xml:"SubscribeStatusString"`
}

// NoticeSent is what became of one subscription notice: success, or why not.
type NoticeSent struct {
	TemplateID string `xml:"TemplateId"`
	MsgID      string `xml:"MsgID"`
	Status     string `xml:"ErrorStatus"`
}

// Key tells repetitions of the same event apart from new ones.
func (e Event) Key() string {
	if e.MsgID != "" {
		return e.MsgID
	}
	return e.From + "." + strconv.FormatInt(e.Created, 10) + "." + e.Event + "." + e.TemplateMsgID + "." + e.EventKey
}

// Scene is what a scanned code of the account carries (扫码带参); "" for every other event.
func (e Event) Scene() string {
	switch strings.ToUpper(e.Event) {
	case "SCAN":
		return e.EventKey
	case "SUBSCRIBE":
		scene, _ := strings.CutPrefix(e.EventKey, "qrscene_")
		return scene
	}
	return ""
}

// freshness is how old a callback may be.
const freshness = 5 * time.Minute

// Probe answers the console's check of the callback's address.
func (c *Client) Probe(q url.Values) (string, error) {
	if !c.CallbackEnabled() || !same(util.Signature(c.cfg.Token.Raw(), q.Get("timestamp"), q.Get("nonce")), q.Get("signature")) {
		return "", enroll.Fail("notice_unverified")
	}
	return q.Get("echostr"), nil
}

// ParseCallback verifies and decrypts a callback. Plain ones are refused,
// since their signature does not cover the body.
func (c *Client) ParseCallback(q url.Values, body []byte) (Event, error) {
	refuse := func(why string) (Event, error) {
		return Event{}, enroll.Fail("notice_unverified").Because(fmt.Errorf("callback: %s", why))
	}
	if !c.CallbackEnabled() || q.Get("encrypt_type") != "aes" {
		return refuse("not in safe mode")
	}
	sent, err := strconv.ParseInt(q.Get("timestamp"), 10, 64)
	if err != nil || c.now().Sub(time.Unix(sent, 0)).Abs() > freshness {
		return refuse("not fresh")
	}
	var sealed struct {
		Encrypt string `xml:"Encrypt"`
	}
	if err := xml.Unmarshal(body, &sealed); err != nil || sealed.Encrypt == "" {
		return refuse("no sealed body")
	}
	if !same(util.Signature(c.cfg.Token.Raw(), q.Get("timestamp"), q.Get("nonce"), sealed.Encrypt), q.Get("msg_signature")) {
		return refuse("signature")
	}
	_, plain, err := util.DecryptMsg(c.cfg.AppID, sealed.Encrypt, c.cfg.AESKey.Raw())
	if err != nil {
		return refuse("does not open")
	}
	var event Event
	if err := xml.Unmarshal(plain, &event); err != nil {
		return refuse("is no message")
	}
	return event, nil
}

// Reply answers a message with text, sealed as the safe mode wants it.
func (c *Client) Reply(to Event, text string) (string, error) {
	type cdata struct {
		Text string `xml:",cdata"`
	}
	plain, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"xml"`
		To      cdata    `xml:"ToUserName"`
		From    cdata    `xml:"FromUserName"`
		Created int64    `xml:"CreateTime"`
		Type    cdata    `xml:"MsgType"`
		Content cdata    `xml:"Content"`
	}{To: cdata{to.From}, From: cdata{to.To}, Created: c.now().Unix(), Type: cdata{"text"}, Content: cdata{text}})
	if err != nil {
		return "", err
	}
	random := make([]byte, 16)
	rand.Read(random)
	sealed, err := util.EncryptMsg(random, plain, c.cfg.AppID, c.cfg.AESKey.Raw())
	if err != nil {
		return "", fmt.Errorf("seal reply: %w", err)
	}
	stamp, nonce := strconv.FormatInt(c.now().Unix(), 10), rand.Text()
	return fmt.Sprintf("<xml><Encrypt><![CDATA[%s]]></Encrypt><MsgSignature>%s</MsgSignature><TimeStamp>%s</TimeStamp><Nonce>%s</Nonce></xml>",
		sealed, util.Signature(c.cfg.Token.Raw(), stamp, nonce, string(sealed)), stamp, nonce), nil
}

func same(want, got string) bool { return subtle.ConstantTimeCompare([]byte(want), []byte(got)) == 1 }
