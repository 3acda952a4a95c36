package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Assisting is who does a student's step at the counter in place of the student (代办).
type Assisting struct {
	enroll.Assist
	Duty *Duty
}

// The words of the audit log and the timeline for what is done at the counter.
const (
	actionAssist   = "assist"
	eventAssist    = "assist_begun"
	eventAssistEnd = "assist_ended"
	lookAssist     = "assist"
)

// AssistState is how a student's form stands at the counter; without an open
// assist of one's own it tells nothing that was written.
type AssistState struct {
	Visit *Visit
	Steps []enroll.Step
	// Open is who is at it, where somebody is.
	Open *enroll.Assist
	// Seen says that the identity was checked: by face, by an archive, or in person.
	Seen     bool
	Returned []enroll.ReturnItem
	// Applications may be handed in at the counter, by the student's status.
	Applications []enroll.ApplicationRule
}

// AssistState tells a member of staff what is to be done next for the student.
func (s *Service) AssistState(ctx context.Context, d *Duty, registration string) (a AssistState, err error) {
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return a, err
	}
	if a.Open, err = s.openAssist(ctx, registration); err != nil {
		return a, err
	}
	if a.Visit, err = s.counterVisit(ctx, d, registration, a.Open); err != nil {
		return a, err
	}
	a.Seen, a.Applications = a.Visit.Verified, enroll.AtCounter(a.Visit.Registration.Status)
	if a.Visit.Assist == nil {
		return a, nil
	}
	if a.Steps, err = s.Steps(ctx, a.Visit); err != nil {
		return a, err
	}
	if a.Returned, err = s.Store.ReturnItems(ctx, registration); err != nil {
		return a, err
	}
	return a, s.noteStep(ctx, a.Visit, a.Steps)
}

// openAssist is who fills the form in now, or nil.
func (s *Service) openAssist(ctx context.Context, registration string) (*enroll.Assist, error) {
	list, err := s.Store.Assists(ctx, registration)
	if err != nil || len(list) == 0 || !list[0].Open(s.Now()) {
		return nil, err
	}
	return &list[0], nil
}

// counterVisit is the student's matter as it is worked on at the counter: it is
// verified once the identity was checked, and everything that the student's
// own rules ask for is asked for here too.
func (s *Service) counterVisit(ctx context.Context, d *Duty, registration string, open *enroll.Assist) (*Visit, error) {
	v, err := s.staffVisit(ctx, registration)
	if err != nil {
		return v, err
	}
	switch v.Registration.Face {
	case enroll.FacePassed, enroll.FaceApproved, enroll.FaceArchived:
		v.Verified = true
	default:
		v.Verified = false
	}
	v.Address = d.Address
	if open != nil && open.Staff == d.Staff.ID {
		v.Assist = &Assisting{*open, d}
		v.Login.ID, v.Device = open.ID, open.Mark()
	}
	return v, nil
}

// AssistVisit is the visit by which a member of staff does the student's own
// steps; assist_needed where they have not begun, assist_open where a colleague has.
func (s *Service) AssistVisit(ctx context.Context, d *Duty, registration string) (*Visit, error) {
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return nil, err
	}
	open, err := s.openAssist(ctx, registration)
	if err != nil {
		return nil, err
	}
	if err := ownAssist(d, open); err != nil {
		return nil, err
	}
	return s.counterVisit(ctx, d, registration, open)
}

func ownAssist(d *Duty, open *enroll.Assist) error {
	switch {
	case open == nil:
		return enroll.Fail("assist_needed")
	case open.Staff != d.Staff.ID:
		return enroll.Fail("assist_open", open.Account, enroll.Minute(open.At))
	}
	return nil
}

// BeginAssist opens a student's form and applications at the counter (开始代办): the student is
// there, the identity was checked, and why they cannot do it alone is kept.
func (s *Service) BeginAssist(ctx context.Context, d *Duty, registration, reason string) error {
	if err := reasonGiven(reason); err != nil {
		return err
	}
	a := enroll.Assist{
		ID: s.Store.NewID(), Registration: registration, Staff: d.Staff.ID, Account: d.Staff.Account, Role: d.Staff.Role,
		Reason: strings.TrimSpace(reason), At: s.Now(),
	}
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error { return s.within(tx).beginAssist(ctx, d, a) })
}

func (s *Service) beginAssist(ctx context.Context, d *Duty, a enroll.Assist) error {
	v, err := s.counterVisit(ctx, d, a.Registration, &a)
	if err != nil {
		return err
	}
	if !v.Registration.Status.Assistable() {
		return enroll.Fail("wrong_state", v.Registration.Status.Name())
	}
	if !v.Verified {
		return enroll.Fail("assist_identity")
	}
	if err := s.takeOver(ctx, d, a.Registration); err != nil {
		return err
	}
	if err := s.Store.AddAssist(ctx, a); s.Store.IsTaken(err) {
		return enroll.Fail("changed")
	} else if err != nil {
		return err
	}
	if err := s.begin(ctx, s.Store, v); err != nil {
		return err
	}
	if v.Registration.Status.Editable() && v.Registration.PreparedAt.IsZero() {
		if err := s.Store.SetStamp(ctx, a.Registration, store.StampPrepared, s.Now()); err != nil {
			return err
		}
	}
	if err := s.tell(ctx, s.Store, v, eventAssist, ""); err != nil {
		return err
	}
	if err := s.audit(ctx, s.Store, d, actionAssist, a.Registration, "开始："+a.Reason); err != nil {
		return err
	}
	return s.audit(ctx, s.Store, d, actionLook, a.Registration, lookAssist)
}

// takeOver ends what was left open too long; a colleague who is still at it is named.
func (s *Service) takeOver(ctx context.Context, d *Duty, registration string) error {
	list, err := s.Store.Assists(ctx, registration)
	if err != nil || len(list) == 0 || !list[0].EndedAt.IsZero() {
		return err
	}
	if last := list[0]; last.Open(s.Now()) && last.Staff != d.Staff.ID {
		return enroll.Fail("assist_open", last.Account, enroll.Minute(last.At))
	}
	return s.Store.EndAssist(ctx, list[0].ID, s.Now())
}

// holdAssist keeps the assist of a visit open until tx ends, whatever became of
// it since the request began; the student's own visit has none.
func (s *Service) holdAssist(ctx context.Context, tx *store.Store, v *Visit) error {
	if v.Assist == nil {
		return nil
	}
	return tx.HoldAssist(ctx, v.Assist.ID, s.Now().Add(-enroll.AssistLife))
}

// holdForm keeps the form editable until tx ends, for who acts in the visit.
func (s *Service) holdForm(ctx context.Context, tx *store.Store, v *Visit) error {
	if err := s.holdAssist(ctx, tx, v); err != nil {
		return err
	}
	return tx.HoldForm(ctx, v.Registration, s.Now())
}

// EndAssist lets go of a form that is not handed in; what was written stays (结束代办).
func (s *Service) EndAssist(ctx context.Context, v *Visit) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.tell(ctx, tx, v, eventAssistEnd, ""); err != nil {
			return err
		}
		return s.within(tx).closeAssist(ctx, v, "结束，未提交")
	})
}

// closeAssist ends the assist of a visit and says in the audit log what came of it; the student's own visit has none.
func (s *Service) closeAssist(ctx context.Context, v *Visit, what string) error {
	if v.Assist == nil {
		return nil
	}
	if err := s.Store.EndAssist(ctx, v.Assist.ID, s.Now()); err != nil {
		return err
	}
	return s.audit(ctx, s.Store, v.Assist.Duty, actionAssist, v.Registration.ID, what)
}

// tellAssisted lets the student know that the form was handed in for them, and what is next.
func (s *Service) tellAssisted(ctx context.Context, tx *store.Store, v *Visit, to enroll.Status) error {
	if v.Assist == nil || to == enroll.Registered {
		return nil // who is registered hears of the number
	}
	next := "老师已代办提交，请缴纳学费"
	if to == enroll.Submitted {
		next = "老师已代办提交，等待审核"
	}
	return s.remindUntil(ctx, tx, v.Registration, next, enroll.DeadlinesOf(v.Intake, v.Registration).Pay)
}

// by is who acts in a visit, for the timeline: the student, or staff at the counter for them.
func (v *Visit) by() enroll.RegistrationEvent {
	if v.Assist == nil {
		return enroll.RegistrationEvent{By: enroll.ByStudent, ByID: v.Login.ID}
	}
	return enroll.RegistrationEvent{By: enroll.ByRegistrar, ByID: v.Assist.Account, Reason: v.Assist.Mark()}
}
