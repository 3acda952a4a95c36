package service

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/wechat/oa"
)

// Callback takes one message or event of the account, once: it answers people
// with the link, follows who follows, and notes what became of messages.
func (s *Service) Callback(ctx context.Context, q url.Values, body []byte) (reply string, err error) {
	event, err := s.OA.ParseCallback(q, body)
	if err != nil {
		return "", err
	}
	if reports(event) {
		return s.take(ctx, event)
	}
	key := "callback:" + event.Key()
	first, err := s.KV.SetNX(ctx, key, 1, 10*time.Minute).Result()
	if err != nil {
		return "", err
	}
	if !first {
		return "success", nil
	}
	if reply, err = s.take(ctx, event); err != nil {
		// WeChat tries again; what was not taken must not count as seen.
		err = errors.Join(err, s.KV.Del(ctx, key).Err())
	}
	return reply, err
}

// reports says that an event reports on a message: taking it twice changes
// nothing, and a mark in KV would outlive a process that dies before it is kept.
func reports(event oa.Event) bool {
	kind := strings.ToUpper(event.Event)
	return kind == "TEMPLATESENDJOBFINISH" || kind == "SUBSCRIBE_MSG_SENT_EVENT"
}

func (s *Service) take(ctx context.Context, event oa.Event) (reply string, err error) {
	at := time.Unix(event.Created, 0)
	switch strings.ToUpper(event.Event) {
	case "TEMPLATESENDJOBFINISH":
		return "success", s.delivered(ctx, event)
	case "SUBSCRIBE_MSG_POPUP_EVENT", "SUBSCRIBE_MSG_CHANGE_EVENT":
		return "success", s.noticesAgreed(ctx, event, at)
	case "SUBSCRIBE_MSG_SENT_EVENT":
		return "success", s.noticesSent(ctx, event)
	case "UNSUBSCRIBE":
		return "success", s.Store.SetFollower(ctx, event.From, false, at)
	case "SUBSCRIBE", "SCAN":
		if err := s.Store.SetFollower(ctx, event.From, true, at); err != nil {
			return "", err
		}
		switch scene := event.Scene(); {
		case strings.HasPrefix(scene, sceneMark):
			return s.scanned(ctx, event)
		case strings.EqualFold(event.Event, "SCAN"):
			return "success", nil
		}
		return s.answer(ctx, event)
	}
	if event.Type == "text" && strings.TrimSpace(event.Content) == testerWord {
		return s.answerTester(ctx, event)
	}
	if event.Type == "text" {
		return s.answer(ctx, event)
	}
	return "success", nil
}

func (s *Service) answer(ctx context.Context, event oa.Event) (string, error) {
	intake, err := s.CurrentIntake(ctx)
	if err != nil {
		return "success", nil
	}
	text := fmt.Sprintf("您好！%s%s注册请点这里：%s/go/home", intake.Settings.School, intake.Name, s.Config.PublicURL)
	if phones := intake.Settings.Contacts.Phones; len(phones) > 0 {
		text += "\n如有问题请致电 " + strings.Join(phones, "、")
	}
	return s.OA.Reply(event, text)
}

// delivered notes WeChat's report of a template message; one that did not arrive goes out by SMS instead.
func (s *Service) delivered(ctx context.Context, event oa.Event) error {
	outbox, err := s.Store.Delivered(ctx, event.TemplateMsgID, event.Status, s.Now())
	if enroll.CodeOf(err) == enroll.NotFound {
		return s.keepReceipt(ctx, event.TemplateMsgID, event.Status)
	}
	if err != nil || event.Status == "success" {
		return err
	}
	return s.notifyBySMS(ctx, outbox)
}
