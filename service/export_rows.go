package service

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"xinsheng/enroll"
)

// exportPage is how many registrations are read and written at a time.
const exportPage = 500

// exportSections are the parts of the form from which columns come.
var exportSections = []string{string(enroll.SectionBasic), string(enroll.SectionEducation)}

// exportSource knows what is the same for all rows of an export.
type exportSource struct {
	service  *Service
	intake   enroll.Intake
	programs map[string]enroll.Program
	points   map[string]enroll.Point
	// answers and bills say whether the chosen columns need the form or the money at all.
	answers, bills bool
}

func (s *Service) eachExportPage(ctx context.Context, o ExportOrder, intake enroll.Intake, each func([]enroll.ExportRow) error) error {
	place, err := s.rosterPlace(ctx, intake)
	if err != nil {
		return err
	}
	src := &exportSource{service: s, intake: intake, programs: map[string]enroll.Program{}, points: map[string]enroll.Point{}}
	for _, p := range place.Programs {
		src.programs[p.ID] = p
	}
	for _, p := range place.Points {
		src.points[p.ID] = p
	}
	src.answers = o.needs("native_place", "email", "address", "school", "graduation_year", "certificate_no")
	src.bills = o.needs("due", "paid")
	for after := ""; ; {
		matters, err := s.Store.Selected(ctx, o.Selection, after, exportPage)
		if err != nil || len(matters) == 0 {
			return err
		}
		rows, err := src.rows(ctx, matters)
		if err != nil {
			return err
		}
		if err := each(rows); err != nil {
			return err
		}
		after = matters[len(matters)-1].ID
	}
}

func (o ExportOrder) needs(keys ...string) bool {
	return slices.ContainsFunc(o.Columns, func(c enroll.ExportChoice) bool { return slices.Contains(keys, c.Key) })
}

func (src *exportSource) rows(ctx context.Context, matters []enroll.Registration) ([]enroll.ExportRow, error) {
	ids, people := make([]string, len(matters)), make([]string, len(matters))
	for i, r := range matters {
		ids[i], people[i] = r.ID, r.Student
	}
	st := src.service.Store
	students, err := st.Students(ctx, people)
	if err != nil {
		return nil, err
	}
	numbers, err := st.NumbersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	answers, bills := map[string]map[string]string{}, map[string]enroll.Bill{}
	if src.answers {
		if answers, err = src.readAnswers(ctx, ids); err != nil {
			return nil, err
		}
	}
	if src.bills {
		if bills, err = st.BillsOf(ctx, ids); err != nil {
			return nil, err
		}
	}
	rows := make([]enroll.ExportRow, len(matters))
	for i, r := range matters {
		rows[i] = enroll.ExportRow{
			Registration: r, Student: students[r.Student], Number: numbers[r.ID], Intake: src.intake,
			Program: src.programs[r.Program], Point: src.points[r.Point], Answers: answers[r.ID], Bill: bills[r.ID],
		}
	}
	return rows, nil
}

// readAnswers reads the form's answers of some registrations, by registration and basic.email.
func (src *exportSource) readAnswers(ctx context.Context, ids []string) (map[string]map[string]string, error) {
	sections, err := src.service.Store.SectionsOf(ctx, ids, exportSections)
	if err != nil {
		return nil, err
	}
	answers := map[string]map[string]string{}
	for _, section := range sections {
		var content map[string]json.RawMessage
		if err := json.Unmarshal(section.Content, &content); err != nil {
			return nil, err
		}
		if answers[section.Registration] == nil {
			answers[section.Registration] = map[string]string{}
		}
		for key, value := range content {
			answers[section.Registration][section.Key+"."+key] = answerText(value)
		}
	}
	return answers, nil
}

// answerText is a text as it stands, or the words of a place; of another kind of answer it is "".
func answerText(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	var area enroll.Area
	if json.Unmarshal(value, &area) == nil {
		return strings.TrimSpace(area.Text + " " + area.Street)
	}
	return ""
}
