package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type faceCheckRow struct {
	ID           string  `db:"id"`
	Registration string  `db:"registration_id"`
	Login        string  `db:"login_id"`
	At           int64   `db:"at"`
	Action       string  `db:"action"`
	Outcome      string  `db:"outcome"`
	Result       string  `db:"result"`
	Sim          float64 `db:"sim"`
	RequestID    string  `db:"request_id"`
}

// AddFaceCheck keeps one question to the face service and its answer; no picture.
func (s *Store) AddFaceCheck(ctx context.Context, c enroll.FaceCheck) error {
	return s.insert(ctx, "face_check", faceCheckRow{
		ID: c.ID, Registration: c.Registration, Login: c.Login, At: millis(c.At), Action: c.Action,
		Outcome: string(c.Outcome), Result: c.Result, Sim: c.Sim, RequestID: c.RequestID,
	})
}

// FaceChecks lists a registration's questions to the face service since a time, the oldest first.
func (s *Store) FaceChecks(ctx context.Context, registration string, since time.Time) ([]enroll.FaceCheck, error) {
	var rows []faceCheckRow
	err := s.list(ctx, &rows, `SELECT * FROM face_check WHERE registration_id = ? AND at >= ? ORDER BY at, id`, registration, millis(since))
	checks := make([]enroll.FaceCheck, len(rows))
	for i, r := range rows {
		checks[i] = enroll.FaceCheck{
			ID: r.ID, Registration: r.Registration, Login: r.Login, At: moment(r.At), Action: r.Action,
			Outcome: enroll.FaceOutcome(r.Outcome), Result: r.Result, Sim: r.Sim, RequestID: r.RequestID,
		}
	}
	return checks, err
}
