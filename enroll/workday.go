package enroll

import (
	"slices"
	"time"
)

// SpecialDay is a day on which the college works though it is a weekend (调休
// 上班), or does not though it is none (放假).
type SpecialDay struct {
	// Day is the calendar day in Shanghai (YYYY-MM-DD).
	Day   string
	Works bool
	Name  string
}

// PublicHolidays are the announced holidays with their working weekends
// (国务院办公厅关于2026年部分节假日安排的通知); what the college enters itself comes on top.
var PublicHolidays = slices.Concat(
	daysOff("元旦", "2026-01-01", 3, "2026-01-04"),
	daysOff("春节", "2026-02-15", 9, "2026-02-14", "2026-02-28"),
	daysOff("清明节", "2026-04-04", 3),
	daysOff("劳动节", "2026-05-01", 5, "2026-05-09"),
	daysOff("端午节", "2026-06-19", 3),
	daysOff("中秋节", "2026-09-25", 3),
	daysOff("国庆节", "2026-10-01", 7, "2026-09-20", "2026-10-10"),
)

// yearlyHolidays are off in every year by law (全国年节及纪念日放假办法); those by the moon are announced.
var yearlyHolidays = []string{"01-01", "05-01", "05-02", "10-01", "10-02", "10-03"}

func daysOff(name, first string, days int, worked ...string) []SpecialDay {
	var list []SpecialDay
	at, _ := time.ParseInLocation("2006-01-02", first, Shanghai)
	for i := range days {
		list = append(list, SpecialDay{Day(at.AddDate(0, 0, i)), false, name})
	}
	for _, day := range worked {
		list = append(list, SpecialDay{day, true, name + "调休上班"})
	}
	return list
}

// Calendar tells the working days of the college (工作日) from the others.
type Calendar struct{ special map[string]bool }

// NewCalendar makes the calendar of the announced holidays and what the college entered on top of them.
func NewCalendar(own []SpecialDay) Calendar {
	c := Calendar{special: map[string]bool{}}
	for _, d := range slices.Concat(PublicHolidays, own) {
		c.special[d.Day] = d.Works
	}
	return c
}

// Works says whether the college works on the day in Shanghai on which a moment lies.
func (c Calendar) Works(t time.Time) bool {
	t = t.In(Shanghai)
	if works, ok := c.special[Day(t)]; ok {
		return works
	}
	if slices.Contains(yearlyHolidays, t.Format("01-02")) && !c.Announced(t.Year()) {
		return false
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// Announced says whether the holidays of a year are known; until then only those fixed by law count.
func (c Calendar) Announced(year int) bool {
	_, ok := c.special[time.Date(year, 10, 1, 0, 0, 0, 0, Shanghai).Format("2006-01-02")]
	return ok
}

// AfterWorkdays is the end (24:00) of the n-th working day after the day of a
// moment; the day itself does not count (当日不计).
func (c Calendar) AfterWorkdays(from time.Time, n int) time.Time {
	day := DayStart(from)
	for counted := 0; counted < n; {
		day = day.AddDate(0, 0, 1)
		if c.Works(day) {
			counted++
		}
	}
	return day.AddDate(0, 0, 1)
}

// BeforeWorkdays is the moment since which fewer than n working days have passed, for warnings ahead of a due time.
func (c Calendar) BeforeWorkdays(due time.Time, n int) time.Time {
	day := due.Add(-time.Second)
	for counted := 0; counted < n; {
		if c.Works(day) {
			counted++
		}
		day = day.AddDate(0, 0, -1)
	}
	return DayStart(day.AddDate(0, 0, 1))
}
