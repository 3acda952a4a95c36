package service

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"xinsheng/enroll"
)

// RosterLines hands over an import's lines of some verdicts, in the order of the file.
func (s *Service) RosterLines(ctx context.Context, importID string, verdicts []enroll.RosterVerdict, each func(enroll.RosterLine) error) error {
	for after := 0; ; {
		lines, err := s.Store.RosterLines(ctx, importID, verdicts, after, rosterChunk)
		if err != nil || len(lines) == 0 {
			return err
		}
		for _, line := range lines {
			if err := each(line); err != nil {
				return err
			}
		}
		after = lines[len(lines)-1].No
	}
}

// RefusedRoster writes the refused lines as csv (UTF-8 with BOM, so that Excel
// reads it), with the line's number and the reasons behind it; mended, the file can be imported again.
func (s *Service) RefusedRoster(ctx context.Context, importID string, to io.Writer) error {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(to)
	if err := w.Write(append(rosterHeadings(), "原文件行号", "原因")); err != nil {
		return err
	}
	err := s.RosterLines(ctx, importID, []enroll.RosterVerdict{enroll.RosterRefused}, func(line enroll.RosterLine) error {
		var record []string
		for _, c := range enroll.RosterColumns {
			record = append(record, harmless(line.Cells[c.Key]))
		}
		var reasons []string
		for _, note := range line.Refusals {
			reasons = append(reasons, note.String())
		}
		return w.Write(append(record, strconv.Itoa(line.No), strings.Join(reasons, " ")))
	})
	w.Flush()
	return errors.Join(err, w.Error())
}

// harmless keeps a spreadsheet from taking a cell as a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=@-\t\r", rune(cell[0])) || strings.HasPrefix(cell, "+") && strings.Trim(cell[1:], "0123456789 -") != "" {
		return "'" + cell
	}
	return cell
}

func rosterHeadings() []string {
	var headings []string
	for _, c := range enroll.RosterColumns {
		headings = append(headings, c.Heading)
	}
	return headings
}

// textFormat is the number format @ of a spreadsheet: what is typed stays as typed, also 18 digits.
const textFormat = 49

// RosterTemplate writes an empty roster as xlsx, all columns set as text and the required ones marked *.
func RosterTemplate(to io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	const sheet = "录取名单"
	text, err := f.NewStyle(&excelize.Style{NumFmt: textFormat})
	if err != nil {
		return err
	}
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	last := len(enroll.RosterColumns)
	if err := errors.Join(w.SetColStyle(1, last, text), w.SetColWidth(1, last, 18)); err != nil {
		return err
	}
	headings := make([]any, 0, last)
	for _, c := range enroll.RosterColumns {
		mark := ""
		if c.Required {
			mark = "*"
		}
		headings = append(headings, excelize.Cell{StyleID: text, Value: c.Heading + mark})
	}
	if err := errors.Join(w.SetRow("A1", headings), w.Flush()); err != nil {
		return err
	}
	return f.Write(to)
}
