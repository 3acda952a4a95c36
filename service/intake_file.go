package service

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"xinsheng/enroll"
)

// IntakeFile is one intake as the college writes it down (批次文件): a YAML file, and tables beside it where that is easier.
type IntakeFile struct {
	Grade int    `yaml:"grade"`
	Name  string `yaml:"name"`
	// Opens and Closes are days, or moments to the minute; the last day counts to 24:00.
	Opens    string           `yaml:"opens"`
	Closes   string           `yaml:"closes"`
	Settings enroll.Settings  `yaml:"settings"`
	Points   []FilePoint      `yaml:"points"`
	Programs []FileProgram    `yaml:"programs"`
	Tuition  []FileTuition    `yaml:"tuition"`
	Texts    []FileText       `yaml:"texts"`
	window   enroll.Intake    // read from the lines above
	programs []enroll.Program // likewise, without ids
	prices   [][]int64        // of Tuition, in fen
}

// FilePoint is a teaching point in the file.
type FilePoint struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"`
}

// FileProgram is a program in the file; No is its number within the intake, Years as 5 or 2.5.
type FileProgram struct {
	No    string `yaml:"no"`
	Code  string `yaml:"code"`
	Name  string `yaml:"name"`
	Level string `yaml:"level"`
	Form  string `yaml:"form"`
	Years string `yaml:"years"`
}

// FileTuition is an approved price: program by number, optionally one point, yuan for each school year.
type FileTuition struct {
	Program  string   `yaml:"program"`
	Point    string   `yaml:"point"`
	Yuan     []string `yaml:"yuan"`
	Approval string   `yaml:"approval"`
}

// FileText is a text that people read or sign.
type FileText struct {
	Kind  enroll.TextKind `yaml:"kind"`
	Title string          `yaml:"title"`
	Body  string          `yaml:"body"`
}

// ReadIntakeFile reads a YAML file; a word that it does not know is a mistake.
func ReadIntakeFile(body []byte) (*IntakeFile, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(body))
	decoder.KnownFields(true)
	f := &IntakeFile{}
	if err := decoder.Decode(f); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, enroll.Fail("intake_invalid", "文件是空的。")
		}
		return nil, enroll.Fail("intake_invalid", err.Error()).Because(err)
	}
	return f, nil
}

// Check reads what the file says and lists every mistake at once (intake_invalid).
func (f *IntakeFile) Check() error {
	c := &mistakes{}
	c.add(f.Grade < 2000 || f.Grade > 2100, "年级应为四位年份")
	c.add(strings.TrimSpace(f.Name) == "", "批次名称为空，例如 2026级")
	f.checkWindow(c)
	f.checkSettings(c)
	f.checkPoints(c)
	f.checkPrograms(c)
	f.checkTuition(c)
	f.checkTexts(c)
	if len(c.list) == 0 {
		return nil
	}
	return enroll.Fail("intake_invalid", "\n  - "+strings.Join(c.list, "\n  - ")).With("mistakes", c.list)
}

// mistakes gathers what is wrong, in words.
type mistakes struct{ list []string }

func (m *mistakes) add(wrong bool, format string, args ...any) {
	if wrong {
		m.list = append(m.list, fmt.Sprintf(format, args...))
	}
}

// checkASCII refuses what a column for codes does not hold.
func (m *mistakes) checkASCII(where, what, text string, most int) {
	plain := !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
	m.add(!plain || len(text) > most, "%s：%s只能用字母、数字和半角符号，最多 %d 个字符", where, what, most)
}

// checkNumber refuses what a code that stands in an address must not hold.
func (m *mistakes) checkNumber(where, what, text string, most int) {
	m.checkASCII(where, what, text, most)
	m.add(strings.Contains(text, "/") || text == "." || text == "..", "%s：%s不能含有斜杠，也不能只是点号", where, what)
}

func (m *mistakes) checkLength(where, what, text string, most int) {
	m.add(utf8.RuneCountInString(text) > most, "%s：%s最多 %d 个字", where, what, most)
}

func (f *IntakeFile) checkWindow(c *mistakes) {
	opens, _, err := readMoment(f.Opens)
	c.add(err != nil, "开始时间应为日期，如 2026-11-16 或 2026-11-16 08:00")
	closes, day, errCloses := readMoment(f.Closes)
	c.add(errCloses != nil, "结束时间应为日期，如 2027-02-28（当天 24:00 截止）")
	if day {
		closes = closes.AddDate(0, 0, 1)
	}
	c.add(err == nil && errCloses == nil && !opens.Before(closes), "结束时间应晚于开始时间")
	f.window = enroll.Intake{Grade: f.Grade, Name: strings.TrimSpace(f.Name), OpensAt: opens, ClosesAt: closes, Settings: f.Settings}
}

// readMoment reads a day or a minute in Shanghai, and says which it was.
func readMoment(s string) (at time.Time, day bool, err error) {
	if at, err = time.ParseInLocation("2006-01-02", s, enroll.Shanghai); err == nil {
		return at, true, nil
	}
	at, err = time.ParseInLocation("2006-01-02 15:04", s, enroll.Shanghai)
	return at, false, err
}

func (f *IntakeFile) checkSettings(c *mistakes) {
	for _, wrong := range f.Settings.Mistakes() {
		c.add(true, "%s（settings.%s）：%s", enroll.SettingName(wrong.Key), wrong.Key, wrong.Text)
	}
}

func sentence(err error) string {
	var e *enroll.Error
	if errors.As(err, &e) {
		return e.Message()
	}
	return ""
}

func (f *IntakeFile) checkPoints(c *mistakes) {
	seen := map[string]bool{}
	for i, p := range f.Points {
		where := fmt.Sprintf("教学点第 %d 个（%s %s）", i+1, p.Code, p.Name)
		c.add(p.Code == "" || p.Name == "", "%s：代码和名称都要填写", where)
		c.checkNumber(where, "代码", p.Code, 20)
		c.checkLength(where, "名称", p.Name, 60)
		c.add(seen[p.Code], "教学点：代码 %s 重复", p.Code)
		seen[p.Code] = true
	}
}

func (f *IntakeFile) checkPrograms(c *mistakes) {
	seen := map[string]bool{}
	f.programs = nil
	for i, p := range f.Programs {
		where := fmt.Sprintf("专业第 %d 个（%s %s）", i+1, p.No, p.Name)
		c.add(p.No == "" || p.Name == "", "%s：编号和名称都要填写", where)
		c.checkNumber(where, "编号", p.No, 10)
		c.checkASCII(where, "专业代码", p.Code, 20)
		c.checkLength(where, "名称", p.Name, 60)
		c.add(seen[p.No], "专业：编号 %s 重复", p.No)
		seen[p.No] = true
		level, ok := enroll.ParseLevel(p.Level)
		c.add(!ok, "%s：没有这个层次：%s", where, p.Level)
		c.add(!slices.Contains(enroll.StudyForms, p.Form), "%s：没有这种学习形式：%s", where, p.Form)
		half, err := enroll.ParseYears(p.Years)
		c.add(err != nil, "%s：%s", where, sentence(err))
		f.programs = append(f.programs, enroll.Program{No: p.No, Code: p.Code, Name: p.Name, Level: level, Form: p.Form, HalfYears: half})
	}
}

func (f *IntakeFile) checkTuition(c *mistakes) {
	seen := map[string]bool{}
	f.prices = nil
	for i, t := range f.Tuition {
		where := fmt.Sprintf("收费标准第 %d 条（%s %s）", i+1, t.Program, t.Point)
		at := slices.IndexFunc(f.programs, func(p enroll.Program) bool { return p.No == t.Program })
		c.add(at < 0, "%s：没有这个专业编号", where)
		c.add(t.Point != "" && !slices.ContainsFunc(f.Points, func(p FilePoint) bool { return p.Code == t.Point }), "%s：没有这个教学点代码", where)
		c.add(seen[t.Program+"|"+t.Point], "%s：重复", where)
		seen[t.Program+"|"+t.Point] = true
		c.add(len(t.Yuan) == 0, "%s：没有金额", where)
		c.checkLength(where, "批准文号", t.Approval, 100)
		c.add(at >= 0 && len(t.Yuan) > 1 && len(t.Yuan) != (f.programs[at].HalfYears+1)/2, "%s：应有 %d 个学年的金额", where, schoolYears(f.programs, at))
		var fens []int64
		for _, yuan := range t.Yuan {
			fen, err := enroll.ParseYuan(yuan)
			c.add(err != nil, "%s：%s", where, sentence(err))
			fens = append(fens, fen)
		}
		f.prices = append(f.prices, fens)
	}
}

func schoolYears(programs []enroll.Program, at int) int {
	if at < 0 {
		return 0
	}
	return (programs[at].HalfYears + 1) / 2
}

func (f *IntakeFile) checkTexts(c *mistakes) {
	seen := map[enroll.TextKind]bool{}
	for _, t := range f.Texts {
		c.add(!slices.Contains(enroll.TextKinds, t.Kind), "texts：不认识 kind: %s", t.Kind)
		c.add(seen[t.Kind], "texts：%s 重复", t.Kind)
		seen[t.Kind] = true
		c.add(strings.TrimSpace(t.Title) == "" || strings.TrimSpace(t.Body) == "", "texts：%s 的标题和正文都要填写", t.Kind)
	}
}
