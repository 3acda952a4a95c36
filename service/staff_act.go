package service

import (
	"context"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// staffAct does something in a student's matter for a member of staff: in one
// transaction the act, on a service bound to it, and its line in the audit log.
func (s *Service) staffAct(ctx context.Context, d *Duty, registration, action string, act func(tx *Service, r enroll.Registration) error) error {
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		r, err := tx.Registration(ctx, registration)
		if err != nil {
			return err
		}
		if err := act(s.within(tx), r); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "student_"+action, registration, "")
	})
}

// addStaffEvent appends what a member of staff did, without a change of status, to the timeline.
func (s *Service) addStaffEvent(ctx context.Context, r enroll.Registration, event string, d Decision) error {
	e := d.event()
	e.Registration, e.At, e.Event, e.From, e.To, e.By = r.ID, s.Now(), event, r.Status, r.Status, enroll.ByRegistrar
	return s.Store.AddEvent(ctx, e)
}

// StaffExtend lets one student go on until a moment of their own (延期).
func (s *Service) StaffExtend(ctx context.Context, d *Duty, registration string, until time.Time, reason string) error {
	if err := reasonGiven(reason); err != nil {
		return err
	}
	return s.staffAct(ctx, d, registration, actExtend, func(tx *Service, r enroll.Registration) error {
		return tx.Extend(ctx, r.ID, until, d.Decision(reason))
	})
}

// StaffUnlock opens the door again to a student whose document had too many failed logins (解锁登录).
func (s *Service) StaffUnlock(ctx context.Context, d *Duty, registration, reason string) error {
	if err := reasonGiven(reason); err != nil {
		return err
	}
	return s.staffAct(ctx, d, registration, actUnlock, func(tx *Service, r enroll.Registration) error {
		return tx.Unlock(ctx, r.ID, d.Decision(reason))
	})
}

// mayNumber says who may issue a number that is missing: the registrar, and finance from its cases.
func mayNumber(d *Duty) bool {
	return d.Staff.Role.May(enroll.MayDecide) || d.Staff.Role.May(enroll.MayFinance)
}

// StaffNumber gives a registered student the number that could not be had at settlement (补发学号).
func (s *Service) StaffNumber(ctx context.Context, d *Duty, registration string) (number string, err error) {
	if !mayNumber(d) {
		return "", enroll.Fail("staff_forbidden")
	}
	err = s.staffAct(ctx, d, registration, actNumber, func(tx *Service, r enroll.Registration) error {
		if number, err = tx.IssueNumber(ctx, r.ID, d.Staff.Account); err != nil {
			return err
		}
		return tx.addStaffEvent(ctx, r, eventNumberIssued, d.Decision(""))
	})
	return number, err
}

const eventNumberIssued = "number_issued"

// StaffApprove lets a handed-in form go on (审核通过).
func (s *Service) StaffApprove(ctx context.Context, d *Duty, registration string) error {
	return s.staffAct(ctx, d, registration, actApprove, func(tx *Service, r enroll.Registration) error {
		_, err := tx.Approve(ctx, r.ID, d.Decision(""))
		return err
	})
}

// StaffSendBack asks the student to change named items, each with its reason (退回修改).
func (s *Service) StaffSendBack(ctx context.Context, d *Duty, registration string, items []enroll.ReturnItem) error {
	if err := checkReturnItems(items); err != nil {
		return err
	}
	if err := s.ordersEnd(ctx, d, registration, enroll.EventSendBack); err != nil {
		return err
	}
	return s.staffAct(ctx, d, registration, actSendBack, func(tx *Service, r enroll.Registration) error {
		return tx.sendBack(ctx, r.ID, items, d.Decision(""))
	})
}

// ordersEnd closes what could still be paid, ahead of an event that must not meet money.
func (s *Service) ordersEnd(ctx context.Context, d *Duty, registration string, event enroll.Event) error {
	r, err := s.StaffRegistration(ctx, d, registration)
	if err != nil {
		return err
	}
	if _, err := enroll.Next(r.Status, event); err != nil {
		return err
	}
	return s.noLiveOrder(ctx, registration)
}

// StaffLapse ends a matter whose time is over (逾期).
func (s *Service) StaffLapse(ctx context.Context, d *Duty, registration, reason string) error {
	if err := reasonGiven(reason); err != nil {
		return err
	}
	if err := s.ordersEnd(ctx, d, registration, enroll.EventLapse); err != nil {
		return err
	}
	return s.staffAct(ctx, d, registration, actLapse, func(tx *Service, r enroll.Registration) error {
		return tx.lapse(ctx, r.ID, d.Decision(reason))
	})
}

// StaffReinstate brings a lapsed matter back with time until a moment (恢复办理);
// for a cancelled one it asks a second person, which waits says.
func (s *Service) StaffReinstate(ctx context.Context, d *Duty, registration string, until time.Time, reason string) (waits bool, err error) {
	r, err := s.StaffRegistration(ctx, d, registration)
	if err != nil {
		return false, err
	}
	if r.Status == enroll.Cancelled {
		_, err = s.AskApproval(ctx, d, enroll.ApproveReinstate, registration, reason, approvalUntil{until})
		return true, err
	}
	if err := reasonGiven(reason); err != nil {
		return false, err
	}
	return false, s.staffAct(ctx, d, registration, actReinstate, func(tx *Service, r enroll.Registration) error {
		_, err := tx.Reinstate(ctx, r.ID, until, d.Decision(reason))
		return err
	})
}

// StaffCancel asks a second person to end the right to enrol (取消入学资格).
func (s *Service) StaffCancel(ctx context.Context, d *Duty, registration, reason string) error {
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return err
	}
	_, err := s.AskApproval(ctx, d, enroll.ApproveCancel, registration, reason, struct{}{})
	return err
}

// Shown are the whole values of what staff see masked.
type Shown struct {
	IDNumber, Phone, RosterPhone, BirthDate string
	Sections                                []ReviewSection
}

// Unmask gives the whole values once, for a reason that the audit log and the student keep (查看完整信息).
func (s *Service) Unmask(ctx context.Context, d *Duty, registration, reason string) (shown Shown, err error) {
	if err := reasonGiven(reason); err != nil {
		return shown, err
	}
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return shown, err
	}
	v, err := s.staffVisit(ctx, registration)
	if err != nil {
		return shown, err
	}
	shown = Shown{
		IDNumber: v.Student.IDNumber.Raw(), Phone: v.Student.Phone.Raw(), RosterPhone: v.Registration.RosterPhone.Raw(), BirthDate: v.Registration.BirthDate,
	}
	if shown.Sections, err = s.reviewSections(ctx, v); err != nil {
		return shown, err
	}
	return shown, s.audit(ctx, s.Store, d, actionShown, registration, strings.TrimSpace(reason))
}
