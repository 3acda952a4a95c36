package enroll

// Family has at most eight rows, or the tick 确无家庭成员.
const familyRows = 8

// familyFields are the questions of 家庭成员 (fields.md).
func familyFields() []Field {
	return []Field{
		{Key: "none", Label: "确无家庭成员", Presence: Optional, Widget: Tick},
		{Key: "rows", Label: "家庭成员", Presence: Required, Widget: RowList, Min: 1, Max: familyRows, Hint: "仅用于学籍登记和紧急联系。",
			When: &When{Field: "none", Values: []string{""}}, Rows: []Field{
				{Key: "name", Label: "姓名", Presence: Required, Widget: Line, Max: 50, clean: CleanName, rule: nameRule},
				{Key: "relation", Label: "与本人关系", Presence: Required, Widget: Picker, Options: "relation"},
				{Key: "work", Label: "工作单位", Presence: Required, Widget: Line, Min: 2, Max: 60, None: "无"},
				{Key: "title", Label: "职务", Presence: Optional, Widget: Line, Max: 30, None: "无"},
				{Key: "phone", Label: "联系方式", Presence: Required, Widget: Tel, Max: 20, None: "无", clean: cleanTel, rule: telRule},
			}},
	}
}
