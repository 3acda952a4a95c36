package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
)

// ListPush makes the 考生号 of an uploaded table the only students of a draft: of
// the column headed so, else of the first one; others says how many cells there
// are none. Hidden lines are not read. push_list where it names nobody.
func (s *Service) ListPush(ctx context.Context, d *Duty, id string, version int, table []byte) (p enroll.Push, others int, err error) {
	listed, others, err := examNosOf(table)
	if err != nil {
		return p, 0, err
	}
	if p, err = s.Store.Push(ctx, id); err != nil {
		return p, 0, err
	}
	p, err = s.EditPush(ctx, d, id, PushDraft{
		Title: p.Title, Occasion: p.Occasion, Letter: p.Letter, Selection: p.Selection, ExamNos: listed, Version: version,
	})
	return p, others, err
}

func examNosOf(table []byte) (listed []string, others int, err error) {
	if err := wholeTable(table); err != nil {
		return nil, 0, err
	}
	column := 0
	err = readTable(tableOf(table), func(line tableLine) error {
		if line.no == 1 {
			for i, heading := range line.cells {
				if strings.Trim(strings.TrimSpace(heading), "*\ufeff") == "考生号" {
					column = i
					return nil
				}
			}
		}
		if line.hidden || column >= len(line.cells) {
			return nil
		}
		cell := strings.TrimSpace(enroll.HalfWidth(line.cells[column]))
		switch {
		case enroll.LikeExamNo(cell):
			listed = append(listed, cell)
		case cell != "" && line.no > 1:
			others++
		}
		return nil
	})
	switch {
	case enroll.ReasonOf(err) == "roster_file", err == nil && len(listed) == 0:
		return nil, 0, enroll.Fail("push_list")
	case err != nil:
		return nil, 0, err
	}
	return listed, others, nil
}

// wholeTable refuses a table that is larger than an upload may be: its end is cut off.
func wholeTable(table []byte) error {
	if len(table) > enroll.UploadBytes {
		return enroll.Fail("upload_too_large", enroll.FileSize(len(table)), enroll.FileSize(enroll.UploadBytes))
	}
	return nil
}
