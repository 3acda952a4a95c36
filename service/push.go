package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// PushConfig bounds pushes (推送); zero values take the defaults.
type PushConfig struct {
	// AtOnce is how many messages to WeChat are on their way at the same time.
	AtOnce int `koanf:"at_once"`
	// WeChatPerDay is the account's quota of template messages (公众平台 › 接口权限), of
	// which pushes leave WeChatReserve to single messages.
	WeChatPerDay  int `koanf:"wechat_per_day"`
	WeChatReserve int `koanf:"wechat_reserve"`
	// SMSPriceFen is the price of one SMS, SMSYuanPerDay what pushes may spend in a day.
	SMSPriceFen   int `koanf:"sms_price_fen"`
	SMSYuanPerDay int `koanf:"sms_yuan_per_day"`
	// SMSVariable is how many characters a variable of the SMS account holds; 0 is no bound.
	SMSVariable int `koanf:"sms_variable"`
	// ApproveAbove is the number of recipients above which a second person approves.
	ApproveAbove int `koanf:"approve_above"`
}

// WithDefaults fills what is left zero.
func (c PushConfig) WithDefaults() PushConfig {
	set := func(n *int, v int) {
		if *n == 0 {
			*n = v
		}
	}
	set(&c.AtOnce, 50)
	set(&c.WeChatPerDay, 100000)
	set(&c.WeChatReserve, 2000)
	set(&c.SMSPriceFen, 5)
	set(&c.SMSYuanPerDay, 500)
	set(&c.ApproveAbove, 1000)
	return c
}

// Validate lists every figure that would send nothing.
func (c PushConfig) Validate() []string {
	var wrong []string
	for name, n := range map[string]int{
		"at_once": c.AtOnce, "wechat_per_day": c.WeChatPerDay, "wechat_reserve": c.WeChatReserve, "sms_price_fen": c.SMSPriceFen,
		"sms_yuan_per_day": c.SMSYuanPerDay, "sms_variable": c.SMSVariable, "approve_above": c.ApproveAbove,
	} {
		if n < 0 {
			wrong = append(wrong, "push."+name+" should not be below 0")
		}
	}
	if c.AtOnce > 200 {
		wrong = append(wrong, "push.at_once should not be above 200")
	}
	slices.Sort(wrong)
	return wrong
}

// PushDraft is what staff compose: to whom, what, by which carrier.
type PushDraft struct {
	Intake    string // id
	Title     string
	Occasion  enroll.Occasion
	Letter    enroll.PushLetter
	Selection enroll.PushSelection
	// ExamNos is the uploaded list of 考生号; nil leaves a former one as it is.
	ExamNos []string
	// Version is the draft's that was seen.
	Version int
}

// CreatePush keeps a new draft of a push.
func (s *Service) CreatePush(ctx context.Context, d *Duty, draft PushDraft) (enroll.Push, error) {
	listed := cleanExamNos(draft.ExamNos)
	p := enroll.Push{
		ID: s.Store.NewID(), Intake: draft.Intake, State: enroll.PushDraft, MadeBy: d.Staff.Account, CreatedAt: s.Now(),
	}
	if err := s.composed(ctx, &p, draft, len(listed)); err != nil {
		return p, err
	}
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.AddPush(ctx, p, listed); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "push_create", p.ID, p.Title)
	})
	return p, err
}

// EditPush changes a draft, which is then the editor's; push_state where it is none any more, changed where somebody was first.
func (s *Service) EditPush(ctx context.Context, d *Duty, id string, draft PushDraft) (enroll.Push, error) {
	p, err := s.Store.Push(ctx, id)
	if err != nil {
		return p, err
	}
	if p.State != enroll.PushDraft {
		return p, enroll.Fail("push_state", p.State.Name())
	}
	p.Version = draft.Version
	var listed []string
	n := p.Selection.Listed
	if draft.ExamNos != nil {
		listed = cleanExamNos(draft.ExamNos)
		n = len(listed)
	}
	draft.Intake, p.MadeBy = p.Intake, d.Staff.Account
	if err := s.composed(ctx, &p, draft, n); err != nil {
		return p, err
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.EditPush(ctx, p, listed); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "push_edit", p.ID, p.Title)
	})
	if err == nil {
		p.Version++
	}
	return p, err
}

// composed puts a draft into the push, or says which part is wrong.
func (s *Service) composed(ctx context.Context, p *enroll.Push, draft PushDraft, listed int) error {
	p.Title, p.Occasion, p.Letter, p.Selection = strings.TrimSpace(draft.Title), draft.Occasion, draft.Letter, draft.Selection
	p.Selection.Listed = listed
	switch {
	case p.Title == "" || len([]rune(p.Title)) > 100:
		return enroll.FailField("title", "push_title")
	case p.Occasion.Name() == "":
		return enroll.FailField("occasion", "push_occasion")
	case p.Selection.Money != "" && p.Selection.Money != enroll.PushPaid && p.Selection.Money != enroll.PushUnpaid:
		return enroll.FailField("money", "push_selection")
	}
	place, err := s.pushPlace(ctx, p.Intake)
	if err != nil {
		return err
	}
	if _, err := place.ids(p.Selection); err != nil {
		return err
	}
	return s.composedLetter(p.Letter)
}

// composedLetter says what a letter lacks before it can be sent by its carrier.
func (s *Service) composedLetter(l enroll.PushLetter) error {
	byWeChat := l.Carrier == enroll.PushTemplate || l.Carrier == enroll.PushSubscribe
	switch {
	case !byWeChat && l.Carrier != enroll.PushSMS:
		return enroll.FailField("carrier", "push_carrier")
	case byWeChat && !s.OA.Enabled():
		return enroll.FailField("carrier", "push_no_account")
	case byWeChat && (l.Template == "" || len(l.Keywords) == 0):
		return enroll.FailField("template", "push_template")
	case (!byWeChat || l.SMSFallback) && l.SMS == "":
		return enroll.FailField("sms", "push_sms")
	case strings.Trim(l.Link, "abcdefghijklmnopqrstuvwxyz_-/") != "":
		return enroll.FailField("link", "push_link")
	}
	known := map[string]string{}
	for _, f := range enroll.PushFields {
		known[f.Key] = f.Name
	}
	for _, k := range l.Keywords {
		if _, err := enroll.FillPush(k.Text, known); err != nil {
			return err
		}
	}
	for _, text := range l.Vars {
		if _, err := enroll.FillPush(text, known); err != nil {
			return err
		}
	}
	return nil
}

func cleanExamNos(list []string) []string {
	clean := []string{}
	for _, no := range list {
		if no = strings.TrimSpace(enroll.HalfWidth(no)); enroll.LikeExamNo(no) {
			clean = append(clean, no)
		}
	}
	slices.Sort(clean)
	return slices.Compact(clean)
}

// quotaDay is the beginning of the day in which vendors count, and when a push
// goes on that waits for the next one: in the morning, for nobody wants its SMS at night.
func (s *Service) quotaDay() (today, tomorrow time.Time) {
	today = enroll.DayStart(s.Now())
	return today, enroll.ReminderTime(enroll.DayStart(today.Add(30 * time.Hour)))
}
