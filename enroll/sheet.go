package enroll

import (
	"cmp"
	"strings"
)

// SheetRow is one line of the filled-in form as people read it (登记表).
type SheetRow struct {
	Label string
	Value string
}

// Sheet renders a section for reading: labels with words instead of codes, the
// roster's facts included, empty answers as "".
func (s FormSection) Sheet(c Content) []SheetRow { return sheetOf(s.Fields, c, "") }

func sheetOf(fields []Field, c Content, prefix string) []SheetRow {
	var rows []SheetRow
	for _, f := range fields {
		switch {
		case !f.When.holds(c) || f.Widget == Tick && !c.Ticked(f.Key):
		case f.Widget == RowList:
			for i, row := range c.Rows(f.Key) {
				rows = append(rows, sheetOf(f.Rows, row, f.Label+" "+chineseNumeral(i+1)+" · ")...)
			}
		default:
			rows = append(rows, SheetRow{prefix + f.Label, f.words(c)})
		}
	}
	return rows
}

// words is a field's answer as people read it.
func (f Field) words(c Content) string {
	if f.None != "" && c.Ticked(f.Key+"_none") {
		return f.None
	}
	switch f.Widget {
	case Plain:
		return f.Value
	case Tick:
		return "是"
	case Picker:
		// What was chosen before the college left it out is still read.
		return cmp.Or(f.Choices.Text(c.Text(f.Key)), Dictionaries()[f.Options].Text(c.Text(f.Key)))
	case AreaOnly, AreaStreet:
		area := c.Area(f.Key)
		return strings.TrimSpace(area.Text + " " + area.Street)
	}
	return c.Text(f.Key)
}

func chineseNumeral(n int) string {
	numerals := []rune("一二三四五六七八九十")
	if n < 1 || n > len(numerals) {
		return "其他"
	}
	return string(numerals[n-1])
}
