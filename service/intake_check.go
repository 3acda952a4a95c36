package service

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Finding is one line of a check before opening day: what was looked at, and whether it holds.
type Finding struct {
	OK   bool
	Text string
	// Page is the page of the settings on which it is mended; empty where it is mended elsewhere.
	Page string
	// Key is the setting at fault, as an intake file calls it; empty where there is none.
	Key string
}

// Field is the Chinese word of the setting at fault.
func (f Finding) Field() string {
	if event, ok := strings.CutPrefix(f.Key, "messages."); ok {
		rule, _ := enroll.MessageRuleOf(event)
		return rule.Name
	}
	if f.Key == "" {
		return ""
	}
	return enroll.SettingName(f.Key)
}

// CheckIntake proves that an intake can open: window, words, contacts,
// templates, and for every student on the roster point, program, price and a
// student number that will be free.
func (s *Service) CheckIntake(ctx context.Context, intake enroll.Intake) ([]Finding, error) {
	c := &intakeCheck{service: s, intake: intake}
	c.window()
	c.words()
	c.messages()
	c.key = ""
	for _, step := range []func(context.Context) error{c.texts, c.roster, c.students} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return c.findings, nil
}

type intakeCheck struct {
	service  *Service
	intake   enroll.Intake
	place    enroll.RosterPlace
	findings []Finding
	page     string
	key      string
}

func (c *intakeCheck) say(ok bool, format string, args ...any) {
	c.findings = append(c.findings, Finding{ok, fmt.Sprintf(format, args...), c.page, c.key})
}

func (c *intakeCheck) window() {
	c.page = string(enroll.SettingWindow)
	i := c.intake
	c.say(i.OpensAt.Before(i.ClosesAt) && i.Phase(c.service.Now()) != enroll.After, "办理时间 %s（尚未结束）", i.WindowText())
}

func (c *intakeCheck) words() {
	s := c.intake.Settings
	for _, w := range []struct {
		page       enroll.SettingSection
		key, value string
	}{
		{enroll.SettingWindow, "school_year", s.SchoolYear}, {enroll.SettingWindow, "refund_rule", s.RefundRule},
		{enroll.SettingBrand, "school", s.School}, {enroll.SettingBrand, "platform", s.Platform},
		{enroll.SettingBrand, "payee", s.Payee}, {enroll.SettingBrand, "portal_url", s.PortalURL},
	} {
		c.page, c.key = string(w.page), w.key
		c.say(strings.TrimSpace(w.value) != "", "%s：%s", enroll.SettingName(w.key), cmp.Or(strings.TrimSpace(w.value), "没有填写"))
	}
	c.key = "contacts"
	reach := slices.Concat(s.Contacts.Phones, []string{s.Contacts.Email, s.Contacts.QQ})
	reach = slices.DeleteFunc(reach, func(s string) bool { return strings.TrimSpace(s) == "" })
	c.say(len(reach) > 0, "%s：%s", enroll.SettingName(c.key), cmp.Or(strings.Join(reach, "、"), "没有填写"))
}

// messages looks at every event of the one table of messages.
func (c *intakeCheck) messages() {
	c.page = string(enroll.SettingMessages)
	s := c.intake.Settings
	for _, rule := range enroll.MessageRules {
		m, ok := s.Messages[rule.Event]
		name := "消息“" + rule.Name + "”"
		c.key = "messages." + rule.Event
		switch {
		case rule.Event == enroll.MessageDigest && m.WeChat == "":
			c.say(true, "%s：没有微信模板，待办只显示在管理网站上", name)
		case !ok || m.WeChat == "" && m.SMS == "":
			c.say(false, "%s：没有微信模板，也没有短信模板", name)
		case rule.AlsoSMS && m.SMS == "":
			c.say(false, "%s：此消息必须发短信，但没有短信模板", name)
		case m.WeChat != "" && len(m.Keywords) == 0:
			c.say(false, "%s：微信模板没有关键词对应", name)
		case slices.Contains(m.Vars, "number") && !s.SMSFullNumber:
			c.say(false, "%s：短信变量含学号，但没有勾选“%s”", name, enroll.SettingName("sms_full_number"))
		case len(unknownFields(m)) > 0:
			c.say(false, "%s：没有这些字段：%s", name, strings.Join(unknownFields(m), "、"))
		default:
			c.say(true, "%s", name)
		}
	}
}

func unknownFields(m enroll.Message) []string {
	fields := append(slices.Sorted(maps.Values(m.Keywords)), m.Vars...)
	return slices.DeleteFunc(fields, func(f string) bool {
		return slices.ContainsFunc(enroll.MessageFields, func(known struct{ Key, Name string }) bool { return known.Key == f })
	})
}

func (c *intakeCheck) texts(ctx context.Context) error {
	c.page = "notice"
	for _, kind := range enroll.TextKinds {
		t, err := c.service.Store.Text(ctx, c.intake.ID, kind)
		if err != nil && enroll.CodeOf(err) != enroll.NotFound {
			return err
		}
		c.say(t.Version > 0, "文本“%s”：%s", kind.Name(), textFound(t))
	}
	return nil
}

func textFound(t enroll.Text) string {
	if t.Version == 0 {
		return "还没有内容"
	}
	return fmt.Sprintf("%s（第 %d 版）", t.Title, t.Version)
}

func (c *intakeCheck) roster(ctx context.Context) (err error) {
	c.page = ""
	if c.place, err = c.service.rosterPlace(ctx, c.intake); err != nil {
		return err
	}
	c.say(len(c.place.Points) > 0, "教学点：%d 个", len(c.place.Points))
	c.say(len(c.place.Programs) > 0, "专业：%d 个", len(c.place.Programs))
	running, err := c.service.UnfinishedRoster(ctx, c.intake.ID)
	if err != nil {
		return err
	}
	if running.ID != "" {
		c.say(false, "名单 %s 没有导入完（%d/%d），其中新增的学生还不能登录", running.File, running.Applied, running.ToApply())
	}
	return nil
}

func (c *intakeCheck) students(ctx context.Context) error {
	groups, err := c.service.Store.RegistrationGroups(ctx, c.intake.ID)
	if err != nil {
		return err
	}
	c.page = "tuition"
	total, lost := 0, 0
	wanted := map[string]int64{} // numbers still to be issued, by scope
	rule, ruleErr := enroll.ParseNumberRule(c.intake.Settings.NumberRule)
	for _, g := range groups {
		total += g.Count
		ok := c.group(g)
		if ruleErr == nil && ok {
			ok = c.scope(rule, g, wanted)
		}
		if !ok {
			lost += g.Count
		}
	}
	c.say(total > 0, "名单：%d 名学生", total)
	c.say(lost == 0, "每名学生都有教学点、专业、学费标准和学号规则：%d 名没有", lost)
	c.page, c.key = string(enroll.SettingNumber), "number_rule"
	c.say(ruleErr == nil, "学号规则 %s", c.intake.Settings.NumberRule)
	if ruleErr != nil {
		return nil
	}
	return c.numbers(ctx, rule, wanted)
}

// group looks at the students of one program at one point.
func (c *intakeCheck) group(g store.RegistrationGroup) bool {
	name := c.place.ProgramName(g.Program) + " · " + c.place.PointName(g.Point)
	hasProgram := slices.ContainsFunc(c.place.Programs, func(p enroll.Program) bool { return p.ID == g.Program })
	hasPoint := slices.ContainsFunc(c.place.Points, func(p enroll.Point) bool { return p.ID == g.Point })
	if !hasProgram || !hasPoint {
		c.say(false, "%s：专业或教学点不属于本批次（%d 人）", name, g.Count)
		return false
	}
	t, ok := enroll.TuitionFor(c.place.Tuitions, g.Program, g.Point)
	if !ok || len(t.Fens) == 0 {
		c.say(false, "%s：没有学费标准（%d 人）", name, g.Count)
		return false
	}
	if !t.Holds(c.service.Now()) || !t.Holds(c.intake.ClosesAt.Add(-time.Second)) {
		c.say(false, "%s：学费批准文号 %s 的有效期没有覆盖到办理结束（%d 人）", name, t.Approval, g.Count)
	}
	return true
}

func (c *intakeCheck) scope(rule enroll.NumberRule, g store.RegistrationGroup, wanted map[string]int64) bool {
	facts := enroll.NumberFacts{Grade: c.intake.Grade}
	for _, p := range c.place.Programs {
		if p.ID == g.Program {
			facts.Program, facts.Level = p.No, c.intake.Settings.Levels[p.Level]
		}
	}
	for _, p := range c.place.Points {
		if p.ID == g.Point {
			facts.Point = p.Code
		}
	}
	scope, err := rule.Scope(facts)
	if err != nil {
		c.say(false, "%s · %s：%s（%d 人）", c.place.ProgramName(g.Program), c.place.PointName(g.Point), sentence(err), g.Count)
		return false
	}
	wanted[scope] += int64(g.Count - g.Numbered)
	return true
}

// numbers plays the issuing of every number that is still wanted against
// those that are held, with the same rule of collisions as the real one.
func (c *intakeCheck) numbers(ctx context.Context, rule enroll.NumberRule, wanted map[string]int64) error {
	free := true
	for _, scope := range slices.Sorted(maps.Keys(wanted)) {
		held, err := c.service.Store.NumbersFrom(ctx, scope)
		if err != nil {
			return err
		}
		next, err := c.service.Store.NumberCounter(ctx, scope)
		if err != nil {
			return err
		}
		if err := playNumbers(rule, scope, next, wanted[scope], held); err != nil {
			free = false
			c.say(false, "学号 %s…：%s", scope, sentence(err))
		}
	}
	c.say(free, "学号规则不冲突：%d 个号段", len(wanted))
	return nil
}

func playNumbers(rule enroll.NumberRule, scope string, counter, wanted int64, held []string) error {
	taken := make(map[string]bool, len(held))
	for _, n := range held {
		taken[n] = true
	}
	for ; wanted > 0; wanted-- {
		for try := 0; ; try++ {
			if try == enroll.NumberTries {
				return enroll.Fail("number_rule", fmt.Sprintf("连续 %d 个号码已被占用", enroll.NumberTries))
			}
			counter++
			number, err := rule.Number(scope, counter)
			if err != nil {
				return err
			}
			if !taken[number] {
				break
			}
		}
	}
	return nil
}
