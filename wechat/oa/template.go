package oa

import (
	"context"
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
	ID      string
	Title   string
	Content string
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
		list = append(list, Template{ID: t.TemplateID, Title: t.Title, Content: t.Content})
	}
	return list, err
}

// Token proves that app id and secret are right by asking for an access token.
func (c *Client) Token(ctx context.Context) error {
	_, err := c.account.GetAccessTokenContext(ctx)
	return typed(err)
}
