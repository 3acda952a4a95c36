package service

import (
	"context"
	"errors"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// turn writes results and claims the next recipients in one transaction that
// renews the lease; more is false where the push has ended or waits for a later time.
func (w *pushWork) turn(ctx context.Context, ended []enroll.PushRecipient, ahead int) (more bool, err error) {
	paused, err := w.paused(ctx, enroll.GatePush)
	if err == nil && paused {
		err = enroll.Fail("changed") // as where a person stops it: what is on its way ends, the rest stays
	}
	if err != nil {
		return false, err
	}
	templates, notices, sms, err := w.room(ctx, ahead, ended)
	if err != nil {
		return false, err
	}
	begun := time.Now()
	var claimed []enroll.PushRecipient
	var next time.Time
	waits := false
	err = w.Store.InTx(ctx, func(tx *store.Store) error {
		claimed = nil
		if err := tx.HoldPush(ctx, w.push.ID, w.owner, enroll.PushRunning, w.Now(), pushLease); err != nil {
			return err
		}
		if err := w.write(ctx, tx, ended); err != nil {
			return err
		}
		for carrier, room := range map[enroll.PushCarrier]int{enroll.PushTemplate: templates, enroll.PushSubscribe: notices, enroll.PushSMS: sms} {
			if room <= 0 {
				continue
			}
			list, err := tx.ClaimRecipients(ctx, w.push.ID, carrier, w.Now(), room)
			if err != nil {
				return err
			}
			claimed = append(claimed, list...)
		}
		if len(claimed) > 0 || w.outstanding() > len(ended) {
			return nil
		}
		next, waits, err = tx.NextRecipient(ctx, w.push.ID)
		return err
	})
	if err != nil {
		return false, err
	}
	w.leased.Store(begun.UnixNano())
	w.feed(ended, claimed)
	if len(claimed) > 0 || w.outstanding() > 0 {
		return true, nil
	}
	return w.idle(ctx, next, waits)
}

// idle says whether a push with nothing to do now goes on: it ends, waits for a later day, or for a moment.
func (w *pushWork) idle(ctx context.Context, next time.Time, waits bool) (more bool, err error) {
	p := w.push
	p.Reason, p.NextAt = "", time.Time{}
	switch {
	case !waits:
		return w.end(ctx, p)
	case next.Sub(w.Now()) > time.Minute:
		p.Reason, p.NextAt = enroll.HoldBudget, next
		if w.smsBudget > 0 && next.Equal(enroll.ReminderTime(w.Now())) {
			p.Reason = enroll.HoldNight
		}
		return false, w.Store.MovePush(ctx, p, enroll.PushRunning, w.Now())
	}
	return true, nil
}

// end ends a push unless somebody waits again since the last look; then it goes on.
func (w *pushWork) end(ctx context.Context, p enroll.Push) (more bool, err error) {
	err = w.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.MovePush(ctx, p, enroll.PushDone, w.Now()); err != nil {
			return err
		}
		// Looked for only now that the push's row is ours: who lets recipients wait again holds it before.
		_, waits, err := tx.NextRecipient(ctx, p.ID)
		if err == nil && waits {
			return errWaits
		}
		return err
	})
	if errors.Is(err, errWaits) {
		return true, nil
	}
	return false, err
}

// errWaits takes back the end of a push of which recipients wait again.
var errWaits = errors.New("recipients wait again")

// feed forgets who has ended and hands the callers whom to write to next.
func (w *pushWork) feed(ended, claimed []enroll.PushRecipient) {
	for _, r := range ended {
		delete(w.claimed, r.ID)
	}
	for _, r := range claimed {
		w.claimed[r.ID] = r.Carrier
		if r.Carrier == enroll.PushSMS {
			w.smsBudget--
		} else {
			w.quota--
		}
		w.jobs <- r
	}
}

// write keeps results; who agreed to one subscription notice has had it.
func (w *pushWork) write(ctx context.Context, tx *store.Store, ended []enroll.PushRecipient) error {
	for _, r := range ended {
		if r.Carrier == enroll.PushSubscribe && r.State == enroll.RecipientAccepted {
			if err := tx.UseAgreement(ctx, r.OpenID, w.push.Letter.Template, w.Now()); err != nil {
				return err
			}
		}
	}
	return tx.EndRecipients(ctx, ended)
}

// room is how many recipients may be claimed now, by kind; none while urgent single messages wait, or without quota.
func (w *pushWork) room(ctx context.Context, ahead int, ended []enroll.PushRecipient) (templates, notices, sms int, err error) {
	if err := w.look(ctx); err != nil {
		return 0, 0, 0, err
	}
	urgent, err := w.Store.UrgentDue(ctx, w.Now())
	if err != nil {
		return 0, 0, 0, err
	}
	if !urgent {
		w.yielded = time.Time{}
	} else if w.yielded.IsZero() {
		w.yielded = time.Now()
	}
	if urgent && time.Since(w.yielded) < pushYield || w.line.pace.held() {
		return 0, 0, 0, nil
	}
	templates = min(ahead-w.outstanding()+len(ended), w.quota)
	notices = min(smsAtOnce-w.claimedFor(enroll.PushSubscribe), w.quota)
	if now := w.Now(); w.smsFrom(now).Equal(now) {
		sms = min(smsAtOnce-w.claimedFor(enroll.PushSMS), w.smsBudget)
	}
	return templates, notices, sms, nil
}

// smsFrom is when a push may send SMS: those in place of a WeChat message not at night.
func (w *pushWork) smsFrom(now time.Time) time.Time {
	if w.push.Letter.Carrier == enroll.PushSMS {
		return now
	}
	return enroll.ReminderTime(now)
}

// look counts quota and budget now and then: without quota the push waits for the next day, without budget or at night its SMS do.
func (w *pushWork) look(ctx context.Context) (err error) {
	if time.Since(w.looked) < pushLook {
		return nil
	}
	w.looked = time.Now()
	if w.quota, err = w.pushQuotaLeft(ctx); err != nil {
		return err
	}
	spent := w.quota == 0
	w.quota -= w.claimedFor(enroll.PushTemplate) + w.claimedFor(enroll.PushSubscribe)
	fen, err := w.smsBudgetLeft(ctx)
	if err != nil {
		return err
	}
	w.smsBudget = fen/max(w.Config.Push.WithDefaults().SMSPriceFen, 1) - w.claimedFor(enroll.PushSMS)
	_, tomorrow := w.quotaDay()
	now := w.Now()
	from := w.smsFrom(now)
	if w.smsBudget <= 0 {
		from = tomorrow
	}
	if from.After(now) {
		if err := w.Store.PostponeSMS(ctx, w.push.ID, from); err != nil {
			return err
		}
	}
	if spent && w.push.Letter.Carrier != enroll.PushSMS {
		w.stop(pushHalt{state: enroll.PushRunning, reason: enroll.HoldQuota, next: tomorrow})
	}
	return nil
}
