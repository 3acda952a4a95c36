package enroll

import (
	"regexp"
	"slices"
	"strings"
)

// RosterColumn is one column of the roster (录取名单): the template's heading, and the other words for it that
// provinces and systems use, the most exact first.
type RosterColumn struct {
	Key      string
	Heading  string
	Required bool
	Aliases  []string
	// Or names a column that serves as well, so that a code may stand for a name.
	Or string
}

// RosterColumns lists the columns in the template's order (fields.md).
var RosterColumns = []RosterColumn{
	{"exam_no", "考生号", true, words("KSH 考生编号 准考证号 报名号"), ""},
	{"name", "姓名", true, words("XM 考生姓名 学生姓名"), ""},
	{"sex", "性别", false, words("XB 性别名称"), ""},
	{"ethnic", "民族", false, words("MZ 民族名称"), ""},
	{"politics", "政治面貌", false, words("ZZMM 政治面貌名称"), ""},
	{"birth_date", "出生日期", false, words("CSRQ 出生年月日"), ""},
	{"id_type", "证件类型", false, words("ZJLX 证件类别 身份证件类型"), ""},
	{"id_number", "证件号码", true, words("证件号 身份证号 身份证号码 身份证件号 公民身份号码 身份证 SFZH ZJHM"), ""},
	{"grade", "年级", true, words("NJ 入学年级 所在年级"), ""},
	{"level", "层次", true, words("CC PYCC 录取层次 培养层次 学习层次"), ""},
	{"program_code", "专业代码", false, words("ZYDM 录取专业代码 专业代号"), ""},
	{"program", "专业", true, words("ZYMC 专业名称 录取专业 录取专业名称"), "program_code"},
	{"form", "学习形式", true, words("XXXS 修业形式"), ""},
	{"years", "学制", false, words("XZ 修业年限"), ""},
	{"point_code", "教学点代码", false, words("校外教学点代码 函授站代码 学习中心代码 站点代码"), ""},
	{"point", "教学点", true, words("教学点名称 所属教学点 校外教学点 校外教学点名称 函授站 函授站点 学习中心 站点"), "point_code"},
	{"phone", "联系电话", false, words("手机号码 手机号 手机 移动电话 LXDH 电话"), ""},
	{"postcode", "邮编", false, words("邮政编码 YZBM"), ""},
	{"number", "学号", false, words("XH 预分配学号"), ""},
}

func words(s string) []string { return strings.Fields(s) }

// RosterHeading is the template's heading of a column.
func RosterHeading(key string) string {
	for _, c := range RosterColumns {
		if c.Key == key {
			return c.Heading
		}
	}
	return key
}

var headingRemark = regexp.MustCompile(`[(（【\[].*$`)

func headingWord(cell string) string {
	s := headingRemark.ReplaceAllString(strip(HalfWidth(cell)), "")
	return strings.ToUpper(strings.Trim(s, "*:"))
}

// RosterHeader says at which place of a line each column stands.
type RosterHeader struct {
	places map[string]int
	// Ignored lists the headings that are none of ours.
	Ignored []string
}

// MatchHeadings reads a line as headings in any order; of two that mean the
// same column the more exact one counts, and repeated or unknown ones are ignored.
func MatchHeadings(line []string) RosterHeader {
	h := RosterHeader{places: map[string]int{}}
	found := make([]string, len(line))
	for i, cell := range line {
		found[i] = headingWord(cell)
	}
	for _, c := range RosterColumns {
		for _, word := range append([]string{c.Heading}, c.Aliases...) {
			if i := slices.Index(found, word); i >= 0 {
				h.places[c.Key] = i
				found[i] = ""
				break
			}
		}
	}
	for i, word := range found {
		if word != "" {
			h.Ignored = append(h.Ignored, strings.TrimSpace(line[i]))
		}
	}
	return h
}

// Found says that the line looks like headings at all: a name and a document number are among them.
func (h RosterHeader) Found() bool {
	_, name := h.places["name"]
	_, number := h.places["id_number"]
	return name && number
}

// Missing lists the template's headings that are required and not there.
func (h RosterHeader) Missing() []string {
	var missing []string
	for _, c := range RosterColumns {
		_, here := h.places[c.Key]
		_, instead := h.places[c.Or]
		if c.Required && !here && !instead {
			missing = append(missing, c.Heading)
		}
	}
	return missing
}

// Cells takes a line apart by column; outer spaces and invisible characters do not count.
func (h RosterHeader) Cells(line []string) RosterCells {
	cells := RosterCells{}
	for key, i := range h.places {
		if i < len(line) {
			if text := cellText(line[i]); text != "" {
				cells[key] = text
			}
		}
	}
	return cells
}

// RosterCells is one line of a roster by column key; an empty cell has no key.
type RosterCells map[string]string

// RosterEntry is one line of a roster, read and checked (名单条目).
type RosterEntry struct {
	ExamNo    string
	Name      string
	Sex       string
	Ethnic    string
	Politics  string
	BirthDate string
	IDType    IDType
	IDNumber  IDNumber
	Program   string
	Point     string
	Phone     Phone
	Postcode  string
	// Number is a student number given beforehand (预分配学号).
	Number string
}

// RosterLine is one line of a staged import: what was read, what is wrong or
// worth a look, and what would change.
type RosterLine struct {
	No           int
	Verdict      RosterVerdict
	Registration string
	Cells        RosterCells
	Entry        RosterEntry
	// Refusals keep the line out; Flags do not.
	Refusals []RosterNote
	Flags    []RosterNote
	Changes  []RosterChange
	// Former is what stood before the import changed it, and NewStudent and
	// NewNumber say what came with the line, so that it can be taken back.
	Former     *RosterFormer `json:",omitempty"`
	NewStudent bool          `json:",omitempty"`
	NewNumber  bool          `json:",omitempty"`
}

// RosterNote says in words what is wrong, or worth a look, in one column of a line.
type RosterNote struct {
	Column string
	Reason Reason
	Text   string
}

// String is the note as people read it: 证件号码：身份证号校验不通过…
func (n RosterNote) String() string { return RosterHeading(n.Column) + "：" + n.Text }

// RosterChange is one cell that an import would change, as people read it.
type RosterChange struct {
	Column string `json:"column"`
	From   string `json:"from"`
	To     string `json:"to"`
}
