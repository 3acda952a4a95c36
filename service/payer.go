package service

import (
	"context"
	"crypto/rand"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// payer is who pays and how; link is empty for the student.
type payer struct {
	channel enroll.Channel
	openid  string
	link    enroll.PayLink
}

// made says that an order is this payer's own, so that it can go on; anybody else's is closed first.
func (by payer) made(o enroll.Order) bool {
	return o.Channel == by.channel && o.OpenID == by.openid && o.Link == by.link.ID
}

// closeAfter is the age from which WeChat Pay surely closes an order; closeRetry is when to try again afterwards.
const (
	closeAfter = 5 * time.Minute
	closeRetry = 10 * time.Second
)

// orderFor gives the bill's live order if it fits, else a new one after the former is closed.
func (s *Service) orderFor(ctx context.Context, v *Visit, bill enroll.Bill, by payer) (enroll.Order, error) {
	live, err := s.Store.LiveOrder(ctx, bill.ID)
	if enroll.CodeOf(err) == enroll.NotFound {
		return s.newOrder(ctx, v, bill, by)
	}
	if err != nil {
		return live, err
	}
	fits := live.AmountFen == bill.DueFen() && by.made(live)
	told := live.Status == enroll.OrderCreated || live.PrepayID+live.CodeURL != ""
	if fits && told && s.Now().Add(time.Minute).Before(live.ExpiresAt) {
		return live, nil // also while it is being closed: its own channel may still be paid
	}
	status, err := s.closeOrder(ctx, live)
	switch {
	case err != nil:
		return live, err
	case status == enroll.OrderPaid:
		return live, enroll.Fail("bill_covered")
	case status.Live():
		wait := int(max(closeRetry, closeAfter-s.Now().Sub(live.CreatedAt)) / time.Second)
		if live.Link != by.link.ID {
			return live, enroll.Fail("pay_closing_other", (wait+59)/60).With("wait_s", wait)
		}
		return live, enroll.Fail("pay_closing", (wait+59)/60).With("wait_s", wait).With("channel", live.Channel)
	}
	return s.newOrder(ctx, v, bill, by)
}

// newOrder freezes everything that WeChat Pay will be told; two tabs that come at once get the same order.
func (s *Service) newOrder(ctx context.Context, v *Visit, bill enroll.Bill, by payer) (enroll.Order, error) {
	now := s.Now()
	end := earlier(now.Add(enroll.OrderLife), enroll.DeadlinesOf(v.Intake, v.Registration).Pay)
	if by.link.ID != "" {
		end = earlier(end, by.link.ExpiresAt)
	}
	o := enroll.Order{
		ID: s.Store.NewID(), Bill: bill.ID, Registration: v.Registration.ID, OutTradeNo: "xs" + rand.Text(), Channel: by.channel, OpenID: by.openid, Link: by.link.ID,
		AmountFen: bill.DueFen(), BillVersion: bill.Version, Status: enroll.OrderCreated,
		Description: clip(v.Intake.Settings.School+v.Intake.Name+"学费 "+enroll.MaskName(v.Registration.Name), 40),
		NotifyURL:   s.Config.PublicURL + "/wechat/pay/notify", ClientIP: v.Address, CreatedAt: now,
		ExpiresAt:   end.Truncate(time.Second),
		NextQueryAt: now.Add(enroll.QueryInterval(0, false)),
	}
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		r, err := tx.Registration(ctx, v.Registration.ID)
		if err != nil {
			return err
		}
		if err := tx.HoldPayable(ctx, r, now); err != nil {
			return err
		}
		if by.link.ID != "" {
			if err := tx.HoldPayLink(ctx, by.link.ID, now); err != nil {
				return err
			}
		}
		return tx.AddOrder(ctx, o)
	})
	if s.Store.IsTaken(err) || enroll.ReasonOf(err) == "changed" {
		return s.otherTab(ctx, bill, by, o, err)
	}
	return o, err
}

// otherTab gives the order that another tab made at the same moment, where it is the same payment.
func (s *Service) otherTab(ctx context.Context, bill enroll.Bill, by payer, o enroll.Order, cause error) (enroll.Order, error) {
	live, err := s.Store.LiveOrder(ctx, bill.ID)
	if err == nil && by.made(live) && live.AmountFen == o.AmountFen {
		return live, nil
	}
	return o, enroll.Fail("changed").Because(cause)
}
