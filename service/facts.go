package service

import (
	"context"

	"xinsheng/enroll"
)

// facts gathers what the steps are computed from.
func (s *Service) facts(ctx context.Context, v *Visit) (enroll.Facts, error) {
	r := v.Registration
	f := enroll.Facts{
		Level: v.Program.Level, Status: r.Status, Prepared: !r.PreparedAt.IsZero(), Verified: v.Verified,
		Identity: !r.IdentityAt.IsZero(), Signed: !r.SignedAt.IsZero(),
	}
	var err error
	if f.ConsentGiven, f.ConsentAgreed, err = s.consentGiven(ctx, v); err != nil {
		return f, err
	}
	if !v.Verified {
		return f, nil
	}
	if f.Basic, f.Family, f.Education, err = s.sectionsComplete(ctx, v); err != nil {
		return f, err
	}
	if f.Attachments, err = s.attachmentsComplete(ctx, v); err != nil {
		return f, err
	}
	if f.Disputed, err = s.disputed(ctx, r); err != nil {
		return f, err
	}
	f.Covered, err = s.billCovered(ctx, v)
	return f, err
}

// Steps computes the student's way; every verb asks it before it acts.
func (s *Service) Steps(ctx context.Context, v *Visit) ([]enroll.Step, error) {
	f, err := s.facts(ctx, v)
	if err != nil {
		return nil, err
	}
	return enroll.Steps(f), nil
}

// mayOpen refuses a step that is still locked, and anything stored while the identity step is open.
func (s *Service) mayOpen(ctx context.Context, v *Visit, key enroll.StepKey) error {
	steps, err := s.Steps(ctx, v)
	if err != nil {
		return err
	}
	return enroll.MayOpen(steps, key)
}

// noteStep keeps the step that a student who is still on the form stands before, where it has changed.
func (s *Service) noteStep(ctx context.Context, v *Visit, steps []enroll.Step) error {
	if !v.Registration.Status.Editable() {
		return nil
	}
	for _, step := range steps {
		if step.State != enroll.StepIsOpen {
			continue
		}
		if step.Key == v.Registration.Step {
			return nil
		}
		return s.Store.SetStep(ctx, v.Registration.ID, step.Key)
	}
	return nil
}
