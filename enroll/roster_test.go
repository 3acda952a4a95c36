package enroll

import (
	"slices"
	"testing"
)

func place() RosterPlace {
	return RosterPlace{
		Intake: Intake{Grade: 2026, Name: "2026级"},
		Points: []Point{{ID: "p1", Code: "01", Name: "校本部教学点"}, {ID: "p2", Code: "02", Name: "滨江教学点"}},
		Programs: []Program{
			{ID: "law", Code: "030101K", No: "01", Name: "法学", Level: HighToBachelor, Form: "非脱产", HalfYears: 10},
			{ID: "law2", Code: "030102K", No: "07", Name: "法学", Level: HighToBachelor, Form: "非脱产", HalfYears: 10},
			{ID: "acc", Code: "120203K", No: "03", Name: "会计学", Level: CollegeToBachelor, Form: "非脱产", HalfYears: 5},
		},
		Tuitions: []Tuition{{Program: "acc", Fens: []int64{240000}}},
	}
}

func goodCells() RosterCells {
	return RosterCells{
		"exam_no": "26320100000102", "name": "李演示", "id_number": "320106199808229983", "grade": "2026级", "level": "专升本",
		"program": "会计学", "form": "非脱产", "years": "两年半", "point": "校本部教学点", "phone": "13900000002",
	}
}

func TestReadEntry(t *testing.T) {
	e, refused, flags := place().ReadEntry(goodCells())
	want := RosterEntry{
		ExamNo: "26320100000102", Name: "李演示", Sex: "女", BirthDate: "1998-08-22", IDType: IDCard, IDNumber: "320106199808229983",
		Program: "acc", Point: "p1", Phone: "13900000002",
	}
	if len(refused)+len(flags) > 0 || e != want {
		t.Errorf("%+v\nrefused %v, flags %v", e, refused, flags)
	}
}

func TestReadEntryFindsWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		column, cell string
		refusal      Reason
		flag         Reason
	}{
		{"name", "", "roster_blank", ""}, {"exam_no", "2.63201E+13", "roster_scientific", ""}, {"id_number", "3.20106E+17", "roster_scientific", ""},
		{"id_number", "320106199808229984", "id_number_checksum", ""}, {"id_number", "320106199802309983", "id_number_date", ""},
		{"id_type", "图书证", "id_type_unsupported", ""}, {"grade", "2025", "roster_grade", ""}, {"level", "研究生", "roster_level", ""},
		{"level", "专科", "roster_program", ""}, {"program", "法医学", "roster_program", ""}, {"form", "面授", "roster_form", ""},
		{"form", "函授", "roster_program", ""}, {"years", "2.3", "roster_years", ""}, {"point", "北山教学点", "roster_point", ""},
		{"program_code", "999999", "roster_program", ""},
		{"name", "李 演示", "", "roster_name_spaces"}, {"sex", "男", "", "roster_differs"}, {"sex", "不详", "", "roster_unreadable"},
		{"birth_date", "1998-08-23", "", "roster_differs"}, {"birth_date", "八月", "", "roster_unreadable"}, {"years", "5", "", "roster_years_differ"},
		{"phone", "1.39E+10", "", "phone_invalid"}, {"postcode", "21000", "", "postcode_invalid"},
	} {
		cells := goodCells()
		cells[c.column] = c.cell
		if c.cell == "" {
			delete(cells, c.column)
		}
		_, refused, flags := place().ReadEntry(cells)
		has := func(notes []RosterNote, r Reason) bool {
			return slices.ContainsFunc(notes, func(n RosterNote) bool { return n.Reason == r })
		}
		if (len(refused) > 0) != (c.refusal != "") || c.refusal != "" && !has(refused, c.refusal) || c.flag != "" && !has(flags, c.flag) {
			t.Errorf("%s = %q: refused %v, flags %v", c.column, c.cell, refused, flags)
		}
	}
}

func TestReadEntryTakesWhatRostersWrite(t *testing.T) {
	for name, c := range map[string]struct {
		cells RosterCells
		check func(RosterEntry) bool
	}{
		"lower x":               {RosterCells{"id_number": "32010219970101985x"}, func(e RosterEntry) bool { return e.IDNumber == "32010219970101985X" }},
		"residence by itself":   {RosterCells{"id_number": "810000199907099953"}, func(e RosterEntry) bool { return e.IDType == "hk_macao_residence" }},
		"residence called card": {RosterCells{"id_type": "身份证", "id_number": "820000200303259845"}, func(e RosterEntry) bool { return e.IDType == "hk_macao_residence" }},
		"date of a sheet":       {RosterCells{"birth_date": "36029"}, func(e RosterEntry) bool { return e.BirthDate == "1998-08-22" }},
		"date in Chinese":       {RosterCells{"birth_date": "1998年8月22日"}, func(e RosterEntry) bool { return e.BirthDate == "1998-08-22" }},
		"date without lines":    {RosterCells{"birth_date": "19980822"}, func(e RosterEntry) bool { return e.BirthDate == "1998-08-22" }},
		"point by code":         {RosterCells{"point": "", "point_code": "02"}, func(e RosterEntry) bool { return e.Point == "p2" }},
		"program by code":       {RosterCells{"program": "", "program_code": "120203k"}, func(e RosterEntry) bool { return e.Program == "acc" }},
		"grade of a sheet":      {RosterCells{"grade": "2026.0"}, func(RosterEntry) bool { return true }},
		"a passport":            {RosterCells{"id_type": "护照", "id_number": "P00000001", "birth_date": "1990-05-04"}, func(e RosterEntry) bool { return e.Sex == "" && e.BirthDate == "1990-05-04" }},
	} {
		cells := goodCells()
		for k, v := range c.cells {
			if cells[k] = v; v == "" {
				delete(cells, k)
			}
		}
		e, refused, _ := place().ReadEntry(cells)
		if len(refused) > 0 || !c.check(e) {
			t.Errorf("%s: %+v %v", name, e, refused)
		}
	}
}

func TestTwoProgramsOfOneNameNeedACode(t *testing.T) {
	cells := goodCells()
	cells["level"], cells["program"], cells["years"] = "本科", "法学", "5"
	if _, refused, _ := place().ReadEntry(cells); len(refused) != 1 || refused[0].Reason != "roster_program_many" {
		t.Errorf("without a code: %v", refused)
	}
	cells["program_code"] = "030102K"
	if e, refused, _ := place().ReadEntry(cells); len(refused) > 0 || e.Program != "law2" {
		t.Errorf("with a code: %s %v", e.Program, refused)
	}
}

func TestRosterPhoneIsRequiredWhereOnlyItMayBeBound(t *testing.T) {
	p := place()
	p.Intake.Settings.RosterPhone = true
	cells := goodCells()
	delete(cells, "phone")
	if _, refused, _ := p.ReadEntry(cells); len(refused) != 1 || refused[0].Column != "phone" {
		t.Errorf("%v", refused)
	}
}

func TestHeadings(t *testing.T) {
	h := MatchHeadings([]string{"序号", "准考证号", "KSH", " 姓 名*", "SFZH", "年级", "录取层次", "专业代码（国标）", "学习形式", "函授站", "手机"})
	if len(h.Missing()) > 0 || !slices.Equal(h.Ignored, []string{"序号", "准考证号"}) {
		t.Errorf("missing %v, ignored %v", h.Missing(), h.Ignored)
	}
	cells := h.Cells([]string{"1", "zk", "ks", " 甲 ", "１２", "", "", "", "", "站"})
	if cells["exam_no"] != "ks" || cells["name"] != "甲" || cells["id_number"] != "12" || cells["point"] != "站" {
		t.Errorf("%v", cells)
	}
	if missing := MatchHeadings([]string{"姓名", "身份证号"}).Missing(); len(missing) != 6 {
		t.Errorf("missing %v", missing)
	}
}
