package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// sayFirst records a clerk's word on an item (初审); the registrar decides.
func (s *Service) sayFirst(ctx context.Context, d *Duty, v Verdict) error {
	return s.alone(ctx, d, v, func(in *Service, item enroll.ReviewItem) error {
		if item.First != nil {
			return firstDone(item)
		}
		err := in.Store.AddFirstReview(ctx, enroll.FirstReview{
			Kind: v.Kind, Item: v.ID, Version: item.Version, Pass: v.Pass, Reason: firstReason(v), Items: v.Items, Staff: d.Staff.ID, At: s.Now(),
		})
		if in.Store.IsTaken(err) {
			return enroll.Fail("changed")
		}
		if err != nil {
			return err
		}
		return in.recordFirst(ctx, in.Store, d, item, v)
	})
}

func firstDone(item enroll.ReviewItem) error {
	return enroll.Fail("review_first_done", item.First.By, enroll.Minute(item.First.At))
}

func firstReason(v Verdict) string {
	if v.Kind == enroll.ReviewForm && !v.Pass {
		return returnText(v.Items)
	}
	return v.Reason
}

// recordFirst writes the clerk's word into the timeline, where only staff see it, and into the audit log.
func (s *Service) recordFirst(ctx context.Context, tx *store.Store, d *Duty, item enroll.ReviewItem, v Verdict) error {
	r, err := tx.Registration(ctx, item.Registration)
	if err != nil {
		return err
	}
	action := "review_first_pass"
	if !v.Pass {
		action = "review_first_return"
	}
	err = tx.AddEvent(ctx, enroll.RegistrationEvent{
		Registration: r.ID, At: s.Now(), Event: action, From: r.Status, To: r.Status, By: enroll.ByRegistrar, ByID: d.Staff.Account, Reason: firstReason(v),
	})
	if err != nil {
		return err
	}
	return s.audit(ctx, tx, d, action, item.Registration, v.Kind.Name())
}
