package enroll

// FieldChoice is one question of the form as the college decides on it: shown, required or not.
type FieldChoice struct {
	// Path is its key in Settings.Fields: basic.email, family.rows.title.
	Path    string
	Label   string
	Section SectionKey
	// Usual is its presence where the intake is silent.
	Usual Presence
	// Levels are the levels that are asked it; empty for all.
	Levels []Level
	// Depth is 1 for a question of a row.
	Depth int
}

// Levels lists the levels in the order of the demo's codes.
var Levels = []Level{HighToBachelor, HighToCollege, CollegeToBachelor}

// FieldChoices lists all questions that a college may change; the roster's facts are none.
func FieldChoices() []FieldChoice {
	var list []FieldChoice
	var walk func(SectionKey, string, int, []Field)
	walk = func(section SectionKey, path string, depth int, fields []Field) {
		for _, f := range fields {
			if f.Widget == Plain {
				continue
			}
			here := path + "." + f.Key
			list = append(list, FieldChoice{here, f.Label, section, f.Presence, f.levels(), depth})
			walk(section, here, depth+1, f.Rows)
		}
	}
	walk(SectionBasic, string(SectionBasic), 0, basicFields(Applicant{}))
	walk(SectionFamily, string(SectionFamily), 0, familyFields())
	walk(SectionEducation, string(SectionEducation), 0, educationFields(Applicant{}))
	return list
}

// levels are those that are asked the field, or none where all are.
func (f Field) levels() []Level {
	if f.asked == nil {
		return nil
	}
	var asked []Level
	for _, level := range Levels {
		if f.asked(Applicant{Program: Program{Level: level}}) {
			asked = append(asked, level)
		}
	}
	if len(asked) == len(Levels) {
		return nil
	}
	return asked
}
