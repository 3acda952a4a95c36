package store

import (
	"context"
	"encoding/json"

	"xinsheng/enroll"
)

type applicationRow struct {
	ID           string  `db:"id"`
	Registration string  `db:"registration_id"`
	PendingKey   *string `db:"pending_key"`
	Kind         string  `db:"kind"`
	State        string  `db:"state"`
	Content      []byte  `db:"content"`
	Until        int64   `db:"until_at"`
	Intake       string  `db:"intake_id"`
	Program      string  `db:"program_id"`
	Point        string  `db:"point_id"`
	Signature    string  `db:"signature"`
	OpenID       string  `db:"openid"`
	At           int64   `db:"at"`
	FiledBy      string  `db:"filed_by"`
	Filer        string  `db:"filer"`
	DecidedAt    int64   `db:"decided_at"`
	DecidedBy    string  `db:"decided_by"`
	DecidedFor   string  `db:"decided_for"`
	Version      int     `db:"version"`
}

// applicationContent is what only the college and the student may read: why, and by which phone.
type applicationContent struct {
	Reason    string `json:"reason"`
	Text      string `json:"text"`
	Sentence  string `json:"sentence"`
	Discharge int64  `json:"discharge"`
	Phone     string `json:"phone"`
	TypedName string `json:"typed_name,omitempty"`
}

func (s *Store) application(r applicationRow) (enroll.Application, error) {
	plain, err := s.keys.Open("application", "content", r.ID, r.Content)
	if err != nil {
		return enroll.Application{}, err
	}
	var c applicationContent
	err = json.Unmarshal(plain, &c)
	return enroll.Application{
		ID: r.ID, Registration: r.Registration, Kind: enroll.ApplicationKind(r.Kind), State: enroll.ApplicationState(r.State),
		Reason: c.Reason, Text: c.Text, Sentence: c.Sentence, TypedName: c.TypedName, Discharge: moment(c.Discharge), Until: moment(r.Until),
		Intake: r.Intake, Program: r.Program, Point: r.Point, Signature: r.Signature, Phone: enroll.Phone(c.Phone), OpenID: r.OpenID,
		At: moment(r.At), FiledBy: r.FiledBy, Filer: r.Filer, DecidedAt: moment(r.DecidedAt), DecidedBy: r.DecidedBy, DecidedFor: r.DecidedFor, Version: r.Version,
	}, err
}

// AddApplication keeps a new application; IsTaken tells that the registration has one that waits.
func (s *Store) AddApplication(ctx context.Context, a enroll.Application) error {
	plain, err := json.Marshal(applicationContent{
		Reason: a.Reason, Text: a.Text, Sentence: a.Sentence, Discharge: millis(a.Discharge), Phone: a.Phone.Raw(), TypedName: a.TypedName,
	})
	if err != nil {
		return err
	}
	return s.insert(ctx, "application", applicationRow{
		ID: a.ID, Registration: a.Registration, PendingKey: &a.Registration, Kind: string(a.Kind), State: string(a.State),
		Content: s.keys.Seal("application", "content", a.ID, plain), Until: millis(a.Until), Intake: a.Intake, Program: a.Program,
		Point: a.Point, Signature: a.Signature, OpenID: a.OpenID, At: millis(a.At), FiledBy: a.FiledBy, Filer: a.Filer,
	})
}

// Application finds an application by id.
func (s *Store) Application(ctx context.Context, id string) (enroll.Application, error) {
	var row applicationRow
	if err := s.get(ctx, &row, `SELECT * FROM application WHERE id = ?`, id); err != nil {
		return enroll.Application{}, err
	}
	return s.application(row)
}

// Applications lists a registration's applications, the newest first.
func (s *Store) Applications(ctx context.Context, registration string) ([]enroll.Application, error) {
	return s.applications(ctx, `SELECT * FROM application WHERE registration_id = ? ORDER BY at DESC, id DESC`, registration)
}

// ResumeInto finds a person's newest application to come back into an intake, or nil.
func (s *Store) ResumeInto(ctx context.Context, intake, student string) (*enroll.Application, error) {
	list, err := s.applications(ctx, `SELECT application.* FROM application JOIN registration ON registration.id = application.registration_id
		WHERE application.kind = 'resume' AND application.intake_id = ? AND registration.student_id = ? ORDER BY at DESC, application.id DESC LIMIT 1`, intake, student)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// ApplicationsIn lists all applications in a state, or in any, the oldest first.
func (s *Store) ApplicationsIn(ctx context.Context, state enroll.ApplicationState) ([]enroll.Application, error) {
	return s.applications(ctx, `SELECT * FROM application WHERE state = ? OR ? = '' ORDER BY at, id`, state, state)
}

func (s *Store) applications(ctx context.Context, query string, args ...any) ([]enroll.Application, error) {
	var rows []applicationRow
	if err := s.list(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	list := make([]enroll.Application, 0, len(rows))
	for _, row := range rows {
		a, err := s.application(row)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// DecideApplication ends a waiting application as it was read; changed where somebody was first.
func (s *Store) DecideApplication(ctx context.Context, a enroll.Application) error {
	return s.guard(ctx,
		`UPDATE application SET state = ?, pending_key = NULL, until_at = ?, decided_at = ?, decided_by = ?, decided_for = ?, version = version + 1
		WHERE id = ? AND state = 'pending' AND version = ?`,
		a.State, millis(a.Until), millis(a.DecidedAt), a.DecidedBy, a.DecidedFor, a.ID, a.Version)
}

const loose = ` AND NOT EXISTS (SELECT 1 FROM application_file f WHERE f.attachment_id = attachment.id)`

// LooseFiles lists the files of a kind that were uploaded and not handed in with an application yet.
func (s *Store) LooseFiles(ctx context.Context, registration, kind string) ([]enroll.Attachment, error) {
	return s.files(ctx, `SELECT * FROM attachment WHERE registration_id = ? AND kind = ?`+loose+` ORDER BY created_at, id`, registration, kind)
}

// FilesOf lists the files that were handed in with an application.
func (s *Store) FilesOf(ctx context.Context, application string) ([]enroll.Attachment, error) {
	return s.files(ctx, `SELECT attachment.* FROM attachment JOIN application_file f ON f.attachment_id = attachment.id
		WHERE f.application_id = ? ORDER BY created_at, id`, application)
}

func (s *Store) files(ctx context.Context, query string, args ...any) ([]enroll.Attachment, error) {
	var rows []attachmentRow
	err := s.list(ctx, &rows, query, args...)
	files := make([]enroll.Attachment, len(rows))
	for i, r := range rows {
		files[i] = r.value()
	}
	return files, err
}

// HandInFile ties an uploaded file to an application; from then on it stays.
func (s *Store) HandInFile(ctx context.Context, application, attachment string) error {
	return s.insert(ctx, "application_file", struct {
		Attachment  string `db:"attachment_id"`
		Application string `db:"application_id"`
	}{attachment, application})
}

// RemoveLooseFile takes a file's row away unless it was handed in meanwhile; its object is deleted after the commit.
func (s *Store) RemoveLooseFile(ctx context.Context, attachment string) error {
	return s.guard(ctx, `DELETE FROM attachment WHERE id = ?`+loose, attachment)
}

// Reserved lists every reserved place, also those whose holder has asked to come back, the first to end at the top.
func (s *Store) Reserved(ctx context.Context) ([]enroll.Registration, error) {
	var rows []registrationRow
	err := s.list(ctx, &rows, `SELECT * FROM registration WHERE status IN ('reserved', 'resume_pending') ORDER BY until_at, id`)
	if err != nil {
		return nil, err
	}
	return s.registrations(rows)
}
