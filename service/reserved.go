package service

import (
	"context"
	"fmt"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Reserved is the register of reserved places (保留资格名册), the first to end
// at the top; with days, only those that end within so many days or have ended.
func (s *Service) Reserved(ctx context.Context, days int) ([]enroll.Registration, error) {
	all, err := s.Store.Reserved(ctx)
	if err != nil || days <= 0 {
		return all, err
	}
	var soon []enroll.Registration
	for _, r := range all {
		if r.Until.Before(s.Now().AddDate(0, 0, days)) {
			soon = append(soon, r)
		}
	}
	return soon, nil
}

// reservedTick is how often the register is looked through for places that end soon.
const reservedTick = time.Hour

// RunReserved reminds reserved students 60, 14 and 3 days before their places
// end, until ctx ends; any number of replicas may run it.
func (s *Service) RunReserved(ctx context.Context) error {
	tick := time.NewTicker(reservedTick)
	defer tick.Stop()
	for {
		if err := s.RemindReserved(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("remind reserved", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// RemindReserved writes each reminder once into the outbox; of those that are due together only the nearest.
func (s *Service) RemindReserved(ctx context.Context) error {
	list, err := s.Reserved(ctx, enroll.ReserveNotices[0])
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.Status != enroll.Reserved || !r.Until.After(s.Now()) {
			continue
		}
		if err := s.remindReserved(ctx, r); err != nil {
			return fmt.Errorf("remind %s: %w", r.ID, err)
		}
	}
	return nil
}

func (s *Service) remindReserved(ctx context.Context, r enroll.Registration) error {
	due := 0
	for _, days := range enroll.ReserveNotices {
		if r.Until.Before(s.Now().AddDate(0, 0, days)) {
			due = days
		}
	}
	end := enroll.EndMinute(r.Until)
	n := notice{Event: enroll.MessageReservedEnding, Fields: map[string]string{"until": end, "reason": "保留至 " + end + "，请按时申请恢复"}}
	student, err := s.Store.Student(ctx, r.Student)
	if err != nil {
		return err
	}
	if student.BoundAt.IsZero() {
		list, err := s.Store.Applications(ctx, r.ID)
		if err != nil {
			return err
		}
		if last := first(list); last != nil {
			n.Phone, n.OpenID = last.Phone.Raw(), last.OpenID
		}
	}
	dedupe := fmt.Sprintf("reserved:%s:%s:%d", r.ID, enroll.Day(r.Until), due)
	return s.Store.InTx(ctx, func(tx *store.Store) error { return s.notifyAs(ctx, tx, r.ID, dedupe, n, false) })
}

// Applications lists what waits for a decision, the oldest first, or all.
func (s *Service) Applications(ctx context.Context, waiting bool) ([]FiledApplication, error) {
	state := enroll.ApplicationState("")
	if waiting {
		state = enroll.ApplicationPending
	}
	list, err := s.Store.ApplicationsIn(ctx, state)
	if err != nil {
		return nil, err
	}
	filed := make([]FiledApplication, len(list))
	for i, a := range list {
		filed[i].Application = a
		if filed[i].Matter, err = s.Store.Registration(ctx, a.Registration); err != nil {
			return nil, err
		}
	}
	return filed, nil
}
