package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

const jobExport enroll.JobKind = "export"

// How the pictures of a pack are named, and whose they are.
const (
	PhotosOfRoster  = "roster"
	PhotosOfStudent = "portrait"
)

// ExportOrder says what leaves the house: which registrations, which columns,
// masked or whole, and why. Of a pack of photos NameBy says by which number they are named.
type ExportOrder struct {
	store.Selection
	Kind enroll.ExportKind `json:"kind"`
	// Format is xlsx or csv; a pack of photos is a ZIP.
	Format  string                `json:"format"`
	Columns []enroll.ExportChoice `json:"columns"`
	Whole   bool                  `json:"whole"`
	Reason  string                `json:"reason"`
	Photos  string                `json:"photos"`
	NameBy  string                `json:"name_by"`
}

// Note is told of what a file holds that deserves a look, or could not hold.
type Note func(ctx context.Context, who string, why error) error

func (o *ExportOrder) check() error {
	if o.Kind == enroll.ExportPhotos {
		if !slices.Contains([]string{"exam_no", "number", "id_number"}, o.NameBy) || o.Photos != PhotosOfRoster && o.Photos != PhotosOfStudent {
			return enroll.Fail("bad_request")
		}
		o.Whole = true // faces cannot be masked
	} else {
		if o.Format != "xlsx" && o.Format != "csv" {
			return enroll.FailField("format", "bad_request")
		}
		if err := enroll.CheckExport(o.Columns); err != nil {
			return err
		}
	}
	if o.Reason = strings.TrimSpace(o.Reason); o.Whole && o.Reason == "" {
		return enroll.FailField("reason", "reason_missing")
	}
	return nil
}

// fileName is what the file is called: 名单-2026级-20261124.xlsx.
func (o ExportOrder) fileName(intake enroll.Intake, day string) string {
	ending := o.Format
	if o.Kind == enroll.ExportPhotos {
		ending = "zip"
	}
	return fmt.Sprintf("%s-%s-%s.%s", o.Kind.Name(), intake.Name, day, ending)
}

// StartExport begins an export after a fresh proof of password and TOTP, with a
// line in the audit log that says what, how many, whole or masked, and why.
func (s *Service) StartExport(ctx context.Context, d *Duty, o ExportOrder) (j enroll.Job, err error) {
	if err := s.confirmed(d); err != nil {
		return j, err
	}
	if !o.Kind.Allows(d.Staff.Role) {
		return j, enroll.Fail("export_role")
	}
	n, err := s.checkExport(ctx, &o)
	if err != nil {
		return j, err
	}
	intake, err := s.Store.Intake(ctx, o.Intake)
	if err != nil {
		return j, err
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		if j, err = s.startJob(ctx, tx, d, jobExport, "导出"+o.Kind.Name()+"："+intake.Name, o); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "export", j.ID, o.account(n))
	})
	return j, err
}

// account is the line of the audit log; the reason is the person's own words.
func (o ExportOrder) account(n int) string {
	extent := "脱敏"
	if o.Whole {
		extent = "完整"
	}
	said := []string{fmt.Sprintf("%s %d 人，%s", o.Kind.Name(), n, extent)}
	if o.Reason != "" {
		said = append(said, o.Reason)
	}
	var columns []string
	for _, c := range o.Columns {
		column, _ := enroll.FindExportColumn(c.Key)
		columns = append(columns, column.Heading)
	}
	if columns != nil {
		said = append(said, strings.Join(columns, "、"))
	}
	return head(strings.Join(said, "；"), 500)
}

func (s *Service) checkExport(ctx context.Context, o *ExportOrder) (int, error) {
	if err := o.check(); err != nil {
		return 0, err
	}
	n, err := s.Store.CountSelected(ctx, o.Selection)
	if err == nil && n == 0 {
		err = enroll.Fail("export_none")
	}
	return n, err
}

func (s *Service) exportJob(ctx context.Context, run *jobRun) error {
	var o ExportOrder
	if err := errors.Join(run.params(&o), run.anew(ctx)); err != nil {
		return err
	}
	intake, err := s.Store.Intake(ctx, o.Intake)
	if err != nil {
		return err
	}
	w := s.newLarge(ctx)
	err = s.writeExport(ctx, o, intake, w, run.failure, func(done, total int) { _ = run.progress(ctx, done, total) })
	if err = errors.Join(err, w.Close()); err != nil {
		return errors.Join(err, s.Store.ExpireFile(context.WithoutCancel(ctx), w.id))
	}
	run.setResult(w.id, o.fileName(intake, s.Now().In(enroll.Shanghai).Format("20060102")))
	return nil
}

// Export writes what was ordered to a file, for the command line; it gives how many rows it should have.
func (s *Service) Export(ctx context.Context, by string, o ExportOrder, to io.Writer, note Note, progress Progress) (int, error) {
	n, err := s.checkExport(ctx, &o)
	if err != nil {
		return 0, err
	}
	intake, err := s.Store.Intake(ctx, o.Intake)
	if err != nil {
		return 0, err
	}
	d := &Duty{Staff: enroll.Staff{Account: by}}
	if err := s.audit(ctx, s.Store, d, "export", intake.ID, o.account(n)); err != nil {
		return 0, err
	}
	return n, s.writeExport(ctx, o, intake, to, note, progress)
}

func (s *Service) writeExport(ctx context.Context, o ExportOrder, intake enroll.Intake, to io.Writer, note Note, progress Progress) error {
	total, err := s.Store.CountSelected(ctx, o.Selection)
	if err != nil {
		return err
	}
	file, err := s.exportFile(ctx, o, to, note)
	if err != nil {
		return err
	}
	done := 0
	err = s.eachExportPage(ctx, o, intake, func(rows []enroll.ExportRow) error {
		if err := file.rows(rows); err != nil {
			return err
		}
		done += len(rows)
		progress(done, max(total, done))
		return context.Cause(ctx)
	})
	return errors.Join(err, file.end(err == nil))
}

// exportFile is the file that an export writes: a table, or a pack of photos.
func (s *Service) exportFile(ctx context.Context, o ExportOrder, to io.Writer, note Note) (exportWriter, error) {
	switch {
	case o.Kind == enroll.ExportPhotos:
		return newPhotoPack(ctx, s, o, to, note), nil
	case o.Format == "csv":
		return newCSVTable(ctx, o, to, note)
	}
	return newSheetTable(ctx, o, to, note)
}

// exportWriter takes the rows of an export page by page; end closes the file, whole or given up.
type exportWriter interface {
	rows(rows []enroll.ExportRow) error
	end(whole bool) error
}
