package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// SaveMapping keeps a choice of columns under a name, for everybody who exports (列设置).
func (s *Service) SaveMapping(ctx context.Context, d *Duty, name string, columns []enroll.ExportChoice) (store.ExportMapping, error) {
	m := store.ExportMapping{ID: s.Store.NewID(), Name: strings.TrimSpace(name), Columns: columns, Account: d.Staff.Account, At: s.Now()}
	if m.Name == "" || len([]rune(m.Name)) > 50 {
		return m, enroll.FailField("name", "mapping_name")
	}
	if err := enroll.CheckExport(columns); err != nil {
		return m, err
	}
	return m, s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.SaveExportMapping(ctx, m); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "export_mapping", m.ID, m.Name)
	})
}

// DropMapping forgets a kept choice of columns.
func (s *Service) DropMapping(ctx context.Context, d *Duty, id string) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.DropExportMapping(ctx, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "export_mapping_drop", id, "")
	})
}

// ExportChoices is what an export can be chosen from in one intake.
type ExportChoices struct {
	Points   []enroll.Point
	Programs []enroll.Program
	Mappings []store.ExportMapping
	Jobs     []enroll.Job
}

// ExportChoices lists points, programs and kept columns, and a member of staff's own last exports.
func (s *Service) ExportChoices(ctx context.Context, d *Duty, intake string) (c ExportChoices, err error) {
	if c.Points, err = s.Store.Points(ctx, intake); err != nil {
		return c, err
	}
	if c.Programs, err = s.Store.Programs(ctx, intake); err != nil {
		return c, err
	}
	if c.Mappings, err = s.Store.ExportMappings(ctx); err != nil {
		return c, err
	}
	c.Jobs, err = s.Store.JobsOfKind(ctx, d.Staff.ID, []enroll.JobKind{jobExport}, store.ShownJobs)
	return c, err
}

// CountExport says how many registrations a selection holds.
func (s *Service) CountExport(ctx context.Context, sel store.Selection) (int, error) {
	return s.Store.CountSelected(ctx, sel)
}
