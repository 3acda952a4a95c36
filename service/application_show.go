package service

import (
	"context"
	"slices"

	"xinsheng/enroll"
)

// FiledApplication is an application with what belongs to it.
type FiledApplication struct {
	enroll.Application
	// Why is the reason's name (原因类别), where the kind has one.
	Why   string
	Files []enroll.Attachment
	// Matter is the registration that it belongs to.
	Matter enroll.Registration
	Facts  []enroll.SheetRow
	// Resume is where a resume leads, beside what was before.
	Resume []ResumeFact
}

// LastApplication is the newest application of this student's matter, shown to
// who passed the identity step or holds the phone that handed it in.
func (s *Service) LastApplication(ctx context.Context, v *Visit) (FiledApplication, error) {
	last, err := s.lastApplication(ctx, v)
	if err != nil {
		return FiledApplication{}, err
	}
	if last == nil {
		return FiledApplication{}, enroll.Fail("not_found")
	}
	if !v.Verified && !v.holdsPhone(last.Phone) {
		return FiledApplication{}, enroll.Fail("identity_step_needed")
	}
	m, err := s.matterOf(ctx, last.Registration)
	if err != nil {
		return FiledApplication{}, err
	}
	return s.filed(ctx, m, *last)
}

// lastApplication is the newest one of this matter, or the one that led to it from a reserved place; nil without any.
func (s *Service) lastApplication(ctx context.Context, v *Visit) (*enroll.Application, error) {
	list, err := s.Store.Applications(ctx, v.Registration.ID)
	if err != nil || len(list) > 0 {
		return first(list), err
	}
	return s.Store.ResumeInto(ctx, v.Intake.ID, v.Student.ID)
}

func first(list []enroll.Application) *enroll.Application {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

func (s *Service) filed(ctx context.Context, v *Visit, a enroll.Application) (f FiledApplication, err error) {
	f.Application, f.Matter = a, v.Registration
	if rule, err := enroll.FindReserveRule(v.Intake.Settings, a.Reason); err == nil {
		f.Why = rule.Text
	}
	if f.Files, err = s.Store.FilesOf(ctx, a.ID); err != nil {
		return f, err
	}
	if a.Kind == enroll.ApplyResume {
		if f.Resume, err = s.resumeFacts(ctx, v, a); err != nil {
			return f, err
		}
	}
	f.Facts, err = s.applicationFacts(ctx, v)
	return f, err
}

// Application is one application with the matter that it belongs to, for staff.
func (s *Service) Application(ctx context.Context, id string) (FiledApplication, error) {
	a, err := s.Store.Application(ctx, id)
	if err != nil {
		return FiledApplication{}, err
	}
	v, err := s.matterOf(ctx, a.Registration)
	if err != nil {
		return FiledApplication{}, err
	}
	return s.filed(ctx, v, a)
}

// matterOf is a registration with its person and place, without anybody's login.
func (s *Service) matterOf(ctx context.Context, registration string) (v *Visit, err error) {
	v = &Visit{Verified: true}
	if v.Registration, err = s.Store.Registration(ctx, registration); err != nil {
		return v, err
	}
	if v.Student, err = s.Store.Student(ctx, v.Registration.Student); err != nil {
		return v, err
	}
	if v.Intake, err = s.Store.Intake(ctx, v.Registration.Intake); err != nil {
		return v, err
	}
	if v.Program, err = s.Store.Program(ctx, v.Registration.Program); err != nil {
		return v, err
	}
	v.Point, err = s.Store.Point(ctx, v.Registration.Point)
	return v, err
}

// resumeFacts compares what a resume leads to with what was before.
func (s *Service) resumeFacts(ctx context.Context, v *Visit, a enroll.Application) ([]ResumeFact, error) {
	o := &ResumeOffer{Program: a.Program, Point: a.Point}
	var err error
	if o.Intake, err = s.Store.Intake(ctx, a.Intake); err != nil {
		return nil, err
	}
	if o.Programs, err = s.Store.Programs(ctx, a.Intake); err != nil {
		return nil, err
	}
	if o.Points, err = s.Store.Points(ctx, a.Intake); err != nil {
		return nil, err
	}
	err = s.compare(ctx, v, o)
	return o.Facts, err
}

// ApplicationTimeline tells of this and every earlier application of the matter, the oldest first.
func (s *Service) ApplicationTimeline(ctx context.Context, a FiledApplication) ([]TimelineEvent, error) {
	list, err := s.Store.Applications(ctx, a.Registration)
	if err != nil {
		return nil, err
	}
	var events []TimelineEvent
	for _, a := range slices.Backward(list) {
		events = append(events, filedEvent(a))
		if !a.DecidedAt.IsZero() {
			events = append(events, decidedEvent(a))
		}
	}
	return events, nil
}

func filedEvent(a enroll.Application) TimelineEvent {
	e := TimelineEvent{At: a.At, Title: a.Kind.Name() + "申请已提交", By: enroll.ByStudent.Name()}
	if a.FiledBy != "" {
		e.Text, e.By = "由老师代办", enroll.ByRegistrar.Name()
	}
	return e
}

func decidedEvent(a enroll.Application) TimelineEvent {
	e := TimelineEvent{At: a.DecidedAt, Title: a.Kind.Name() + "申请" + a.State.Name(), Text: a.DecidedFor, By: enroll.ByRegistrar.Name()}
	if a.State == enroll.ApplicationWithdrawn {
		e.Text, e.By = "", enroll.ByStudent.Name()
	}
	return e
}
