package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// The kinds of jobs of the roster: read, bring in, take back.
const (
	jobRosterStage enroll.JobKind = "roster_stage"
	jobRosterApply enroll.JobKind = "roster_apply"
	jobRosterUndo  enroll.JobKind = "roster_undo"
)

// rosterTask says what a job of the roster works on; File is the upload that is to be read.
type rosterTask struct {
	Import string `json:"import"`
	File   string `json:"file,omitempty"`
}

// UploadRoster keeps a roster file that staff upload and begins to read it (试运行).
func (s *Service) UploadRoster(ctx context.Context, d *Duty, intakeID, name string, body io.Reader) (enroll.RosterImport, error) {
	intake, err := s.Store.Intake(ctx, intakeID)
	if err != nil {
		return enroll.RosterImport{}, err
	}
	hash := sha256.New()
	file, err := s.KeepUpload(ctx, io.TeeReader(body, hash), tableBytes)
	if err != nil {
		return enroll.RosterImport{}, err
	}
	in := enroll.RosterImport{
		ID: s.Store.NewID(), Intake: intake.ID, File: tail(name, 200), FileHash: hex.EncodeToString(hash.Sum(nil)), CreatedAt: s.Now(), Account: d.Staff.Account,
	}
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		j, err := s.startJob(ctx, tx, d, jobRosterStage, "读取名单："+name, rosterTask{Import: in.ID, File: file})
		if err != nil {
			return err
		}
		in.Job = j.ID
		return tx.AddRosterImport(ctx, in)
	})
	return in, err
}

func (s *Service) stageRosterJob(ctx context.Context, run *jobRun) error {
	var task rosterTask
	if err := run.params(&task); err != nil {
		return err
	}
	in, err := s.Store.RosterImport(ctx, task.Import)
	if err != nil || in.State != enroll.RosterStaging {
		return err
	}
	err = s.stageUpload(ctx, run, in, task.File)
	var known *enroll.Error
	if errors.As(err, &known) {
		err = errors.Join(err, s.Store.AbandonRoster(context.WithoutCancel(ctx), in.ID))
	}
	return err
}

// abandonStaging gives the import up whose reading was cancelled, if it is not judged yet.
func (s *Service) abandonStaging(ctx context.Context, tx *store.Store, j enroll.Job) error {
	var task rosterTask
	if err := json.Unmarshal(j.Params, &task); err != nil {
		return err
	}
	in, err := tx.RosterImport(ctx, task.Import)
	if err != nil || in.State != enroll.RosterStaging {
		return err
	}
	return tx.AbandonRoster(ctx, in.ID)
}

func (s *Service) stageUpload(ctx context.Context, run *jobRun, in enroll.RosterImport, upload string) error {
	intake, err := s.Store.Intake(ctx, in.Intake)
	if err != nil {
		return err
	}
	file, err := s.openLarge(ctx, upload)
	if err != nil {
		return err
	}
	if err := s.Store.ClearRosterLines(ctx, in.ID); err != nil {
		return err
	}
	plan, err := s.readImport(ctx, in, intake, file, func(done, total int) { _ = run.progress(ctx, done, total) })
	if err != nil {
		return err
	}
	_ = run.progress(ctx, plan.Import.Total, plan.Import.Total) // it is done, whatever happens to the job now
	return s.Store.ExpireFile(ctx, upload)
}

// ConfirmRoster brings a staged import in (确认导入); a second one of the same intake meanwhile is roster_busy.
func (s *Service) ConfirmRoster(ctx context.Context, d *Duty, id string) (enroll.RosterImport, error) {
	in, err := s.Store.RosterImport(ctx, id)
	if err != nil {
		return in, err
	}
	if in.State != enroll.RosterStaged {
		return in, enroll.Fail("wrong_state", in.State.Name())
	}
	err = s.workOnRoster(ctx, d, in, jobRosterApply, "导入名单：", func(tx *store.Store) error {
		if err := tx.ApplyingRoster(ctx, in); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "roster_import", in.ID, fmt.Sprintf("新增 %d，变更 %d", in.New, in.Changed))
	})
	if s.Store.IsTaken(err) {
		return in, s.rosterBusy(ctx, in.Intake)
	}
	if err != nil {
		return in, err
	}
	return s.Store.RosterImport(ctx, id)
}

// workOnRoster starts a job on an import together with the act that it belongs to.
func (s *Service) workOnRoster(ctx context.Context, d *Duty, in enroll.RosterImport, kind enroll.JobKind, title string, act func(*store.Store) error) error {
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		j, err := s.startJob(ctx, tx, d, kind, title+in.File, rosterTask{Import: in.ID})
		if err != nil {
			return err
		}
		if err := tx.WorkOnRoster(ctx, in.ID, in.Job, j.ID); err != nil {
			return err
		}
		return act(tx)
	})
}

func (s *Service) applyRosterJob(ctx context.Context, run *jobRun) error {
	var task rosterTask
	if err := run.params(&task); err != nil {
		return err
	}
	_, err := s.ApplyRoster(ctx, task.Import, func(done, total int) { _ = run.progress(ctx, done, total) })
	return err
}

// StartUndoRoster begins to take an import back, also one that was only half applied (撤销导入).
func (s *Service) StartUndoRoster(ctx context.Context, d *Duty, id, reason string) (enroll.RosterImport, error) {
	in, err := s.restingRoster(ctx, id)
	if err != nil {
		return in, err
	}
	if reason == "" {
		return in, enroll.FailField("reason", "reason_missing")
	}
	if err := s.mayUndo(ctx, in); err != nil {
		return in, err
	}
	err = s.workOnRoster(ctx, d, in, jobRosterUndo, "撤销导入：", func(tx *store.Store) error {
		return s.audit(ctx, tx, d, "roster_undo", in.ID, head(reason, 500))
	})
	if err != nil {
		return in, err
	}
	return s.Store.RosterImport(ctx, id)
}

func (s *Service) undoRosterJob(ctx context.Context, run *jobRun) error {
	var task rosterTask
	if err := run.params(&task); err != nil {
		return err
	}
	_, err := s.UndoRoster(ctx, task.Import, func(done, total int) { _ = run.progress(ctx, done, total) }, run.failure)
	return err
}

// ResumeRoster goes on with an import whose job was cancelled or failed on its way.
func (s *Service) ResumeRoster(ctx context.Context, d *Duty, id string) (enroll.RosterImport, error) {
	in, err := s.restingRoster(ctx, id)
	if err != nil {
		return in, err
	}
	kind, title := jobRosterApply, "继续导入："
	switch in.State {
	case enroll.RosterApplying:
	case enroll.RosterUndoing:
		kind, title = jobRosterUndo, "继续撤销："
	default:
		return in, enroll.Fail("wrong_state", in.State.Name())
	}
	err = s.workOnRoster(ctx, d, in, kind, title, func(tx *store.Store) error { return s.audit(ctx, tx, d, "roster_resume", in.ID, "") })
	if err != nil {
		return in, err
	}
	return s.Store.RosterImport(ctx, id)
}

// restingRoster finds an import on which no job works.
func (s *Service) restingRoster(ctx context.Context, id string) (enroll.RosterImport, error) {
	in, err := s.Store.RosterImport(ctx, id)
	if err != nil || in.Job == "" {
		return in, err
	}
	j, err := s.Store.Job(ctx, in.Job)
	if err == nil && !j.State.Ended() {
		return in, enroll.Fail("roster_working")
	}
	return in, err
}

// GiveUpRoster forgets an import of which nothing was applied (放弃).
func (s *Service) GiveUpRoster(ctx context.Context, d *Duty, id string) error {
	if _, err := s.restingRoster(ctx, id); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.AbandonRoster(ctx, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, "roster_give_up", id, "")
	})
}

// rosterKept is how long a staged import waits for its confirmation; its lines are personal data.
const rosterKept = 7 * 24 * time.Hour

// DropStaleRosters gives up imports that nobody confirmed for a week.
func (s *Service) DropStaleRosters(ctx context.Context) (dropped int, err error) {
	stale, err := s.Store.StaleRosters(ctx, s.Now().Add(-rosterKept))
	if err != nil {
		return 0, err
	}
	for _, id := range stale {
		if err := s.Store.AbandonRoster(ctx, id); err != nil && enroll.ReasonOf(err) != "changed" {
			return dropped, err
		}
		dropped++
	}
	return dropped, nil
}

// TakeRefused writes down who takes the file of an import's refused rows, which holds whole personal data.
func (s *Service) TakeRefused(ctx context.Context, d *Duty, id string) (enroll.RosterImport, error) {
	in, err := s.Store.RosterImport(ctx, id)
	if err != nil {
		return in, err
	}
	return in, s.audit(ctx, s.Store, d, "download", id, "名单导入被拒绝的行")
}
