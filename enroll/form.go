package enroll

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Problems lists what is missing or wrong in a section's content, in the order
// of the form; a row's field is named rows.0.name.
func (s FormSection) Problems(a Applicant, c Content) []Problem {
	return problemsOf(s.Fields, a, c, "")
}

func problemsOf(fields []Field, a Applicant, c Content, path string) []Problem {
	var problems []Problem
	for _, f := range fields {
		if f.Widget == Plain || f.Widget == Tick || !f.When.holds(c) {
			continue
		}
		for _, p := range f.problems(a, c) {
			p.Field = path + p.Field
			problems = append(problems, p)
		}
	}
	return problems
}

// holds says whether a field is asked beside the other answers.
func (w *When) holds(c Content) bool {
	if w == nil {
		return true
	}
	value := c.Text(w.Field)
	if c.Ticked(w.Field) {
		value = "true"
	}
	return slices.Contains(w.Values, value)
}

func (f Field) problems(a Applicant, c Content) []Problem {
	if f.Widget == RowList {
		return f.rowProblems(a, c.Rows(f.Key))
	}
	if f.None != "" && c.Ticked(f.Key+"_none") {
		return nil
	}
	if f.Widget == AreaOnly || f.Widget == AreaStreet {
		return f.areaProblems(c.Area(f.Key))
	}
	value := c.Text(f.Key)
	if p := f.textProblem(value, a, c); p != nil {
		p.Field = f.Key
		return []Problem{*p}
	}
	return nil
}

func (f Field) rowProblems(a Applicant, rows []Content) []Problem {
	if len(rows) > f.Max || len(rows) == 0 && f.Presence == Required {
		reason := Reason("rows_count")
		if f.Key == "rows" {
			reason = "family_rows"
		}
		p := Problem{Field: f.Key, Reason: reason}
		if reason == "rows_count" {
			p.Args = []any{f.Max}
		}
		return []Problem{p}
	}
	var problems []Problem
	for i, row := range rows {
		problems = append(problems, problemsOf(f.Rows, a, row, fmt.Sprintf("%s.%d.", f.Key, i))...)
	}
	return problems
}

// regionCode is a code of GB/T 2260 below the province.
var regionCode = regexp.MustCompile(`^[1-9][0-9]{5}$`)

// areaProblems checks a place: a code of six digits with its names, or 国外; and the street's length.
func (f Field) areaProblems(area Area) []Problem {
	if area == (Area{}) {
		if f.Presence == Required {
			return []Problem{{Field: f.Key, Reason: "field_required"}}
		}
		return nil
	}
	inChina := regionCode.MatchString(area.Code) && !strings.HasSuffix(area.Code, "0000") && area.Text != "" && utf8.RuneCountInString(area.Text) <= 60
	if !inChina && area != (Area{Text: Abroad, Street: area.Street}) {
		return []Problem{{Field: f.Key, Reason: "area_invalid"}}
	}
	if f.Widget != AreaStreet {
		return nil
	}
	if p := f.lengthProblem(area.Street); p != nil {
		p.Field = f.Key + ".street"
		return []Problem{*p}
	}
	return nil
}

func (f Field) textProblem(value string, a Applicant, c Content) *Problem {
	if value == "" {
		if f.Presence == Required && (f.waived == nil || !f.waived(c)) {
			return &Problem{Reason: "field_required"}
		}
		return nil
	}
	if f.Widget == Picker {
		if f.Choices.Text(value) == "" {
			return &Problem{Reason: "field_not_listed"}
		}
		return nil
	}
	if f.Widget != Year && f.Widget != YearMonth {
		if p := f.lengthProblem(value); p != nil {
			return p
		}
	}
	if f.rule == nil {
		return nil
	}
	return f.rule(a, c, value)
}

func (f Field) lengthProblem(text string) *Problem {
	n := utf8.RuneCountInString(text)
	switch {
	case n == 0:
		return &Problem{Reason: "field_required"}
	case f.Max > 0 && n > f.Max:
		return &Problem{Reason: "field_too_long", Args: []any{f.Max}}
	case n < f.Min:
		return &Problem{Reason: "field_too_short", Args: []any{f.Min}}
	}
	return nil
}

// outsideMainland says that the postal codes of the mainland do not apply to a place.
func outsideMainland(a Area) bool {
	return a.Text == Abroad || strings.HasPrefix(a.Code, "71") || strings.HasPrefix(a.Code, "81") || strings.HasPrefix(a.Code, "82")
}
