package service

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"

	"github.com/xuri/excelize/v2"

	"xinsheng/enroll"
)

// table makes the cells of an export's rows, harmless to spreadsheets, and notes those that are wider than the other side takes.
type table struct {
	ctx   context.Context
	order ExportOrder
	note  Note
}

func (t table) headings() []string {
	headings := make([]string, len(t.order.Columns))
	for i, c := range t.order.Columns {
		column, _ := enroll.FindExportColumn(c.Key)
		if headings[i] = harmless(c.Heading); c.Heading == "" {
			headings[i] = column.Heading
		}
	}
	return headings
}

func (t table) cells(r enroll.ExportRow) ([]string, error) {
	cells := make([]string, len(t.order.Columns))
	for i, c := range t.order.Columns {
		column, _ := enroll.FindExportColumn(c.Key)
		cell := column.Cell(r, t.order.Whole)
		if err := c.CheckWidth(cell); err != nil {
			if err := t.note(t.ctx, r.Registration.ExamNo, err); err != nil {
				return nil, err
			}
		}
		cells[i] = harmless(cell)
	}
	return cells, nil
}

// csvTable is an export as csv in UTF-8 with BOM, so that Excel reads it and rare characters survive.
type csvTable struct {
	table
	w *csv.Writer
}

func newCSVTable(ctx context.Context, o ExportOrder, to io.Writer, note Note) (*csvTable, error) {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return nil, err
	}
	t := &csvTable{table{ctx, o, note}, csv.NewWriter(to)}
	t.w.UseCRLF = true
	return t, t.w.Write(t.headings())
}

func (t *csvTable) rows(rows []enroll.ExportRow) error {
	for _, r := range rows {
		cells, err := t.cells(r)
		if err != nil {
			return err
		}
		if err := t.w.Write(cells); err != nil {
			return err
		}
	}
	return nil
}

func (t *csvTable) end(bool) error {
	t.w.Flush()
	return t.w.Error()
}

// sheetTable is an export as xlsx, all cells text; what is too large for memory
// waits in a folder of its own, which goes at the end.
type sheetTable struct {
	table
	to     io.Writer
	folder string
	file   *excelize.File
	w      *excelize.StreamWriter
	text   int
	line   int
}

func newSheetTable(ctx context.Context, o ExportOrder, to io.Writer, note Note) (*sheetTable, error) {
	folder, err := os.MkdirTemp("", jobFolder)
	if err != nil {
		return nil, err
	}
	t := &sheetTable{table: table{ctx, o, note}, to: to, folder: folder, file: excelize.NewFile(excelize.Options{TmpDir: folder}), line: 1}
	if err := t.begin(); err != nil {
		return nil, errors.Join(err, t.drop())
	}
	return t, nil
}

func (t *sheetTable) begin() (err error) {
	if t.text, err = t.file.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return err
	}
	if err := t.file.SetSheetName("Sheet1", t.order.Kind.Name()); err != nil {
		return err
	}
	if t.w, err = t.file.NewStreamWriter(t.order.Kind.Name()); err != nil {
		return err
	}
	n := len(t.order.Columns)
	if err := errors.Join(t.w.SetColStyle(1, n, t.text), t.w.SetColWidth(1, n, 18)); err != nil {
		return err
	}
	return t.write(t.headings())
}

func (t *sheetTable) write(cells []string) error {
	at, err := excelize.CoordinatesToCellName(1, t.line)
	if err != nil {
		return err
	}
	t.line++
	row := make([]any, len(cells))
	for i, cell := range cells {
		row[i] = excelize.Cell{StyleID: t.text, Value: cell}
	}
	return t.w.SetRow(at, row)
}

func (t *sheetTable) rows(rows []enroll.ExportRow) error {
	for _, r := range rows {
		cells, err := t.cells(r)
		if err != nil {
			return err
		}
		if err := t.write(cells); err != nil {
			return err
		}
	}
	return nil
}

func (t *sheetTable) end(whole bool) (err error) {
	if whole {
		if err = t.w.Flush(); err == nil {
			err = t.file.Write(t.to)
		}
	}
	return errors.Join(err, t.drop())
}

func (t *sheetTable) drop() error { return errors.Join(t.file.Close(), os.RemoveAll(t.folder)) }
