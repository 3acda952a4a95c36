package service

import (
	"cmp"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"xinsheng/enroll"
	"xinsheng/identity"
	"xinsheng/wechat/oa"
)

// pushTries is how often a message is tried that a vendor puts off.
const pushTries = 8

// pushPace holds all callers of a push back after a vendor asked for it.
type pushPace struct {
	mu     sync.Mutex
	until  time.Time
	misses int
}

func (p *pushPace) held() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Now().Before(p.until)
}

// slow holds everybody back, longer each time that nothing succeeds between.
func (p *pushPace) slow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); !now.Before(p.until) {
		p.until = now.Add(min(500*time.Millisecond<<min(p.misses, 6), 30*time.Second))
		p.misses++
	}
}

// wait holds everybody back for a while that the vendor named.
func (p *pushPace) wait(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.until = time.Now().Add(d)
}

func (p *pushPace) success() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.misses = 0
}

// send makes the one call for one recipient and says what follows from it.
func (w *pushWork) send(ctx context.Context, r enroll.PushRecipient) (out enroll.PushRecipient) {
	defer func() {
		if p := recover(); p != nil {
			w.Log.Error("push call", "recipient", r.ID, "panic", p)
			out = w.unsure(r, fmt.Errorf("panic: %v", p))
		}
	}()
	if !r.UnsureSince.IsZero() && w.Now().Sub(r.UnsureSince) > outboxDedupe-outboxLease {
		return unknown(r)
	}
	switch r.Carrier {
	case enroll.PushTemplate:
		return w.sendTemplateTo(ctx, r)
	case enroll.PushSubscribe:
		return w.sendNoticeTo(ctx, r)
	}
	return w.sendSMSTo(ctx, r)
}

func (w *pushWork) message(r enroll.PushRecipient) oa.TemplateMessage {
	id := r.ID
	if r.Round > 0 {
		id += "-" + strconv.Itoa(r.Round)
	}
	return oa.TemplateMessage{
		OpenID: r.OpenID, TemplateID: w.push.Letter.Template, URL: w.pushURL(w.push.Letter), Data: r.Content.Values, ClientMsgID: id,
	}
}

func (w *pushWork) sendTemplateTo(ctx context.Context, r enroll.PushRecipient) enroll.PushRecipient {
	id, err := w.OA.Send(ctx, w.message(r))
	if err == nil {
		return w.accepted(r, id)
	}
	if code := oa.CodeOf(err); code != 0 {
		return w.refused(ctx, r, code, err)
	}
	w.line.pace.slow()
	if oa.Unsent(err) {
		return w.later(r, err.Error())
	}
	return w.unsure(r, err)
}

func (w *pushWork) sendNoticeTo(ctx context.Context, r enroll.PushRecipient) enroll.PushRecipient {
	err := w.OA.SendNotice(ctx, w.message(r))
	if err == nil {
		return w.accepted(r, noticeMsgID(r.OpenID, w.push.Letter.Template))
	}
	if code := oa.CodeOf(err); code != 0 {
		return w.refused(ctx, r, code, err)
	}
	w.line.pace.slow()
	if oa.Unsent(err) {
		return w.later(r, err.Error())
	}
	return unknown(r)
}

// noticeMsgID stands for the message id that a subscription notice lacks: its report names person and template only.
func noticeMsgID(openid, template string) string {
	sum := sha1.Sum([]byte(openid + "|" + template))
	return hex.EncodeToString(sum[:])
}

func (w *pushWork) sendSMSTo(ctx context.Context, r enroll.PushRecipient) enroll.PushRecipient {
	if r.Content.Phone == "" {
		return failed(r, enroll.FailNoWay, "")
	}
	err := w.Identity.SendSMS(ctx, enroll.Phone(r.Content.Phone), w.push.Letter.SMS, r.Content.Vars)
	switch {
	case err == nil:
		return w.accepted(r, "")
	case identity.Unanswered(err), errors.Is(err, context.DeadlineExceeded):
		return unknown(r)
	case enroll.CodeOf(err) == enroll.Declined, enroll.CodeOf(err) == enroll.Invalid:
		return failed(r, enroll.FailSMS, cmp.Or(identity.CodeOf(err), string(enroll.ReasonOf(err))))
	}
	r = w.later(r, err.Error())
	if r.State == enroll.RecipientWaiting { // the same words to one phone wait half a minute
		r.NextAt = w.Now().Add(31 * time.Second)
	}
	return r
}

func (w *pushWork) accepted(r enroll.PushRecipient, msgid string) enroll.PushRecipient {
	w.line.pace.success()
	r.State, r.MsgID, r.SentAt, r.Failure, r.Code, r.UnsureSince = enroll.RecipientAccepted, msgid, w.Now(), "", "", time.Time{}
	return r
}

// refused sorts WeChat's refusals: what slows down, what ends the day, what stops the push, and what is final for one person.
func (w *pushWork) refused(ctx context.Context, r enroll.PushRecipient, code int64, err error) enroll.PushRecipient {
	text := strconv.FormatInt(code, 10)
	switch code {
	case 45065: // this client_msg_id was taken already
		return w.accepted(r, r.MsgID)
	case 45011:
		w.line.pace.wait(untilMinute(time.Now()))
		return again(r, time.Time{})
	case 45009:
		_, tomorrow := w.quotaDay()
		w.stop(pushHalt{state: enroll.PushRunning, reason: enroll.HoldQuota, next: tomorrow})
		return again(r, time.Time{})
	case 40036, 40037, 43116:
		w.stop(pushHalt{state: enroll.PushStopped, reason: enroll.HoldTemplate, detail: clip(err.Error(), 500)})
		return again(r, time.Time{})
	case 40013, 40125, 40164, 41001, 48001:
		w.stop(pushHalt{state: enroll.PushStopped, reason: enroll.HoldAccount, detail: clip(err.Error(), 500)})
		return again(r, time.Time{})
	case 47003:
		detail := fmt.Sprintf("%s（%s）：%s", r.Content.ExamNo, enroll.MaskName(r.Content.Name), err)
		w.stop(pushHalt{state: enroll.PushStopped, reason: enroll.HoldValue, detail: clip(detail, 500)})
		return failed(r, enroll.FailValue, text)
	case 40003:
		return w.fallBack(r, enroll.FailOpenID, text)
	case 43004:
		if err := w.Store.SetFollower(ctx, r.OpenID, false, w.Now()); err != nil {
			w.Log.Warn("follower not kept", "error", err)
		}
		return w.fallBack(r, enroll.FailNotFollowing, text)
	case 43101:
		return w.fallBack(r, enroll.FailNotAgreed, text)
	case -1, 40001, 40014, 42001:
		w.line.pace.slow()
		return w.later(r, text)
	}
	return w.fallBack(r, enroll.FailWeChat, text)
}

// untilMinute is how long the vendor's minute still lasts, and a little more.
func untilMinute(now time.Time) time.Duration {
	return now.Truncate(time.Minute).Add(time.Minute + time.Second).Sub(now)
}

// again gives a recipient back as if it had not been tried.
func again(r enroll.PushRecipient, at time.Time) enroll.PushRecipient {
	r.State, r.Attempts, r.NextAt = enroll.RecipientWaiting, r.Attempts-1, at
	return r
}

// later tries a recipient once more after a while, and gives up after a number of tries.
func (w *pushWork) later(r enroll.PushRecipient, code string) enroll.PushRecipient {
	if r.Attempts >= pushTries {
		if !r.UnsureSince.IsZero() {
			return unknown(r)
		}
		return failed(r, enroll.FailBusy, code)
	}
	r.State, r.Code, r.NextAt = enroll.RecipientWaiting, vendorCode(code), w.Now().Add(time.Second<<min(r.Attempts, 5))
	return r
}

// unsure tries a template message once more while WeChat drops repetitions.
func (w *pushWork) unsure(r enroll.PushRecipient, err error) enroll.PushRecipient {
	if r.Carrier != enroll.PushTemplate {
		return unknown(r)
	}
	if r.UnsureSince.IsZero() {
		r.UnsureSince = r.TriedAt
	}
	r.State, r.Code, r.NextAt = enroll.RecipientWaiting, vendorCode(err.Error()), w.Now().Add(min(time.Second<<min(r.Attempts, 6), 30*time.Second))
	return r
}

func unknown(r enroll.PushRecipient) enroll.PushRecipient {
	r.State, r.Failure = enroll.RecipientUnknown, enroll.FailUnknown
	return r
}

func failed(r enroll.PushRecipient, why enroll.PushFailure, code string) enroll.PushRecipient {
	r.State, r.Failure, r.Code = enroll.RecipientFailed, why, vendorCode(code)
	return r
}

// fallBack goes on by SMS where the push asks for it, after WeChat's final no; at night in the morning.
func (w *pushWork) fallBack(r enroll.PushRecipient, why enroll.PushFailure, code string) enroll.PushRecipient {
	if !w.push.Letter.SMSFallback || r.Content.Phone == "" {
		return failed(r, why, code)
	}
	r.State, r.Carrier, r.Failure, r.Code = enroll.RecipientWaiting, enroll.PushSMS, "", vendorCode(code)
	r.Attempts, r.NextAt, r.UnsureSince = 0, enroll.ReminderTime(w.Now()), time.Time{}
	return r
}

// vendorCode is a vendor's code or words as the column takes them: short, in ASCII.
func vendorCode(text string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, text)
	return clip(plain, 80)
}
