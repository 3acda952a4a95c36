package enroll

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

var formNow = time.Date(2026, 11, 23, 10, 0, 0, 0, Shanghai)

func applicant(level Level) Applicant {
	return Applicant{
		Registration: Registration{Name: "张三丰", Grade: 2026, BirthDate: "1998-02-03"},
		Student:      Student{IDType: IDCard, IDNumber: "110101199802030015"},
		Program:      Program{Level: level, Name: "会计学", HalfYears: 5},
		Phone:        "13900000001", Now: formNow,
	}
}

const (
	goodBasic = `{"politics":"13","native_place":{"code":"320102","text":"江苏省南京市玄武区"},
		"household_place":{"code":"320102","text":"江苏省南京市玄武区","street":"某街道1号"},
		"address":{"code":"320102","text":"江苏省南京市玄武区","street":"某街道某路1号101室"},"postcode":"210000",
		"work_unit":"某某公司","emergency_name":"张母","emergency_relation":"52","emergency_phone":"13900000002"}`
	goodFamily    = `{"rows":[{"name":"张父","relation":"51","work":"某某公司","phone":"13900000003"},{"name":"张母","relation":"52","work_none":true,"phone_none":true}]}`
	goodHigh      = `{"degree":"61","school":"某某中学","major_none":true,"certificate_no":"3201234567","graduation_year":"2016"}`
	goodCollege   = `{"degree":"31","school":"某某学院","major":"会计","certificate_no":"123451202006000001","graduation_year":"2020"}`
	graduatesThen = `{"degree":"31","school":"某某学院","major":"会计","certificate_no":"123451202006000001","graduation_year":"2026"}`
)

// changed is the JSON object with one member replaced, or taken out where value is "".
func changed(t *testing.T, object, key, value string) string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(object), &members); err != nil {
		t.Fatal(err)
	}
	delete(members, key)
	if value != "" {
		members[key] = json.RawMessage(value)
	}
	body, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err, key, value)
	}
	return string(body)
}

func problemsIn(t *testing.T, a Applicant, key SectionKey, body string) []string {
	t.Helper()
	section, err := FindSection(Form(a), key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := section.Read([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, p := range section.Problems(a, c) {
		if strings.Contains(p.Message(), "%!") {
			t.Errorf("%s: the sentence lacks its words: %s", p.Field, p.Message())
		}
		found = append(found, p.Field+" "+string(p.Reason))
	}
	return found
}

func TestFormAcceptsGoodSections(t *testing.T) {
	for _, c := range []struct {
		level Level
		key   SectionKey
		body  string
	}{
		{HighToBachelor, SectionBasic, goodBasic}, {CollegeToBachelor, SectionBasic, goodBasic},
		{HighToBachelor, SectionFamily, goodFamily}, {HighToBachelor, SectionFamily, `{"none":true}`},
		{HighToBachelor, SectionEducation, goodHigh}, {HighToCollege, SectionEducation, goodHigh},
		{CollegeToBachelor, SectionEducation, goodCollege}, {CollegeToBachelor, SectionEducation, graduatesThen},
	} {
		if found := problemsIn(t, applicant(c.level), c.key, c.body); len(found) > 0 {
			t.Errorf("%s %s: %v", c.level, c.key, found)
		}
	}
}

func TestEmptyFormNamesEveryRequiredField(t *testing.T) {
	for _, c := range []struct {
		level Level
		key   SectionKey
		want  string
	}{
		{HighToBachelor, SectionBasic, "politics native_place household_place address postcode work_unit emergency_name emergency_relation emergency_phone"},
		{HighToBachelor, SectionFamily, "rows"},
		{HighToBachelor, SectionEducation, "degree school major certificate_no graduation_year"},
		{CollegeToBachelor, SectionEducation, "degree school major certificate_no graduation_year"},
	} {
		var fields []string
		for _, p := range problemsIn(t, applicant(c.level), c.key, `{}`) {
			field, _, _ := strings.Cut(p, " ")
			fields = append(fields, field)
		}
		if got := strings.Join(fields, " "); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.level, c.key, got, c.want)
		}
	}
}

func TestFieldRules(t *testing.T) {
	long := func(n int) string { return `"` + strings.Repeat("字", n) + `"` }
	for _, c := range []struct {
		level Level
		key   SectionKey
		body  string
		field string
		value string
		want  string
	}{
		{HighToBachelor, SectionBasic, goodBasic, "former_name", `"买买提.吐尔逊"`, ""},
		{HighToBachelor, SectionBasic, goodBasic, "former_name", `"<b>"`, "former_name name_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "politics", `"99"`, "politics field_not_listed"},
		{HighToBachelor, SectionBasic, goodBasic, "politics", `7`, "politics field_required"},
		{HighToBachelor, SectionBasic, goodBasic, "native_place", `{"text":"国外"}`, ""},
		{HighToBachelor, SectionBasic, goodBasic, "native_place", `{"code":"3201","text":"江苏省南京市"}`, "native_place area_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "native_place", `{"code":"320102"}`, "native_place area_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "native_place", `{"code":"320000","text":"江苏省"}`, "native_place area_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "native_place", `{"text":"月球"}`, "native_place area_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "native_place", `"江苏"`, "native_place field_required"},
		{HighToBachelor, SectionBasic, goodBasic, "address", `{"code":"320102","text":"江苏省南京市玄武区","street":"1号"}`, "address.street field_too_short"},
		{HighToBachelor, SectionBasic, goodBasic, "address", `{"code":"320102","text":"江苏省南京市玄武区"}`, "address.street field_required"},
		{HighToBachelor, SectionBasic, goodBasic, "address", `{"text":"国外","street":"1 Example Road"}`, ""},
		{HighToBachelor, SectionBasic, goodBasic, "postcode", `"000000"`, "postcode postcode_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "postcode", `"21000"`, "postcode postcode_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "postcode", `" ２１００００ "`, ""},
		{HighToBachelor, SectionBasic, goodBasic, "work_unit", `"厂"`, "work_unit field_too_short"},
		{HighToBachelor, SectionBasic, goodBasic, "work_unit", long(61), "work_unit field_too_long"},
		{HighToBachelor, SectionBasic, goodBasic, "work_unit", long(60), ""},
		{HighToBachelor, SectionBasic, changed(t, goodBasic, "work_unit", ""), "work_unit_none", `true`, ""},
		{HighToBachelor, SectionBasic, goodBasic, "email", `"a@example.com"`, ""},
		{HighToBachelor, SectionBasic, goodBasic, "email", `"a@b"`, "email email_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "email", `"甲 <a@example.com>"`, "email email_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "phone_2", `"025-83780000"`, ""},
		{HighToBachelor, SectionBasic, goodBasic, "phone_2", `"12345"`, "phone_2 tel_invalid"},
		{HighToBachelor, SectionBasic, goodBasic, "work_since", `"2026-11"`, ""},
		{HighToBachelor, SectionBasic, goodBasic, "work_since", `"2026-12"`, "work_since date_out_of_range"},
		{HighToBachelor, SectionBasic, goodBasic, "emergency_phone", `"+86 139-0000-0001"`, "emergency_phone phone_same_as_own"},
		{HighToBachelor, SectionBasic, goodBasic, "emergency_phone", `"025-83780000"`, ""},
		{HighToBachelor, SectionFamily, goodFamily, "rows", `[{"name":"甲乙"}]`, "rows.0.relation field_required, rows.0.work field_required, rows.0.phone field_required"},
		{HighToBachelor, SectionFamily, goodFamily, "rows", `[` + strings.Repeat(`{},`, 8) + `{}]`, "rows family_rows"},
		{HighToBachelor, SectionFamily, goodFamily, "none", `true`, ""},
		{HighToBachelor, SectionEducation, goodHigh, "certificate_no", "", "certificate_no field_required"},
		{HighToBachelor, SectionEducation, changed(t, goodHigh, "certificate_no", ""), "certificate_missing", `"遗失"`, "certificate_reason field_required"},
		{HighToBachelor, SectionEducation, changed(t, changed(t, goodHigh, "certificate_no", ""), "certificate_reason", `"搬家时遗失"`), "certificate_missing", `"遗失"`, ""},
		{HighToBachelor, SectionEducation, goodHigh, "degree", `"同等学力"`, ""},
		{CollegeToBachelor, SectionEducation, goodCollege, "degree", `"61"`, "degree field_not_listed"},
		{HighToBachelor, SectionEducation, changed(t, goodHigh, "certificate_no", ""), "degree", `"同等学力"`, ""},
		{CollegeToBachelor, SectionEducation, goodCollege, "school_abroad", `true`, "school_country field_required"},
		{CollegeToBachelor, SectionEducation, changed(t, changed(t, goodCollege, "school_abroad", `true`), "school_country", `"新西兰"`), "certificate_no", `"NZ/2020-7(b)"`, ""},
		{CollegeToBachelor, SectionEducation, goodCollege, "certificate_no", `"NZ/2020-7(b)"`, "certificate_no certificate_invalid"},
		{CollegeToBachelor, SectionEducation, goodCollege, "certificate_missing", `"遗失"`, ""},
		{CollegeToBachelor, SectionEducation, changed(t, goodCollege, "certificate_no", ""), "certificate_missing", `"遗失"`, "certificate_no field_required"},
		{CollegeToBachelor, SectionEducation, changed(t, goodCollege, "major", ""), "major_none", `true`, "major field_required"},
		{CollegeToBachelor, SectionEducation, goodCollege, "certificate_no", `"１２３４５ 1202006x"`, ""},
		{CollegeToBachelor, SectionEducation, goodCollege, "certificate_no", `"2020字第1号"`, "certificate_no certificate_invalid"},
		{CollegeToBachelor, SectionEducation, goodCollege, "certificate_no", `"1234"`, "certificate_no field_too_short"},
		{CollegeToBachelor, SectionEducation, goodCollege, "graduation_year", `"2009"`, "graduation_year year_out_of_range"},
		{CollegeToBachelor, SectionEducation, goodCollege, "graduation_year", `"2010"`, ""},
		{CollegeToBachelor, SectionEducation, goodCollege, "graduation_year", `"2027"`, "graduation_year year_out_of_range"},
		{CollegeToBachelor, SectionEducation, goodCollege, "graduation_date", `"2026-07"`, ""},
		{CollegeToBachelor, SectionEducation, graduatesThen, "graduation_date", `"2026-02"`, ""},
		{CollegeToBachelor, SectionEducation, graduatesThen, "graduation_date", `"2026-03"`, "graduation_date date_out_of_range"},
	} {
		found := problemsIn(t, applicant(c.level), c.key, changed(t, c.body, c.field, c.value))
		if got := strings.Join(found, ", "); got != c.want {
			t.Errorf("%s %s = %s: %q, want %q", c.key, c.field, c.value, got, c.want)
		}
	}
}

func TestPostcodeIsFreeOutsideTheMainland(t *testing.T) {
	for _, place := range []string{`{"text":"国外","street":"1 Example Road"}`, `{"code":"810101","text":"香港特别行政区中西区","street":"示例道一号"}`} {
		body := changed(t, changed(t, goodBasic, "address", place), "postcode", "")
		if found := problemsIn(t, applicant(HighToBachelor), SectionBasic, body); len(found) > 0 {
			t.Errorf("%s: %v", place, found)
		}
	}
}

func TestHouseholdIsNotAskedOfPermitHolders(t *testing.T) {
	a := applicant(HighToBachelor)
	a.Student.IDType = "taiwan_permit"
	if found := problemsIn(t, a, SectionBasic, changed(t, goodBasic, "household_place", "")); len(found) > 0 {
		t.Error(found)
	}
}

func TestSettingsChangePresence(t *testing.T) {
	a := applicant(CollegeToBachelor)
	a.Settings.Fields = map[string]string{
		"basic.email": "required", "专升本:basic.email": "hidden", "basic.phone_2": "required", "高起本:basic.postcode": "hidden",
		"basic.resume": "optional", "family.rows.title": "required", "basic.native_place": "hidden",
	}
	if found := problemsIn(t, a, SectionBasic, changed(t, goodBasic, "native_place", "")); strings.Join(found, ", ") != "phone_2 field_required" {
		t.Errorf("basic: %v", found)
	}
	if found := problemsIn(t, a, SectionFamily, goodFamily); strings.Join(found, ", ") != "rows.0.title field_required, rows.1.title field_required" {
		t.Errorf("family: %v", found)
	}
	resume := changed(t, changed(t, goodBasic, "phone_2", `"13900000009"`), "resume", `[{"from":"2016-09","to":"2013-07","where":"某某中学"}]`)
	if found := problemsIn(t, a, SectionBasic, resume); strings.Join(found, ", ") != "resume.0.to period_reversed" {
		t.Errorf("resume: %v", found)
	}
	if wrong := CheckFieldSettings(a.Settings.Fields); len(wrong) > 0 {
		t.Errorf("refused: %v", wrong)
	}
	wrong := CheckFieldSettings(map[string]string{"basic.emial": "required", "basic.email": "must", "博士:basic.email": "hidden"})
	if len(wrong) != 3 {
		t.Errorf("found %v", wrong)
	}
}

func TestReadDropsWhatIsNotAsked(t *testing.T) {
	section, _ := FindSection(Form(applicant(HighToBachelor)), SectionBasic)
	c, err := section.Read([]byte(`{"name":"李四","religion":"x","foo":1,"email":" a@example.com\u200b","work_unit":"甲\n乙\u0000","rows":[1]}`))
	if err != nil {
		t.Fatal(err)
	}
	if keys := slices.Sorted(maps.Keys(c)); fmt.Sprint(keys) != "[email work_unit]" {
		t.Errorf("kept %v", keys)
	}
	if c.Text("email") != "a@example.com" || c.Text("work_unit") != "甲 乙" {
		t.Errorf("%q %q", c.Text("email"), c.Text("work_unit"))
	}
}

func TestSheetSpeaksInWords(t *testing.T) {
	section, _ := FindSection(Form(applicant(HighToBachelor)), SectionFamily)
	c, _ := section.Read([]byte(goodFamily))
	got := fmt.Sprint(section.Sheet(c))
	for _, want := range []string{"家庭成员 一 · 姓名 张父", "家庭成员 一 · 与本人关系 父亲", "家庭成员 二 · 工作单位 无", "家庭成员 二 · 联系方式 无"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
}

func TestDictionariesAreWhole(t *testing.T) {
	sizes := map[string]int{"ethnic": 58, "politics": 13, "sex": 4}
	for name, d := range Dictionaries() {
		seen := map[string]bool{}
		for _, e := range d {
			if e.Code == "" || e.Text == "" || seen[e.Code] {
				t.Errorf("%s: %v", name, e)
			}
			seen[e.Code] = true
		}
		if n := sizes[name]; n > 0 && len(d) != n {
			t.Errorf("%s has %d entries, want %d", name, len(d), n)
		}
	}
	for _, level := range []Level{HighToBachelor, CollegeToBachelor} {
		for _, s := range Form(applicant(level)) {
			checkFields(t, s.Fields)
		}
	}
	if ethnics.Code("汉") != "01" || ethnics.Code("基诺族") != "56" || PoliticsCode("共青团员") != "03" {
		t.Error("rosters' words are not found")
	}
}

func checkFields(t *testing.T, fields []Field) {
	for _, f := range fields {
		if f.Options != "" && len(Dictionaries()[f.Options]) == 0 {
			t.Errorf("%s: no dictionary %s", f.Key, f.Options)
		}
		if len(f.Rows) > 0 != (f.Widget == RowList) || f.Label == "" {
			t.Errorf("%s: %+v", f.Key, f)
		}
		checkFields(t, f.Rows)
	}
}

// FuzzSection proves that whatever is sent is either refused or kept in a form
// that reads back as itself, is judged without a panic, and can be shown.
func FuzzSection(f *testing.F) {
	for _, seed := range []string{goodBasic, goodFamily, goodHigh, goodCollege, `{"rows":[[],{},null,{"name":{}}]}`, `[]`, `null`, `{"address":{"code":1}}`, "{\"email\":\"\xff\"}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, level := range []Level{HighToBachelor, CollegeToBachelor} {
			a := applicant(level)
			a.Settings.Fields = map[string]string{"basic.resume": "optional", "basic.awards": "optional"}
			for _, section := range Form(a) {
				c, err := section.Read(body)
				if err != nil {
					continue
				}
				for _, p := range section.Problems(a, c) {
					if p.Reason.Text() == Reason("internal").Text() || strings.Contains(p.Message(), "%!") {
						t.Fatalf("%s: %s %s", p.Field, p.Reason, p.Message())
					}
				}
				section.Sheet(c)
				kept, err := json.Marshal(c)
				if err != nil {
					t.Fatal(err)
				}
				again, err := section.Read(kept)
				if err != nil {
					t.Fatal(err)
				}
				if twice, _ := json.Marshal(again); string(twice) != string(kept) {
					t.Fatalf("%s became %s", kept, twice)
				}
			}
		}
	})
}
