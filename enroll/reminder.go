package enroll

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// ReminderRule is one kind of reminder that the program sends by itself (自动提醒).
type ReminderRule string

// The rules of reminders, the most pressing first: of several on one day a student gets the first.
const (
	RemindReserved   ReminderRule = "reserved"
	RemindReturned   ReminderRule = "returned"
	RemindUnpaid     ReminderRule = "unpaid"
	RemindClosing    ReminderRule = "closing"
	RemindUnfinished ReminderRule = "unfinished"

	// RemindByHand is a clerk's click on one student of the own worklist (一键提醒).
	RemindByHand ReminderRule = "by_hand"
	// RemindFact stands for what a student was told today for another reason.
	RemindFact ReminderRule = "fact"
)

// ReminderRules lists the rules in their order, with name, event and the usual days;
// days count back from the end of time for reserved and closing, forward from the last
// thing done for the others.
var ReminderRules = []struct {
	Rule  ReminderRule
	Name  string
	Event string
	Days  []int
}{
	{RemindReserved, "保留资格即将到期", MessageReservedEnding, ReserveNotices},
	{RemindReturned, "退回后未修改", MessageReminder, []int{2, 7}},
	{RemindUnpaid, "未缴费", MessageReminder, []int{1, 3}},
	{RemindClosing, "注册即将截止", MessageReminder, []int{7, 3, 1}},
	{RemindUnfinished, "未办完", MessageReminder, []int{3, 10, 20}},
}

// ReminderSetting changes one rule for an intake.
type ReminderSetting struct {
	Off  bool  `json:"off" yaml:"off"`
	Days []int `json:"days" yaml:"days"`
}

// reminderDays bounds the days of a rule: a program that reminds after a year reminds nobody.
const reminderDays = 365

// checkReminders lists in words what no rule of reminders may be set to.
func checkReminders(settings map[ReminderRule]ReminderSetting) []string {
	var wrong []string
	names := map[ReminderRule]string{}
	for _, rule := range ReminderRules {
		names[rule.Rule] = rule.Name
	}
	for _, rule := range slices.Sorted(maps.Keys(settings)) {
		setting := settings[rule]
		if names[rule] == "" {
			wrong = append(wrong, "没有这条规则："+string(rule))
		}
		if len(setting.Days) > 10 || slices.ContainsFunc(setting.Days, func(n int) bool { return n < 1 || n > reminderDays }) {
			wrong = append(wrong, names[rule]+"的天数应为 1–365，最多 10 个")
		}
	}
	return wrong
}

// DaysOf are the days of a rule as an intake has them, and whether it is on.
func (i Intake) DaysOf(rule ReminderRule) (days []int, on bool) {
	setting := i.Settings.Reminders[rule]
	for _, row := range ReminderRules {
		if row.Rule == rule {
			days = row.Days
		}
	}
	if len(setting.Days) > 0 {
		days = setting.Days
	}
	return days, !setting.Off
}

// Reminder is one reminder that is due: its rule and stage (once per registration), and what it says.
type Reminder struct {
	Rule  ReminderRule
	Stage string
	Event string
	Why   string
	Until time.Time
}

// Waited are the times from which reminders count.
type Waited struct {
	// Since is when the registration came into its status.
	Since time.Time
	Now   time.Time
}

// RemindNow is what a student is told on a clerk's click, as their matter
// stands; ok is false where nothing is theirs to do or the time is over.
func RemindNow(i Intake, r Registration, now time.Time) (m Reminder, ok bool) {
	ends := DeadlinesOf(i, r)
	m = Reminder{Rule: RemindByHand, Stage: Day(now), Event: MessageReminder, Until: ends.Submit}
	switch {
	case r.Status == Payable:
		m.Why, m.Until = "登记表已提交，请尽快缴纳学费", ends.Pay
	case r.Status == Returned:
		m.Why = "材料已退回，请尽快修改后重新提交"
	case r.Status == Open && r.StartedAt.IsZero():
		m.Why, m.Until = "您还没有办理注册，请尽快登录", ends.Start
	case r.Status == Open:
		m.Why = "注册尚未办完，请尽快继续办理"
	default:
		return m, false
	}
	return m, !now.Before(i.OpensAt) && now.Before(m.Until)
}

// RemindersDue lists what a registration should be reminded of, the most pressing first.
func RemindersDue(i Intake, r Registration, w Waited) []Reminder {
	var due []Reminder
	for _, rule := range ReminderRules {
		days, on := i.DaysOf(rule.Rule)
		if !on {
			continue
		}
		if one, ok := reminderDue(rule.Rule, days, i, r, w); ok {
			one.Rule, one.Event = rule.Rule, rule.Event
			due = append(due, one)
		}
	}
	return due
}

func reminderDue(rule ReminderRule, days []int, i Intake, r Registration, w Waited) (Reminder, bool) {
	ends := DeadlinesOf(i, r)
	switch {
	case rule == RemindReserved && r.Status == Reserved:
		return before(r.Until, days, w.Now, "保留至 %s，请申请恢复")
	case rule == RemindReturned && r.Status == Returned:
		return after(w.Since, ends.Submit, days, w.Now, "材料已退回，请尽快修改后重新提交")
	case rule == RemindUnpaid && r.Status == Payable:
		return after(w.Since, ends.Pay, days, w.Now, "登记表已提交，请尽快缴纳学费")
	case rule == RemindClosing && r.Status.Editable():
		return before(ends.Start, days, w.Now, "注册 %s 截止")
	case rule == RemindUnfinished && r.Status == Open && !w.Now.Before(i.OpensAt):
		return after(laterOf(w.Since, i.OpensAt), ends.Start, days, w.Now, "注册尚未办完，请尽快继续办理")
	}
	return Reminder{}, false
}

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// before is the nearest stage of days before an end that still lies ahead.
func before(end time.Time, days []int, now time.Time, why string) (Reminder, bool) {
	due := 0
	for _, n := range days {
		if end.Before(now.AddDate(0, 0, n)) && (due == 0 || n < due) {
			due = n
		}
	}
	if due == 0 || !end.After(now) {
		return Reminder{}, false
	}
	return Reminder{Stage: fmt.Sprintf("%s:%d", Day(end), due), Why: fmt.Sprintf(why, Day(end.Add(-time.Second))), Until: end}, true
}

// after is the last stage of days since a moment that has come, while the end lies ahead.
func after(since, end time.Time, days []int, now time.Time, why string) (Reminder, bool) {
	due := 0
	for _, n := range days {
		if !since.IsZero() && !now.Before(since.AddDate(0, 0, n)) && n > due {
			due = n
		}
	}
	if due == 0 || !end.After(now) {
		return Reminder{}, false
	}
	return Reminder{Stage: fmt.Sprintf("%s:%d", Day(since), due), Why: why, Until: end}, true
}

// The hours in Shanghai within which no reminder may arrive, nor a push's SMS in
// place of a message that WeChat did not bring. What follows from the student's
// own act, as the number does, comes at any hour.
const (
	quietFrom  = 21
	quietUntil = 8
)

// ReminderTime gives now where reminders may go out, otherwise 8:00 after the night.
func ReminderTime(now time.Time) time.Time {
	hour := now.In(Shanghai).Hour()
	switch {
	case hour >= quietFrom:
		return DayStart(now).Add((24 + quietUntil) * time.Hour)
	case hour < quietUntil:
		return DayStart(now).Add(quietUntil * time.Hour)
	}
	return now
}
