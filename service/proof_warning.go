package service

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"xinsheng/enroll"
)

// proofWarnings tell a student what may make the proof come back: a kind that
// does not fit the school, and a validity that ends before the check is likely.
func (s *Service) proofWarnings(ctx context.Context, v *Visit, p enroll.Proof) ([]enroll.Problem, error) {
	if !v.Program.Level.NeedsProof() {
		return nil, nil
	}
	education, err := s.education(ctx, v)
	if err != nil {
		return nil, err
	}
	warnings := p.PlaceWarning(education.Ticked("school_abroad"))
	due, err := s.reviewDue(ctx, v.Intake, enroll.ReviewProof, s.Now())
	if err == nil && p.EndsBefore(due) && p.Expiry(s.Now()) != "expired" {
		day := due.Add(-time.Second).In(enroll.Shanghai).Format("1 月 2 日前")
		warnings = append(warnings, enroll.Problem{Field: "proof.valid_until", Reason: "proof_ends_early", Args: []any{p.ValidUntil, day}})
	}
	return warnings, err
}

// education is what a student wrote of earlier studies (最后毕业信息).
func (s *Service) education(ctx context.Context, v *Visit) (enroll.Content, error) {
	form, err := s.filledForm(ctx, v)
	for _, section := range form {
		if section.Key == enroll.SectionEducation {
			return section.Content, err
		}
	}
	return nil, err
}

// educationHints are what a reviewer should look at in earlier studies that are not the usual ones.
func (s *Service) educationHints(ctx context.Context, v *Visit) ([]string, error) {
	c, err := s.education(ctx, v)
	var hints []string
	if why := c.Text("certificate_missing"); why != "" && !v.Program.Level.NeedsProof() {
		hints = append(hints, "没有毕业证号："+v.Intake.Settings.Dictionary("certificate_missing").Text(why)+"。"+c.Text("certificate_reason"))
	}
	if c.Text("graduation_year") == strconv.Itoa(v.Registration.Grade) {
		hints = append(hints, "毕业年份与入学年份相同，请核对毕业日期早于入学（填写的毕业日期："+cmp.Or(c.Text("graduation_date"), "无")+"）。")
	}
	if c.Ticked("school_abroad") {
		hints = append(hints, "国（境）外学校："+c.Text("school_country")+"。")
	}
	return hints, err
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
