package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
)

// ListPush makes the 考生号 of an uploaded table the only students of a draft: of
// the column headed so, else of the first one. push_list where it names nobody.
func (s *Service) ListPush(ctx context.Context, d *Duty, id string, table []byte) (enroll.Push, error) {
	listed, err := examNosOf(table)
	if err != nil {
		return enroll.Push{}, err
	}
	p, err := s.Store.Push(ctx, id)
	if err != nil {
		return p, err
	}
	return s.EditPush(ctx, d, id, PushDraft{Title: p.Title, Occasion: p.Occasion, Letter: p.Letter, Selection: p.Selection, ExamNos: listed})
}

func examNosOf(table []byte) ([]string, error) {
	var listed []string
	column := 0
	err := readTable(tableOf(table), func(line tableLine) error {
		if line.no == 1 {
			for i, heading := range line.cells {
				if strings.Trim(strings.TrimSpace(heading), "*\ufeff") == "考生号" {
					column = i
					return nil
				}
			}
		}
		if column < len(line.cells) && enroll.LikeExamNo(strings.TrimSpace(enroll.HalfWidth(line.cells[column]))) {
			listed = append(listed, line.cells[column])
		}
		return nil
	})
	switch {
	case enroll.ReasonOf(err) == "roster_file", err == nil && len(listed) == 0:
		return nil, enroll.Fail("push_list")
	case err != nil:
		return nil, err
	}
	return listed, nil
}
