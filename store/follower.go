package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
)

// SetFollower keeps whether a WeChat user follows the account (关注状态).
func (s *Store) SetFollower(ctx context.Context, openid string, subscribed bool, at time.Time) error {
	flag := 0
	if subscribed {
		flag = 1
	}
	n, err := s.exec(ctx, `UPDATE follower SET subscribed = ?, changed_at = ? WHERE openid = ? AND changed_at <= ?`, flag, millis(at), openid, millis(at))
	if err != nil || n == 1 {
		return err
	}
	err = s.insert(ctx, "follower", followerRow{OpenID: openid, Subscribed: flag, ChangedAt: millis(at)})
	if s.IsTaken(err) {
		return nil
	}
	return err
}

type followerRow struct {
	OpenID     string `db:"openid"`
	Subscribed int    `db:"subscribed"`
	ChangedAt  int64  `db:"changed_at"`
}

// Follower says whether a WeChat user follows the account, and since when that is known; the zero time where it is not.
func (s *Store) Follower(ctx context.Context, openid string) (follows bool, at time.Time, err error) {
	var row followerRow
	err = s.get(ctx, &row, `SELECT * FROM follower WHERE openid = ?`, openid)
	if enroll.CodeOf(err) == enroll.NotFound {
		return false, time.Time{}, nil
	}
	return row.Subscribed == 1, moment(row.ChangedAt), err
}

type deliveryRow struct {
	MsgID  string `db:"msgid"`
	Outbox string `db:"outbox_id"`
	OpenID string `db:"openid"`
	Status string `db:"status"`
	At     int64  `db:"at"`
}

// AddDelivery keeps WeChat's message id of a sent template message; a repetition is no error.
func (s *Store) AddDelivery(ctx context.Context, msgID, outbox, openid string, at time.Time) error {
	err := s.insert(ctx, "delivery", deliveryRow{MsgID: msgID, Outbox: outbox, OpenID: openid, At: millis(at)})
	if s.IsTaken(err) {
		return nil
	}
	return err
}

// Delivered notes what became of a template message and gives the outbox
// message that it carried; not_found where the id is not ours or was reported already.
func (s *Store) Delivered(ctx context.Context, msgID, status string, at time.Time) (outbox string, err error) {
	var row deliveryRow
	if err := s.get(ctx, &row, `SELECT * FROM delivery WHERE msgid = ? AND status = ''`, msgID); err != nil {
		return "", err
	}
	return row.Outbox, s.guard(ctx, `UPDATE delivery SET status = ?, at = ? WHERE msgid = ? AND status = ''`, status, millis(at), msgID)
}

// UnknownFollowers lists bound openids after one, of whom it is not known since a moment whether they follow the account.
func (s *Store) UnknownFollowers(ctx context.Context, since time.Time, after string, limit int) ([]string, error) {
	var list []string
	err := s.list(ctx, &list, `SELECT DISTINCT student.openid FROM student LEFT JOIN follower ON follower.openid = student.openid
		WHERE student.openid > ? AND student.bound_at > 0 AND (follower.openid IS NULL OR follower.changed_at < ?) ORDER BY student.openid LIMIT ?`,
		after, millis(since), limit)
	return list, err
}

// SetFollowers keeps what WeChat says of many people at once.
func (s *Store) SetFollowers(ctx context.Context, follows map[string]bool, at time.Time) error {
	rows := make([]followerRow, 0, len(follows))
	sides := [2][]string{}
	for openid, follow := range follows {
		flag := 0
		if follow {
			flag = 1
		}
		rows, sides[flag] = append(rows, followerRow{OpenID: openid, Subscribed: flag, ChangedAt: millis(at)}), append(sides[flag], openid)
	}
	slices.SortFunc(rows, func(a, b followerRow) int { return strings.Compare(a.OpenID, b.OpenID) })
	return s.InTx(ctx, func(tx *Store) error {
		for flag, openids := range sides {
			if len(openids) == 0 {
				continue
			}
			_, err := tx.execIn(ctx, `UPDATE follower SET subscribed = ?, changed_at = ? WHERE openid IN (?) AND changed_at <= ?`, flag, millis(at), openids, millis(at))
			if err != nil {
				return err
			}
		}
		return insertNew(ctx, tx, "follower", rows)
	})
}
