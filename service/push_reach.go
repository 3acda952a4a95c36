package service

import (
	"context"
	"slices"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/wechat/oa"
)

// pushPage is how many registrations a push looks at in one go.
const pushPage = 500

// addressed is one student of a selection with the words and the way that they take.
type addressed struct {
	target    store.PushTarget
	recipient enroll.PushRecipient
	problem   *PushProblem
}

// eachAddressed composes a push for everybody whom it selects, page by page after
// a registration's id; with refresh, WeChat is asked who follows where it is not known.
func (s *Service) eachAddressed(ctx context.Context, p enroll.Push, after string, refresh bool, do func(page []addressed, last string) error) error {
	place, err := s.pushPlace(ctx, p.Intake)
	if err != nil {
		return err
	}
	places, err := place.ids(p.Selection)
	if err != nil {
		return err
	}
	for {
		targets, err := s.Store.PushTargets(ctx, p, places, after, pushPage)
		if err != nil || len(targets) == 0 {
			return err
		}
		after = targets[len(targets)-1].Registration.ID
		page, err := s.addressedPage(ctx, p, place, targets, refresh)
		if err != nil {
			return err
		}
		if err := do(page, after); err != nil {
			return err
		}
	}
}

func (s *Service) addressedPage(ctx context.Context, p enroll.Push, place pushPlace, targets []store.PushTarget, refresh bool) ([]addressed, error) {
	targets, err := s.atSteps(ctx, p.Selection.Steps, place, targets)
	if err != nil {
		return nil, err
	}
	if err := s.reachable(ctx, targets, refresh && p.Letter.Carrier == enroll.PushTemplate); err != nil {
		return nil, err
	}
	agreed, err := s.agreed(ctx, p.Letter, targets)
	if err != nil {
		return nil, err
	}
	page := make([]addressed, len(targets))
	for i, t := range targets {
		content, problem := s.letterFor(p.Letter, t, place.fields(t, p.Occasion, s.Now()))
		content.Phone = t.Phone.Raw()
		r := enroll.PushRecipient{
			ID: s.Store.NewID(), Push: p.ID, Registration: t.Registration.ID, OpenID: t.OpenID, State: enroll.RecipientWaiting, Content: content,
		}
		r.Carrier, r.Failure = wayTo(p.Letter, t, agreed[t.OpenID])
		if r.Failure != "" {
			r.State = enroll.RecipientFailed
		}
		page[i] = addressed{t, r, problem}
	}
	return page, nil
}

// wayTo chooses the carrier for one student, or says why there is none.
func wayTo(l enroll.PushLetter, t store.PushTarget, agreed bool) (enroll.PushCarrier, enroll.PushFailure) {
	failure := enroll.PushFailure("")
	switch {
	case l.Carrier == enroll.PushSMS && t.Phone == "", l.Carrier != enroll.PushSMS && t.OpenID == "":
		failure = enroll.FailNoWay
	case l.Carrier == enroll.PushTemplate && t.FollowKnown && !t.Follow:
		failure = enroll.FailNotFollowing
	case l.Carrier == enroll.PushSubscribe && !agreed:
		failure = enroll.FailNotAgreed
	}
	if failure != "" && l.SMSFallback && t.Phone != "" {
		return enroll.PushSMS, ""
	}
	return l.Carrier, failure
}

// atSteps keeps those who stand at one of some steps.
func (s *Service) atSteps(ctx context.Context, steps []enroll.StepKey, place pushPlace, targets []store.PushTarget) ([]store.PushTarget, error) {
	if len(steps) == 0 {
		return targets, nil
	}
	var kept []store.PushTarget
	for _, t := range targets {
		r := t.Registration
		v := &Visit{
			Registration: r, Intake: place.intake, Program: place.programs[r.Program], Point: place.points[r.Point],
			Student: enroll.Student{ID: r.Student}, Verified: t.Bound || r.Face == enroll.FaceArchived,
		}
		way, err := s.Steps(ctx, v)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(way, func(step enroll.Step) bool { return step.State == enroll.StepIsOpen })
		if at >= 0 && slices.Contains(steps, way[at].Key) {
			kept = append(kept, t)
		}
	}
	return kept, nil
}

// reachable fills in how to reach whom nobody is bound for: by the phone of an
// archive that waits, else by the roster's; and who follows the account, if asked.
func (s *Service) reachable(ctx context.Context, targets []store.PushTarget, refresh bool) error {
	var ask []string
	for i := range targets {
		t := &targets[i]
		if !t.Bound {
			t.Phone = t.Registration.RosterPhone
			if t.Registration.Face == enroll.FaceArchived {
				phone, openid, err := s.unboundAt(ctx, t.Registration.ID)
				if err != nil {
					return err
				}
				if phone != "" || openid != "" {
					t.Phone, t.OpenID = phone, openid
				}
			}
		}
		if t.OpenID != "" && !t.FollowKnown {
			ask = append(ask, t.OpenID)
		}
	}
	if !refresh || len(ask) == 0 {
		return nil
	}
	follows, err := s.askFollowers(ctx, ask)
	for i := range targets {
		if follow, known := follows[targets[i].OpenID]; known {
			targets[i].Follow, targets[i].FollowKnown = follow, true
		}
	}
	return err
}

// askFollowers asks WeChat who follows the account and keeps it; where WeChat
// does not say, the sending itself will tell (43004).
func (s *Service) askFollowers(ctx context.Context, openids []string) (map[string]bool, error) {
	all := map[string]bool{}
	for part := range slices.Chunk(openids, oa.FollowersAtOnce) {
		follows, err := s.OA.Followers(ctx, part)
		if err != nil {
			s.Log.Warn("who follows the account is not known", "error", err)
			return all, ctx.Err()
		}
		if err := s.Store.SetFollowers(ctx, follows, s.Now()); err != nil {
			return all, err
		}
		for openid, follow := range follows {
			all[openid] = follow
		}
	}
	return all, nil
}

func (s *Service) agreed(ctx context.Context, l enroll.PushLetter, targets []store.PushTarget) (map[string]bool, error) {
	if l.Carrier != enroll.PushSubscribe {
		return nil, nil
	}
	var openids []string
	for _, t := range targets {
		if t.OpenID != "" {
			openids = append(openids, t.OpenID)
		}
	}
	return s.Store.Agreed(ctx, l.Template, openids)
}

// PushReach counts whom a push reaches: by WeChat, by SMS only, by neither.
type PushReach struct{ Total, WeChat, SMS, Neither int }

func (r *PushReach) add(one enroll.PushRecipient) {
	r.Total++
	switch {
	case one.State == enroll.RecipientFailed:
		r.Neither++
	case one.Carrier == enroll.PushSMS:
		r.SMS++
	default:
		r.WeChat++
	}
}

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
