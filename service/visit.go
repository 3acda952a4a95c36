package service

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// Visit loads who a session belongs to; an ended login is not_logged_in.
func (s *Service) Visit(ctx context.Context, login, address, device string) (*Visit, error) {
	v := &Visit{Address: address, Device: device}
	var err error
	if v.Login, err = s.Store.Login(ctx, login); err != nil {
		if enroll.CodeOf(err) == enroll.NotFound {
			return nil, enroll.Fail("not_logged_in").Because(err)
		}
		return nil, err
	}
	if !v.Login.EndedAt.IsZero() {
		return nil, enroll.Fail("not_logged_in")
	}
	if v.Student, err = s.Store.Student(ctx, v.Login.Student); err != nil {
		return nil, err
	}
	if v.Registration, err = s.Store.Registration(ctx, v.Login.Registration); err != nil {
		return nil, err
	}
	return v, s.loadPlace(ctx, v)
}

// reload reads a visit anew after it changed something.
func (s *Service) reload(ctx context.Context, v *Visit) (*Visit, error) {
	return s.Visit(ctx, v.Login.ID, v.Address, v.Device)
}

func (s *Service) loadPlace(ctx context.Context, v *Visit) (err error) {
	if v.Intake, err = s.Store.Intake(ctx, v.Registration.Intake); err != nil {
		return err
	}
	if v.Program, err = s.Store.Program(ctx, v.Registration.Program); err != nil {
		return err
	}
	if v.Point, err = s.Store.Point(ctx, v.Registration.Point); err != nil {
		return err
	}
	if v.Archive, err = s.Store.LastArchive(ctx, v.Registration.ID, v.Login.Phone); err != nil {
		return err
	}
	if outlived(v.Archive, v.Student) {
		v.Archive = nil
	}
	v.Verified, err = s.verified(ctx, v)
	return err
}

// verified is the rule of who may see what (design §2): a face pass of this
// login, an approved archive made with this phone, the bound phone once the
// flow is finished, or an undecided archive made with this phone while no other
// phone has a stronger claim. Who came in by a code of staff must have been the
// first altogether: the phone is not shown to be theirs.
func (s *Service) verified(ctx context.Context, v *Visit) (bool, error) {
	if !v.Login.FacePassedAt.IsZero() || boundAndDone(v, s.Now()) {
		return true, nil
	}
	if v.Archive == nil {
		return false, nil
	}
	switch v.Archive.State {
	case enroll.FaceApproved:
		return true, nil
	case enroll.FaceArchived:
		if v.Login.ByDesk {
			return s.firstOfAll(ctx, v)
		}
		other, err := s.Store.OtherPhoneFirst(ctx, *v.Archive)
		return !other, err
	}
	return false, nil
}

// firstOfAll says that nobody has shown who they are before this entry made its archive.
func (s *Service) firstOfAll(ctx context.Context, v *Visit) (bool, error) {
	if v.Archive.Login != v.Login.ID || !v.Student.BoundAt.IsZero() {
		return false, nil
	}
	other, err := s.Store.OtherEntryFirst(ctx, *v.Archive)
	return !other, err
}

// outlived says that an approval counts no more: the binding went to another phone since.
func outlived(a *enroll.Archive, st enroll.Student) bool {
	return a != nil && a.State == enroll.FaceApproved && st.Phone != a.Phone && st.BoundAt.After(a.DecidedAt)
}

// holdsPhone says that this entry has proven a phone by an SMS code; who came
// in by a code of staff has proven none.
func (v *Visit) holdsPhone(p enroll.Phone) bool {
	return p != "" && v.Login.Phone == p && !v.Login.ByDesk
}

// boundAndDone says that the bound phone is enough: after registration, or for
// as long as the intake lets a face pass last.
func boundAndDone(v *Visit, now time.Time) bool {
	if v.Student.BoundAt.IsZero() || !v.holdsPhone(v.Student.Phone) {
		return false
	}
	if v.Registration.Status == enroll.Registered {
		return true
	}
	hours := v.Intake.Settings.FaceHours
	return hours > 0 && now.Sub(v.Student.BoundAt) < time.Duration(hours)*time.Hour
}
