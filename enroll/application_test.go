package enroll

import (
	"testing"
	"time"
)

func TestTypedSentence(t *testing.T) {
	for typed, want := range map[string]bool{
		"本人自愿放弃入学资格，愿承担由此带来的后果。":  true,
		" 本人自愿放弃入学资格,愿承担由此带来的后果 ": true,
		"本人自愿放弃\n入学资格愿承担由此带来的后果．": true,
		"本人自愿放弃入学资格，愿承担由此带来的结果。":  false,
		"本人不自愿放弃入学资格，愿承担由此带来的后果。": false,
		"本人自愿放弃入学资格。":             false,
		"":                        false,
		"本人自愿放弃入学资格，愿承担由此带来的后果。以上不是我的意思。": false,
	} {
		same, marks := CompareSentence(typed, GiveUpSentence)
		if same != want {
			t.Errorf("%q: %v", typed, same)
		}
		differs := false
		for _, m := range marks {
			differs = differs || m.State != MarkSame
		}
		if differs == want {
			t.Errorf("%q: marks %+v", typed, marks)
		}
	}
	_, marks := CompareSentence("本人自愿放弃入学资格，愿承担由此带来的结果", GiveUpSentence)
	want := []Mark{{"本人自愿放弃入学资格愿承担由此带来的", MarkSame}, {"结", MarkExtra}, {"后", MarkMissing}, {"果", MarkSame}}
	if len(marks) != len(want) {
		t.Fatalf("%+v", marks)
	}
	for i := range want {
		if marks[i] != want[i] {
			t.Errorf("mark %d: %+v", i, marks[i])
		}
	}
}

func TestReservedUntil(t *testing.T) {
	intake := Intake{ClosesAt: time.Date(2027, 2, 22, 0, 0, 0, 0, Shanghai)}
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, Shanghai)
	for _, c := range []struct {
		code, discharge, want string
		reason                Reason
	}{
		{"illness", "", "2028-02-21 24:00", ""},
		{"military", "2028-09-01", "2030-09-01 24:00", ""},
		{"military", "2028-02-29", "2030-02-28 24:00", ""},
		{"military", "", "", "discharge_date"},
		{"military", "2026-11-22", "", "discharge_date"},
		{"military", "2040-01-01", "", "discharge_date"},
	} {
		rule, err := FindReserveRule(Settings{}, c.code)
		if err != nil {
			t.Fatal(err)
		}
		discharge, _ := time.ParseInLocation("2006-01-02", c.discharge, Shanghai)
		until, err := rule.Until(intake, discharge, now)
		if ReasonOf(err) != c.reason {
			t.Errorf("%s %s: %v", c.code, c.discharge, err)
		}
		if err == nil && EndMinute(until) != c.want {
			t.Errorf("%s %s: %s", c.code, c.discharge, EndMinute(until))
		}
	}
	if _, err := FindReserveRule(Settings{Reserve: []ReserveRule{{Code: "study"}}}, "illness"); ReasonOf(err) != "application_reason" {
		t.Errorf("a reason that the intake does not offer: %v", err)
	}
}

func TestReserveRulesAreChecked(t *testing.T) {
	if wrong := CheckReserveRules(ReserveRules(Settings{})); len(wrong) != 0 {
		t.Errorf("the usual rules: %v", wrong)
	}
	bad := []ReserveRule{{Code: "a", Text: "甲", Months: 0}, {Code: "a", Text: "乙", Months: 12}, {Months: 1}, {Code: "b", Text: "丙", Months: 1, ProofRequired: true}}
	if wrong := CheckReserveRules(bad); len(wrong) != 4 {
		t.Errorf("%v", wrong)
	}
}
