package service

import (
	"context"
	"strconv"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// The timeline's words for what staff do about phone and face.
const (
	eventFaceAttempts = "face_attempts"
	eventStaffBound   = "bound_by_staff"
	eventStaffUnbound = "unbound_by_staff"
)

// GrantAttempts gives a student fresh face attempts for today (增加人脸识别次数), and says so.
func (s *Service) GrantAttempts(ctx context.Context, d *Duty, registration, reason string) error {
	if err := reasonGiven(reason); err != nil {
		return err
	}
	return s.staffAct(ctx, d, registration, actAttempts, func(tx *Service, r enroll.Registration) error {
		if !r.Status.OnTheWay() || r.Status == enroll.Registered {
			return enroll.Fail("wrong_state", r.Status.Name())
		}
		if err := tx.Store.SetStamp(ctx, r.ID, store.StampFaceFrom, s.Now()); err != nil {
			return err
		}
		if err := tx.addStaffEvent(ctx, r, eventFaceAttempts, d.Decision(reason)); err != nil {
			return err
		}
		fields := map[string]string{"result": "已增加", "reason": "人脸识别可再试 " + strconv.Itoa(enroll.FaceAttempts) + " 次", "until": enroll.EndMinute(enroll.DayStart(s.Now()).Add(24 * time.Hour))}
		return tx.notify(ctx, tx.Store, r.ID, enroll.MessageExtension, fields, false)
	})
}

// StaffBind makes a phone the student's own after staff saw who they are (绑定手机号);
// a phone that is bound no more is told, open entries end, and the WeChat stays.
func (s *Service) StaffBind(ctx context.Context, d *Duty, registration, typed, reason string) error {
	if err := reasonGiven(reason); err != nil {
		return err
	}
	phone, err := enroll.ParsePhone(typed)
	if err != nil {
		return err
	}
	return s.staffAct(ctx, d, registration, actBind, func(tx *Service, r enroll.Registration) error {
		intake, err := tx.Store.Intake(ctx, r.Intake)
		if err == nil {
			err = intake.Settings.CheckPhone(phone)
		}
		if err != nil {
			return err
		}
		student, err := tx.Store.Student(ctx, r.Student)
		if err != nil {
			return err
		}
		if err := tx.bind(ctx, tx.Store, r, phone, ""); err != nil {
			return err
		}
		if !student.BoundAt.IsZero() && student.Phone != phone {
			if err := tx.Store.EndLogins(ctx, r.Student, "", s.Now()); err != nil {
				return err
			}
		}
		decision := d.Decision(phone.String() + "：" + reason)
		return tx.addStaffEvent(ctx, r, eventStaffBound, decision)
	})
}

// StaffUnbind lets go of the student's WeChat, or of phone and WeChat (解除绑定):
// open entries end, and the phone that was bound is told.
func (s *Service) StaffUnbind(ctx context.Context, d *Duty, registration string, onlyWeChat bool, reason string) error {
	if err := reasonGiven(reason); err != nil {
		return err
	}
	return s.staffAct(ctx, d, registration, actUnbind, func(tx *Service, r enroll.Registration) error {
		student, err := tx.Store.Student(ctx, r.Student)
		if err != nil {
			return err
		}
		if student.BoundAt.IsZero() || onlyWeChat && student.OpenID == "" {
			return enroll.Fail("not_bound")
		}
		what := "微信"
		if !onlyWeChat {
			what = "手机号和微信"
		}
		if err := tx.tellUnbound(ctx, r, student, what); err != nil {
			return err
		}
		if err := tx.Store.Unbind(ctx, student, onlyWeChat); err != nil {
			return err
		}
		if err := tx.Store.EndLogins(ctx, r.Student, "", s.Now()); err != nil {
			return err
		}
		return tx.addStaffEvent(ctx, r, eventStaffUnbound, d.Decision(what+"："+reason))
	})
}

func (s *Service) tellUnbound(ctx context.Context, r enroll.Registration, student enroll.Student, what string) error {
	fields := map[string]string{"matter": "解除绑定" + what, "phone": student.Phone.String()}
	return s.notifyAt(ctx, s.Store, r.ID, enroll.MessagePhoneBound, fields, student.Phone, student.OpenID)
}
