package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

// SetDigest keeps whether a member of staff wants the daily list, and the WeChat that it goes to.
func (s *Store) SetDigest(ctx context.Context, p enroll.Staff) error {
	return s.guard(ctx, `UPDATE staff SET digest = ?, openid = ? WHERE id = ?`, flag(p.Digest), p.OpenID, p.ID)
}

// DigestDue names the accounts that want the list of a day by WeChat and have not got it.
func (s *Store) DigestDue(ctx context.Context, day string, now time.Time) ([]enroll.Staff, error) {
	var rows []staffRow
	err := s.list(ctx, &rows, `SELECT * FROM staff WHERE digest = 1 AND openid <> '' AND digest_day <> ? AND disabled_at = 0 AND expires_at > ? ORDER BY id`,
		day, millis(now))
	list := make([]enroll.Staff, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// ClaimDigest takes the list of a day for one account, in the transaction that writes it; false where another replica was first.
func (s *Store) ClaimDigest(ctx context.Context, id, day string) (bool, error) {
	n, err := s.exec(ctx, `UPDATE staff SET digest_day = ? WHERE id = ? AND digest_day <> ?`, day, id, day)
	return n == 1, err
}
