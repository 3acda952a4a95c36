package service

import (
	"context"
	"slices"

	"xinsheng/enroll"
	"xinsheng/store"
)

// staffEntries is how many of the last entries a page shows.
const staffEntries = 10

// StaffEntries are the last entries into one's own account and the attempts
// that failed, the newest first: when, from which address, on what device.
func (s *Service) StaffEntries(ctx context.Context, d *Duty) ([]enroll.Audit, error) {
	var list []enroll.Audit
	for _, action := range []string{actionLogin, actionLoginFailed} {
		lines, err := s.Store.AuditList(ctx, store.AuditQuery{Object: d.Staff.ID, Action: action, Limit: staffEntries})
		if err != nil {
			return nil, err
		}
		list = append(list, lines...)
	}
	slices.SortStableFunc(list, func(a, b enroll.Audit) int { return b.At.Compare(a.At) })
	return list[:min(len(list), staffEntries)], nil
}
