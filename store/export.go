package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"xinsheng/enroll"
)

// Selection says which registrations of an intake are meant; what is empty does not narrow it.
type Selection struct {
	Intake  string `json:"intake"`
	Status  string `json:"status"`
	Point   string `json:"point"`
	Program string `json:"program"`
}

const selected = `intake_id = ? AND (status = ? OR ? = '') AND (point_id = ? OR ? = '') AND (program_id = ? OR ? = '')`

func (s Selection) args() []any {
	return []any{s.Intake, s.Status, s.Status, s.Point, s.Point, s.Program, s.Program}
}

// Selected lists one page of a selection's registrations after the given id.
func (s *Store) Selected(ctx context.Context, sel Selection, after string, limit int) ([]enroll.Registration, error) {
	var rows []registrationRow
	if err := s.list(ctx, &rows, `SELECT * FROM registration WHERE `+selected+` AND id > ? ORDER BY id LIMIT ?`, append(sel.args(), after, limit)...); err != nil {
		return nil, err
	}
	return s.registrations(rows)
}

// CountSelected counts a selection's registrations.
func (s *Store) CountSelected(ctx context.Context, sel Selection) (n int, err error) {
	err = s.get(ctx, &n, `SELECT COUNT(*) FROM registration WHERE `+selected, sel.args()...)
	return n, err
}

// NumbersOf gives the student numbers of some registrations, by registration.
func (s *Store) NumbersOf(ctx context.Context, registrations []string) (map[string]string, error) {
	holders, err := s.NumberHoldersAmong(ctx, nil, registrations)
	numbers := map[string]string{}
	for _, h := range holders {
		numbers[h.Registration] = h.Number
	}
	return numbers, err
}

// SectionsOf gives the drafts of some sections of some registrations.
func (s *Store) SectionsOf(ctx context.Context, registrations, names []string) ([]enroll.Section, error) {
	var rows []sectionRow
	err := s.listIn(ctx, &rows, `SELECT * FROM section WHERE registration_id IN (?) AND name IN (?)`, registrations, names)
	if err != nil {
		return nil, err
	}
	list := make([]enroll.Section, len(rows))
	for i, r := range rows {
		if list[i], err = s.section(r); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// BillsOf gives the sums of some registrations' bills, by registration; who has not submitted has none.
func (s *Store) BillsOf(ctx context.Context, registrations []string) (map[string]enroll.Bill, error) {
	var rows []billRow
	err := s.listIn(ctx, &rows, `SELECT * FROM bill WHERE registration_id IN (?)`, registrations)
	bills := map[string]enroll.Bill{}
	for _, r := range rows {
		bills[r.Registration] = enroll.Bill{ID: r.ID, Registration: r.Registration, TotalFen: r.TotalFen, PaidFen: r.PaidFen, WaivedFen: r.WaivedFen}
	}
	return bills, err
}

// AttachmentsOfKind gives the last file of one kind of some registrations, by registration.
func (s *Store) AttachmentsOfKind(ctx context.Context, kind string, registrations []string) (map[string]enroll.Attachment, error) {
	var rows []attachmentRow
	err := s.listIn(ctx, &rows, `SELECT * FROM attachment WHERE kind = ? AND registration_id IN (?) ORDER BY created_at, id`, kind, registrations)
	files := map[string]enroll.Attachment{}
	for _, r := range rows {
		files[r.Registration] = r.value()
	}
	return files, err
}

type mappingRow struct {
	ID        string `db:"id"`
	Name      string `db:"name"`
	Choice    string `db:"choice"`
	Account   string `db:"account"`
	UpdatedAt int64  `db:"updated_at"`
}

// ExportMapping is a choice of columns that was kept under a name (列设置).
type ExportMapping struct {
	ID      string
	Name    string
	Columns []enroll.ExportChoice
	Account string
	At      time.Time
}

// ExportMappings lists the kept choices by name.
func (s *Store) ExportMappings(ctx context.Context) ([]ExportMapping, error) {
	var rows []mappingRow
	if err := s.list(ctx, &rows, `SELECT * FROM export_mapping ORDER BY name`); err != nil {
		return nil, err
	}
	list := make([]ExportMapping, len(rows))
	for i, r := range rows {
		list[i] = ExportMapping{ID: r.ID, Name: r.Name, Account: r.Account, At: moment(r.UpdatedAt)}
		if err := json.Unmarshal([]byte(r.Choice), &list[i].Columns); err != nil {
			return nil, fmt.Errorf("columns of mapping %s: %w", r.ID, err)
		}
	}
	return list, nil
}

// SaveExportMapping keeps a choice in the place of one of the same name.
func (s *Store) SaveExportMapping(ctx context.Context, m ExportMapping) error {
	body, err := json.Marshal(m.Columns)
	if err != nil {
		return err
	}
	return s.InTx(ctx, func(tx *Store) error {
		if _, err := tx.exec(ctx, `DELETE FROM export_mapping WHERE name = ?`, m.Name); err != nil {
			return err
		}
		return tx.insert(ctx, "export_mapping", mappingRow{ID: m.ID, Name: m.Name, Choice: string(body), Account: m.Account, UpdatedAt: millis(m.At)})
	})
}

// DropExportMapping forgets a kept choice.
func (s *Store) DropExportMapping(ctx context.Context, id string) error {
	n, err := s.exec(ctx, `DELETE FROM export_mapping WHERE id = ?`, id)
	if err == nil && n == 0 {
		return enroll.Fail("not_found")
	}
	return err
}
