package service

import (
	"context"
	"slices"

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
		carrier, failure := wayTo(p.Letter, t, agreed[t.OpenID])
		content, problem := s.letterFor(p.Letter, t, carrier, place.fields(t, p.Occasion, s.Now()))
		content.Phone = t.Phone.Raw()
		r := enroll.PushRecipient{
			ID: s.Store.NewID(), Push: p.ID, Registration: t.Registration.ID, OpenID: t.OpenID, State: enroll.RecipientWaiting, Content: content,
			Carrier: carrier, Failure: failure,
		}
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
