package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// at moves the clock to an hour of a day from now, in Shanghai.
func at(w *world.World, days, hour int) {
	day := enroll.DayStart(w.Clock.Now()).AddDate(0, 0, days)
	w.Clock.Advance(day.Add(time.Duration(hour) * time.Hour).Sub(w.Clock.Now()))
}

func remind(t *testing.T, w *world.World) {
	t.Helper()
	if err := w.Service.SendReminders(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// Who has not finished after some days is reminded once for each stage, by day only, and not when the rule is off.
func TestRemindersOfAnIntake(t *testing.T) {
	w := world.New(t)
	r := w.Crowd(t, 1)[0]
	count := func() int { return waiting(t, w, r.ID, enroll.OutboxNotify) }
	remind(t, w)
	if count() != 0 {
		t.Fatal("reminded at once")
	}
	at(w, 4, 22)
	remind(t, w)
	if count() != 0 {
		t.Fatal("reminded at night")
	}
	at(w, 1, 9)
	remind(t, w)
	remind(t, w)
	if count() != 1 {
		t.Fatalf("%d reminders", count())
	}
	setting(t, w, func(s *enroll.Settings) {
		s.Reminders = map[enroll.ReminderRule]enroll.ReminderSetting{enroll.RemindUnfinished: {Off: true}, enroll.RemindClosing: {Days: []int{80}}}
	})
	remind(t, w)
	if count() != 1 {
		t.Error("twice on one day")
	}
	at(w, 7, 9)
	remind(t, w)
	if count() != 2 {
		t.Errorf("%d reminders with the rule of the window", count())
	}
}

// A reminder of the evening waits for the morning, and is dropped where the matter has moved on by then.
func TestReminderWaitsAndLapses(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	list := w.Crowd(t, 2)
	at(w, 4, 20)
	remind(t, w)
	at(w, 0, 22)
	drain(t, w)
	if sends(w) != 0 {
		t.Fatal("sent at night")
	}
	event := enroll.RegistrationEvent{Event: string(enroll.EventSubmit), To: enroll.Payable, By: enroll.ByStudent, At: w.Clock.Now()}
	r, err := w.Service.Store.Registration(ctx, list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Store.Move(ctx, r, event); err != nil {
		t.Fatal(err)
	}
	at(w, 1, 9)
	drain(t, w)
	if received(w, "C00001") != 0 || received(w, "C00002") != 1 {
		t.Errorf("%d and %d messages", received(w, "C00001"), received(w, "C00002"))
	}
}
