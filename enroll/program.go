package enroll

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Level is the level of study (层次).
type Level string

// The levels of continuing education.
const (
	HighToBachelor    Level = "高起本"
	HighToCollege     Level = "高起专"
	CollegeToBachelor Level = "专升本"
)

// ParseLevel reads a level as rosters write it; 专科 and 本科 are the short forms of the two first.
func ParseLevel(s string) (Level, bool) {
	switch CleanName(s) {
	case "高起本", "本科", "高中起点本科":
		return HighToBachelor, true
	case "高起专", "专科", "高中起点专科":
		return HighToCollege, true
	case "专升本", "专科起点本科", "专起本":
		return CollegeToBachelor, true
	}
	return "", false
}

// NeedsProof says that the level asks for a proof of previous education and the commitment letter (manual 一.2, 二.1).
func (l Level) NeedsProof() bool { return l == CollegeToBachelor }

// StudyForms are the forms of study (学习形式): 非脱产 since 2025, the others for old grades (教职成〔2022〕2号).
var StudyForms = []string{"非脱产", "函授", "业余", "网络", "脱产"}

// Point is a teaching point (校外教学点).
type Point struct {
	ID     string
	Intake string
	Code   string
	Name   string
	// RetiredFrom is the day from which no new student is placed here (停用); zero while it is in use.
	RetiredFrom time.Time
}

// Retired says that a point takes no new students at a moment.
func (p Point) Retired(at time.Time) bool { return retired(p.RetiredFrom, at) }

// Words tells a point in one line, for its history.
func (p Point) Words() string { return p.Name + retiredWords(p.RetiredFrom) }

func retired(from, at time.Time) bool { return !from.IsZero() && !at.Before(from) }

func retiredWords(from time.Time) string {
	if from.IsZero() {
		return ""
	}
	return "；自 " + Day(from) + " 起停用"
}

// Program is what one studies (专业) at one level in one form; HalfYears is the length (学制).
type Program struct {
	ID        string
	Intake    string
	Code      string
	No        string
	Name      string
	Level     Level
	Form      string
	HalfYears int
	// RetiredFrom is the day from which no new student is placed in it (停用); zero while it is in use.
	RetiredFrom time.Time
}

// Retired says that a program takes no new students at a moment.
func (p Program) Retired(at time.Time) bool { return retired(p.RetiredFrom, at) }

// Years is the length as people write it: 5 or 2.5.
func (p Program) Years() string { return Years(p.HalfYears) }

// Words tells a program in one line, for its history.
func (p Program) Words() string {
	return strings.TrimSpace(strings.Join([]string{p.Code, p.Name, string(p.Level), p.Form, p.Years() + " 年"}, " ")) + retiredWords(p.RetiredFrom)
}

// Years writes half-years as years: 10 → 5, 5 → 2.5.
func Years(halfYears int) string {
	if halfYears%2 == 0 {
		return strconv.Itoa(halfYears / 2)
	}
	return strconv.Itoa(halfYears/2) + ".5"
}

var chineseYears = strings.NewReplacer("年制", "", "年", "", "个", "", "一", "1", "二", "2", "两", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "半", ".5")

// ParseYears reads 5, 2.5, 5年 or 两年半 as half-years; only 1 to 8 years in steps of half a year are taken.
func ParseYears(s string) (int, error) {
	text := chineseYears.Replace(strip(HalfWidth(s)))
	years, err := strconv.ParseFloat(text, 64)
	half := int(years * 2)
	if err != nil || float64(half) != years*2 || half < 2 || half > 16 {
		return 0, Fail("roster_years", s)
	}
	return half, nil
}

// Tuition is one approved price (学费标准): program, optionally one point only, fen for each school year.
type Tuition struct {
	ID       string
	Intake   string
	Program  string
	Point    string
	Fens     []int64
	Approval string
	// ValidFrom and ValidUntil bound the approval (批准文号有效期); zero where it has no bound.
	ValidFrom  time.Time
	ValidUntil time.Time
}

// Words tells a price in one line: amounts, approval and validity, for its history.
func (t Tuition) Words() string {
	amounts := make([]string, len(t.Fens))
	for i, fen := range t.Fens {
		amounts[i] = Yuan(fen)
	}
	words := strings.Join(amounts, " / ") + " 元；" + t.Approval
	if !t.ValidFrom.IsZero() {
		words += "；自 " + Day(t.ValidFrom)
	}
	if !t.ValidUntil.IsZero() {
		words += "；至 " + Day(t.ValidUntil.Add(-time.Second))
	}
	return words
}

// Holds says that the approval of a price is in force at a moment.
func (t Tuition) Holds(at time.Time) bool {
	return !at.Before(t.ValidFrom) && (t.ValidUntil.IsZero() || at.Before(t.ValidUntil))
}

// TuitionFor finds the price of a program at a point: the point's own row, else the general one.
func TuitionFor(rows []Tuition, program, point string) (Tuition, bool) {
	var found Tuition
	ok := false
	for _, t := range rows {
		if t.Program != program {
			continue
		}
		if t.Point == point {
			return t, true
		}
		if t.Point == "" {
			found, ok = t, true
		}
	}
	return found, ok
}

// BillItem is one line of a bill; money is fen.
type BillItem struct {
	Name       string `json:"name"`
	SchoolYear string `json:"school_year"`
	AmountFen  int64  `json:"amount_fen"`
}

// Bill is what one registration owes for the first school year only (no collecting across years).
type Bill struct {
	ID           string
	Registration string
	Version      int
	TotalFen     int64
	PaidFen      int64
	WaivedFen    int64
	Items        []BillItem
}

// Covered says that nothing is owed: paid, waived or 0.
func (b Bill) Covered() bool { return b.PaidFen+b.WaivedFen >= b.TotalFen }

// DueFen is what is still owed.
func (b Bill) DueFen() int64 { return max(0, b.TotalFen-b.PaidFen-b.WaivedFen) }

// FirstYear makes the items of the first school year from a price.
func FirstYear(t Tuition, schoolYear string) ([]BillItem, bool) {
	if len(t.Fens) == 0 {
		return nil, false
	}
	return []BillItem{{Name: "学费", SchoolYear: schoolYear, AmountFen: t.Fens[0]}}, true
}

// Yuan writes fen as yuan: 240000 → 2,400.00.
func Yuan(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	whole := strconv.FormatInt(fen/100, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return fmt.Sprintf("%s%s.%02d", sign, whole, fen%100)
}

var yuan = regexp.MustCompile(`^([0-9]{1,7})(?:\.([0-9]{1,2}))?$`)

// ParseYuan reads an amount in yuan as fen, exactly: 2400, 2,400.00 or ¥2400.5; anything finer than a fen is refused.
func ParseYuan(s string) (int64, error) {
	m := yuan.FindStringSubmatch(strings.NewReplacer(",", "", "¥", "", "元", "").Replace(strip(HalfWidth(s))))
	if m == nil {
		return 0, Fail("money", s)
	}
	whole, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return 0, Fail("money", s)
	}
	cents, err := strconv.ParseInt((m[2] + "00")[:2], 10, 64)
	return whole*100 + cents, err
}
