package enroll

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// SettingMistake is one thing that no intake may be set to, in words.
type SettingMistake struct{ Key, Text string }

type settingMistakes struct{ list []SettingMistake }

func (m *settingMistakes) add(bad bool, key, format string, args ...any) {
	if bad {
		m.list = append(m.list, SettingMistake{key, fmt.Sprintf(format, args...)})
	}
}

// Mistakes lists in words what no intake may be set to, by the settings' keys.
func (s Settings) Mistakes() []SettingMistake {
	m := &settingMistakes{}
	for key, n := range map[string]int{"grace_hours": s.GraceHours, "pay_days": s.PayDays, "face_hours": s.FaceHours} {
		m.add(n < 0, key, "不能为负数")
	}
	for _, code := range s.PhonesAbroad {
		m.add(PhoneCodes.Text(code) == "", "phones_abroad", "没有这个地区的代码：%s", code)
	}
	s.numberMistakes(m)
	s.messageMistakes(m)
	s.reviewMistakes(m)
	s.brandMistakes(m)
	for _, text := range CheckFieldSettings(s.Fields) {
		m.add(true, "fields", "%s", text)
	}
	for _, text := range CheckReserveRules(s.Reserve) {
		m.add(true, "reserve", "%s", text)
	}
	for _, text := range s.dictionaryMistakes() {
		m.add(true, "dictionaries", "%s", text)
	}
	s.pictureMistakes(m)
	slices.SortStableFunc(m.list, func(a, b SettingMistake) int { return strings.Compare(a.Key, b.Key) })
	return m.list
}

func (s Settings) numberMistakes(m *settingMistakes) {
	if _, err := ParseNumberRule(s.NumberRule); err != nil {
		m.add(true, "number_rule", "%s", err.(*Error).Message())
	}
	for level, code := range s.Levels {
		_, ok := ParseLevel(string(level))
		m.add(!ok, "levels", "没有这个层次：%s", level)
		m.add(!numberWord.MatchString(code), "levels", "“%s”的代码只能含字母和数字", level)
	}
}

func (s Settings) messageMistakes(m *settingMistakes) {
	for _, event := range slices.Sorted(maps.Keys(s.Messages)) {
		rule, ok := MessageRuleOf(event)
		m.add(!ok, "messages", "没有这个事件：%s", event)
		for _, keyword := range slices.Sorted(maps.Keys(s.Messages[event].Keywords)) {
			m.add(strings.TrimSpace(s.Messages[event].Keywords[keyword]) == "", "messages", "“%s”的 %s 没有对应的内容", rule.Name, keyword)
		}
	}
	for _, text := range checkReminders(s.Reminders) {
		m.add(true, "reminders", "%s", text)
	}
}

func (s Settings) reviewMistakes(m *settingMistakes) {
	for kind, days := range s.ReviewLimits {
		_, ok := kind.Rule()
		m.add(!ok, "review_limits", "没有这一类：%s", kind)
		m.add(days < 0 || days > ReviewDaysMost, "review_limits", "“%s”应为 1–%d 个工作日", kind.Name(), ReviewDaysMost)
	}
	for _, r := range s.ReviewReasons {
		_, ok := r.Kind.Rule()
		length := utf8.RuneCountInString(strings.TrimSpace(r.Text))
		m.add(!ok, "review_reasons", "没有这一类：%s", r.Kind)
		m.add(length < 1 || length > 200, "review_reasons", "每条原因 1–200 个字")
	}
}

// logoMost bounds the logo, which every page carries.
const logoMost = 30_000

var (
	colourShape = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)
	portalShape = regexp.MustCompile(`^https?://[^\s]+$`)
	logoShape   = regexp.MustCompile(`^(/[^/\s]\S*|https?://\S+|data:image/png;base64,[A-Za-z0-9+/=]+)$`)
)

func (s Settings) brandMistakes(m *settingMistakes) {
	m.add(s.Colour != "" && !colourShape.MatchString(s.Colour), "colour", "应写成 #1f5fa8 的样子")
	m.add(s.PortalURL != "" && !portalShape.MatchString(s.PortalURL), "portal_url", "应以 https:// 开头")
	m.add(s.Logo != "" && !logoShape.MatchString(s.Logo) || len(s.Logo) > logoMost, "logo", "应为不超过 20 kB 的 PNG 图片")
}

// pictureMistakes keeps a picture's bounds such that a picture can exist within them.
func (s Settings) pictureMistakes(m *settingMistakes) {
	for key, rule := range map[string]PhotoRule{"photo": s.Photo, "id_photo": s.IDPhoto, "proof": s.Proof} {
		bad := rule.MinBytes < 0 || rule.MaxBytes < 0 || rule.Width < 0 || rule.Height < 0 || rule.MaxBytes > 0 && rule.MinBytes > rule.MaxBytes
		m.add(bad, key, "照片的尺寸或大小范围不对")
	}
}
