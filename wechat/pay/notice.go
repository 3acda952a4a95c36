package pay

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/wechatpay-apiv3/wechatpay-go/services/payments"

	"xinsheng/enroll"
)

// maxNotice is the most that a notice may hold; real ones have about 2 kB.
const maxNotice = 64 << 10

// ParseNotice verifies and opens a notice of payment (支付通知); whatever is
// wrong with it, also a probe with WECHATPAY/SIGNTEST, is notice_unverified; one
// that speaks of anything but a payment is ErrOtherEvent.
func (c *Client) ParseNotice(ctx context.Context, r *http.Request) (f enroll.PaymentFact, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = enroll.Fail("notice_unverified").Because(fmt.Errorf("notice: panic: %v", p))
		}
	}()
	if !c.Enabled() {
		return f, enroll.Fail("notice_unverified").Because(errors.New("notice: no merchant is configured"))
	}
	r.Body = http.MaxBytesReader(nil, r.Body, maxNotice)
	t := new(payments.Transaction)
	notice, err := c.notices.ParseNotifyRequest(ctx, r, t)
	if err != nil {
		// The library's words hold the whole request; they are not kept.
		return f, enroll.Fail("notice_unverified").Because(errors.New("notice: signature, time or content does not hold"))
	}
	if notice.EventType != "TRANSACTION.SUCCESS" {
		return f, fmt.Errorf("%w: %.40q", ErrOtherEvent, notice.EventType)
	}
	f = factOf(t)
	f.Source, f.SourceID, f.Raw = "notice", notice.ID, []byte(notice.Resource.Plaintext)
	return f, nil
}
