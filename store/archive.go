package store

import (
	"context"
	"time"

	"xinsheng/enroll"
)

type archiveRow struct {
	ID           string `db:"id"`
	Registration string `db:"registration_id"`
	Login        string `db:"login_id"`
	PhoneHash    []byte `db:"phone_hash"`
	Phone        []byte `db:"phone"`
	OpenID       string `db:"openid"`
	Object       string `db:"object"`
	At           int64  `db:"at"`
	State        string `db:"state"`
	DecidedBy    string `db:"decided_by"`
	DecidedAt    int64  `db:"decided_at"`
	Reason       string `db:"reason"`
	NameCheck    string `db:"name_check"`
	Version      int    `db:"version"`
}

func (s *Store) archive(row archiveRow) (enroll.Archive, error) {
	phone, err := s.keys.openText("face_archive", "phone", row.ID, row.Phone)
	return enroll.Archive{
		ID: row.ID, Registration: row.Registration, Login: row.Login, Phone: enroll.Phone(phone), OpenID: row.OpenID,
		Object: row.Object, At: moment(row.At), State: enroll.FaceState(row.State), DecidedBy: row.DecidedBy,
		DecidedAt: moment(row.DecidedAt), Reason: row.Reason, NameCheck: row.NameCheck, Version: row.Version,
	}, err
}

// Archive finds an archived photo by id.
func (s *Store) Archive(ctx context.Context, id string) (enroll.Archive, error) {
	var row archiveRow
	if err := s.get(ctx, &row, `SELECT * FROM face_archive WHERE id = ?`, id); err != nil {
		return enroll.Archive{}, err
	}
	return s.archive(row)
}

// LastArchive finds the latest archived photo that was made with a phone, or nil where there is none.
func (s *Store) LastArchive(ctx context.Context, registration string, phone enroll.Phone) (*enroll.Archive, error) {
	return s.oneArchive(ctx,
		`SELECT * FROM face_archive WHERE registration_id = ? AND phone_hash = ? ORDER BY id DESC LIMIT 1`, registration, s.PhoneHash(phone))
}

func (s *Store) oneArchive(ctx context.Context, query string, args ...any) (*enroll.Archive, error) {
	var rows []archiveRow
	if err := s.list(ctx, &rows, query, args...); err != nil || len(rows) == 0 {
		return nil, err
	}
	a, err := s.archive(rows[0])
	return &a, err
}

// WaitingArchive finds a registration's first archived photo that waits for its decision, or nil.
func (s *Store) WaitingArchive(ctx context.Context, registration string) (*enroll.Archive, error) {
	return s.oneArchive(ctx, `SELECT * FROM face_archive WHERE registration_id = ? AND state = 'archived' ORDER BY id LIMIT 1`, registration)
}

// Archives lists the photos that wait for a decision, the oldest first, or
// those of all states where undecided is false.
func (s *Store) Archives(ctx context.Context, undecided bool) ([]enroll.Archive, error) {
	var rows []archiveRow
	err := s.list(ctx, &rows, `SELECT * FROM face_archive WHERE state = 'archived' OR ? = 0 ORDER BY at, id`, undecided)
	if err != nil {
		return nil, err
	}
	return s.archives(rows)
}

func (s *Store) archives(rows []archiveRow) ([]enroll.Archive, error) {
	list := make([]enroll.Archive, 0, len(rows))
	for _, row := range rows {
		a, err := s.archive(row)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// ArchivesDecidedBefore lists at most limit decided archives whose photo still
// stands though the decision is older than a moment.
func (s *Store) ArchivesDecidedBefore(ctx context.Context, moment time.Time, limit int) ([]enroll.Archive, error) {
	var rows []archiveRow
	err := s.list(ctx, &rows,
		`SELECT * FROM face_archive WHERE state <> 'archived' AND object <> '' AND decided_at <= ? ORDER BY decided_at LIMIT ?`,
		millis(moment), limit)
	if err != nil {
		return nil, err
	}
	return s.archives(rows)
}

// DropArchiveObject lets a decided archive forget its photo; changed where another replica was first.
func (s *Store) DropArchiveObject(ctx context.Context, a enroll.Archive) error {
	return s.guard(ctx, `UPDATE face_archive SET object = '' WHERE id = ? AND state <> 'archived' AND object = ?`, a.ID, a.Object)
}

// AddArchive keeps a new photo for review.
func (s *Store) AddArchive(ctx context.Context, a enroll.Archive) error {
	return s.insert(ctx, "face_archive", archiveRow{
		ID: a.ID, Registration: a.Registration, Login: a.Login, PhoneHash: s.PhoneHash(a.Phone),
		Phone: s.keys.sealText("face_archive", "phone", a.ID, a.Phone.Raw()), OpenID: a.OpenID, Object: a.Object,
		At: millis(a.At), State: string(a.State), NameCheck: a.NameCheck,
	})
}

// RetakeArchive overwrites an undecided photo as it was read; login, openid and name check go along.
func (s *Store) RetakeArchive(ctx context.Context, old, a enroll.Archive) error {
	return s.guard(ctx,
		`UPDATE face_archive SET object = ?, at = ?, login_id = ?, openid = ?, name_check = ?, version = version + 1
		 WHERE id = ? AND state = 'archived' AND version = ?`,
		a.Object, millis(a.At), a.Login, a.OpenID, a.NameCheck, old.ID, old.Version)
}

// DecideArchive approves or rejects a photo as it was read; a decided one stays as it is.
func (s *Store) DecideArchive(ctx context.Context, a enroll.Archive, to enroll.FaceState, by, reason string, at time.Time) error {
	return s.guard(ctx,
		`UPDATE face_archive SET state = ?, decided_by = ?, decided_at = ?, reason = ?, version = version + 1
		 WHERE id = ? AND state = 'archived' AND version = ?`,
		to, by, millis(at), reason, a.ID, a.Version)
}

// OtherPhoneFirst says that another phone than the archive's has a stronger
// claim to a registration: it passed the face step, was approved, or made its
// archive earlier. Ids are ordered by time, and retaking keeps them.
func (s *Store) OtherPhoneFirst(ctx context.Context, a enroll.Archive) (bool, error) {
	var n int
	hash := s.PhoneHash(a.Phone)
	err := s.get(ctx, &n,
		`SELECT (SELECT COUNT(*) FROM login WHERE registration_id = ? AND phone_hash <> ? AND face_passed_at > 0)
		 + (SELECT COUNT(*) FROM face_archive WHERE registration_id = ? AND phone_hash <> ? AND (state = 'approved' OR id < ?))`,
		a.Registration, hash, a.Registration, hash, a.ID)
	return n > 0, err
}

// OtherEntryFirst says that another entry than the archive's own, with whatever
// phone, has a claim to the registration: it passed the face step, or made an archive.
func (s *Store) OtherEntryFirst(ctx context.Context, a enroll.Archive) (bool, error) {
	var n int
	err := s.get(ctx, &n,
		`SELECT (SELECT COUNT(*) FROM login WHERE registration_id = ? AND id <> ? AND face_passed_at > 0)
		 + (SELECT COUNT(*) FROM face_archive WHERE registration_id = ? AND login_id <> ?)`,
		a.Registration, a.Login, a.Registration, a.Login)
	return n > 0, err
}

// MoveArchive lets an archived photo count for the student's new phone, which has taken the place of the one that made it.
func (s *Store) MoveArchive(ctx context.Context, a enroll.Archive, phone enroll.Phone) error {
	return s.guard(ctx, `UPDATE face_archive SET phone_hash = ?, phone = ?, version = version + 1 WHERE id = ? AND version = ?`,
		s.PhoneHash(phone), s.keys.sealText("face_archive", "phone", a.ID, phone.Raw()), a.ID, a.Version)
}
