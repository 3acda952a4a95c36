package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// WorkKind is one heap of a clerk's worklist (待办).
type WorkKind string

// The heaps: nobody came, somebody stopped on the way, was sent back, or has to pay.
const (
	WorkNew      WorkKind = "new"
	WorkStuck    WorkKind = "stuck"
	WorkReturned WorkKind = "returned"
	WorkUnpaid   WorkKind = "unpaid"
)

// WorkKinds lists the heaps with their Chinese names, in the order of the page.
var WorkKinds = []struct {
	Kind WorkKind
	Name string
}{
	{WorkNew, "未开始"}, {WorkStuck, "办理中"}, {WorkReturned, "退回未改"}, {WorkUnpaid, "待缴费"},
}

// WorkRow is one student of a heap, and whether somebody reminded them today.
type WorkRow struct {
	StudentRow
	Reminded bool
}

// Worklist lists one page of a heap after the given id: of the intakes that are open, a clerk's own point only.
func (s *Service) Worklist(ctx context.Context, d *Duty, kind WorkKind, after string, limit int) (rows []WorkRow, next string, err error) {
	f, err := s.workFilter(ctx, d)
	if err != nil {
		return nil, "", err
	}
	f.Work, limit = string(kind), pageSize(limit)
	list, err := s.Store.SearchStudents(ctx, f, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(list) > limit {
		list, next = list[:limit], list[limit-1].ID
	}
	plain, err := s.studentRows(ctx, list)
	if err != nil {
		return nil, "", err
	}
	ids, students := make([]string, len(list)), make([]string, len(list))
	for i, r := range list {
		ids[i], students[i] = r.ID, r.Student
	}
	done, err := s.Store.Reminded(ctx, enroll.Day(enroll.ReminderTime(s.Now())), ids, students)
	for _, row := range plain {
		rows = append(rows, WorkRow{row, done[row.Registration.Student]})
	}
	return rows, next, err
}

// WorkCounts counts the heaps.
func (s *Service) WorkCounts(ctx context.Context, d *Duty) (map[WorkKind]int, error) {
	f, err := s.workFilter(ctx, d)
	if err != nil {
		return nil, err
	}
	counts := map[WorkKind]int{}
	for _, row := range WorkKinds {
		f.Work = string(row.Kind)
		byStatus, err := s.Store.CountStudents(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, n := range byStatus {
			counts[row.Kind] += n
		}
	}
	return counts, nil
}

// workFilter binds a worklist to the intake that is open, and a clerk's to the own point.
func (s *Service) workFilter(ctx context.Context, d *Duty) (f store.StudentFilter, err error) {
	intake, err := s.CurrentIntake(ctx)
	f.Intake = intake.ID
	if d.Staff.Role == enroll.RoleClerk {
		f.Point = d.Staff.Point
	}
	return f, err
}

// RemindStudent reminds one student of what is theirs to do (一键提醒), by the
// rules of all reminders: once a day, not at night, and only who can be reached.
func (s *Service) RemindStudent(ctx context.Context, d *Duty, registration string) error {
	r, err := s.StaffRegistration(ctx, d, registration)
	if err != nil {
		return err
	}
	intake, err := s.Store.Intake(ctx, r.Intake)
	if err != nil {
		return err
	}
	reminder, ok := enroll.RemindNow(intake, r, enroll.ReminderTime(s.Now()))
	if !ok {
		return enroll.Fail("remind_not")
	}
	student, err := s.Store.Student(ctx, r.Student)
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		sent, err := s.within(tx).remindOne(ctx, tx, store.PushTarget{Registration: r, Bound: !student.BoundAt.IsZero()}, reminder)
		if err != nil {
			return err
		}
		if sent != "" {
			return enroll.Fail(sent)
		}
		return s.audit(ctx, tx, d, "remind", r.ID, reminder.Why)
	})
}
