package service

import (
	"slices"
	"strings"

	"xinsheng/enroll"
)

// tableColumns are the headings of the tables that may stand beside an intake's YAML file.
var (
	pointColumns   = []string{"教学点代码", "教学点"}
	programColumns = []string{"专业编号", "专业代码", "专业", "层次", "学习形式", "学制"}
	tuitionColumns = []string{"专业编号", "教学点代码", "学费", "批准文号"}
)

// AddPoints takes teaching points from a table (教学点代码, 教学点), in the place of those in the file.
func (f *IntakeFile) AddPoints(body []byte) error {
	f.Points = nil
	return readColumns(body, pointColumns, func(c []string) { f.Points = append(f.Points, FilePoint{c[0], c[1]}) })
}

// AddPrograms takes programs from a table (专业编号, 专业代码, 专业, 层次, 学习形式, 学制), in the place of those in the file.
func (f *IntakeFile) AddPrograms(body []byte) error {
	f.Programs = nil
	return readColumns(body, programColumns, func(c []string) {
		f.Programs = append(f.Programs, FileProgram{No: c[0], Code: c[1], Name: c[2], Level: c[3], Form: c[4], Years: c[5]})
	})
}

// AddTuition takes prices from a table (专业编号, 教学点代码, 学费, 批准文号), in
// the place of those in the file; the school years' amounts in yuan are parted by /.
func (f *IntakeFile) AddTuition(body []byte) error {
	f.Tuition = nil
	return readColumns(body, tuitionColumns, func(c []string) {
		amounts := strings.FieldsFunc(c[2], func(r rune) bool { return strings.ContainsRune("/／、 ", r) })
		f.Tuition = append(f.Tuition, FileTuition{Program: c[0], Point: c[1], Yuan: amounts, Approval: c[3]})
	})
}

// readColumns hands over the cells under these headings, which stand in the first line in any order.
func readColumns(body []byte, headings []string, each func([]string)) error {
	var places []int
	return readTable(tableOf(body), func(read tableLine) error {
		line := read.cells
		for i := range line {
			line[i] = strings.TrimSpace(line[i])
		}
		if places == nil {
			for _, heading := range headings {
				at := slices.Index(line, heading)
				if at < 0 {
					return enroll.Fail("table_columns", strings.Join(headings, "、"))
				}
				places = append(places, at)
			}
			return nil
		}
		cells := make([]string, len(places))
		for i, at := range places {
			if at < len(line) {
				cells[i] = line[at]
			}
		}
		if strings.Join(cells, "") != "" {
			each(cells)
		}
		return nil
	})
}
