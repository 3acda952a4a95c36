package enroll

import "strconv"

// firstYear is the earliest year that anybody is asked for where the birth is unknown.
const firstYear = 1950

// educationFields are the questions of 最后毕业信息 (fields.md), by level.
func educationFields(a Applicant) []Field {
	earliest, entry := firstYear, a.Registration.Grade
	if birth := a.BirthYear(); birth > 0 {
		earliest = birth + 12
	}
	degrees, major, number := "degree_high", "无（普通高中）", "毕业证上的编号，字母和数字。"
	if a.Program.Level.NeedsProof() {
		degrees, major, number = "degree_college", "", "毕业证书编号，通常为 18 位，与备案表一致。"
	}
	return []Field{
		{Key: "level", Label: "学习层次", Presence: Required, Widget: Plain, Value: string(a.Program.Level)},
		{Key: "degree", Label: "最后学历", Presence: Required, Widget: Picker, Options: degrees},
		{Key: "school", Label: "最后毕业学校", Presence: Required, Widget: Line, Min: 2, Max: 60, Hint: "与毕业证上的学校全称一致。"},
		{Key: "major", Label: "最后毕业专业", Presence: Required, Widget: Line, Min: 2, Max: 60, None: major},
		{Key: "certificate_missing", Label: "没有毕业证号的原因", Presence: Optional, Widget: Picker, Options: "certificate_missing", asked: fromHighSchool,
			Hint: "有毕业证号就不用选。"},
		{Key: "certificate_no", Label: "毕业证号", Presence: Required, Widget: Line, Min: 5, Max: 30, Hint: number, clean: cleanCode, rule: certificateRule,
			When: &When{Field: "certificate_missing", Values: []string{""}}},
		{Key: "certificate_reason", Label: "情况说明", Presence: Required, Widget: Line, Min: 2, Max: 100, asked: fromHighSchool,
			When: &When{Field: "certificate_missing", Values: []string{"无", "遗失", "同等学力"}}},
		{Key: "graduation_year", Label: "毕业年份", Presence: Required, Widget: Year, Min: earliest, Max: entry, rule: yearRule(earliest, entry)},
		{Key: "graduation_date", Label: "毕业日期", Presence: Optional, Widget: YearMonth, Min: entry - 1, Max: entry, rule: beforeEntryRule, asked: fromCollege,
			Hint: "毕业证落款的年月，应早于入学的 3 月。", When: &When{Field: "graduation_year", Values: []string{strconv.Itoa(entry)}}},
		{Key: "study_form", Label: "原学习形式", Presence: Hidden, Widget: Line, Max: 20, asked: fromCollege},
		{Key: "school_code", Label: "学校代码", Presence: Hidden, Widget: Line, Min: 5, Max: 10, clean: cleanCode, asked: fromCollege},
	}
}

func fromCollege(a Applicant) bool    { return a.Program.Level.NeedsProof() || a.Program.Level == "" }
func fromHighSchool(a Applicant) bool { return !a.Program.Level.NeedsProof() }
