package enroll

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParseIDNumber(f *testing.F) {
	for _, s := range []string{"320102200703169961", "65010220020518994x", "３２０", "", "1.10101E+17", "P00000001", "\xff\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, d := range DocumentTypes {
			n, err := ParseIDNumber(d.Type, typed)
			if err != nil {
				continue
			}
			if again, err := ParseIDNumber(d.Type, n.Raw()); err != nil || again != n {
				t.Fatalf("%s %q is read as %q, and that as %q (%v)", d.Type, typed, n.Raw(), again.Raw(), err)
			}
			if d.Checked && (len(n) != 18 || CheckDigit(string(n[:17])) != n[17] || n.BirthDate() == "") {
				t.Fatalf("%q was taken", typed)
			}
			if n.String() == n.Raw() {
				t.Fatalf("%q prints whole", typed)
			}
		}
	})
}

func FuzzParseName(f *testing.F) {
	for _, s := range []string{"张示例", "阿依努尔•示例", "SAMPLE  ALEX", "李 演示", "<b>", "\u202e", "王䶮\u0000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		name, err := ParseName(typed)
		if err != nil {
			return
		}
		if again, err := ParseName(name); err != nil || again != name {
			t.Fatalf("%q is read as %q, and that as %q (%v)", typed, name, again, err)
		}
		if strings.ContainsAny(name, "<>&\"\n\r\t,;") || !utf8.ValidString(name) || name == "" {
			t.Fatalf("%q was taken as %q", typed, name)
		}
		if !SameName(typed, name) {
			t.Fatalf("%q is not the same name as %q", typed, name)
		}
	})
}

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"13900000001", "+86 139-0000-0001", "+85366000018", "00", "8", "１３９"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		p, err := ParsePhone(typed)
		if err != nil {
			return
		}
		if again, err := ParsePhone(p.Raw()); err != nil || again != p {
			t.Fatalf("%q is read as %q, and that as %q (%v)", typed, p.Raw(), again.Raw(), err)
		}
		if strings.Trim(p.International(), "+0123456789") != "" || p.String() == p.Raw() {
			t.Fatalf("%q was taken as %q", typed, p.Raw())
		}
	})
}

func FuzzParseNumberRule(f *testing.F) {
	for _, s := range []string{"{yy}{level}{point:2}{major:2}{seq:4}", "{seq:9}", "{seq:99999999999999999999}", "{", "{yy}{yy:0}{seq:1}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := ParseNumberRule(text)
		if err != nil {
			return
		}
		scope, err := rule.Scope(NumberFacts{Grade: 2026, Level: "1", Point: "01", Program: "02"})
		if err != nil {
			return
		}
		first, err := rule.Number(scope, 1)
		second, err2 := rule.Number(scope, 2)
		if err != nil || err2 != nil || first == second || len(first) != len(second) || !numberWord.MatchString(first) {
			t.Fatalf("%q gives %q and %q (%v, %v)", text, first, second, err, err2)
		}
	})
}

func FuzzRosterRow(f *testing.F) {
	f.Add("26320100000102", "李演示", "320106199808229983", "2026级", "专升本", "会计学", "两年半", "校本部教学点", "36029")
	f.Add("2.6E+13", "李 演示", "1.10101E+17", "2026.0", "本科", "", "9", "99", "八月")
	f.Fuzz(func(t *testing.T, examNo, name, number, grade, level, program, years, point, birth string) {
		header := MatchHeadings([]string{"考生号", "姓名", "证件号码", "年级", "层次", "专业", "学制", "教学点", "出生日期", "学习形式"})
		cells := header.Cells([]string{examNo, name, number, grade, level, program, years, point, birth, "非脱产"})
		e, refused, _ := place().ReadEntry(cells)
		if len(refused) > 0 {
			for _, n := range refused {
				if n.Text == "" || n.Reason == "" {
					t.Fatalf("a refusal without words: %+v", n)
				}
			}
			return
		}
		if e.Name == "" || e.IDNumber == "" || e.ExamNo == "" || e.Program == "" || e.Point == "" {
			t.Fatalf("taken with holes: %+v", e)
		}
		if birth != "" && e.BirthDate != "" && len(e.BirthDate) != 10 {
			t.Fatalf("birth date %q", e.BirthDate)
		}
	})
}
