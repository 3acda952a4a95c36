package enroll

import (
	"slices"
	"strconv"
	"strings"
)

// ExportKind is what leaves the house in a file (导出).
type ExportKind string

// The kinds of exports.
const (
	ExportRegister ExportKind = "register" // for the upload to 学信网 or another register
	ExportList     ExportKind = "list"
	ExportPhotos   ExportKind = "photos"
)

// ExportKinds lists every kind with its Chinese name and who may take it.
var ExportKinds = []struct {
	Kind  ExportKind
	Name  string
	Roles []Role
}{
	{ExportRegister, "学籍注册数据", []Role{RoleRegistrar}},
	{ExportList, "名单", []Role{RoleRegistrar, RoleFinance}},
	{ExportPhotos, "照片包", []Role{RoleRegistrar}},
}

// Name is the Chinese word of a kind.
func (k ExportKind) Name() string {
	for _, row := range ExportKinds {
		if row.Kind == k {
			return row.Name
		}
	}
	return string(k)
}

// Allows says whether a role may take this kind.
func (k ExportKind) Allows(role Role) bool {
	for _, row := range ExportKinds {
		if row.Kind == k {
			return slices.Contains(row.Roles, role)
		}
	}
	return false
}

// ExportRow is one registration with all that a file may tell of it.
type ExportRow struct {
	Registration Registration
	Student      Student
	Number       string
	Intake       Intake
	Program      Program
	Point        Point
	// Answers are the form's, by section and field: basic.native_place.
	Answers map[string]string
	Bill    Bill
}

// ExportColumn is a column that can be chosen: its own heading, the register's
// heading and width in bytes of GB18030 where the register has it (河北师大 register
// file, domain §3), and how it is masked, nil for never.
type ExportColumn struct {
	Key      string
	Heading  string
	Register string
	Width    int
	value    func(ExportRow) string
	mask     func(string) string
}

// ExportChoice is a column as somebody chose it: its heading, and the width that the other side takes, 0 for any.
type ExportChoice struct {
	Key     string `json:"key"`
	Heading string `json:"heading"`
	Width   int    `json:"width"`
}

// ExportColumns lists every column; those with a register's heading are its file, in its order.
var ExportColumns = []ExportColumn{
	{"number", "学号", "XH", 12, func(r ExportRow) string { return r.Number }, nil},
	{"exam_no", "考生号", "KSH", 16, func(r ExportRow) string { return r.Registration.ExamNo }, nil},
	{"name", "姓名", "XM", 8, func(r ExportRow) string { return r.Registration.Name }, nil},
	{"sex", "性别", "XB", 2, func(r ExportRow) string { return r.Registration.Sex }, nil},
	{"birth_day", "出生日期（8 位）", "CSRQ", 8, func(r ExportRow) string { return strings.ReplaceAll(r.Registration.BirthDate, "-", "") }, maskTail},
	{"id_number", "证件号码", "SFZH", 18, func(r ExportRow) string { return r.Student.IDNumber.Raw() }, func(s string) string { return IDNumber(s).String() }},
	{"politics", "政治面貌", "ZZMM", 20, func(r ExportRow) string { return r.Registration.Politics }, nil},
	{"ethnic", "民族", "MZ", 20, func(r ExportRow) string { return r.Registration.Ethnic }, nil},
	{"native_place", "籍贯", "JG", 40, answer("basic.native_place"), nil},
	{"program_code", "专业代码", "ZYDM", 10, func(r ExportRow) string { return r.Program.Code }, nil},
	{"program", "专业", "ZYMC", 30, func(r ExportRow) string { return r.Program.Name }, nil},
	{"level", "层次", "CC", 10, func(r ExportRow) string { return string(r.Program.Level) }, nil},
	{"form", "学习形式", "XXXS", 10, func(r ExportRow) string { return r.Program.Form }, nil},
	{"years", "学制", "XZ", 4, func(r ExportRow) string { return r.Program.Years() }, nil},
	{"grade", "年级", "NJ", 4, func(r ExportRow) string { return strconv.Itoa(r.Registration.Grade) }, nil},
	{"point_code", "教学点代码", "", 0, func(r ExportRow) string { return r.Point.Code }, nil},
	{"point", "教学点", "", 0, func(r ExportRow) string { return r.Point.Name }, nil},
	{"status", "状态", "", 0, func(r ExportRow) string { return r.Registration.Status.Name() }, nil},
	{"id_type", "证件类型", "", 0, func(r ExportRow) string { return r.Student.IDType.Name() }, nil},
	{"birth_date", "出生日期", "", 0, func(r ExportRow) string { return r.Registration.BirthDate }, maskTail},
	{"phone", "绑定手机", "", 0, func(r ExportRow) string { return r.Student.Phone.Raw() }, func(s string) string { return Phone(s).String() }},
	{"roster_phone", "名单电话", "", 0, func(r ExportRow) string { return r.Registration.RosterPhone.Raw() }, func(s string) string { return Phone(s).String() }},
	{"email", "电子邮箱", "", 0, answer("basic.email"), maskTail},
	{"address", "通讯地址", "", 0, answer("basic.address"), maskTail},
	{"postcode", "邮编", "", 0, func(r ExportRow) string { return r.Registration.Postcode }, nil},
	{"school", "毕业学校", "", 0, answer("education.school"), nil},
	{"graduation_year", "毕业年份", "", 0, answer("education.graduation_year"), nil},
	{"certificate_no", "毕业证号", "", 0, answer("education.certificate_no"), maskTail},
	{"due", "应缴（元）", "", 0, func(r ExportRow) string { return Yuan(r.Bill.TotalFen - r.Bill.WaivedFen) }, nil},
	{"paid", "已缴（元）", "", 0, func(r ExportRow) string { return Yuan(r.Bill.PaidFen) }, nil},
}

func answer(place string) func(ExportRow) string {
	return func(r ExportRow) string { return r.Answers[place] }
}

// maskTail leaves the first four characters.
func maskTail(s string) string { return mask(s, min(4, len([]rune(s))/2), 0) }

// FindExportColumn finds a column by its key.
func FindExportColumn(key string) (ExportColumn, bool) {
	i := slices.IndexFunc(ExportColumns, func(c ExportColumn) bool { return c.Key == key })
	if i < 0 {
		return ExportColumn{}, false
	}
	return ExportColumns[i], true
}

// Cell is a column's value of one row, masked unless it is asked for whole.
func (c ExportColumn) Cell(r ExportRow, whole bool) string {
	value := c.value(r)
	if whole || c.mask == nil || value == "" {
		return value
	}
	return c.mask(value)
}

// CheckExport refuses a choice without columns, with unknown ones, or with one twice.
func CheckExport(choice []ExportChoice) error {
	seen := map[string]bool{}
	for _, c := range choice {
		_, known := FindExportColumn(c.Key)
		if !known || seen[c.Key] || len([]rune(c.Heading)) > 50 {
			return FailField("columns", "export_columns")
		}
		seen[c.Key] = true
	}
	if len(choice) == 0 {
		return FailField("columns", "export_columns")
	}
	return nil
}

// Bytes is how many bytes a text takes in a register's file (GB18030): one for
// ASCII, two for most Chinese characters, four for those that only Unicode's later planes have.
func Bytes(text string) (n int) {
	for _, letter := range text {
		switch {
		case letter < 0x80:
			n++
		case letter > 0xFFFF, letter >= 0x3400 && letter <= 0x4DBF:
			n += 4
		default:
			n += 2
		}
	}
	return n
}

// CheckWidth warns where a cell does not fit the other side's field.
func (c ExportChoice) CheckWidth(cell string) error {
	if n := Bytes(cell); c.Width > 0 && n > c.Width {
		return Fail("export_wide", c.Heading, n, c.Width)
	}
	return nil
}
