package service

import (
	"context"
	"slices"
	"sync"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/oa"
)

// gatherFor is how long the first of some reports waits for the others.
const gatherFor = 20 * time.Millisecond

// Receipts writes reports that come together in one transaction: the first to
// come waits a moment for the others and writes for all.
type Receipts struct {
	mu   sync.Mutex
	open *gathered
}

// NewReceipts makes the place where reports of one process gather.
func NewReceipts() *Receipts { return &Receipts{} }

type gathered struct {
	list []store.Receipt
	done chan struct{}
	err  error
}

func (g *Receipts) add(r store.Receipt, write func([]store.Receipt) error) error {
	g.mu.Lock()
	if b := g.open; b != nil {
		b.list = append(b.list, r)
		g.mu.Unlock()
		<-b.done
		return b.err
	}
	b := &gathered{list: []store.Receipt{r}, done: make(chan struct{})}
	g.open = b
	g.mu.Unlock()
	time.Sleep(gatherFor)
	g.mu.Lock()
	g.open = nil
	g.mu.Unlock()
	b.err = write(b.list)
	close(b.done)
	return b.err
}

// keepReceipt keeps WeChat's report on a message of a push; it may come before we know the message's id ourselves.
func (s *Service) keepReceipt(ctx context.Context, msgid, status string) error {
	return s.Receipts.add(store.Receipt{MsgID: msgid, Status: vendorCode(status), At: s.Now()}, func(list []store.Receipt) error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 4*time.Second)
		defer cancel()
		return s.Store.InTx(ctx, func(tx *store.Store) error { return tx.AddReceipts(ctx, list) })
	})
}

const (
	receiptBatch = 500
	receiptKept  = 3 * 24 * time.Hour
)

// RunReceipts applies WeChat's reports to the recipients of pushes, until ctx ends.
func (s *Service) RunReceipts(ctx context.Context) error {
	tick := time.NewTicker(pushTick)
	defer tick.Stop()
	for {
		n, err := s.ApplyReceipts(ctx)
		s.beat(ctx, "receipts", err)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("push receipts", "error", err)
		}
		if n == receiptBatch && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// ApplyReceipts applies one batch of reports and says how many: delivered, or failed and by SMS where the push asks for it.
func (s *Service) ApplyReceipts(ctx context.Context) (int, error) {
	list, err := s.Store.ReportedRecipients(ctx, receiptBatch)
	if err != nil {
		return 0, err
	}
	if len(list) == 0 {
		return 0, s.Store.DropReceipts(ctx, s.Now().Add(-receiptKept))
	}
	fallbacks := map[string]bool{}
	for _, r := range list {
		if _, known := fallbacks[r.Push]; known {
			continue
		}
		p, err := s.Store.Push(ctx, r.Push)
		if err != nil {
			return 0, err
		}
		fallbacks[r.Push] = p.Letter.SMSFallback && p.State != enroll.PushCancelled
	}
	return len(list), s.Store.InTx(ctx, func(tx *store.Store) error {
		msgids, delivered := make([]string, len(list)), []string{}
		for i, r := range list {
			msgids[i] = r.MsgID
			if r.Status == "success" {
				delivered = append(delivered, r.ID)
				continue
			}
			if err := applyReceipt(ctx, tx, r, fallbacks[r.Push], enroll.ReminderTime(s.Now())); err != nil {
				return err
			}
		}
		if err := tx.DeliveredRecipients(ctx, delivered, msgids); err != nil {
			return err
		}
		return tx.EndReceipts(ctx, msgids)
	})
}

// applyReceipt ends a recipient whom WeChat did not reach, or lets the SMS follow, at night in the morning.
func applyReceipt(ctx context.Context, tx *store.Store, r store.Reported, fallback bool, byDay time.Time) error {
	if fallback && r.Carrier != enroll.PushSMS {
		if err := tx.ReopenPush(ctx, r.Push); err != nil {
			return err
		}
		return tx.ApplyReceipt(ctx, r.ID, r.MsgID, enroll.RecipientWaiting, enroll.PushSMS, "", r.Status, byDay)
	}
	failure := enroll.FailWeChat
	if r.Status == "failed:user block" || r.Status == "refuse" {
		failure = enroll.FailBlocked
	}
	return tx.ApplyReceipt(ctx, r.ID, r.MsgID, enroll.RecipientFailed, r.Carrier, failure, r.Status, time.Time{})
}

// noticesAgreed keeps who agreed to subscription notices (订阅通知), and who does so no more.
func (s *Service) noticesAgreed(ctx context.Context, event oa.Event, at time.Time) error {
	for _, answer := range slices.Concat(event.Answers, event.Changes) {
		keep := s.Store.Disagree
		if answer.Status == "accept" {
			keep = s.Store.Agree
		}
		if err := keep(ctx, event.From, answer.TemplateID, at); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) noticesSent(ctx context.Context, event oa.Event) error {
	for _, sent := range event.Sent {
		if err := s.keepReceipt(ctx, noticeMsgID(event.From, sent.TemplateID), sent.Status); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) answerTester(ctx context.Context, event oa.Event) (string, error) {
	text, err := s.rememberTester(ctx, event.From)
	if err != nil {
		return "", err
	}
	return s.OA.Reply(event, text)
}
