package store

import (
	"context"
	"crypto/hmac"
	"errors"
	"fmt"
	"time"

	"xinsheng/enroll"
)

type studentRow struct {
	ID           string `db:"id"`
	IDType       string `db:"id_type"`
	IDNumberHash []byte `db:"id_number_hash"`
	IDNumber     []byte `db:"id_number"`
	Name         string `db:"name"`
	PhoneHash    []byte `db:"phone_hash"`
	Phone        []byte `db:"phone"`
	OpenID       string `db:"openid"`
	BoundAt      int64  `db:"bound_at"`
	Version      int    `db:"version"`
	CreatedAt    int64  `db:"created_at"`
}

func (s *Store) documentHash(t enroll.IDType, n enroll.IDNumber) []byte {
	return s.keys.Index("document", string(t)+"|"+n.Raw())
}

// PhoneHash is the blind index of a phone.
func (s *Store) PhoneHash(p enroll.Phone) []byte { return s.keys.indexText("phone", p.Raw()) }

// DocumentHash is the blind index of a document number.
func (s *Store) DocumentHash(t enroll.IDType, n enroll.IDNumber) []byte { return s.documentHash(t, n) }

// AddressHash is the blind index of a network address.
func (s *Store) AddressHash(address string) []byte { return s.keys.indexText("address", address) }

func (s *Store) student(row studentRow) (enroll.Student, error) {
	number, err := s.keys.openText("student", "id_number", row.ID, row.IDNumber)
	if err != nil {
		return enroll.Student{}, err
	}
	phone, err := s.keys.openText("student", "phone", row.ID, row.Phone)
	return enroll.Student{
		ID: row.ID, IDType: enroll.IDType(row.IDType), IDNumber: enroll.IDNumber(number), Name: row.Name,
		Phone: enroll.Phone(phone), OpenID: row.OpenID, BoundAt: moment(row.BoundAt), Version: row.Version,
	}, err
}

// Student finds a person by id.
func (s *Store) Student(ctx context.Context, id string) (enroll.Student, error) {
	var row studentRow
	if err := s.get(ctx, &row, `SELECT * FROM student WHERE id = ?`, id); err != nil {
		return enroll.Student{}, err
	}
	return s.student(row)
}

// ErrWrongKeys says that the key file is another one than the data was written with.
var ErrWrongKeys = errors.New("the key file does not fit this database: restore the one that belongs to it from your backup")

// CheckKeys opens one student and finds the document number by its blind index
// again; ErrWrongKeys where the key file is another one. With a wrong key file
// nobody would be found, and everything new would be lost to the right one.
func (s *Store) CheckKeys(ctx context.Context) error {
	var rows []studentRow
	if err := s.list(ctx, &rows, `SELECT * FROM student ORDER BY id LIMIT 1`); err != nil || len(rows) == 0 {
		return err
	}
	st, err := s.student(rows[0])
	if err != nil {
		return fmt.Errorf("%w (%w)", ErrWrongKeys, err)
	}
	if !hmac.Equal(rows[0].IDNumberHash, s.documentHash(st.IDType, st.IDNumber)) {
		return ErrWrongKeys
	}
	return nil
}

// StudentByDocument finds a person by the whole document number.
func (s *Store) StudentByDocument(ctx context.Context, t enroll.IDType, n enroll.IDNumber) (enroll.Student, error) {
	var row studentRow
	err := s.get(ctx, &row, `SELECT * FROM student WHERE id_type = ? AND id_number_hash = ?`, t, s.documentHash(t, n))
	if err != nil {
		return enroll.Student{}, err
	}
	return s.student(row)
}

// AddStudent keeps a new person; IsTaken tells that the document is known already.
func (s *Store) AddStudent(ctx context.Context, st enroll.Student, now time.Time) error {
	return s.AddStudents(ctx, []enroll.Student{st}, now)
}

// AddStudents keeps new persons in one go.
func (s *Store) AddStudents(ctx context.Context, students []enroll.Student, now time.Time) error {
	rows := make([]studentRow, len(students))
	for i, st := range students {
		rows[i] = s.studentRow(st, now)
	}
	return insertAll(ctx, s, "student", rows)
}

func (s *Store) studentRow(st enroll.Student, now time.Time) studentRow {
	return studentRow{
		ID: st.ID, IDType: string(st.IDType), IDNumberHash: s.documentHash(st.IDType, st.IDNumber),
		IDNumber: s.keys.sealText("student", "id_number", st.ID, st.IDNumber.Raw()), Name: st.Name,
		PhoneHash: s.PhoneHash(st.Phone), Phone: s.keys.sealText("student", "phone", st.ID, st.Phone.Raw()),
		OpenID: st.OpenID, BoundAt: millis(st.BoundAt), CreatedAt: millis(now),
	}
}

// RenameStudent follows the roster's name.
func (s *Store) RenameStudent(ctx context.Context, id, name string) error {
	return s.guard(ctx, `UPDATE student SET name = ?, version = version + 1 WHERE id = ?`, name, id)
}

// Bind binds phone and openid to a person as it was read (绑定); an empty openid leaves the former one.
func (s *Store) Bind(ctx context.Context, st enroll.Student, phone enroll.Phone, openid string, now time.Time) error {
	if openid == "" {
		openid = st.OpenID
	}
	return s.guard(ctx,
		`UPDATE student SET phone_hash = ?, phone = ?, openid = ?, bound_at = ?, version = version + 1 WHERE id = ? AND version = ?`,
		s.PhoneHash(phone), s.keys.sealText("student", "phone", st.ID, phone.Raw()), openid, millis(now), st.ID, st.Version)
}

// Unbind lets a person as it was read go of the WeChat, or of phone and WeChat (解除绑定).
func (s *Store) Unbind(ctx context.Context, st enroll.Student, onlyWeChat bool) error {
	if onlyWeChat {
		return s.guard(ctx, `UPDATE student SET openid = '', version = version + 1 WHERE id = ? AND version = ?`, st.ID, st.Version)
	}
	return s.guard(ctx,
		`UPDATE student SET phone_hash = NULL, phone = NULL, openid = '', bound_at = 0, version = version + 1 WHERE id = ? AND version = ?`, st.ID, st.Version)
}
