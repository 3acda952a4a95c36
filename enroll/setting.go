package enroll

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// SettingSection is one page of an intake's settings (批次设置).
type SettingSection string

// The sections of an intake's settings, as the staff site shows them.
const (
	SettingWindow   SettingSection = "window"
	SettingReview   SettingSection = "review"
	SettingFields   SettingSection = "fields"
	SettingPhoto    SettingSection = "photo"
	SettingNumber   SettingSection = "number"
	SettingMessages SettingSection = "messages"
	SettingReserve  SettingSection = "reserve"
	SettingBrand    SettingSection = "brand"
)

// SettingSections says which settings stand on which page; every setting stands on exactly one.
var SettingSections = []struct {
	Section SettingSection
	Name    string
	Keys    []string
}{
	{SettingWindow, "办理时间与规则", []string{"grace_hours", "pay_days", "school_year", "refund_rule", "roster_phone", "phones_abroad", "face_hours", "captcha", "h5_pay", "give_up_by_code"}},
	{SettingReview, "审核", []string{"review", "first_review", "review_limits", "review_reasons", "in_person_two"}},
	{SettingFields, "登记表", []string{"fields", "dictionaries"}},
	{SettingPhoto, "照片与附件", []string{"photo", "id_photo", "proof", "read_cards"}},
	{SettingNumber, "学号规则", []string{"number_rule", "levels"}},
	{SettingMessages, "消息模板", []string{"messages", "sms_full_number", "reminders"}},
	{SettingReserve, "保留入学资格", []string{"reserve"}},
	{SettingBrand, "学校与联系方式", []string{"school", "platform", "logo", "colour", "contacts", "portal_url", "payee", "footer"}},
}

// Name is the Chinese title of a section.
func (s SettingSection) Name() string {
	for _, row := range SettingSections {
		if row.Section == s {
			return row.Name
		}
	}
	return string(s)
}

// Keys are the settings of a section; none for a section that there is not.
func (s SettingSection) Keys() []string {
	for _, row := range SettingSections {
		if row.Section == s {
			return row.Keys
		}
	}
	return nil
}

// With replaces settings of one section by JSON; a setting of another section,
// an unknown one, or one that breaks a rule is settings_invalid.
func (s Settings) With(section SettingSection, values map[string]json.RawMessage) (Settings, error) {
	all := s.asMap()
	for key, value := range values {
		if !slices.Contains(section.Keys(), key) {
			return s, Fail("settings_invalid", "“"+section.Name()+"”没有这一项："+key)
		}
		all[key] = value
	}
	body, err := json.Marshal(all)
	if err != nil {
		return s, Fail("settings_invalid", "格式不对").Because(err)
	}
	var next Settings
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&next); err != nil {
		return s, Fail("settings_invalid", "格式不对").Because(err)
	}
	var wrong []string
	for _, m := range next.Mistakes() {
		if slices.Contains(section.Keys(), m.Key) {
			wrong = append(wrong, SettingName(m.Key)+"："+m.Text)
		}
	}
	if len(wrong) > 0 {
		return s, Fail("settings_invalid", strings.Join(wrong, "；")).With("mistakes", wrong)
	}
	return next, nil
}

func (s Settings) asMap() map[string]json.RawMessage {
	body, err := json.Marshal(s)
	all := map[string]json.RawMessage{}
	if err != nil || json.Unmarshal(body, &all) != nil {
		panic("settings are no JSON object")
	}
	return all
}

// SettingChange is one setting that differs between two versions of an intake, as JSON.
type SettingChange struct {
	Key  string `json:"key"`
	From string `json:"from"`
	To   string `json:"to"`
}

// Changes lists what differs from an earlier version of the intake, by key.
func (i Intake) Changes(from Intake) []SettingChange {
	before, after := from.asMap(), i.asMap()
	keys := maps.Clone(before)
	maps.Copy(keys, after)
	var list []SettingChange
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !bytes.Equal(before[key], after[key]) {
			list = append(list, SettingChange{key, string(before[key]), string(after[key])})
		}
	}
	return list
}

func (i Intake) asMap() map[string]json.RawMessage {
	all := i.Settings.usual().asMap()
	for key, text := range map[string]string{"name": i.Name, "opens": Minute(i.OpensAt), "closes": EndMinute(i.ClosesAt)} {
		all[key], _ = json.Marshal(text)
	}
	return all
}

// usual writes out what holds where the settings are silent, so that only what really changes is told.
func (s Settings) usual() Settings {
	s.Reserve = ReserveRules(s)
	if len(s.ReviewReasons) == 0 {
		s.ReviewReasons = ReviewReasons
	}
	limits := map[ReviewKind]int{}
	for _, rule := range ReviewRules {
		limits[rule.Kind] = s.ReviewDays(rule.Kind)
	}
	s.ReviewLimits = limits
	dictionaries := map[string]Dictionary{}
	for _, d := range CollegeDictionaries {
		dictionaries[d.Name] = s.Dictionary(d.Name)
	}
	s.Dictionaries = dictionaries
	return s
}

// IntakeVersion is an intake as it stood from one change to the next, and who made the change.
type IntakeVersion struct {
	Intake  Intake
	At      time.Time
	By      string
	Section SettingSection
}
