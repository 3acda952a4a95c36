package enroll

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestEverySettingStandsOnOnePage: a new setting must be put on a page, or nobody can change it.
func TestEverySettingStandsOnOnePage(t *testing.T) {
	pages := map[string]int{}
	for _, row := range SettingSections {
		for _, key := range row.Keys {
			pages[key]++
		}
	}
	fields := reflect.TypeFor[Settings]()
	for i := range fields.NumField() {
		key, _, _ := strings.Cut(fields.Field(i).Tag.Get("json"), ",")
		if pages[key] != 1 {
			t.Errorf("%s stands on %d pages", key, pages[key])
		}
		delete(pages, key)
	}
	for key := range pages {
		t.Errorf("%s is no setting", key)
	}
}

func TestSettingsTakeOnlyWhatHolds(t *testing.T) {
	s := Settings{NumberRule: "{yy}{seq:4}", PayDays: 3}
	for _, c := range []struct {
		section SettingSection
		body    string
		reason  Reason
	}{
		{SettingWindow, `{"pay_days": 5}`, ""},
		{SettingWindow, `{"pay_days": -1}`, "settings_invalid"},
		{SettingWindow, `{"pay_days": "five"}`, "settings_invalid"},
		{SettingWindow, `{"number_rule": "{yy}{seq:5}"}`, "settings_invalid"},
		{SettingNumber, `{"number_rule": "{seq:4}{yy}"}`, "settings_invalid"},
		{SettingPhoto, `{"photo": {"min_bytes": 60000, "max_bytes": 50000}}`, "settings_invalid"},
		{SettingFields, `{"fields": {"basic.nothing": "required"}}`, "settings_invalid"},
		{"secret", `{"school": "x"}`, "settings_invalid"},
	} {
		var values map[string]json.RawMessage
		if err := json.Unmarshal([]byte(c.body), &values); err != nil {
			t.Fatal(err)
		}
		next, err := s.With(c.section, values)
		if ReasonOf(err) != c.reason {
			t.Errorf("%s %s: %v", c.section, c.body, err)
		}
		if c.reason == "" && next.PayDays != 5 || s.PayDays != 3 {
			t.Errorf("%s: %+v", c.body, next)
		}
	}
}

func TestCollegesOwnDictionary(t *testing.T) {
	own := Settings{Dictionaries: map[string]Dictionary{"relation": {{"师傅", "师傅"}}, "politics": {{"13", "群众"}}}, NumberRule: "{seq:4}"}
	if wrong := own.Mistakes(); len(wrong) > 0 {
		t.Errorf("refused: %v", wrong)
	}
	a := applicant(HighToBachelor)
	a.Settings.Dictionaries = own.Dictionaries
	section, err := FindSection(Form(a), SectionBasic)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range section.Fields {
		if f.Options == "relation" && f.Choices.Text("师傅") == "" || f.Options == "politics" && len(f.Choices) != 1 {
			t.Errorf("%s offers %v", f.Key, f.Choices)
		}
	}
	for _, bad := range []map[string]Dictionary{
		{"politics": {{"14", "别的党派"}}}, {"ethnic": {{"01", "汉族"}}}, {"relation": {{"a", "甲"}, {"a", "乙"}}}, {"relation": {{"", "甲"}}},
	} {
		own.Dictionaries = bad
		if len(own.Mistakes()) == 0 {
			t.Errorf("taken: %v", bad)
		}
	}
}

// TestEverySettingHasItsChineseName walks every key that a setting may have: one without a name would stand in the history as it is coded.
func TestEverySettingHasItsChineseName(t *testing.T) {
	names := SettingNames()
	var walk func(path string, of reflect.Type)
	walk = func(path string, of reflect.Type) {
		switch of.Kind() {
		case reflect.Struct:
			for i := range of.NumField() {
				key, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
				at := strings.TrimPrefix(path+"."+key, ".")
				if names[at] == "" {
					t.Errorf("%s has no Chinese name", at)
				}
				walk(at, of.Field(i).Type)
			}
		case reflect.Map, reflect.Slice:
			elem := of.Elem()
			if elem.Kind() == reflect.Slice { // a dictionary is a list of entries
				elem = elem.Elem()
			}
			walk(path+".*", elem)
		}
	}
	walk("", reflect.TypeFor[Settings]())
	for _, row := range SettingSections {
		for _, key := range row.Keys {
			if names[key] == "" {
				t.Errorf("%s has no Chinese name", key)
			}
		}
	}
	for path, name := range names {
		if name == "" || strings.ContainsAny(name, "_") {
			t.Errorf("%s is called %q", path, name)
		}
	}
}

func TestSchoolsThatHelpWithTyping(t *testing.T) {
	list := Dictionary{{"1", "示例大学"}, {"2", "南京示例学院"}, {"3", "示例职业技术学院"}, {"4", "别的学校"}}
	if found := list.Like("示例", 2); !slices.Equal(found, []string{"示例大学", "示例职业技术学院"}) {
		t.Errorf("found %v", found)
	}
	if found := list.Like("示例", 10); !slices.Equal(found, []string{"示例大学", "示例职业技术学院", "南京示例学院"}) {
		t.Errorf("found %v", found)
	}
	own := Settings{Dictionaries: map[string]Dictionary{Schools: list}, NumberRule: "{seq:4}"}
	if wrong := own.dictionaryMistakes(); len(wrong) > 0 {
		t.Error(wrong)
	}
}
