package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/oa"
)

// Outcomes of a delivery that must not simply be tried again.
var (
	errDead    = errors.New("will never succeed")
	errUnknown = errors.New("outcome unknown")
	// errUnsure says that a try may have had its effect, and that the vendor drops a repetition for some minutes.
	errUnsure = errors.New("outcome unknown for now")
)

// notice is what the outbox keeps of a message to a student; the sealed row holds it.
type notice struct {
	Event  string            `json:"event"`
	Fields map[string]string `json:"fields"`
	// Phone and OpenID override the bound ones, for who is not bound yet or was bound before.
	Phone  string `json:"phone,omitempty"`
	OpenID string `json:"openid,omitempty"`
	// SMSOnly leaves WeChat out, after it reported that the message did not arrive.
	SMSOnly bool `json:"sms_only,omitempty"`
	// Status is where a matter stands for which a reminder is meant; a reminder
	// waits through the night, and is dropped where the matter has moved on.
	Status enroll.Status `json:"status,omitempty"`
}

// notify writes a message to the student into the outbox, in the transaction of the fact that it tells.
func (s *Service) notify(ctx context.Context, tx *store.Store, registration, event string, fields map[string]string, urgent bool) error {
	dedupe := event + ":" + registration
	if event != enroll.MessageNumberIssued {
		dedupe += ":" + tx.NewID()
	}
	return s.notifyAs(ctx, tx, registration, dedupe, notice{Event: event, Fields: fields}, urgent)
}

// notifyAt is notify to a phone and openid other than the bound ones.
func (s *Service) notifyAt(ctx context.Context, tx *store.Store, registration, event string, fields map[string]string, phone enroll.Phone, openid string) error {
	n := notice{Event: event, Fields: fields, Phone: phone.Raw(), OpenID: openid}
	return s.notifyAs(ctx, tx, registration, event+":"+registration+":"+tx.NewID(), n, true)
}

func (s *Service) notifyAs(ctx context.Context, tx *store.Store, registration, dedupe string, n notice, urgent bool) error {
	payload, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return s.enqueue(ctx, tx, enroll.OutboxMessage{
		Kind: enroll.OutboxNotify, Dedupe: dedupe, Registration: registration, Payload: payload, Urgent: urgent,
	})
}

// deliverNotify sends one message: by template where an openid is known, by
// SMS where the rule asks for it or WeChat finally refuses.
func (s *Service) deliverNotify(ctx context.Context, m enroll.OutboxMessage) error {
	var n notice
	if err := json.Unmarshal(m.Payload, &n); err != nil {
		return fmt.Errorf("%w: %w", errDead, err)
	}
	if n.Fields == nil {
		n.Fields = map[string]string{}
	}
	rule, ok := enroll.MessageRuleOf(n.Event)
	if !ok {
		return fmt.Errorf("%w: no rule for event %s", errDead, n.Event)
	}
	if stale, err := s.stale(ctx, m.Registration, n); err != nil || stale {
		return err
	}
	to, err := s.recipient(ctx, m.Registration, n)
	if err != nil {
		return err
	}
	reached, byWeChat := false, !n.SMSOnly && to.openid != "" && s.OA.Enabled() && to.message.WeChat != ""
	if byWeChat {
		if reached, err = s.sendTemplate(ctx, m, rule, to, n.Fields); err != nil {
			return err
		}
	}
	if reached && !rule.AlsoSMS {
		return nil
	}
	if !byWeChat && !m.UnsureSince.IsZero() {
		return fmt.Errorf("%w: an earlier try may have sent the SMS, which nobody would drop", errUnknown)
	}
	return s.sendSMS(ctx, to, n.Fields, reached)
}

// recipient is who a message goes to, and how this intake words it.
type recipient struct {
	openid  string
	phone   enroll.Phone
	message enroll.Message
	full    bool
}

func (s *Service) recipient(ctx context.Context, registration string, n notice) (recipient, error) {
	r, err := s.Store.Registration(ctx, registration)
	if err != nil {
		return recipient{}, err
	}
	student, err := s.Store.Student(ctx, r.Student)
	if err != nil {
		return recipient{}, err
	}
	intake, err := s.Store.Intake(ctx, r.Intake)
	if err != nil {
		return recipient{}, err
	}
	to := recipient{openid: student.OpenID, phone: student.Phone, message: intake.Settings.Messages[n.Event], full: intake.Settings.SMSFullNumber}
	if student.BoundAt.IsZero() {
		if to.phone, to.openid, err = s.unboundAt(ctx, r.ID); err != nil {
			return recipient{}, err
		}
	}
	if n.Phone != "" || n.OpenID != "" {
		to.openid, to.phone = n.OpenID, enroll.Phone(n.Phone)
	}
	s.fill(ctx, n.Fields, r, intake)
	if rule, ok := enroll.MessageRuleOf(n.Event); ok && n.Fields["matter"] == "" {
		n.Fields["matter"] = rule.Name
	}
	return to, nil
}

// fill adds what every message may say of the person and the school.
func (s *Service) fill(ctx context.Context, fields map[string]string, r enroll.Registration, i enroll.Intake) {
	fields["name"], fields["school"], fields["intake"] = r.Name, i.Settings.School, i.Name
	if p, err := s.Store.Program(ctx, r.Program); err == nil {
		fields["program"], fields["level"] = p.Name, string(p.Level)
	}
	if fields["time"] == "" {
		fields["time"] = enroll.Minute(s.Now())
	}
	if len(i.Settings.Contacts.Phones) > 0 {
		fields["contact"] = i.Settings.Contacts.Phones[0]
	}
}

// sendTemplate sends by WeChat and says whether the message is on its way; a final refusal leaves it to the SMS.
func (s *Service) sendTemplate(ctx context.Context, m enroll.OutboxMessage, rule enroll.MessageRule, to recipient, fields map[string]string) (bool, error) {
	data := map[string]string{}
	for keyword, field := range to.message.Keywords {
		data[keyword] = fit(keyword, fields[field])
	}
	id, err := s.OA.Send(ctx, oa.TemplateMessage{
		OpenID: to.openid, TemplateID: to.message.WeChat, URL: s.Config.PublicURL + "/go/" + rule.Link, Data: data, ClientMsgID: m.ID,
	})
	s.noteCall(callWeChat, wechatFault(err))
	switch oa.CodeOf(err) {
	case 0:
		if err == nil {
			err = s.Store.AddDelivery(ctx, id, m.ID, to.openid, s.Now())
		}
		if err != nil {
			return false, fmt.Errorf("%w: %w", errUnsure, err)
		}
		return true, nil
	case 40003, 43004, 47003, 40037:
		s.Log.Warn("template message refused", "event", rule.Event, "error", err)
		return false, nil
	}
	return false, err
}

// fit shortens prose to what a keyword holds; numbers are never cut.
func fit(keyword, value string) string {
	limit := enroll.FieldLimit(keyword)
	runes := []rune(value)
	if value == "" {
		return "无"
	}
	if limit == 0 || len(runes) <= limit || !strings.HasPrefix(keyword, "thing") {
		return value
	}
	return string(runes[:limit-1]) + "…"
}

// sendSMS sends by SMS; without a phone or a template the message ends here,
// dead where nothing else reached the student.
func (s *Service) sendSMS(ctx context.Context, to recipient, fields map[string]string, reached bool) error {
	template := to.message.SMSFor(to.phone)
	if to.phone == "" || template == "" {
		if reached {
			return nil
		}
		return fmt.Errorf("%w: neither WeChat nor SMS can reach the student", errDead)
	}
	params := make([]string, 0, len(to.message.Vars))
	for _, field := range to.message.Vars {
		if field == "number" && !to.full {
			return fmt.Errorf("%w: the SMS template holds the number, but sms_full_number is off", errDead)
		}
		params = append(params, fields[field])
	}
	err := s.Identity.SendSMS(ctx, to.phone, template, params)
	s.noteCall(callSMS, smsFault(err))
	var timeout net.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", errUnknown, err)
	case enroll.CodeOf(err) == enroll.Declined, enroll.CodeOf(err) == enroll.Invalid:
		return fmt.Errorf("%w: %w", errDead, err)
	}
	return err
}

// notifyBySMS sends a message again by SMS, after WeChat reported that it did not arrive.
func (s *Service) notifyBySMS(ctx context.Context, outbox string) error {
	m, err := s.Store.OutboxMessage(ctx, outbox)
	if err != nil {
		return err
	}
	var n notice
	if err := json.Unmarshal(m.Payload, &n); err != nil {
		return err
	}
	if rule, _ := enroll.MessageRuleOf(n.Event); !rule.Undelivered {
		return nil
	}
	n.SMSOnly = true
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		err := s.notifyAs(ctx, tx, m.Registration, m.Dedupe+":sms", n, true)
		if tx.IsTaken(err) {
			return nil
		}
		return err
	})
}
