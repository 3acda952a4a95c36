package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"time"

	"xinsheng/enroll"
)

type correctionRow struct {
	ID           string  `db:"id"`
	Registration string  `db:"registration_id"`
	LiveKey      *string `db:"live_key"`
	Kind         string  `db:"kind"`
	Field        string  `db:"field"`
	State        string  `db:"state"`
	Content      []byte  `db:"content"`
	Picture      string  `db:"picture"`
	Mime         string  `db:"mime"`
	OpenID       string  `db:"openid"`
	Login        string  `db:"login_id"`
	At           int64   `db:"at"`
	DecidedAt    int64   `db:"decided_at"`
	DecidedBy    string  `db:"decided_by"`
	DecidedFor   string  `db:"decided_for"`
	Version      int     `db:"version"`
}

// correctionContent is what only the college and the student may read: the values, the words and the phone.
type correctionContent struct {
	From     string        `json:"from"`
	To       string        `json:"to"`
	FromText string        `json:"from_text"`
	ToText   string        `json:"to_text"`
	IDType   enroll.IDType `json:"id_type"`
	Note     string        `json:"note"`
	Phone    string        `json:"phone"`
}

func (s *Store) correction(r correctionRow) (enroll.Correction, error) {
	plain, err := s.keys.Open("correction", "content", r.ID, r.Content)
	if err != nil {
		return enroll.Correction{}, err
	}
	var c correctionContent
	err = json.Unmarshal(plain, &c)
	return enroll.Correction{
		ID: r.ID, Registration: r.Registration, Kind: enroll.CorrectionKind(r.Kind), Field: r.Field, State: enroll.ApplicationState(r.State),
		From: c.From, To: c.To, FromText: c.FromText, ToText: c.ToText, IDType: c.IDType, Note: c.Note, Phone: enroll.Phone(c.Phone),
		Picture: r.Picture, Mime: r.Mime, OpenID: r.OpenID, Login: r.Login, At: moment(r.At),
		DecidedAt: moment(r.DecidedAt), DecidedBy: r.DecidedBy, DecidedFor: r.DecidedFor, Version: r.Version,
	}, err
}

// liveKey lets a registration have one open request of a kind, per field, and
// per phone for who has not proven anything but a phone.
func (s *Store) liveKey(c enroll.Correction) *string {
	key := c.Registration + "|" + string(c.Kind) + "|" + c.Field
	if c.Kind == enroll.CorrectName {
		key = c.Registration + "|" + string(c.Kind) + "|" + hex.EncodeToString(s.PhoneHash(c.Phone))
	}
	return &key
}

// AddCorrection keeps a new request; IsTaken tells that one like it waits already.
func (s *Store) AddCorrection(ctx context.Context, c enroll.Correction) error {
	plain, err := json.Marshal(correctionContent{c.From, c.To, c.FromText, c.ToText, c.IDType, c.Note, c.Phone.Raw()})
	if err != nil {
		return err
	}
	return s.insert(ctx, "correction", correctionRow{
		ID: c.ID, Registration: c.Registration, LiveKey: s.liveKey(c), Kind: string(c.Kind), Field: c.Field, State: string(c.State),
		Content: s.keys.Seal("correction", "content", c.ID, plain), Picture: c.Picture, Mime: c.Mime, OpenID: c.OpenID, Login: c.Login, At: millis(c.At),
	})
}

// Correction finds a request by id.
func (s *Store) Correction(ctx context.Context, id string) (enroll.Correction, error) {
	var row correctionRow
	if err := s.get(ctx, &row, `SELECT * FROM correction WHERE id = ?`, id); err != nil {
		return enroll.Correction{}, err
	}
	return s.correction(row)
}

// Corrections lists a registration's requests of all kinds, the newest first.
func (s *Store) Corrections(ctx context.Context, registration string) ([]enroll.Correction, error) {
	return s.corrections(ctx, `SELECT * FROM correction WHERE registration_id = ? ORDER BY at DESC, id DESC`, registration)
}

// CorrectionQueue lists one page of what waits for a decision, the oldest
// first, after the given id: of one kind or of any, at the teaching point with this code or at any.
func (s *Store) CorrectionQueue(ctx context.Context, kind enroll.CorrectionKind, point, after string, limit int) ([]enroll.Correction, error) {
	return s.corrections(ctx, `SELECT correction.* FROM correction
		JOIN registration ON registration.id = correction.registration_id
		JOIN point ON point.id = registration.point_id
		WHERE correction.state = 'pending' AND (correction.kind = ? OR ? = '') AND (point.code = ? OR ? = '') AND correction.id > ?
		ORDER BY correction.id LIMIT ?`, kind, kind, point, point, after, limit)
}

// CorrectionsDecided lists the latest decided requests, the newest first.
func (s *Store) CorrectionsDecided(ctx context.Context, limit int) ([]enroll.Correction, error) {
	return s.corrections(ctx, `SELECT * FROM correction WHERE state <> 'pending' ORDER BY id DESC LIMIT ?`, limit)
}

func (s *Store) corrections(ctx context.Context, query string, args ...any) ([]enroll.Correction, error) {
	var rows []correctionRow
	if err := s.list(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	list := make([]enroll.Correction, 0, len(rows))
	for _, row := range rows {
		c, err := s.correction(row)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// DecideCorrection ends a waiting request as it was read; changed where somebody was first.
func (s *Store) DecideCorrection(ctx context.Context, c enroll.Correction) error {
	return s.guard(ctx, `UPDATE correction SET state = ?, live_key = NULL, decided_at = ?, decided_by = ?, decided_for = ?, version = version + 1
		WHERE id = ? AND state = 'pending' AND version = ?`,
		c.State, millis(c.DecidedAt), c.DecidedBy, c.DecidedFor, c.ID, c.Version)
}

// CorrectRegistration gives a registration the facts that a decision put right, as it was read.
func (s *Store) CorrectRegistration(ctx context.Context, r enroll.Registration, now time.Time) error {
	row := s.registrationRow(r, now)
	return s.guard(ctx, `UPDATE registration SET name = ?, sex = ?, ethnic = ?, birth_date = ?, grade = ?, program_id = ?, point_id = ?,
		version = version + 1, updated_at = ? WHERE id = ? AND version = ?`,
		row.Name, row.Sex, row.Ethnic, row.BirthDate, row.Grade, row.Program, row.Point, row.UpdatedAt, r.ID, r.Version)
}

// ChangeDocument gives a person the right document as it was read; IsTaken tells that it is somebody else's.
func (s *Store) ChangeDocument(ctx context.Context, st enroll.Student, to enroll.IDType, number enroll.IDNumber) error {
	return s.guard(ctx, `UPDATE student SET id_type = ?, id_number_hash = ?, id_number = ?, version = version + 1 WHERE id = ? AND version = ?`,
		to, s.documentHash(to, number), s.keys.sealText("student", "id_number", st.ID, number.Raw()), st.ID, st.Version)
}
