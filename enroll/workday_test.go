package enroll

import (
	"testing"
	"time"
)

func TestWorkdays(t *testing.T) {
	own := []SpecialDay{{Day: "2027-02-06", Name: "春节"}, {Day: "2027-10-01", Name: "国庆节"}, {Day: "2027-10-09", Works: true, Name: "国庆节调休上班"}}
	calendar := NewCalendar(own)
	for _, c := range []struct {
		name, from string
		days       int
		due        string
	}{
		{"the day itself does not count", "2026-11-23 09:00", 1, "2026-11-24 24:00"},
		{"a weekend lies between", "2026-11-27 16:59", 1, "2026-11-30 24:00"},
		{"handed in on a Saturday", "2026-11-28 10:00", 2, "2026-12-01 24:00"},
		{"late at night in Shanghai is still the same day", "2026-11-23 23:59", 1, "2026-11-24 24:00"},
		{"National Day, and the Saturday after it is worked", "2026-09-30 10:00", 2, "2026-10-09 24:00"},
		{"the worked Saturday counts", "2026-09-30 10:00", 3, "2026-10-10 24:00"},
		{"the worked Sunday before Mid-Autumn counts", "2026-09-18 10:00", 1, "2026-09-20 24:00"},
		{"Spring Festival with its two worked Saturdays", "2026-02-13 10:00", 2, "2026-02-24 24:00"},
		{"by law alone where nothing was announced", "2028-09-29 10:00", 2, "2028-10-05 24:00"},
		{"the college's own days", "2027-02-05 10:00", 1, "2027-02-08 24:00"},
		{"the college's own worked weekend", "2027-10-08 10:00", 1, "2027-10-09 24:00"},
	} {
		from, err := time.ParseInLocation("2006-01-02 15:04", c.from, Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		if due := EndMinute(calendar.AfterWorkdays(from.UTC(), c.days)); due != c.due {
			t.Errorf("%s: due %s, want %s", c.name, due, c.due)
		}
	}
	if calendar.Announced(2028) || !calendar.Announced(2026) {
		t.Error("2026 is announced, 2028 is not")
	}
}

func TestLateness(t *testing.T) {
	calendar := NewCalendar(nil)
	due := calendar.AfterWorkdays(time.Date(2026, 11, 26, 10, 0, 0, 0, Shanghai), 2) // Thursday: due at the end of Monday
	for _, c := range []struct {
		now  string
		want ReviewLateness
	}{
		{"2026-11-27 12:00", ReviewInTime}, {"2026-11-29 23:59", ReviewInTime}, {"2026-11-30 00:00", ReviewSoon},
		{"2026-11-30 23:59", ReviewSoon}, {"2026-12-01 00:00", ReviewOverdue},
	} {
		now, _ := time.ParseInLocation("2006-01-02 15:04", c.now, Shanghai)
		if got := calendar.Lateness(due, now); got != c.want {
			t.Errorf("%s: %s, want %s", c.now, got, c.want)
		}
	}
	if text := DueText(due, due.Add(-time.Hour)); text != "预计 11 月 30 日前完成审核" {
		t.Error(text)
	}
}

func TestReasonLibrary(t *testing.T) {
	if err := CheckReasons(ReviewReasons); err != nil {
		t.Error(err)
	}
	for _, wrong := range []ReviewReason{{"moon", "", "x"}, {ReviewForm, "moon", "x"}, {ReviewFace, Portrait, "x"}, {ReviewFace, "", " "}} {
		if CheckReasons([]ReviewReason{wrong}) == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
}
