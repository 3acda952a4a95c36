package service

import (
	"context"
	"errors"
	"net/http"

	"xinsheng/wechat/pay"
)

// TakeNotice takes a notice of WeChat Pay (支付通知). Nil says that it is kept,
// also where it does not fit or speaks of something else; notice_unverified that
// its signature does not hold; any other error that it should come again.
func (s *Service) TakeNotice(ctx context.Context, r *http.Request) error {
	Mark("before_verify")
	fact, err := s.Pay.ParseNotice(ctx, r)
	if errors.Is(err, pay.ErrOtherEvent) {
		s.Log.Warn("pay notice of another event", "error", err)
		return nil
	}
	if err != nil {
		return err
	}
	Mark("after_verify")
	return s.Settle(ctx, fact)
}
