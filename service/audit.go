package service

import (
	"context"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// auditTick is how often new lines of the audit log are chained to those before.
const auditTick = 5 * time.Second

// AuditQuery narrows the audit log; empty fields do not.
type AuditQuery = store.AuditQuery

// RunAuditChain chains the audit log until ctx ends; any number of replicas may run it.
func (s *Service) RunAuditChain(ctx context.Context) error {
	tick := time.NewTicker(auditTick)
	defer tick.Stop()
	for {
		err := s.ChainAudit(ctx)
		s.beat(ctx, "audit", err)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("audit chain", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// ChainAudit chains all new lines of the audit log to those before.
func (s *Service) ChainAudit(ctx context.Context) error {
	for {
		if more, err := s.Store.ChainAudit(ctx); err != nil || !more {
			return err
		}
	}
}

// idLength tells an id from a word by which people know a student.
const idLength = 36

// AuditLog lists one page of the audit log, the newest first (操作日志); the
// object may be an id, or a student's 考生号 or number.
func (s *Service) AuditLog(ctx context.Context, q AuditQuery) ([]enroll.Audit, error) {
	if q.Object != "" && len(q.Object) != idLength {
		r, err := s.FindRegistration(ctx, q.Object)
		if err != nil && enroll.CodeOf(err) != enroll.NotFound {
			return nil, err
		}
		if err == nil {
			q.Object = r.ID
		}
	}
	return s.Store.AuditList(ctx, q)
}

// AuditObjects names what the lines are about: students by 考生号, people of the college by account.
func (s *Service) AuditObjects(ctx context.Context, list []enroll.Audit) (map[string]string, error) {
	var ids []string
	for _, a := range list {
		if len(a.Object) == idLength {
			ids = append(ids, a.Object)
		}
	}
	return s.Store.AuditObjects(ctx, ids)
}

// VerifyAudit goes through the whole audit log, the newest lines too: how many
// are whole, and the number of the first that was changed or is missing, or 0. That it was asked is a line itself.
func (s *Service) VerifyAudit(ctx context.Context, d *Duty) (lines, broken int64, err error) {
	if err := s.audit(ctx, s.Store, d, "audit_verify", "", ""); err != nil {
		return 0, 0, err
	}
	if err := s.ChainAudit(ctx); err != nil {
		return 0, 0, err
	}
	return s.Store.VerifyAudit(ctx)
}
