package enroll

import "strconv"

// Schools is the dictionary of schools that a college may keep (最后毕业学校), for typing only.
const Schools = "school"

// firstYear is the earliest year that anybody is asked for where the birth is unknown.
const firstYear = 1950

// educationFields are the questions of 最后毕业信息 (fields.md), by level.
func educationFields(a Applicant) []Field {
	earliest, entry := firstYear, a.Registration.Grade
	if birth := a.BirthYear(); birth > 0 {
		earliest = birth + 12
	}
	degrees, major, number := "degree_high", "无（普通高中）", "毕业证上的编号，字母和数字。"
	school, left := "与毕业证上的学校全称一致；同等学力填写最后就读的学校。", "同等学力填写最后离校的年份。"
	if a.Program.Level.NeedsProof() {
		degrees, major, number = "degree_college", "", "毕业证书编号，通常为 18 位，与备案表一致。国（境）外证书没有编号的，填写学历学位认证书编号。"
		school, left = "与毕业证上的学校全称一致。", ""
	}
	return []Field{
		{Key: "level", Label: "学习层次", Presence: Required, Widget: Plain, Value: string(a.Program.Level)},
		{Key: "degree", Label: "最后学历", Presence: Required, Widget: Picker, Options: degrees},
		{Key: "school", Label: "最后毕业学校", Presence: Required, Widget: Line, Min: 2, Max: 60, Hint: school, Suggest: Schools},
		{Key: "school_abroad", Label: "国（境）外学校", Presence: Optional, Widget: Tick},
		{Key: "school_country", Label: "学校所在国家（地区）", Presence: Required, Widget: Line, Min: 2, Max: 40, When: &When{Field: "school_abroad", Values: []string{"true"}}},
		{Key: "major", Label: "最后毕业专业", Presence: Required, Widget: Line, Min: 2, Max: 60, None: major},
		{Key: "certificate_missing", Label: "没有毕业证号的原因", Presence: Optional, Widget: Picker, Options: "certificate_missing", asked: fromHighSchool,
			Hint: "有毕业证号就不用选。"},
		{Key: "certificate_no", Label: "毕业证号", Presence: Required, Widget: Line, Min: 5, Max: 30, Hint: number, clean: cleanCode, rule: certificateRule, waived: equivalent,
			When: &When{Field: "certificate_missing", Values: []string{""}}},
		{Key: "certificate_reason", Label: "情况说明", Presence: Required, Widget: Line, Min: 2, Max: 100, asked: fromHighSchool,
			Hint: "毕业证明书、学校或教育局的证明，可在“附件上传”的“其他材料”里上传。",
			When: &When{Field: "certificate_missing", Values: []string{"无", "遗失", "同等学力"}}},
		{Key: "graduation_year", Label: "毕业年份", Presence: Required, Widget: Year, Min: earliest, Max: entry, Hint: left, rule: yearRule(earliest, entry)},
		{Key: "graduation_date", Label: "毕业日期", Presence: Optional, Widget: YearMonth, Min: entry - 1, Max: entry, rule: beforeEntryRule, asked: fromCollege,
			Hint: "毕业证落款的年月，应早于入学的 3 月。", When: &When{Field: "graduation_year", Values: []string{strconv.Itoa(entry)}}},
		{Key: "study_form", Label: "原学习形式", Presence: Hidden, Widget: Line, Max: 20, asked: fromCollege},
		{Key: "school_code", Label: "学校代码", Presence: Hidden, Widget: Line, Min: 5, Max: 10, clean: cleanCode, asked: fromCollege},
	}
}

// equivalent says that somebody without a certificate was admitted on equal footing (同等学力).
func equivalent(c Content) bool { return c.Text("degree") == "同等学力" }

func fromCollege(a Applicant) bool    { return a.Program.Level.NeedsProof() || a.Program.Level == "" }
func fromHighSchool(a Applicant) bool { return !a.Program.Level.NeedsProof() }
