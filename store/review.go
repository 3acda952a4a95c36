package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"xinsheng/enroll"
)

// reviewRow is one thing that waits, with who has it open and the clerk's word on this version of it.
type reviewRow struct {
	ID           string  `db:"id"`
	Registration string  `db:"registration_id"`
	Version      int64   `db:"version"`
	Since        int64   `db:"since"`
	Name         string  `db:"name"`
	ExamNo       string  `db:"exam_no"`
	Intake       string  `db:"intake_id"`
	Program      string  `db:"program_id"`
	Point        string  `db:"point_id"`
	ClaimStaff   *string `db:"claim_staff"`
	ClaimBy      *string `db:"claim_by"`
	ClaimSince   *int64  `db:"claim_since"`
	ClaimUntil   *int64  `db:"claim_until"`
	FirstPass    *bool   `db:"first_pass"`
	FirstReason  *string `db:"first_reason"`
	FirstItems   *string `db:"first_items"`
	FirstStaff   *string `db:"first_staff"`
	FirstBy      *string `db:"first_by"`
	FirstAt      *int64  `db:"first_at"`
}

// reviewMatter are the columns of the registration that an item belongs to.
const reviewMatter = `r.id AS registration_id, r.name, r.exam_no, r.intake_id, r.program_id, r.point_id FROM registration r `

// reviewQueues selects what waits, by kind; a proof waits from
// handing in until it was found genuine as it stands, or was checked since.
var reviewQueues = map[enroll.ReviewKind]string{
	enroll.ReviewFace: `SELECT a.id, a.version, a.at AS since, ` + reviewMatter + `JOIN face_archive a ON a.registration_id = r.id WHERE a.state = 'archived'`,
	enroll.ReviewForm: `SELECT r.id, r.version, r.submitted_at AS since, ` + reviewMatter + `WHERE r.status = 'submitted'`,
	enroll.ReviewApplication: `SELECT a.id, a.version, a.at AS since, ` + reviewMatter +
		`JOIN application a ON a.registration_id = r.id WHERE a.state = 'pending'`,
	enroll.ReviewCorrection: `SELECT k.id, k.version, k.at AS since, ` + reviewMatter +
		`JOIN correction k ON k.registration_id = r.id WHERE k.state = 'pending' AND k.kind = 'field'`,
	enroll.ReviewName: `SELECT k.id, k.version, k.at AS since, ` + reviewMatter +
		`JOIN correction k ON k.registration_id = r.id WHERE k.state = 'pending' AND k.kind IN ('name_check', 'name_pair')`,
	enroll.ReviewProof: `SELECT r.id, p.saved_at + r.submitted_at AS version, r.submitted_at AS since, ` + reviewMatter +
		`JOIN proof p ON p.registration_id = r.id WHERE r.status IN ('submitted', 'payable', 'registered')
		AND NOT EXISTS (SELECT 1 FROM proof_check k WHERE k.registration_id = r.id AND k.saved_at = p.saved_at
			AND (k.result = 'genuine' OR k.submitted_at = r.submitted_at))`,
}

const reviewQuery = `SELECT q.id, q.registration_id, q.version, q.since, q.name, q.exam_no, q.intake_id, q.program_id, q.point_id,
	c.staff_id AS claim_staff, cs.name AS claim_by, c.since AS claim_since, c.until_at AS claim_until,
	f.pass AS first_pass, f.reason AS first_reason, f.items AS first_items, f.staff_id AS first_staff, fs.name AS first_by, f.at AS first_at
	FROM (%s) q
	LEFT JOIN review_claim c ON c.kind = ? AND c.item_id = q.id AND c.until_at > ?
	LEFT JOIN staff cs ON cs.id = c.staff_id
	LEFT JOIN first_review f ON f.kind = ? AND f.item_id = q.id AND f.item_version = q.version
	LEFT JOIN staff fs ON fs.id = f.staff_id
	WHERE (q.id = ? OR ? = '') AND (? = '' OR q.point_id IN (SELECT id FROM point WHERE code = ?))`

// ReviewQueue lists what waits for a decision of one kind, in no order; a point's code narrows it to that point.
func (s *Store) ReviewQueue(ctx context.Context, kind enroll.ReviewKind, point string, now time.Time) ([]enroll.ReviewItem, error) {
	return s.reviewItems(ctx, kind, "", point, now)
}

// ReviewItem finds one thing that waits; what is decided or never was is not_found.
func (s *Store) ReviewItem(ctx context.Context, kind enroll.ReviewKind, id string, now time.Time) (enroll.ReviewItem, error) {
	list, err := s.reviewItems(ctx, kind, id, "", now)
	if err != nil {
		return enroll.ReviewItem{}, err
	}
	if id == "" || len(list) == 0 {
		return enroll.ReviewItem{}, enroll.Fail("not_found")
	}
	return list[0], nil
}

func (s *Store) reviewItems(ctx context.Context, kind enroll.ReviewKind, id, point string, now time.Time) ([]enroll.ReviewItem, error) {
	queue, ok := reviewQueues[kind]
	if !ok {
		return nil, nil
	}
	var rows []reviewRow
	err := s.list(ctx, &rows, fmt.Sprintf(reviewQuery, queue), kind, millis(now), kind, id, id, point, point)
	if err != nil {
		return nil, fmt.Errorf("review queue %s: %w", kind, err)
	}
	items := make([]enroll.ReviewItem, len(rows))
	for i, row := range rows {
		if items[i], err = row.value(kind); err != nil {
			return nil, err
		}
	}
	return items, nil
}

func (r reviewRow) value(kind enroll.ReviewKind) (enroll.ReviewItem, error) {
	item := enroll.ReviewItem{
		Kind: kind, ID: r.ID, Registration: r.Registration, Version: r.Version, Since: moment(r.Since), Name: r.Name, ExamNo: r.ExamNo,
		Intake: r.Intake, Program: r.Program, Point: r.Point,
	}
	if r.ClaimStaff != nil {
		item.Claim = &enroll.ReviewClaim{Staff: *r.ClaimStaff, By: known(r.ClaimBy), Since: moment(*r.ClaimSince), Until: moment(*r.ClaimUntil)}
	}
	if r.FirstStaff == nil {
		return item, nil
	}
	item.First = &enroll.FirstReview{
		Kind: kind, Item: r.ID, Version: r.Version, Pass: *r.FirstPass, Reason: *r.FirstReason, Staff: *r.FirstStaff, By: known(r.FirstBy), At: moment(*r.FirstAt),
	}
	if *r.FirstItems == "" {
		return item, nil
	}
	return item, json.Unmarshal([]byte(*r.FirstItems), &item.First.Items)
}

func known(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// ArchivesOf lists a registration's archived photos, the newest first.
func (s *Store) ArchivesOf(ctx context.Context, registration string) ([]enroll.Archive, error) {
	var rows []archiveRow
	if err := s.list(ctx, &rows, `SELECT * FROM face_archive WHERE registration_id = ? ORDER BY at DESC, id DESC`, registration); err != nil {
		return nil, err
	}
	return s.archives(rows)
}

// Looked says whether the audit log holds that somebody looked at this since a moment.
func (s *Store) Looked(ctx context.Context, staff, object, detail string, since time.Time) (bool, error) {
	var n int
	err := s.get(ctx, &n, `SELECT COUNT(*) FROM audit WHERE staff_id = ? AND object = ? AND action = 'look' AND detail = ? AND at >= ?`,
		staff, object, detail, millis(since))
	return n > 0, err
}
