package store

import (
	"context"
	"encoding/json"
	"time"

	"xinsheng/enroll"
)

type attachmentRow struct {
	ID           string `db:"id"`
	Registration string `db:"registration_id"`
	Kind         string `db:"kind"`
	Object       string `db:"object"`
	Mime         string `db:"mime"`
	Bytes        int    `db:"bytes"`
	Width        int    `db:"width"`
	Height       int    `db:"height"`
	Pages        int    `db:"pages"`
	CreatedAt    int64  `db:"created_at"`
	Reading      []byte `db:"reading"`
}

func (r attachmentRow) value() enroll.Attachment {
	return enroll.Attachment{
		ID: r.ID, Registration: r.Registration, Kind: r.Kind, Object: r.Object, Mime: r.Mime, Bytes: r.Bytes,
		Width: r.Width, Height: r.Height, Pages: r.Pages, CreatedAt: moment(r.CreatedAt),
	}
}

// attachment is a file with what the card reader made of it.
func (s *Store) attachment(r attachmentRow) (enroll.Attachment, error) {
	a := r.value()
	if r.Reading == nil {
		return a, nil
	}
	plain, err := s.keys.Open("attachment", "reading", r.ID, r.Reading)
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(plain, &a.Reading)
}

// SaveReading keeps what the card reader made of an uploaded side (证件识别);
// where the picture was replaced meanwhile, there is nothing to keep it with.
func (s *Store) SaveReading(ctx context.Context, attachment string, r enroll.CardReading) error {
	plain, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, `UPDATE attachment SET reading = ? WHERE id = ?`, s.keys.Seal("attachment", "reading", attachment, plain), attachment)
	return err
}

// Attachments lists a registration's files, the oldest first.
func (s *Store) Attachments(ctx context.Context, registration string) ([]enroll.Attachment, error) {
	var rows []attachmentRow
	err := s.list(ctx, &rows, `SELECT * FROM attachment WHERE registration_id = ? ORDER BY created_at, id`, registration)
	if err != nil {
		return nil, err
	}
	files := make([]enroll.Attachment, len(rows))
	for i, r := range rows {
		if files[i], err = s.attachment(r); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// Attachment finds one file of a registration; that of another is not_found.
func (s *Store) Attachment(ctx context.Context, registration, id string) (enroll.Attachment, error) {
	var row attachmentRow
	if err := s.get(ctx, &row, `SELECT * FROM attachment WHERE id = ? AND registration_id = ?`, id, registration); err != nil {
		return enroll.Attachment{}, err
	}
	return s.attachment(row)
}

// AddAttachment keeps a file's row; its object is on disk already.
func (s *Store) AddAttachment(ctx context.Context, a enroll.Attachment) error {
	return s.insert(ctx, "attachment", attachmentRow{
		ID: a.ID, Registration: a.Registration, Kind: a.Kind, Object: a.Object, Mime: a.Mime, Bytes: a.Bytes,
		Width: a.Width, Height: a.Height, Pages: a.Pages, CreatedAt: millis(a.CreatedAt),
	})
}

// RemoveAttachment takes a file's row away; its object is deleted after the commit.
func (s *Store) RemoveAttachment(ctx context.Context, id string) error {
	return s.guard(ctx, `DELETE FROM attachment WHERE id = ?`, id)
}

// HoldForm keeps a registration's form editable until the end of the
// transaction, so that a submit and a change of the form never pass each other;
// wrong_state where it is not editable any more.
func (s *Store) HoldForm(ctx context.Context, r enroll.Registration, now time.Time) error {
	n, err := s.exec(ctx, `UPDATE registration SET updated_at = ? WHERE id = ? AND status IN (?, ?)`,
		millis(now), r.ID, enroll.Open, enroll.Returned)
	if err == nil && n != 1 {
		return enroll.Fail("changed")
	}
	return err
}

// KeptObjects says which of the named objects a row still names.
func (s *Store) KeptObjects(ctx context.Context, names []string) (map[string]bool, error) {
	var found []string
	err := s.listIn(ctx, &found, `
		SELECT object FROM attachment WHERE object IN (?)
		UNION SELECT object FROM face_archive WHERE object IN (?)
		UNION SELECT picture FROM signature WHERE picture IN (?)
		UNION SELECT pdf FROM signature WHERE pdf IN (?)
		UNION SELECT signature FROM application WHERE signature IN (?)
		UNION SELECT picture FROM correction WHERE picture IN (?)
		UNION SELECT object FROM roster_photo WHERE object IN (?)
		UNION SELECT object FROM file_part WHERE object IN (?)`, names, names, names, names, names, names, names, names)
	kept := map[string]bool{}
	for _, name := range found {
		kept[name] = true
	}
	return kept, err
}
