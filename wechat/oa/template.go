package oa

import (
	"context"
	"regexp"
	"strconv"

	"github.com/silenceper/wechat/v2/officialaccount/message"
)

// TemplateMessage is one service message (模板消息) to one follower.
type TemplateMessage struct {
	OpenID     string
	TemplateID string
	URL        string
	Data       map[string]string
	// ClientMsgID makes WeChat drop a repetition within ten minutes.
	ClientMsgID string
}

// Send sends a template message and gives WeChat's message id, by which TEMPLATESENDJOBFINISH reports later.
func (c *Client) Send(ctx context.Context, m TemplateMessage) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	data := make(map[string]*message.TemplateDataItem, len(m.Data))
	for k, v := range m.Data {
		data[k] = &message.TemplateDataItem{Value: v}
	}
	var id int64
	err := c.call(func() (err error) {
		id, err = c.template.Send(&message.TemplateMessage{
			ToUser: m.OpenID, TemplateID: m.TemplateID, URL: m.URL, Data: data, ClientMsgID: m.ClientMsgID,
		})
		return err
	})
	return strconv.FormatInt(id, 10), err
}

// Template is one template of the account with its words.
type Template struct {
	ID       string
	Title    string
	Content  string
	Keywords []Keyword
}

// Keyword is one variable of a template with the words before it on the phone.
type Keyword struct{ Name, Label string }

var keywordLine = regexp.MustCompile(`(?m)^\s*(?:(.*?)\s*[:：]\s*)?\{\{(\w+)\.DATA\}\}\s*$`)

// keywords reads a template's variables out of its words, in order.
func keywords(content string) []Keyword {
	var list []Keyword
	for _, m := range keywordLine.FindAllStringSubmatch(content, -1) {
		list = append(list, Keyword{Name: m[2], Label: m[1]})
	}
	return list
}

// Templates lists the account's templates.
func (c *Client) Templates(ctx context.Context) ([]Template, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var items []*message.TemplateItem
	err := c.call(func() (err error) {
		items, err = c.template.List()
		return err
	})
	list := make([]Template, 0, len(items))
	for _, t := range items {
		list = append(list, Template{ID: t.TemplateID, Title: t.Title, Content: t.Content, Keywords: keywords(t.Content)})
	}
	return list, err
}

// Notices lists the account's templates of subscription notices (订阅通知).
func (c *Client) Notices(ctx context.Context) ([]Template, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var items []*message.PrivateSubscribeItem
	err := c.call(func() (err error) {
		items, err = c.subscribe.List()
		return err
	})
	list := make([]Template, 0, len(items))
	for _, t := range items {
		list = append(list, Template{ID: t.PriTmplID, Title: t.Title, Content: t.Content, Keywords: keywords(t.Content)})
	}
	return list, err
}

// SendNotice sends a subscription notice (订阅通知) to a person who agreed; WeChat
// gives no id for it and drops no repetition.
func (c *Client) SendNotice(ctx context.Context, m TemplateMessage) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	data := make(map[string]*message.SubscribeDataItem, len(m.Data))
	for k, v := range m.Data {
		data[k] = &message.SubscribeDataItem{Value: v}
	}
	return c.call(func() error {
		return c.subscribe.Send(&message.SubscribeMessage{ToUser: m.OpenID, TemplateID: m.TemplateID, Page: m.URL, Data: data})
	})
}

// Token proves that app id and secret are right by asking for an access token.
func (c *Client) Token(ctx context.Context) error {
	_, err := c.account.GetAccessTokenContext(ctx)
	return typed(err)
}
