package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type loginRow struct {
	ID           string `db:"id"`
	Student      string `db:"student_id"`
	Registration string `db:"registration_id"`
	At           int64  `db:"at"`
	PhoneHash    []byte `db:"phone_hash"`
	Phone        []byte `db:"phone"`
	OpenID       string `db:"openid"`
	Device       string `db:"device"`
	AddressHash  []byte `db:"address_hash"`
	FacePassedAt int64  `db:"face_passed_at"`
	EndedAt      int64  `db:"ended_at"`
	Chosen       bool   `db:"chosen"`
	ByDesk       bool   `db:"by_desk"`
}

// Login finds an entry by id.
func (s *Store) Login(ctx context.Context, id string) (enroll.Login, error) {
	var row loginRow
	if err := s.get(ctx, &row, `SELECT * FROM login WHERE id = ?`, id); err != nil {
		return enroll.Login{}, err
	}
	return s.login(row)
}

func (s *Store) login(row loginRow) (enroll.Login, error) {
	phone, err := s.keys.openText("login", "phone", row.ID, row.Phone)
	return enroll.Login{
		ID: row.ID, Student: row.Student, Registration: row.Registration, At: moment(row.At), Phone: enroll.Phone(phone),
		OpenID: row.OpenID, Device: row.Device, FacePassedAt: moment(row.FacePassedAt), EndedAt: moment(row.EndedAt), Chosen: row.Chosen, ByDesk: row.ByDesk,
	}, err
}

// AddLogin keeps an entry; the address is kept as a blind index only.
func (s *Store) AddLogin(ctx context.Context, l enroll.Login, address string) error {
	return s.insert(ctx, "login", loginRow{
		ID: l.ID, Student: l.Student, Registration: l.Registration, At: millis(l.At), PhoneHash: s.PhoneHash(l.Phone),
		Phone: s.keys.sealText("login", "phone", l.ID, l.Phone.Raw()), OpenID: l.OpenID, Device: l.Device,
		AddressHash: s.AddressHash(address), FacePassedAt: millis(l.FacePassedAt), Chosen: l.Chosen, ByDesk: l.ByDesk,
	})
}

// StudentsOfPhone counts the persons who have entered with a phone.
func (s *Store) StudentsOfPhone(ctx context.Context, phone enroll.Phone) (int, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(DISTINCT student_id) FROM login WHERE phone_hash = ?`, s.PhoneHash(phone))
	return n, err
}

// PassFace marks an entry as having passed the face step.
func (s *Store) PassFace(ctx context.Context, login string, at time.Time) error {
	return s.guard(ctx, `UPDATE login SET face_passed_at = ? WHERE id = ? AND ended_at = 0`, millis(at), login)
}

// EndLogin ends an entry; ending it twice is no error.
func (s *Store) EndLogin(ctx context.Context, login string, at time.Time) error {
	_, err := s.exec(ctx, `UPDATE login SET ended_at = ? WHERE id = ? AND ended_at = 0`, millis(at), login)
	return err
}

// ChooseRegistration settles, once, which of several matters an entry is for.
func (s *Store) ChooseRegistration(ctx context.Context, login, registration string) error {
	return s.guard(ctx, `UPDATE login SET registration_id = ?, chosen = 1 WHERE id = ? AND chosen = 0 AND ended_at = 0`, registration, login)
}

// MoveLogins lets entries that are open go on with another matter of the same person.
func (s *Store) MoveLogins(ctx context.Context, from, to string) error {
	_, err := s.exec(ctx, `UPDATE login SET registration_id = ? WHERE registration_id = ? AND ended_at = 0`, to, from)
	return err
}

// SetLoginPhone lets an open entry go on with the student's new phone.
func (s *Store) SetLoginPhone(ctx context.Context, login string, phone enroll.Phone) error {
	return s.guard(ctx, `UPDATE login SET phone_hash = ?, phone = ?, by_desk = 0 WHERE id = ? AND ended_at = 0`,
		s.PhoneHash(phone), s.keys.sealText("login", "phone", login, phone.Raw()), login)
}
