package service

import (
	"context"
	"fmt"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// reminderTick is how often the register is looked through for who should be reminded.
const reminderTick = 30 * time.Minute

// RunReminders reminds students by the rules of their intakes (自动提醒), until ctx
// ends; any number of replicas may run it.
func (s *Service) RunReminders(ctx context.Context) error {
	tick := time.NewTicker(reminderTick)
	defer tick.Stop()
	for {
		err := s.SendReminders(ctx)
		s.beat(ctx, "reminders", err)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("reminders", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// remindable are the statuses in which somebody may be reminded.
var remindable = []enroll.Status{enroll.Reserved, enroll.Returned, enroll.Payable, enroll.Open}

// SendReminders writes what is due into the outbox, where urgent messages go
// first: each stage of a rule once, at most one a day per student, nothing at night.
func (s *Service) SendReminders(ctx context.Context) error {
	if now := s.Now(); enroll.ReminderTime(now).After(now) {
		return nil
	}
	intakes, err := s.Store.Intakes(ctx)
	if err != nil {
		return err
	}
	for _, intake := range intakes {
		p := enroll.Push{Intake: intake.ID, Selection: enroll.PushSelection{Statuses: remindable}}
		for after := ""; ; {
			page, err := s.Store.PushTargets(ctx, p, store.PushPlaces{}, after, pushPage)
			if err != nil {
				return err
			}
			if len(page) == 0 {
				break
			}
			if err := s.remindPage(ctx, intake, page); err != nil {
				return fmt.Errorf("remind intake %s: %w", intake.Name, err)
			}
			after = page[len(page)-1].Registration.ID
		}
	}
	return nil
}

// remindPage reminds one page of students in one transaction.
func (s *Service) remindPage(ctx context.Context, intake enroll.Intake, page []store.PushTarget) error {
	ids, students := make([]string, len(page)), make([]string, len(page))
	for i, t := range page {
		ids[i], students[i] = t.Registration.ID, t.Registration.Student
	}
	moved, err := s.Store.LastMoves(ctx, ids)
	if err != nil {
		return err
	}
	done, err := s.Store.Reminded(ctx, enroll.Day(s.Now()), ids, students)
	if err != nil {
		return err
	}
	type due struct {
		target   store.PushTarget
		reminder enroll.Reminder
	}
	var list []due
	for _, t := range page {
		r := t.Registration
		since := moved[r.ID]
		for _, at := range []time.Time{r.CreatedAt, r.StartedAt} {
			if at.After(since) {
				since = at
			}
		}
		for _, reminder := range enroll.RemindersDue(intake, r, enroll.Waited{Since: since, Now: s.Now()}) {
			if done[r.Student] || done[r.ID+"|"+string(reminder.Rule)+"|"+reminder.Stage] {
				continue
			}
			done[r.Student] = true
			list = append(list, due{t, reminder})
		}
	}
	if len(list) == 0 {
		return nil
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		for _, d := range list {
			if _, err := s.remindOne(ctx, tx, d.target, d.reminder); err != nil {
				return err
			}
		}
		return nil
	})
}

// remindOne writes one reminder; unsent says why not: this day or this stage had one meanwhile, or nobody can be reached.
func (s *Service) remindOne(ctx context.Context, tx *store.Store, t store.PushTarget, reminder enroll.Reminder) (unsent enroll.Reason, err error) {
	r := t.Registration
	n := notice{Event: reminder.Event, Status: r.Status, Fields: map[string]string{"until": enroll.EndMinute(reminder.Until), "reason": reminder.Why}}
	if !t.Bound {
		reached, err := s.reachUnbound(ctx, tx, r, &n)
		if err != nil {
			return "", err
		}
		if !reached {
			return "remind_unreachable", nil
		}
	}
	// In the evening it is booked on the day when it is read.
	err = tx.AddReminder(ctx, r, reminder.Rule, reminder.Stage, enroll.ReminderTime(s.Now()))
	if tx.IsTaken(err) {
		return "remind_today", nil
	}
	if err != nil {
		return "", err
	}
	return "", s.notifyAs(ctx, tx, r.ID, fmt.Sprintf("%s:%s:%s", reminder.Rule, r.ID, reminder.Stage), n, false)
}

// reachUnbound finds how to reach somebody whom no phone is bound to: as the
// archive or the application came, else by the roster's phone.
func (s *Service) reachUnbound(ctx context.Context, tx *store.Store, r enroll.Registration, n *notice) (bool, error) {
	phone, openid, err := s.unboundAt(ctx, r.ID)
	if err != nil {
		return false, err
	}
	if phone == "" && openid == "" {
		phone = r.RosterPhone
	}
	if r.Status == enroll.Reserved {
		list, err := tx.Applications(ctx, r.ID)
		if err != nil {
			return false, err
		}
		if last := first(list); last != nil {
			phone, openid = last.Phone, last.OpenID
		}
	}
	n.Phone, n.OpenID = phone.Raw(), openid
	return n.Phone != "" || n.OpenID != "", nil
}

// notBefore puts a message off without counting it as a failure.
type notBefore struct{ at time.Time }

// Error says when the message may go out.
func (e *notBefore) Error() string { return "waits until " + enroll.Minute(e.at) }

// stale says that a reminder has lost its cause; at night it waits for the morning.
func (s *Service) stale(ctx context.Context, registration string, n notice) (bool, error) {
	if n.Status == "" {
		return false, nil
	}
	now := s.Now()
	if morning := enroll.ReminderTime(now); morning.After(now) {
		return false, &notBefore{morning}
	}
	r, err := s.Store.Registration(ctx, registration)
	return r.Status != n.Status, err
}
