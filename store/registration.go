package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type registrationRow struct {
	ID              string `db:"id"`
	Intake          string `db:"intake_id"`
	Student         string `db:"student_id"`
	ExamNo          string `db:"exam_no"`
	Program         string `db:"program_id"`
	Point           string `db:"point_id"`
	Grade           int    `db:"grade"`
	Name            string `db:"name"`
	Sex             string `db:"sex"`
	Ethnic          string `db:"ethnic"`
	Politics        string `db:"politics"`
	BirthDate       []byte `db:"birth_date"`
	RosterPhone     []byte `db:"roster_phone"`
	RosterPhoneHash []byte `db:"roster_phone_hash"`
	Postcode        string `db:"postcode"`
	Status          string `db:"status"`
	Earlier         string `db:"earlier"`
	Version         int    `db:"version"`
	PreparedAt      int64  `db:"prepared_at"`
	IdentityAt      int64  `db:"identity_at"`
	StartedAt       int64  `db:"started_at"`
	SubmittedAt     int64  `db:"submitted_at"`
	ApprovedAt      int64  `db:"approved_at"`
	SignedAt        int64  `db:"signed_at"`
	Extension       int64  `db:"extension_at"`
	Until           int64  `db:"until_at"`
	Face            string `db:"face"`
	FaceFrom        int64  `db:"face_from"`
	Step            string `db:"step"`
	CreatedAt       int64  `db:"created_at"`
	UpdatedAt       int64  `db:"updated_at"`
}

func (s *Store) registration(row registrationRow) (enroll.Registration, error) {
	birth, err := s.keys.openText("registration", "birth_date", row.ID, row.BirthDate)
	if err != nil {
		return enroll.Registration{}, err
	}
	phone, err := s.keys.openText("registration", "roster_phone", row.ID, row.RosterPhone)
	return enroll.Registration{
		ID: row.ID, Intake: row.Intake, Student: row.Student, ExamNo: row.ExamNo, Program: row.Program, Point: row.Point,
		Grade: row.Grade, Name: row.Name, Sex: row.Sex, Ethnic: row.Ethnic, Politics: row.Politics, BirthDate: birth,
		RosterPhone: enroll.Phone(phone), Postcode: row.Postcode, Status: enroll.Status(row.Status),
		Earlier: enroll.Status(row.Earlier), Version: row.Version, PreparedAt: moment(row.PreparedAt),
		IdentityAt: moment(row.IdentityAt), StartedAt: moment(row.StartedAt), SubmittedAt: moment(row.SubmittedAt),
		ApprovedAt: moment(row.ApprovedAt), SignedAt: moment(row.SignedAt), Extension: moment(row.Extension),
		Until: moment(row.Until), Face: enroll.FaceState(row.Face), FaceFrom: moment(row.FaceFrom), Step: enroll.StepKey(row.Step), CreatedAt: moment(row.CreatedAt),
	}, err
}

func (s *Store) registrationRow(r enroll.Registration, now time.Time) registrationRow {
	return registrationRow{
		ID: r.ID, Intake: r.Intake, Student: r.Student, ExamNo: r.ExamNo, Program: r.Program, Point: r.Point, Grade: r.Grade,
		Name: r.Name, Sex: r.Sex, Ethnic: r.Ethnic, Politics: r.Politics,
		BirthDate:   s.keys.sealText("registration", "birth_date", r.ID, r.BirthDate),
		RosterPhone: s.keys.sealText("registration", "roster_phone", r.ID, r.RosterPhone.Raw()), RosterPhoneHash: s.PhoneHash(r.RosterPhone),
		Postcode: r.Postcode, Status: string(r.Status), Earlier: string(r.Earlier), Face: string(r.Face),
		CreatedAt: millis(now), UpdatedAt: millis(now),
	}
}

// Registration finds one matter by id.
func (s *Store) Registration(ctx context.Context, id string) (enroll.Registration, error) {
	var row registrationRow
	if err := s.get(ctx, &row, `SELECT * FROM registration WHERE id = ?`, id); err != nil {
		return enroll.Registration{}, err
	}
	return s.registration(row)
}

// RegistrationIn finds a person's matter in one intake.
func (s *Store) RegistrationIn(ctx context.Context, intake, student string) (enroll.Registration, error) {
	var row registrationRow
	if err := s.get(ctx, &row, `SELECT * FROM registration WHERE intake_id = ? AND student_id = ?`, intake, student); err != nil {
		return enroll.Registration{}, err
	}
	return s.registration(row)
}

// RegistrationsOf lists a person's matters, the newest intake first; login goes by it, so those of an unfinished import are left out.
func (s *Store) RegistrationsOf(ctx context.Context, student string) ([]enroll.Registration, error) {
	var rows []registrationRow
	err := s.list(ctx, &rows, `SELECT * FROM registration WHERE student_id = ? AND NOT `+unfinished+` ORDER BY grade DESC, id`, student)
	if err != nil {
		return nil, err
	}
	return s.registrations(rows)
}

// RegistrationsAt lists one page of an intake's matters after the given id, in one status or in any.
func (s *Store) RegistrationsAt(ctx context.Context, intake string, status enroll.Status, after string, limit int) ([]enroll.Registration, error) {
	var rows []registrationRow
	err := s.list(ctx, &rows,
		`SELECT * FROM registration WHERE intake_id = ? AND (status = ? OR ? = '') AND id > ? ORDER BY id LIMIT ?`,
		intake, status, status, after, limit)
	if err != nil {
		return nil, err
	}
	return s.registrations(rows)
}

func (s *Store) registrations(rows []registrationRow) ([]enroll.Registration, error) {
	list := make([]enroll.Registration, 0, len(rows))
	for _, row := range rows {
		r, err := s.registration(row)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// AddRegistration keeps a new matter from the roster; IsTaken tells that it stands already.
func (s *Store) AddRegistration(ctx context.Context, r enroll.Registration, now time.Time) error {
	return s.AddRegistrations(ctx, []enroll.Registration{r}, now)
}

// AddRegistrations keeps new matters in one go.
func (s *Store) AddRegistrations(ctx context.Context, matters []enroll.Registration, now time.Time) error {
	rows := make([]registrationRow, len(matters))
	for i, r := range matters {
		rows[i] = s.registrationRow(r, now)
	}
	return insertAll(ctx, s, "registration", rows)
}

// Move changes a registration's status by compare-and-set on status and
// version and appends the event; it is the only way a status changes.
// Callers take the row from the state table by way of service.
func (s *Store) Move(ctx context.Context, r enroll.Registration, e enroll.RegistrationEvent) error {
	earlier := r.Earlier
	// Who lapsed and is cancelled has come from before the lapse: coming back leads there.
	if e.To != r.Status && remembers(e) && r.Status != enroll.Lapsed {
		earlier = r.Status
	}
	err := s.guard(ctx,
		`UPDATE registration SET status = ?, earlier = ?, version = version + 1, updated_at = ? WHERE id = ? AND status = ? AND version = ?`,
		e.To, earlier, millis(e.At), r.ID, r.Status, r.Version)
	if err != nil {
		return err
	}
	e.Registration, e.From = r.ID, r.Status
	return s.AddEvent(ctx, e)
}

// remembers says that the event stores the status to come back to.
func remembers(e enroll.RegistrationEvent) bool {
	switch enroll.Event(e.Event) {
	case enroll.EventReserve, enroll.EventGiveUp, enroll.EventLapse, enroll.EventCancel:
		return true
	}
	return false
}

// Stamp is a time on a registration that a step leaves behind.
type Stamp string

// The stamps that steps leave.
const (
	StampPrepared  Stamp = "prepared_at"
	StampIdentity  Stamp = "identity_at"
	StampStarted   Stamp = "started_at"
	StampSubmitted Stamp = "submitted_at"
	StampApproved  Stamp = "approved_at"
	StampSigned    Stamp = "signed_at"
	StampExtension Stamp = "extension_at"
	// StampFaceFrom begins the count of face attempts anew.
	StampFaceFrom Stamp = "face_from"
	// StampUntil is the end of a reserved place.
	StampUntil Stamp = "until_at"
)

// SetStamp sets or (zero time) clears a stamp; it changes no status and no version.
func (s *Store) SetStamp(ctx context.Context, id string, stamp Stamp, at time.Time) error {
	return s.guard(ctx, `UPDATE registration SET `+string(stamp)+` = ? WHERE id = ?`, millis(at), id)
}

// SetFace moves the face state from what it was read as; who is rejected stands before the face step again.
func (s *Store) SetFace(ctx context.Context, id string, from, to enroll.FaceState) error {
	return s.guard(ctx, `UPDATE registration SET face = ?, step = CASE WHEN ? = 'rejected' THEN 'face' ELSE step END WHERE id = ? AND face = ?`, to, to, id, from)
}

// SetStep notes the step that a student stands before (卡在哪一步), for staff to filter by; nothing is decided by it.
func (s *Store) SetStep(ctx context.Context, id string, step enroll.StepKey) error {
	_, err := s.exec(ctx, `UPDATE registration SET step = ? WHERE id = ?`, step, id)
	return err
}

type eventRow struct {
	ID           string `db:"id"`
	Registration string `db:"registration_id"`
	At           int64  `db:"at"`
	Event        string `db:"event"`
	From         string `db:"from_status"`
	To           string `db:"to_status"`
	Actor        string `db:"actor"`
	ActorID      string `db:"actor_id"`
	Reason       string `db:"reason"`
}

// AddEvent appends a line to the timeline; its id is made here where it has none.
func (s *Store) AddEvent(ctx context.Context, e enroll.RegistrationEvent) error {
	return s.AddEvents(ctx, []enroll.RegistrationEvent{e})
}

// AddEvents appends lines to several timelines in one go.
func (s *Store) AddEvents(ctx context.Context, events []enroll.RegistrationEvent) error {
	rows := make([]eventRow, len(events))
	for i, e := range events {
		if e.ID == "" {
			e.ID = s.newID()
		}
		rows[i] = eventRow{
			ID: e.ID, Registration: e.Registration, At: millis(e.At), Event: e.Event, From: string(e.From), To: string(e.To),
			Actor: string(e.By), ActorID: e.ByID, Reason: e.Reason,
		}
	}
	return insertAll(ctx, s, "registration_event", rows)
}

// Events lists a registration's timeline, the oldest first.
func (s *Store) Events(ctx context.Context, registration string) ([]enroll.RegistrationEvent, error) {
	var rows []eventRow
	if err := s.list(ctx, &rows, `SELECT * FROM registration_event WHERE registration_id = ? ORDER BY at, id`, registration); err != nil {
		return nil, err
	}
	events := make([]enroll.RegistrationEvent, len(rows))
	for i, r := range rows {
		events[i] = enroll.RegistrationEvent{
			ID: r.ID, Registration: r.Registration, At: moment(r.At), Event: r.Event, From: enroll.Status(r.From),
			To: enroll.Status(r.To), By: enroll.Actor(r.Actor), ByID: r.ActorID, Reason: r.Reason,
		}
	}
	return events, nil
}

// HoldPayable keeps a registration payable until the end of the transaction
// and makes whoever read it earlier read it again; changed where it is not payable any more.
func (s *Store) HoldPayable(ctx context.Context, r enroll.Registration, now time.Time) error {
	return s.guard(ctx, `UPDATE registration SET version = version + 1, updated_at = ? WHERE id = ? AND status = ? AND version = ?`,
		millis(now), r.ID, enroll.Payable, r.Version)
}
