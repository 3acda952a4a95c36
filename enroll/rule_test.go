package enroll

import (
	"strings"
	"testing"
	"time"
)

func TestParseIDNumber(t *testing.T) {
	for _, c := range []struct {
		kind   IDType
		typed  string
		want   string
		reason Reason
	}{
		{IDCard, "320102200703169961", "320102200703169961", ""},
		{IDCard, "65010220020518994x", "65010220020518994X", ""},
		{IDCard, "３２０１０２１９９７０１０１９８５ｘ", "32010219970101985X", ""},
		{IDCard, " 320106 19980822 9983\u200b", "320106199808229983", ""},
		{IDCard, "110123199202218846", "", "id_number_checksum"},
		{IDCard, "320102199702299857", "", "id_number_date"},
		{IDCard, "120101198802299899", "120101198802299899", ""},
		{IDCard, "32010220070316996", "", "id_number_length"},
		{IDCard, "320102200703O69961", "", "id_number_invalid"},
		{IDCard, "", "", "id_number_length"},
		{"hk_macao_residence", "810000199907099953", "810000199907099953", ""},
		{"hk_macao_residence", "820000200303259845", "820000200303259845", ""},
		{"hk_macao_residence", "320102200703169961", "", "id_number_invalid"},
		{"taiwan_residence", "810000199907099953", "", "id_number_invalid"},
		{"passport", "p00000001", "P00000001", ""},
		{"passport", "P-1", "", "id_number_invalid"},
		{"taiwan_permit", "12345678", "12345678", ""},
		{"library_card", "1", "", "id_type_unsupported"},
	} {
		got, err := ParseIDNumber(c.kind, c.typed)
		if ReasonOf(err) != c.reason || err == nil && got.Raw() != c.want {
			t.Errorf("%s %q: %q %v, want %q %s", c.kind, c.typed, got.Raw(), err, c.want, c.reason)
		}
	}
}

func TestWhatANumberCarries(t *testing.T) {
	for number, want := range map[IDNumber][2]string{
		"320102200703169961": {"2007-03-16", "女"}, "810000199907099953": {"1999-07-09", "男"}, "P00000001": {"", ""},
	} {
		if number.BirthDate() != want[0] || number.Sex() != want[1] {
			t.Errorf("%s: %s %s", number, number.BirthDate(), number.Sex())
		}
	}
}

func TestPersonalDataPrintsMasked(t *testing.T) {
	for whole, shown := range map[string]string{
		"320102200703169961": IDNumber("320102200703169961").String(), "13900000001": Phone("13900000001").String(),
		"+85366000018": Phone("+85366000018").String(), "张示例": MaskName("张示例"), "P1": IDNumber("P1").String(),
	} {
		if shown == whole || !strings.Contains(shown, "*") {
			t.Errorf("%s is shown as %s", whole, shown)
		}
	}
}

func TestParseName(t *testing.T) {
	for typed, want := range map[string]string{
		"阿依努尔•示例": "阿依努尔·示例", "阿依努尔．示例": "阿依努尔·示例", "李 演示": "李演示", " 张示例　": "张示例", "赵𠮷": "赵𠮷", "王䶮": "王䶮", "王Yan": "王Yan",
		"SAMPLE  ALEX": "SAMPLE ALEX", "": "", "<script>": "", "张三；李四": "", "13900000001": "",
	} {
		got, err := ParseName(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v, want %q", typed, got, err, want)
		}
	}
	if !SameName("阿依努尔・示例", "阿依努尔·示例") || !SameName("sample alex", "SAMPLE ALEX") || SameName("王䶮", "王Yan") || SameName("张示", "张示例") {
		t.Error("names are compared wrongly")
	}
}

func TestParsePhone(t *testing.T) {
	for typed, want := range map[string]string{
		"13900000001": "13900000001", "+86 139-0000-0001": "13900000001", "008613900000001": "13900000001", "１３９００００００１８": "13900000018",
		"8613900000001": "13900000001", "+853 66000018": "+85366000018", "0085366000018": "+85366000018",
		"66000018": "", "12900000001": "", "139000000011": "", "+1 2025550100": "", "": "",
	} {
		got, err := ParsePhone(typed)
		if got.Raw() != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v, want %q", typed, got.Raw(), err, want)
		}
	}
}

func TestNumberRule(t *testing.T) {
	for text, want := range map[string]string{
		"{yy}{level}{point:2}{major:2}{seq:4}": "26101010001", "{yyyy}CS{seq:5}": "2026CS00001", "{yy}{point:4}{seq:1}": "2600011",
		"{yy}{seq:4}1": "", "{yy}": "", "{seq:4}{seq:4}": "", "{yy}-{seq:4}": "", "{college}{seq:4}": "", "{yy}{seq}": "", "": "",
	} {
		rule, err := ParseNumberRule(text)
		if (err == nil) != (want != "") {
			t.Errorf("%q: %v", text, err)
		}
		if err != nil {
			continue
		}
		scope, err := rule.Scope(NumberFacts{Grade: 2026, Level: "1", Point: "01", Program: "01"})
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if got, err := rule.Number(scope, 1); got != want || err != nil {
			t.Errorf("%q: %q %v, want %q", text, got, err, want)
		}
	}
	rule, _ := ParseNumberRule("{yy}{level}{seq:2}")
	if _, err := rule.Scope(NumberFacts{Grade: 2026}); ReasonOf(err) != "number_rule" {
		t.Errorf("a level without a code: %v", err)
	}
	if _, err := rule.Number("261", 100); ReasonOf(err) != "number_exhausted" {
		t.Errorf("the hundredth of two digits: %v", err)
	}
}

func TestYearsAndMoney(t *testing.T) {
	for typed, want := range map[string]int{
		"5": 10, "2.5": 5, "5年": 10, "两年半": 5, "二年半": 5, "2.5年制": 5, " ３ ": 6, "1": 2, "8": 16,
		"0.5": 0, "8.5": 0, "2.25": 0, "": 0, "五六年": 0, "-3": 0, "年": 0,
	} {
		got, err := ParseYears(typed)
		if got != want || (err == nil) != (want != 0) {
			t.Errorf("%q: %d %v, want %d", typed, got, err, want)
		}
	}
	for typed, want := range map[string]int64{
		"2400": 240000, "2400.5": 240050, "2,400.05": 240005, "¥0.00": 0, "1440.00元": 144000, "2400.005": -1, "-1": -1, "": -1, "1e3": -1,
	} {
		got, err := ParseYuan(typed)
		if (err == nil) != (want >= 0) || err == nil && got != want {
			t.Errorf("%q: %d %v, want %d", typed, got, err, want)
		}
	}
	for fen, want := range map[int64]string{240000: "2,400.00", 5: "0.05", 123456789: "1,234,567.89", -100: "-1.00", 0: "0.00"} {
		if got := Yuan(fen); got != want {
			t.Errorf("%d: %s, want %s", fen, got, want)
		}
	}
}

func TestTuitionOfAPointComesFirst(t *testing.T) {
	rows := []Tuition{{Program: "06", Fens: []int64{220000}}, {Program: "06", Point: "02", Fens: []int64{0}}, {Program: "05", Point: "01", Fens: []int64{1}}}
	for _, c := range []struct {
		program, point string
		want           int64
		ok             bool
	}{{"06", "02", 0, true}, {"06", "01", 220000, true}, {"05", "02", 0, false}} {
		got, ok := TuitionFor(rows, c.program, c.point)
		if ok != c.ok || ok && got.Fens[0] != c.want {
			t.Errorf("%s at %s: %v %v", c.program, c.point, got, ok)
		}
	}
}

func TestEndsOfTime(t *testing.T) {
	end := time.Date(2027, 3, 1, 0, 0, 0, 0, Shanghai)
	i := Intake{OpensAt: end.AddDate(0, -1, 0), ClosesAt: end, Settings: Settings{GraceHours: 24, PayDays: 3}}
	begun, late := end.Add(-time.Hour), end.Add(time.Hour)
	for name, c := range map[string]struct {
		r           Registration
		submit, pay time.Time
	}{
		"never begun":        {Registration{}, end, end.AddDate(0, 0, 3)},
		"begun in time":      {Registration{StartedAt: begun}, end.Add(24 * time.Hour), end.AddDate(0, 0, 3)},
		"begun late":         {Registration{StartedAt: late}, end, end.AddDate(0, 0, 3)},
		"with an extension":  {Registration{Extension: end.AddDate(0, 0, 9)}, end.AddDate(0, 0, 9), end.AddDate(0, 0, 12)},
		"extension too old":  {Registration{StartedAt: begun, Extension: begun}, end.Add(24 * time.Hour), end.AddDate(0, 0, 3)},
		"to the last second": {Registration{}, end, end.AddDate(0, 0, 3)},
	} {
		d := DeadlinesOf(i, c.r)
		if !d.Submit.Equal(c.submit) || !d.Pay.Equal(c.pay) {
			t.Errorf("%s: submit %s, pay %s", name, d.Submit, d.Pay)
		}
	}
	if EndMinute(end) != "2027-02-28 24:00" || EndMinute(end.Add(time.Hour)) != "2027-03-01 01:00" {
		t.Errorf("ends of time read %s and %s", EndMinute(end), EndMinute(end.Add(time.Hour)))
	}
	if i.Phase(end.Add(-time.Millisecond)) != During || i.Phase(end) != After || !strings.HasSuffix(i.WindowText(), "2027-02-28") {
		t.Errorf("the last day does not count to 24:00: %s", i.WindowText())
	}
}
