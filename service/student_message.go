package service

import (
	"context"
	"encoding/json"
	"time"

	"xinsheng/enroll"
)

// SentMessage is one message to a student and what became of it (消息).
type SentMessage struct {
	ID    string
	Event string
	Name  string
	At    time.Time
	// State is the outbox's: waiting, done, dead, unknown; Report is what WeChat said afterwards.
	State  string
	Report string
	DoneAt time.Time
	Error  string
}

// Result is what became of a message, in words.
func (m SentMessage) Result() string {
	switch m.State {
	case enroll.OutboxWaiting:
		return "等待发送"
	case enroll.OutboxDead:
		return "无法送达"
	case enroll.OutboxUnknown:
		return "结果未知"
	}
	switch m.Report {
	case "":
		return "已发送"
	case "success":
		return "微信已送达"
	}
	return "微信未送达"
}

// sentMessages lists what was sent to a student, the newest first.
func (s *Service) sentMessages(ctx context.Context, registration string) ([]SentMessage, error) {
	kept, err := s.Store.OutboxOf(ctx, registration, enroll.OutboxNotify)
	if err != nil {
		return nil, err
	}
	reports, err := s.Store.DeliveriesOf(ctx, kept)
	if err != nil {
		return nil, err
	}
	list := make([]SentMessage, 0, len(kept))
	for _, m := range kept {
		var n notice
		if err := json.Unmarshal(m.Payload, &n); err != nil {
			return nil, err
		}
		rule, _ := enroll.MessageRuleOf(n.Event)
		list = append(list, SentMessage{
			ID: m.ID, Event: n.Event, Name: rule.Name, At: m.CreatedAt, State: m.State, Report: reports[m.ID], DoneAt: m.DoneAt, Error: m.LastError,
		})
	}
	return list, nil
}
