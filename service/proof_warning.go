package service

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// proofWarnings tell a student what may make the proof come back: a kind that
// does not fit the school, and a validity that ends before the check is likely.
func (s *Service) proofWarnings(ctx context.Context, v *Visit, p enroll.Proof) ([]enroll.Problem, error) {
	if !v.Program.Level.NeedsProof() {
		return nil, nil
	}
	form, err := s.filledForm(ctx, v)
	if err != nil {
		return nil, err
	}
	abroad := false
	for _, section := range form {
		if section.Key == enroll.SectionEducation {
			abroad = section.Content.Ticked("school_abroad")
		}
	}
	warnings := p.PlaceWarning(abroad)
	due, err := s.reviewDue(ctx, v.Intake, enroll.ReviewProof, s.Now())
	if err == nil && p.EndsBefore(due) && p.Expiry(s.Now()) != "expired" {
		day := due.Add(-time.Second).In(enroll.Shanghai).Format("1 月 2 日前")
		warnings = append(warnings, enroll.Problem{Field: "proof.valid_until", Reason: "proof_ends_early", Args: []any{p.ValidUntil, day}})
	}
	return warnings, err
}

// proofNotice tells who has handed in that the proof ends before the college has checked it; "" where it does not.
func (s *Service) proofNotice(ctx context.Context, v *Visit) (string, error) {
	r := v.Registration
	if !v.Program.Level.NeedsProof() || r.SubmittedAt.IsZero() || r.Status.Editable() || !r.Status.OnTheWay() {
		return "", nil
	}
	p, err := s.Store.Proof(ctx, r.ID)
	if err != nil || p.ValidUntil == "" {
		return "", err
	}
	checks, err := s.Store.ProofChecks(ctx, r.ID)
	if err != nil {
		return "", err
	}
	for _, c := range checks {
		if c.SubmittedAt.Equal(r.SubmittedAt) {
			return "", nil
		}
	}
	due, err := s.reviewDue(ctx, v.Intake, enroll.ReviewProof, r.SubmittedAt)
	switch {
	case err != nil:
		return "", err
	case p.Expiry(s.Now()) == "expired":
		return "学历证明的有效期（" + p.ValidUntil + "）已过，老师还没有核验完。请在学信网延长有效期，验证码不变。", nil
	case p.EndsBefore(due):
		return "学历证明的有效期至 " + p.ValidUntil + "，可能早于老师核验。请在学信网延长有效期，验证码不变。", nil
	}
	return "", nil
}
