package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// bind makes a phone and an openid the student's own (绑定), after a face pass or
// by staff. A binding that moves is told to the phone and WeChat that it leaves,
// and the entries by other phones end: whoever holds a lost one sees nothing more.
func (s *Service) bind(ctx context.Context, tx *store.Store, r enroll.Registration, phone enroll.Phone, openid string) error {
	student, err := tx.Student(ctx, r.Student)
	if err != nil {
		return err
	}
	if err := tx.Bind(ctx, student, phone, openid, s.Now()); err != nil {
		return err
	}
	if !student.BoundAt.IsZero() && student.Phone != phone {
		if err := tx.EndOtherPhones(ctx, student.ID, phone, s.Now()); err != nil {
			return err
		}
	}
	newWeChat := openid != "" && student.OpenID != "" && openid != student.OpenID
	if student.BoundAt.IsZero() || student.Phone == phone && !newWeChat {
		return nil
	}
	matter, event, reason := "绑定新手机号", eventPhoneBound, phone.String()
	if student.Phone == phone {
		matter, event, reason = "绑定新微信", eventWeChatBound, ""
	}
	fields := map[string]string{"matter": matter, "phone": phone.String()}
	if err := s.notifyAt(ctx, tx, r.ID, enroll.MessagePhoneBound, fields, student.Phone, student.OpenID); err != nil {
		return err
	}
	return tx.AddEvent(ctx, enroll.RegistrationEvent{
		Registration: r.ID, At: s.Now(), Event: event, From: r.Status, To: r.Status, By: enroll.BySystem, Reason: reason,
	})
}

// unboundAt is where messages go until something is bound: to the phone and
// openid of who made the first archive that waits for its decision.
func (s *Service) unboundAt(ctx context.Context, registration string) (enroll.Phone, string, error) {
	a, err := s.Store.WaitingArchive(ctx, registration)
	if err != nil || a == nil {
		return "", "", err
	}
	return a.Phone, a.OpenID, nil
}
