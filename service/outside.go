package service

import (
	"context"
	"errors"
	"strconv"
	"time"

	"xinsheng/enroll"
	"xinsheng/identity"
	"xinsheng/wechat/oa"
	"xinsheng/wechat/pay"
)

// Whom we call outside, by the name under which the calls are counted.
const (
	callSMS    = "sms"
	callFace   = "face"
	callPay    = "pay"
	callWeChat = "wechat"
)

// Calls are counted by the minute, kept for callsKept, and judged over the last callsSpan.
const (
	callsSpan = 10 * time.Minute
	callsKept = 15 * time.Minute
	// callsPatience bounds what the counting may cost the call itself.
	callsPatience = 500 * time.Millisecond
)

func callsKey(name string, at time.Time) string {
	return "calls:" + name + ":" + strconv.FormatInt(at.Unix()/60, 10)
}

func callsLastKey(name string) string { return "calls:" + name + ":failed" }

// noteCall counts how a call to a vendor ended, for the lights of the opening
// day, over all replicas. The figures live in KV: losing them costs a look only.
func (s *Service) noteCall(name string, fault error) {
	ctx, cancel := context.WithTimeout(context.Background(), callsPatience)
	defer cancel()
	key, field := callsKey(name, s.Now()), "done"
	pipe := s.KV.Pipeline()
	if fault != nil {
		field = "failed"
		pipe.HSet(ctx, callsLastKey(name), "at", s.Now().UnixMilli(), "why", clip(fault.Error(), 200))
		pipe.Expire(ctx, callsLastKey(name), 24*time.Hour)
	}
	pipe.HIncrBy(ctx, key, field, 1)
	pipe.Expire(ctx, key, callsKept)
	if _, err := pipe.Exec(ctx); err != nil {
		s.Log.Warn("a call was not counted", "call", name, "error", err)
	}
}

// Calls are the calls to one vendor in the last minutes, and the last failure of the day.
type Calls struct {
	Done, Failed int
	FailedAt     time.Time
	Why          string
}

func (s *Service) calls(ctx context.Context, name string) (c Calls, err error) {
	var last struct {
		At  int64  `redis:"at"`
		Why string `redis:"why"`
	}
	if err := s.KV.HGetAll(ctx, callsLastKey(name)).Scan(&last); err != nil {
		return c, err
	}
	if last.At > 0 {
		c.FailedAt, c.Why = time.UnixMilli(last.At), last.Why
	}
	for at := s.Now(); at.After(s.Now().Add(-callsSpan)); at = at.Add(-time.Minute) {
		var minute struct {
			Done   int `redis:"done"`
			Failed int `redis:"failed"`
		}
		if err := s.KV.HGetAll(ctx, callsKey(name, at)).Scan(&minute); err != nil {
			return c, err
		}
		c.Done, c.Failed = c.Done+minute.Done, c.Failed+minute.Failed
	}
	return c, nil
}

// smsFault leaves out what lies with one number.
func smsFault(err error) error {
	if identity.OfNumber(err) {
		return nil
	}
	return err
}

// wechatFault leaves out what lies with one recipient: who does not follow, or blocks messages.
func wechatFault(err error) error {
	switch oa.CodeOf(err) {
	case 40003, 43004:
		return nil
	}
	return err
}

// payFault leaves out what is an answer about one order.
func payFault(err error) error {
	if errors.Is(err, pay.ErrPaid) || errors.Is(err, pay.ErrClosed) {
		return nil
	}
	return err
}

// faceFault is a check that got no verdict; a face that is not the person's is one.
func faceFault(check enroll.FaceCheck, cause error) error {
	if check.Outcome != enroll.OutcomeLater {
		return nil
	}
	if cause == nil {
		return errors.New(check.Result)
	}
	return cause
}
