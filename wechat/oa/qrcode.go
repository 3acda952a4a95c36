package oa

import (
	"context"
	"time"

	"github.com/silenceper/wechat/v2/officialaccount/basic"
)

// QRCode makes a temporary code of the account that carries a scene (带参数的二维码):
// whoever scans it follows the account or enters its chat, and the callback
// hears the scene. It gives the address that the code's picture holds.
func (c *Client) QRCode(ctx context.Context, scene string, life time.Duration) (address string, left time.Duration, err error) {
	if err := ctx.Err(); err != nil {
		return "", 0, err
	}
	var ticket *basic.Ticket
	err = c.call(func() (err error) {
		ticket, err = c.basic.GetQRTicket(basic.NewTmpQrRequest(life, scene))
		return err
	})
	if err != nil {
		return "", 0, err
	}
	return ticket.URL, time.Duration(ticket.ExpireSeconds) * time.Second, nil
}
