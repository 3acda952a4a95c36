package enroll

import "strconv"

// basicFields are the questions of 基本信息 (fields.md): the roster's facts first, then what only the student knows.
func basicFields(a Applicant) []Field {
	return append(rosterFields(a), []Field{
		{Key: "former_name", Label: "曾用名", Presence: Optional, Widget: Line, Max: 50, clean: CleanName, rule: nameRule},
		{Key: "politics", Label: "政治面貌", Presence: Required, Widget: Picker, Options: "politics"},
		{Key: "native_place", Label: "籍贯", Presence: Required, Widget: AreaOnly, Hint: "祖居地或原籍，不一定与身份证号一致。"},
		{Key: "household_place", Label: "户口所在地", Presence: Required, Widget: AreaStreet, Min: 2, Max: 100, asked: mainlander, Hint: "户口簿上的地址，街道门牌写到村或小区。"},
		{Key: "phone", Label: "手机号码", Presence: Required, Widget: Plain, Value: a.Phone.String(), Hint: "登录时使用的号码。"},
		{Key: "phone_2", Label: "备用电话", Presence: Optional, Widget: Tel, Max: 20, clean: cleanTel, rule: telRule},
		{Key: "email", Label: "电子邮箱", Presence: Optional, Widget: Email, Max: 100, clean: cleanEmail, rule: emailRule},
		{Key: "address", Label: "通讯地址", Presence: Required, Widget: AreaStreet, Min: 5, Max: 100, Hint: "收件地址，教材和通知会寄到这里。"},
		{Key: "postcode", Label: "邮政编码", Presence: Required, Widget: Digits, Max: 10, clean: cleanCode, rule: postcodeRule, waived: postcodeWaived},
		{Key: "work_unit", Label: "现工作单位", Presence: Required, Widget: Line, Min: 2, Max: 60, None: "无/待业"},
		{Key: "occupation", Label: "职业", Presence: Optional, Widget: Picker, Options: "occupation"},
		{Key: "work_title", Label: "职务", Presence: Optional, Widget: Line, Max: 30},
		{Key: "work_since", Label: "参加工作时间", Presence: Optional, Widget: YearMonth, Min: 1950, Max: a.Now.In(Shanghai).Year(), rule: pastMonthRule},
		{Key: "foreign_language", Label: "外语语种", Presence: Optional, Widget: Picker, Options: "language"},
		{Key: "emergency_name", Label: "紧急联系人", Presence: Required, Widget: Line, Max: 50, clean: CleanName, rule: nameRule},
		{Key: "emergency_relation", Label: "紧急联系人与本人关系", Presence: Required, Widget: Picker, Options: "relation"},
		{Key: "emergency_phone", Label: "紧急联系人电话", Presence: Required, Widget: Tel, Max: 20, clean: cleanTel, rule: emergencyPhoneRule},
		{Key: "resume", Label: "学习与工作经历", Presence: Hidden, Widget: RowList, Max: 10, Rows: []Field{
			{Key: "from", Label: "起", Presence: Required, Widget: YearMonth, Min: 1950, Max: a.Now.In(Shanghai).Year(), rule: pastMonthRule},
			{Key: "to", Label: "止", Presence: Required, Widget: YearMonth, Min: 1950, Max: a.Now.In(Shanghai).Year(), rule: periodRule},
			{Key: "where", Label: "学校或单位", Presence: Required, Widget: Line, Min: 2, Max: 60},
			{Key: "as", Label: "身份或职务", Presence: Optional, Widget: Line, Max: 30},
			{Key: "witness", Label: "证明人", Presence: Optional, Widget: Line, Max: 50, clean: CleanName, rule: nameRule},
		}},
		{Key: "awards", Label: "奖惩情况", Presence: Hidden, Widget: Paragraph, Max: 300},
		{Key: "specialty", Label: "特长", Presence: Hidden, Widget: Paragraph, Max: 300},
		{Key: "marriage", Label: "婚姻状况", Presence: Hidden, Widget: Line, Max: 20},
		{Key: "health", Label: "健康状况", Presence: Hidden, Widget: Line, Max: 50},
		{Key: "religion", Label: "宗教信仰", Presence: Hidden, Widget: Line, Max: 20},
	}...)
}

// rosterFields are the facts of the roster (录取信息), which nobody fills in.
func rosterFields(a Applicant) []Field {
	r := a.Registration
	birth := r.BirthDate
	if birth == "" {
		birth = a.Student.IDNumber.BirthDate()
	}
	facts := []struct{ key, label, value string }{
		{"name", "姓名", r.Name}, {"sex", "性别", r.Sex}, {"ethnic", "民族", r.Ethnic},
		{"id_type", "证件类型", a.Student.IDType.Name()}, {"id_number", "证件号码", a.Student.IDNumber.String()},
		{"point", "所属教学点", a.Point.Name}, {"grade", "年级", strconv.Itoa(r.Grade) + "级"},
		{"level", "层次", string(a.Program.Level)}, {"major", "专业", a.Program.Name},
		{"study_form", "学习形式", a.Program.Form}, {"study_years", "学制", a.Program.Years() + " 年"},
		{"exam_no", "考生号", r.ExamNo}, {"birth_date", "出生日期", birth},
	}
	fields := make([]Field, len(facts))
	for i, f := range facts {
		fields[i] = Field{Key: f.key, Label: f.label, Presence: Optional, Widget: Plain, Value: f.value}
	}
	return fields
}

// mainlander says that the student has a household registration (户口): holders
// of permits of Hong Kong, Macao and Taiwan and foreigners have none.
func mainlander(a Applicant) bool {
	return a.Student.IDType == IDCard || a.Student.IDType == "officer" || a.Student.IDType == ""
}
