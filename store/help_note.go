package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type helpNoteRow struct {
	Code         string `db:"code"`
	At           int64  `db:"at"`
	Registration string `db:"registration_id"`
	Page         string `db:"page"`
	Step         string `db:"step"`
	Reason       string `db:"reason"`
	Incident     string `db:"incident"`
	Device       string `db:"device"`
}

// AddHelpNote keeps what a help code stands for; IsTaken tells that the code stands already.
func (s *Store) AddHelpNote(ctx context.Context, code string, n enroll.HelpNote) error {
	return s.insert(ctx, "help_note", helpNoteRow{
		Code: code, At: millis(n.At), Registration: n.Registration, Page: n.Page, Step: n.Step,
		Reason: string(n.Reason), Incident: n.Incident, Device: n.Device,
	})
}

// HelpNote finds what a help code stands for, where it was made after a moment.
func (s *Store) HelpNote(ctx context.Context, code string, after time.Time) (enroll.HelpNote, error) {
	var r helpNoteRow
	err := s.get(ctx, &r, `SELECT * FROM help_note WHERE code = ? AND at > ?`, code, millis(after))
	return enroll.HelpNote{
		At: moment(r.At), Registration: r.Registration, Page: r.Page, Step: r.Step, Reason: enroll.Reason(r.Reason), Incident: r.Incident, Device: r.Device,
	}, err
}

// DropHelpNotes takes away what was made before a moment.
func (s *Store) DropHelpNotes(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM help_note WHERE at < ?`, millis(before))
	return err
}
