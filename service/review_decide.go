package service

import (
	"context"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Verdict is what a reviewer says of an item as it was seen.
type Verdict struct {
	Kind enroll.ReviewKind `json:"kind"`
	ID   string            `json:"id"`
	// Version is that of the item as it was seen; another one is review_changed.
	Version int64 `json:"version"`
	Pass    bool  `json:"pass"`
	// Reason is what the student reads, Items what a returned form is to change.
	Reason string              `json:"reason"`
	Items  []enroll.ReturnItem `json:"items"`
	// Until replaces the rule's end of a reserved place; zero keeps it.
	Until time.Time `json:"until"`
	// Result, Note and Evidence (an attachment) belong to a proof.
	Result   enroll.ProofResult `json:"result"`
	Note     string             `json:"note"`
	Evidence string             `json:"evidence"`
	// WithoutFirst decides though the clerk's word is missing.
	WithoutFirst bool `json:"without_first"`
}

// ReviewOutcome says what became of a verdict.
type ReviewOutcome string

// The outcomes of a verdict.
const (
	ReviewedFirst ReviewOutcome = "first" // a clerk's word was recorded
	ReviewedFinal ReviewOutcome = "decided"
	ReviewedAsked ReviewOutcome = "asked" // waits for a second person
)

// DecideReview records a verdict: a clerk's is the first of two words (初审), a
// registrar's decides (终审), and giving up asks for a second person. Of two
// reviewers one wins; the other hears review_decided with the name.
func (s *Service) DecideReview(ctx context.Context, d *Duty, v Verdict) (ReviewOutcome, error) {
	if err := v.check(); err != nil {
		return "", err
	}
	item, err := s.maySay(ctx, d, v)
	if err != nil {
		return "", err
	}
	if d.Staff.Role == enroll.RoleClerk {
		return ReviewedFirst, s.sayFirst(ctx, d, v)
	}
	if asked, err := s.askSecond(ctx, d, v); asked || err != nil {
		return ReviewedAsked, err
	}
	if err := s.closeBefore(ctx, item, v); err != nil {
		return "", err
	}
	return ReviewedFinal, s.decideReview(ctx, d, v)
}

// check refuses a verdict that lacks what the student or the college must read.
func (v *Verdict) check() error {
	v.Reason, v.Note = strings.TrimSpace(v.Reason), clip(strings.TrimSpace(v.Note), 500)
	if v.Kind == enroll.ReviewProof && (v.Result.Name() == "" || v.Pass != (v.Result == enroll.ProofGenuine)) {
		return enroll.FailField("result", "proof_result")
	}
	if v.Pass {
		return nil
	}
	if v.Kind == enroll.ReviewForm {
		return checkReturnItems(v.Items)
	}
	if n := len([]rune(v.Reason)); n == 0 || n > enroll.ReviewReasonMost {
		return enroll.FailField("reason", "review_reason", enroll.ReviewReasonMost)
	}
	return nil
}

// closeBefore closes the order that could still be paid where the form goes back or the price may change; it asks WeChat Pay.
func (s *Service) closeBefore(ctx context.Context, item enroll.ReviewItem, v Verdict) error {
	switch {
	case !v.Pass && (v.Kind == enroll.ReviewForm || v.Kind == enroll.ReviewProof):
		return s.noLiveOrder(ctx, item.Registration)
	case v.Pass && (v.Kind == enroll.ReviewCorrection || v.Kind == enroll.ReviewName):
		c, err := s.Store.Correction(ctx, v.ID)
		if err != nil {
			return err
		}
		return s.makeWay(ctx, c)
	}
	return nil
}

// maySay loads an item and says whether this member of staff may have a word on it as it was seen.
func (s *Service) maySay(ctx context.Context, d *Duty, v Verdict) (enroll.ReviewItem, error) {
	item, err := s.waitingItem(ctx, d, v.Kind, v.ID)
	if err != nil {
		return item, err
	}
	if item.Version != v.Version {
		return item, enroll.Fail("review_changed")
	}
	if err := s.claimed(ctx, d, item); err != nil {
		return item, err
	}
	intake, err := s.Store.Intake(ctx, item.Intake)
	if err != nil {
		return item, err
	}
	asks := intake.Settings.AsksFirst(v.Kind)
	switch {
	case d.Staff.Role == enroll.RoleClerk && !asks:
		return item, enroll.Fail("review_no_first")
	case d.Staff.Role != enroll.RoleClerk && asks && item.First == nil && !v.WithoutFirst:
		return item, enroll.Fail("review_first_needed")
	case d.Staff.Role != enroll.RoleClerk && item.First != nil && item.First.Staff == d.Staff.ID:
		return item, enroll.Fail("second_person")
	}
	return item, nil
}

// askSecond asks for the second person where passing takes two: an application to give up.
func (s *Service) askSecond(ctx context.Context, d *Duty, v Verdict) (asked bool, err error) {
	if v.Kind != enroll.ReviewApplication || !v.Pass {
		return false, nil
	}
	a, err := s.Store.Application(ctx, v.ID)
	if err != nil || a.Kind != enroll.ApplyGiveUp {
		return false, err
	}
	reason := v.Reason
	if reason == "" {
		reason = "申请材料已审核"
	}
	_, err = s.AskApproval(ctx, d, enroll.ApproveGiveUp, v.ID, reason, struct{}{})
	return err == nil, err
}

// decideReview looks anew inside the transaction and carries the verdict out with its event, message and audit line.
func (s *Service) decideReview(ctx context.Context, d *Duty, v Verdict) error {
	return s.alone(ctx, d, v, func(in *Service, item enroll.ReviewItem) error {
		if err := in.carryOut(ctx, d, item, v); err != nil {
			return err
		}
		action := "review_pass"
		if !v.Pass {
			action = "review_return"
		}
		detail := v.Kind.Name()
		if v.WithoutFirst && item.First == nil {
			detail += " 未经初审"
		}
		return in.audit(ctx, in.Store, d, action, item.Registration, detail)
	})
}

// alone runs a word on an item while nobody else has one: it takes the claim
// first and looks at the item only then, so that of two at once the second sees
// what the first has done.
func (s *Service) alone(ctx context.Context, d *Duty, v Verdict, say func(in *Service, item enroll.ReviewItem) error) error {
	return s.again(ctx, func(tx *store.Store) error {
		now, in := s.Now(), s.within(tx)
		won, err := tx.ClaimReview(ctx, v.Kind, v.ID, d.Staff.ID, now, now.Add(enroll.ReviewLease))
		if err != nil {
			return err
		}
		item, err := in.maySay(ctx, d, v)
		if err != nil {
			return err
		}
		if !won {
			return enroll.Fail("changed")
		}
		if err := say(in, item); enroll.ReasonOf(err) == "wrong_state" {
			return enroll.Fail("changed").Because(err) // decided elsewhere meanwhile; the next look names by whom
		} else if err != nil {
			return err
		}
		return tx.ReleaseReview(ctx, v.Kind, v.ID, d.Staff.ID)
	})
}

// carryOut does what a verdict says; it runs in the transaction that s is bound to.
func (s *Service) carryOut(ctx context.Context, d *Duty, item enroll.ReviewItem, v Verdict) error {
	by := d.Decision(v.Reason)
	switch v.Kind {
	case enroll.ReviewFace:
		if v.Pass {
			return s.ApproveFace(ctx, v.ID, by.By)
		}
		return s.RejectFace(ctx, v.ID, by.By, v.Reason)
	case enroll.ReviewForm:
		if v.Pass {
			_, err := s.Approve(ctx, v.ID, by)
			return err
		}
		return s.sendBack(ctx, v.ID, v.Items, by)
	case enroll.ReviewApplication:
		if v.Pass {
			_, err := s.GrantApplication(ctx, v.ID, v.Until, by)
			return err
		}
		_, err := s.RefuseApplication(ctx, v.ID, by)
		return err
	case enroll.ReviewProof:
		return s.checkProof(ctx, d, item, v)
	case enroll.ReviewCorrection:
		return s.decideCorrection(ctx, v, by, enroll.CorrectField)
	case enroll.ReviewName:
		return s.decideCorrection(ctx, v, by, enroll.CorrectName, enroll.CorrectPair)
	}
	return enroll.Fail("not_found")
}

func (s *Service) decideCorrection(ctx context.Context, v Verdict, by Decision, kinds ...enroll.CorrectionKind) error {
	c, err := s.correctionOf(ctx, v.ID, kinds...)
	switch {
	case err != nil:
		return err
	case v.Pass:
		return s.putRight(ctx, c, by)
	case v.Kind == enroll.ReviewName:
		return s.RefuseNameCheck(ctx, v.ID, by)
	}
	return s.RefuseCorrection(ctx, v.ID, by)
}
