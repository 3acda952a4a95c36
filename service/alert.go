package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// noteLogin keeps phone, WeChat and device of a login among the traces that several students may share.
func (s *Service) noteLogin(ctx context.Context, tx *store.Store, l enroll.Login, device string) error {
	for _, each := range []struct {
		kind  enroll.TraceKind
		value string
	}{{enroll.TracePhone, l.Phone.Raw()}, {enroll.TraceOpenID, l.OpenID}, {enroll.TraceDevice, device}} {
		if each.value == "" {
			continue
		}
		if err := tx.NoteTrace(ctx, each.kind, each.value, l.Student, l.Registration, l.At); err != nil {
			return err
		}
	}
	return nil
}

// pictureMark is by what an uploaded file is known again: itself; a person's
// photo also where it was recompressed. It is asked for before the transaction that notes it.
func (s *Service) pictureMark(ctx context.Context, photo Upload) (string, error) {
	if len(photo.Print) == 0 {
		return string(photo.Body), nil
	}
	return s.Store.PictureMark(ctx, photo.Print, likenessBandsOf(photo.Print), func(kept []byte) bool { return alike(kept, photo.Print) })
}

// notePicture keeps the mark of what a student uploaded, by which the same picture of another is found.
func (s *Service) notePicture(ctx context.Context, tx *store.Store, r enroll.Registration, photo Upload, mark string) error {
	if len(photo.Print) > 0 {
		if err := tx.KeepPrint(ctx, mark, photo.Print, likenessBandsOf(photo.Print), s.Now()); err != nil {
			return err
		}
	}
	return tx.NoteTrace(ctx, enroll.TracePicture, mark, r.Student, r.ID, s.Now())
}

// alertsMost is how many alerts of a kind are listed.
const alertsMost = 200

// Alerts lists what several students share who should not (风险提示): hints
// for a person, none of which stops anybody. Those that were looked at are left out unless all are asked for.
func (s *Service) Alerts(ctx context.Context, all bool) ([]enroll.Alert, error) {
	var list []enroll.Alert
	for _, rule := range enroll.TraceRules {
		found, err := s.Store.Alerts(ctx, rule.Kind, rule.From, !all, alertsMost)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// AlertStudents lists who shares a trace, those who came first at the top.
func (s *Service) AlertStudents(ctx context.Context, kind enroll.TraceKind, hash string) ([]StudentRow, error) {
	a, err := s.alert(ctx, kind, hash)
	if err != nil {
		return nil, err
	}
	list, err := s.Store.TraceRegistrations(ctx, a, alertsMost)
	if err != nil {
		return nil, err
	}
	return s.studentRows(ctx, list)
}

func (s *Service) alert(ctx context.Context, kind enroll.TraceKind, hash string) (enroll.Alert, error) {
	for _, rule := range enroll.TraceRules {
		if rule.Kind == kind {
			return s.Store.Alert(ctx, kind, hash, rule.From)
		}
	}
	return enroll.Alert{}, enroll.Fail("not_found")
}

// alertNoteMost is how long what was found may be.
const alertNoteMost = 200

// LookAtAlert marks an alert as looked at, with what was found (已看过); students
// is how many stood on the page, so that one who joined since opens it again.
func (s *Service) LookAtAlert(ctx context.Context, d *Duty, kind enroll.TraceKind, hash, note string, students, version int) error {
	note = strings.TrimSpace(note)
	if n := len([]rune(note)); n == 0 || n > alertNoteMost {
		return enroll.FailField("note", "alert_note", alertNoteMost)
	}
	a, err := s.alert(ctx, kind, hash)
	if err != nil {
		return err
	}
	a.Look = &enroll.AlertLook{Note: note, By: d.Staff.Account, At: s.Now(), Students: min(students, a.Students)}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.LookAtAlert(ctx, a, version); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "alert_look", string(kind)+" "+hash, note)
	})
}
