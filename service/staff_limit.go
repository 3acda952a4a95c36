package service

import (
	"context"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Limits at the door of the staff site (reliability §3.3). An account is closed
// for the network that failed, so that nobody locks a colleague out from
// elsewhere; who guesses from many networks, or at many accounts, meets the
// wider limits, which spare a network that the account was entered from lately.
const (
	staffPause           = 15 * time.Minute
	staffFailures        = 5
	staffFailuresAccount = 30
	staffFailuresNetwork = 60
	staffKnownFor        = 30 * 24 * time.Hour
)

// mayTryStaff refuses who failed too often lately, whether or not the account stands.
func (s *Service) mayTryStaff(ctx context.Context, account, address string) error {
	now, place := s.Now(), network(address)
	failures, err := s.Store.StaffFailures(ctx, account, place, now.Add(-staffPause))
	if err != nil {
		return err
	}
	if len(failures) >= staffFailures {
		return staffLocked(failures[staffFailures-1].Add(staffPause))
	}
	return s.mayTryFromAnywhere(ctx, account, place)
}

func (s *Service) mayTryFromAnywhere(ctx context.Context, account, place string) error {
	now := s.Now()
	known, err := s.Store.StaffKnown(ctx, account, place, now.Add(-staffKnownFor))
	if err != nil || known {
		return err
	}
	failures, err := s.Store.StaffFailuresOf(ctx, account, now.Add(-staffPause))
	if err != nil {
		return err
	}
	if len(failures) >= staffFailuresAccount {
		return staffLocked(failures[staffFailuresAccount-1].Add(staffPause))
	}
	if failures, err = s.Store.StaffFailuresAt(ctx, place, now.Add(-time.Hour)); err != nil {
		return err
	}
	if len(failures) >= staffFailuresNetwork {
		return staffLocked(failures[staffFailuresNetwork-1].Add(time.Hour))
	}
	return nil
}

func staffLocked(until time.Time) error {
	return enroll.Fail("staff_locked", enroll.Minute(until)).With("retry_at", until.UnixMilli())
}

// staffFailed writes a failure down and gives its reason; the audit log names
// an account that stands only, since people type passwords where the account belongs.
func (s *Service) staffFailed(ctx context.Context, p enroll.Staff, account, address, what string, reason error) error {
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		attempt := store.StaffAttempt{At: s.Now(), Account: account, Address: network(address), Outcome: what}
		if err := tx.AddStaffAttempt(ctx, attempt); err != nil {
			return err
		}
		return s.audit(ctx, tx, &Duty{Staff: p, Address: address}, actionLoginFailed, p.ID, what)
	})
	if err != nil {
		return err
	}
	return reason
}
