package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"xinsheng/enroll"
)

type importRow struct {
	ID        string  `db:"id"`
	Intake    string  `db:"intake_id"`
	File      string  `db:"file"`
	FileHash  string  `db:"file_hash"`
	State     string  `db:"state"`
	Total     int     `db:"rows_total"`
	New       int     `db:"rows_new"`
	Changed   int     `db:"rows_changed"`
	Same      int     `db:"rows_same"`
	Refused   int     `db:"rows_refused"`
	Applied   int     `db:"rows_applied"`
	CreatedAt int64   `db:"created_at"`
	AppliedAt int64   `db:"applied_at"`
	Live      *string `db:"live_key"`
	Job       string  `db:"job_id"`
	Account   string  `db:"account"`
	Ignored   string  `db:"ignored"`
	UndoAt    int64   `db:"undo_at"`
}

func (r importRow) value() enroll.RosterImport {
	return enroll.RosterImport{
		ID: r.ID, Intake: r.Intake, File: r.File, FileHash: r.FileHash, State: r.state(), Total: r.Total, New: r.New,
		Changed: r.Changed, Same: r.Same, Refused: r.Refused, Applied: r.Applied, CreatedAt: moment(r.CreatedAt), AppliedAt: moment(r.AppliedAt),
		Job: r.Job, Account: r.Account, Ignored: r.Ignored, UndoAt: moment(r.UndoAt),
	}
}

// state tells an import that is being taken back from one that is being
// applied: both hold the intake, and hide from login whom the import brought.
func (r importRow) state() enroll.RosterState {
	switch state := enroll.RosterState(r.State); {
	case r.UndoAt == 0:
		return state
	case state == enroll.RosterApplying:
		return enroll.RosterUndoing
	default:
		return enroll.RosterUndone
	}
}

// AddRosterImport begins an import in the state staging.
func (s *Store) AddRosterImport(ctx context.Context, i enroll.RosterImport) error {
	return s.insert(ctx, "roster_import", importRow{
		ID: i.ID, Intake: i.Intake, File: i.File, FileHash: i.FileHash, State: string(enroll.RosterStaging), CreatedAt: millis(i.CreatedAt),
		Job: i.Job, Account: i.Account,
	})
}

// RosterImport finds an import by id.
func (s *Store) RosterImport(ctx context.Context, id string) (enroll.RosterImport, error) {
	var row importRow
	err := s.get(ctx, &row, `SELECT * FROM roster_import WHERE id = ?`, id)
	return row.value(), err
}

// RosterImports lists an intake's imports, the newest first.
func (s *Store) RosterImports(ctx context.Context, intake string) ([]enroll.RosterImport, error) {
	var rows []importRow
	err := s.list(ctx, &rows, `SELECT * FROM roster_import WHERE intake_id = ? ORDER BY created_at DESC, id DESC`, intake)
	list := make([]enroll.RosterImport, len(rows))
	for i, r := range rows {
		list[i] = r.value()
	}
	return list, err
}

// StagedRoster ends the reading of a file with its figures.
func (s *Store) StagedRoster(ctx context.Context, i enroll.RosterImport) error {
	return s.guard(ctx,
		`UPDATE roster_import SET state = 'staged', rows_total = ?, rows_new = ?, rows_changed = ?, rows_same = ?, rows_refused = ?, ignored = ? WHERE id = ? AND state = 'staging'`,
		i.Total, i.New, i.Changed, i.Same, i.Refused, i.Ignored, i.ID)
}

// ApplyingRoster begins to apply a staged import; IsTaken tells that another one of this intake is being applied.
func (s *Store) ApplyingRoster(ctx context.Context, i enroll.RosterImport) error {
	return s.guard(ctx, `UPDATE roster_import SET state = 'applying', live_key = ? WHERE id = ? AND state = 'staged'`, i.Intake, i.ID)
}

// AdvanceRoster counts applied lines by compare-and-set, so that of two runs on one import only one goes on.
func (s *Store) AdvanceRoster(ctx context.Context, id string, from, to int) error {
	return s.guard(ctx, `UPDATE roster_import SET rows_applied = ? WHERE id = ? AND state = 'applying' AND rows_applied = ?`, to, id, from)
}

// AppliedRoster ends an import: from here on its students can log in.
func (s *Store) AppliedRoster(ctx context.Context, id string, now time.Time) error {
	return s.guard(ctx, `UPDATE roster_import SET state = 'applied', live_key = NULL, applied_at = ? WHERE id = ? AND state = 'applying'`, millis(now), id)
}

// AbandonRoster gives an import up before anything of it was applied, and forgets its lines.
func (s *Store) AbandonRoster(ctx context.Context, id string) error {
	err := s.guard(ctx, `UPDATE roster_import SET state = 'abandoned' WHERE id = ? AND state IN ('staging', 'staged')`, id)
	if err != nil {
		return err
	}
	return s.ClearRosterLines(ctx, id)
}

// ClearRosterLines forgets an import's lines.
func (s *Store) ClearRosterLines(ctx context.Context, id string) error {
	_, err := s.exec(ctx, `DELETE FROM roster_row WHERE import_id = ?`, id)
	return err
}

// WorkOnRoster names the job that works on an import in the place of the former one; changed where another came first.
func (s *Store) WorkOnRoster(ctx context.Context, id, former, job string) error {
	return s.guard(ctx, `UPDATE roster_import SET job_id = ? WHERE id = ? AND job_id = ?`, job, id, former)
}

// StaleRosters lists imports that were read before a moment and never confirmed.
func (s *Store) StaleRosters(ctx context.Context, before time.Time) (ids []string, err error) {
	err = s.list(ctx, &ids, `SELECT id FROM roster_import WHERE state IN ('staging', 'staged') AND created_at < ?`, millis(before))
	return ids, err
}

type rosterRow struct {
	Import       string `db:"import_id"`
	No           int    `db:"row_no"`
	Verdict      string `db:"verdict"`
	Reasons      string `db:"reasons"`
	Content      []byte `db:"content"`
	Registration string `db:"registration_id"`
	Applied      int    `db:"applied"`
}

func lineID(importID string, no int) string { return fmt.Sprintf("%s/%d", importID, no) }

func (s *Store) rosterRow(importID string, line enroll.RosterLine) (rosterRow, error) {
	body, err := json.Marshal(line)
	return rosterRow{
		Import: importID, No: line.No, Verdict: string(line.Verdict), Reasons: reasonCodes(line),
		Content: s.keys.Seal("roster_row", "content", lineID(importID, line.No), body), Registration: line.Registration,
	}, err
}

// reasonCodes are the machine reasons of a line, which may be read without keys.
func reasonCodes(line enroll.RosterLine) string {
	var codes []string
	for _, n := range append(append([]enroll.RosterNote{}, line.Refusals...), line.Flags...) {
		codes = append(codes, n.Column+":"+string(n.Reason))
	}
	text := strings.Join(codes, ",")
	return text[:min(len(text), 500)]
}

// AddRosterLines keeps judged lines, sealed.
func (s *Store) AddRosterLines(ctx context.Context, importID string, lines []enroll.RosterLine) error {
	return s.keepRosterLines(ctx, importID, lines, 0)
}

func (s *Store) keepRosterLines(ctx context.Context, importID string, lines []enroll.RosterLine, applied int) error {
	rows := make([]rosterRow, len(lines))
	for i, line := range lines {
		var err error
		if rows[i], err = s.rosterRow(importID, line); err != nil {
			return err
		}
		rows[i].Applied = applied
	}
	return insertAll(ctx, s, "roster_row", rows)
}

// RosterLines lists an import's lines of some verdicts after a line number.
func (s *Store) RosterLines(ctx context.Context, importID string, verdicts []enroll.RosterVerdict, after, limit int) ([]enroll.RosterLine, error) {
	var rows []rosterRow
	err := s.listIn(ctx, &rows,
		`SELECT * FROM roster_row WHERE import_id = ? AND verdict IN (?) AND row_no > ? ORDER BY row_no LIMIT ?`, importID, verdicts, after, limit)
	if err != nil {
		return nil, err
	}
	return s.rosterLines(rows)
}

// RosterLinesToApply lists the next lines that an import has still to apply.
func (s *Store) RosterLinesToApply(ctx context.Context, importID string, limit int) ([]enroll.RosterLine, error) {
	var rows []rosterRow
	err := s.list(ctx, &rows,
		`SELECT * FROM roster_row WHERE import_id = ? AND applied = 0 AND verdict IN ('new', 'changed') ORDER BY row_no LIMIT ?`, importID, limit)
	if err != nil {
		return nil, err
	}
	return s.rosterLines(rows)
}

func (s *Store) rosterLines(rows []rosterRow) ([]enroll.RosterLine, error) {
	lines := make([]enroll.RosterLine, len(rows))
	for i, r := range rows {
		body, err := s.keys.Open("roster_row", "content", lineID(r.Import, r.No), r.Content)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(body, &lines[i]); err != nil {
			return nil, fmt.Errorf("roster line %s: %w", lineID(r.Import, r.No), err)
		}
		lines[i].Verdict, lines[i].Registration = enroll.RosterVerdict(r.Verdict), r.Registration
	}
	return lines, nil
}

// AppliedLines marks lines as done, with what was made of them in the end; changed where another process did them.
func (s *Store) AppliedLines(ctx context.Context, importID string, lines []enroll.RosterLine) error {
	return s.InTx(ctx, func(tx *Store) error {
		numbers := make([]int, len(lines))
		for i, line := range lines {
			numbers[i] = line.No
		}
		n, err := tx.execIn(ctx, `DELETE FROM roster_row WHERE import_id = ? AND applied = 0 AND row_no IN (?)`, importID, numbers)
		if err != nil {
			return err
		}
		if int(n) != len(lines) {
			return enroll.Fail("changed")
		}
		return tx.keepRosterLines(ctx, importID, lines, 1)
	})
}

// RosterLinesApplied lists lines that an import has applied after a line number.
func (s *Store) RosterLinesApplied(ctx context.Context, importID string, after, limit int) ([]enroll.RosterLine, error) {
	var rows []rosterRow
	err := s.list(ctx, &rows,
		`SELECT * FROM roster_row WHERE import_id = ? AND applied = 1 AND verdict IN ('new', 'changed') AND row_no > ? ORDER BY row_no LIMIT ?`, importID, after, limit)
	if err != nil {
		return nil, err
	}
	return s.rosterLines(rows)
}
