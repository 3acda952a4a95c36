package service

import (
	"context"
	"slices"
	"time"

	"xinsheng/enroll"
)

// PushCheck is what there is to know before a push starts.
type PushCheck struct {
	Push  enroll.Push
	Reach PushReach
	// Problems are values that would be refused, at most 20 of ProblemCount.
	Problems     []PushProblem
	ProblemCount int
	// Unknown are 考生号 of the uploaded list that the intake does not have, at most 20.
	Unknown []string
	// Marketing are words of advertising in the texts.
	Marketing []string
	// QuotaLeft are today's template messages left for pushes; BudgetLeftFen and CostFen are money for SMS.
	QuotaLeft     int
	BudgetLeftFen int
	CostFen       int
	// Approval says that a second person must approve.
	Approval bool
	// EndsAt is when it would be done if it began now.
	EndsAt time.Time
}

// pushProblems is how many problems a check names.
const pushProblems = 20

// CheckPush composes a push for everybody without sending anything: it counts
// whom it reaches, names values that would be refused, and what it costs.
func (s *Service) CheckPush(ctx context.Context, id string) (PushCheck, error) {
	p, err := s.Store.Push(ctx, id)
	if err != nil {
		return PushCheck{}, err
	}
	c := PushCheck{Push: p, Marketing: enroll.MarketingWords(letterTexts(p.Letter)...)}
	err = s.eachAddressed(ctx, p, "", false, func(page []addressed, _ string) error {
		for _, one := range page {
			c.Reach.add(one.recipient)
			if one.problem == nil || one.recipient.State == enroll.RecipientFailed {
				continue
			}
			if c.ProblemCount++; c.ProblemCount <= pushProblems {
				c.Problems = append(c.Problems, *one.problem)
			}
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	if p.Selection.Listed > 0 {
		if c.Unknown, err = s.Store.ListedUnknown(ctx, p, pushProblems); err != nil {
			return c, err
		}
	}
	return c, s.weigh(ctx, &c)
}

func letterTexts(l enroll.PushLetter) []string {
	texts := slices.Clone(l.Vars)
	for _, k := range l.Keywords {
		texts = append(texts, k.Text)
	}
	return texts
}

// weigh adds quota, cost, time and whether a second person is needed.
func (s *Service) weigh(ctx context.Context, c *PushCheck) error {
	cfg := s.Config.Push.WithDefaults()
	var err error
	if c.QuotaLeft, err = s.pushQuotaLeft(ctx); err != nil {
		return err
	}
	if c.BudgetLeftFen, err = s.smsBudgetLeft(ctx); err != nil {
		return err
	}
	c.CostFen = c.Reach.SMS * cfg.SMSPriceFen
	c.Approval = c.Reach.Total-c.Reach.Neither > cfg.ApproveAbove
	c.EndsAt, err = s.pushEnd(ctx, c)
	return err
}

// pushEnd estimates when a push would be done: by the speed of the last large one,
// and over as many days as quota and budget ask for.
func (s *Service) pushEnd(ctx context.Context, c *PushCheck) (time.Time, error) {
	cfg := s.Config.Push.WithDefaults()
	total, took, err := s.Store.LastPushSpeed(ctx)
	if err != nil {
		return time.Time{}, err
	}
	each := 100 * time.Millisecond / time.Duration(cfg.AtOnce)
	if total > 0 {
		each = took / time.Duration(total)
	}
	sending := each * time.Duration(c.Reach.WeChat+c.Reach.SMS)
	days := daysOver(c.Reach.WeChat, c.QuotaLeft, cfg.WeChatPerDay-cfg.WeChatReserve)
	days = max(days, daysOver(c.CostFen, c.BudgetLeftFen, cfg.SMSYuanPerDay*100))
	if days == 0 {
		return s.Now().Add(sending), nil
	}
	_, tomorrow := s.quotaDay()
	return tomorrow.AddDate(0, 0, days-1).Add(sending), nil
}

// daysOver is how many further days a sum takes of which something is left today.
func daysOver(n, left, perDay int) int {
	if n <= left {
		return 0
	}
	return (n - max(left, 0) + max(perDay, 1) - 1) / max(perDay, 1)
}

// pushQuotaLeft is how many template messages pushes may still send today.
func (s *Service) pushQuotaLeft(ctx context.Context) (int, error) {
	cfg, left := s.Config.Push.WithDefaults(), 0
	today, _ := s.quotaDay()
	pushed, err := s.Store.SentSince(ctx, enroll.PushTemplate, today)
	if err != nil {
		return 0, err
	}
	single, err := s.Store.DeliveriesSince(ctx, today)
	left = cfg.WeChatPerDay - max(cfg.WeChatReserve, single) - pushed
	return max(left, 0), err
}

// smsBudgetLeft is how many fen pushes may still spend on SMS today.
func (s *Service) smsBudgetLeft(ctx context.Context) (int, error) {
	cfg := s.Config.Push.WithDefaults()
	today, _ := s.quotaDay()
	sent, err := s.Store.SentSince(ctx, enroll.PushSMS, today)
	return max(cfg.SMSYuanPerDay*100-sent*cfg.SMSPriceFen, 0), err
}
