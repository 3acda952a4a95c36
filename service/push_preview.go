package service

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/oa"
)

// PushPreview is a message as one student's phone shows it.
type PushPreview struct {
	ExamNo, Name string
	// Carrier is the way that it would take, Failure why there is none.
	Carrier enroll.PushCarrier
	Failure enroll.PushFailure
	Title   string
	Lines   []PushLine
	SMS     string
	URL     string
	Problem *PushProblem
}

// PushLine is one line of a template message.
type PushLine struct{ Label, Value string }

// errEnough ends a walk that has found what it looked for.
var errEnough = errors.New("enough")

// PreviewPush shows a push as the phones of the first few of its recipients would.
func (s *Service) PreviewPush(ctx context.Context, id string, limit int) ([]PushPreview, error) {
	p, err := s.Store.Push(ctx, id)
	if err != nil {
		return nil, err
	}
	sms, err := s.smsWords(ctx, p.Letter)
	if err != nil {
		return nil, err
	}
	var list []PushPreview
	err = s.eachAddressed(ctx, p, "", false, func(page []addressed, _ string) error {
		for _, one := range page {
			if len(list) == limit {
				return errEnough
			}
			list = append(list, s.preview(p.Letter, one, sms))
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return list, err
}

func (s *Service) smsWords(ctx context.Context, l enroll.PushLetter) (string, error) {
	if l.SMS == "" {
		return "", nil
	}
	words, err := s.Identity.SMSTemplate(ctx, l.SMS)
	if err != nil {
		return "", enroll.FailField("sms", "push_sms").Because(err)
	}
	return words, nil
}

func (s *Service) preview(l enroll.PushLetter, one addressed, sms string) PushPreview {
	r := one.recipient
	v := PushPreview{
		ExamNo: r.Content.ExamNo, Name: r.Content.Name, Carrier: r.Carrier, Failure: r.Failure, Title: l.Name,
		SMS: enroll.FillSMS(sms, r.Content.Vars), URL: s.pushURL(l), Problem: one.problem,
	}
	for _, k := range l.Keywords {
		v.Lines = append(v.Lines, PushLine{k.Label, r.Content.Values[k.Keyword]})
	}
	return v
}

func (s *Service) pushURL(l enroll.PushLetter) string {
	if l.Link == "" {
		return s.Config.PublicURL + "/go/home"
	}
	return s.Config.PublicURL + "/go/" + l.Link
}

// testerWord is what staff write to the account to be known as the receiver of a test.
const testerWord = "推送测试"

// testerLife is how long such a person may be named by the code.
const testerLife = 30 * time.Minute

// rememberTester answers the word with a code by which a test finds this person.
func (s *Service) rememberTester(ctx context.Context, openid string) (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1000000))
	if err != nil {
		return "", err
	}
	code := fmt.Sprintf("%06d", n)
	err = s.KV.Set(ctx, "push:tester:"+code, openid, testerLife).Err()
	return "测试码 " + code + "，30 分钟内有效。在推送页面填入后，测试消息会发到这里。", err
}

// testsPerHour is how many tests one account may send.
const testsPerHour = 20

// TestPush sends the message of a made-up student to a member of staff: by the code
// that the account answers to 推送测试, or by SMS to a phone. No recipient is touched.
func (s *Service) TestPush(ctx context.Context, d *Duty, id, to string) error {
	p, err := s.Store.Push(ctx, id)
	if err != nil {
		return err
	}
	content, err := s.sample(ctx, p)
	if err != nil {
		return err
	}
	if n, err := s.count(ctx, "push_test", d.Staff.Account, time.Hour); err != nil || n > testsPerHour {
		return cmp.Or(err, error(enroll.Fail("too_many")))
	}
	if p.Letter.Carrier == enroll.PushSMS || len(to) >= 11 {
		phone, err := enroll.ParsePhone(to)
		if err != nil {
			return err
		}
		if p.Letter.SMS == "" {
			return enroll.FailField("sms", "push_sms")
		}
		if err := s.Identity.SendSMS(ctx, phone, p.Letter.SMS, content.Vars); err != nil {
			return err
		}
		return s.audit(ctx, s.Store, d, "push_test", id, "sms "+phone.String())
	}
	openid, err := s.KV.Get(ctx, "push:tester:"+to).Result()
	if err != nil {
		return enroll.FailField("to", "push_tester")
	}
	m := oa.TemplateMessage{OpenID: openid, TemplateID: p.Letter.Template, URL: s.pushURL(p.Letter), Data: content.Values, ClientMsgID: s.Store.NewID()}
	if p.Letter.Carrier == enroll.PushSubscribe {
		err = s.OA.SendNotice(ctx, m)
	} else {
		_, err = s.OA.Send(ctx, m)
	}
	if err != nil {
		return enroll.Fail("push_wechat").Because(err)
	}
	return s.audit(ctx, s.Store, d, "push_test", id, "wechat")
}

// sample is what a made-up student would read: no test shows a real one's facts.
func (s *Service) sample(ctx context.Context, p enroll.Push) (enroll.PushContent, error) {
	place, err := s.pushPlace(ctx, p.Intake)
	if err != nil {
		return enroll.PushContent{}, err
	}
	fields := place.fields(store.PushTarget{}, p.Occasion, s.Now())
	fields["until"] = fields["deadline"]
	maps.Copy(fields, enroll.PushSample)
	nobody := store.PushTarget{Registration: enroll.Registration{Name: fields["name"], ExamNo: fields["exam_no"]}}
	content, problem := s.letterFor(p.Letter, nobody, p.Letter.Carrier, fields)
	if problem != nil {
		return content, problem.err()
	}
	return content, nil
}
