package service

import (
	"context"
	"encoding/json"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Stuck is an outside effect that was given up, or of which nobody knows whether it happened (死信).
type Stuck struct {
	ID           string
	Name         string
	Registration string
	// Unknown says that it may have happened, so that sending it again may do it twice.
	Unknown  bool
	At       time.Time
	Attempts int
	Error    string
}

// StuckOutbox lists what will not go out unless a person sends it again, the oldest first.
func (s *Service) StuckOutbox(ctx context.Context) ([]Stuck, error) {
	kept, err := s.Store.StuckOutbox(ctx)
	list := make([]Stuck, len(kept))
	for i, m := range kept {
		list[i] = Stuck{m.ID, outboxName(m), m.Registration, m.State == enroll.OutboxUnknown, m.CreatedAt, m.Attempts, m.LastError}
	}
	return list, err
}

// outboxName is what a message is, in words: for one to a student its event.
func outboxName(m enroll.OutboxMessage) string {
	var n notice
	if m.Kind == enroll.OutboxNotify && json.Unmarshal(m.Payload, &n) == nil {
		if rule, ok := enroll.MessageRuleOf(n.Event); ok {
			return "消息：" + rule.Name
		}
	}
	return map[string]string{enroll.OutboxNotify: "给学生的消息", enroll.OutboxDigest: "工作人员每日待办", enroll.OutboxClose: "关闭未支付的订单"}[m.Kind]
}

// ResendOutbox lets a person send stuck messages once more, and says how many;
// what somebody else has sent meanwhile is left alone.
func (s *Service) ResendOutbox(ctx context.Context, d *Duty, ids []string) (sent int, err error) {
	for _, id := range ids {
		err := s.Store.InTx(ctx, func(tx *store.Store) error {
			if err := tx.ReplayOutbox(ctx, id, s.Now()); err != nil {
				return err
			}
			return s.audit(ctx, tx, d, "outbox_resend", id, "")
		})
		if enroll.ReasonOf(err) == "changed" {
			continue
		}
		if err != nil {
			return sent, err
		}
		sent++
	}
	return sent, nil
}
