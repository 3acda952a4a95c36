package store

import (
	"context"

	"xinsheng/enroll"
)

// StudentsByDocument finds persons by whole document numbers, of some types, in one go.
func (s *Store) StudentsByDocument(ctx context.Context, people []enroll.Student) ([]enroll.Student, error) {
	if len(people) == 0 {
		return nil, nil
	}
	var hashes [][]byte
	types := map[enroll.IDType]bool{}
	var names []string
	for _, p := range people {
		hashes = append(hashes, s.documentHash(p.IDType, p.IDNumber))
		if !types[p.IDType] {
			types[p.IDType] = true
			names = append(names, string(p.IDType))
		}
	}
	var rows []studentRow
	if err := s.listIn(ctx, &rows, `SELECT * FROM student WHERE id_type IN (?) AND id_number_hash IN (?)`, names, hashes); err != nil {
		return nil, err
	}
	return s.studentsOf(rows)
}

// Students gives persons by id.
func (s *Store) Students(ctx context.Context, ids []string) (map[string]enroll.Student, error) {
	students := map[string]enroll.Student{}
	if len(ids) == 0 {
		return students, nil
	}
	var rows []studentRow
	if err := s.listIn(ctx, &rows, `SELECT * FROM student WHERE id IN (?)`, ids); err != nil {
		return nil, err
	}
	list, err := s.studentsOf(rows)
	for _, st := range list {
		students[st.ID] = st
	}
	return students, err
}

func (s *Store) studentsOf(rows []studentRow) ([]enroll.Student, error) {
	list := make([]enroll.Student, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = s.student(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// RegistrationsByStudent lists the matters that some persons have in one intake.
func (s *Store) RegistrationsByStudent(ctx context.Context, intake string, students []string) ([]enroll.Registration, error) {
	return s.registrationsBy(ctx, `SELECT * FROM registration WHERE intake_id = ? AND student_id IN (?)`, intake, students)
}

// RegistrationsByExamNo lists the matters of some 考生号 in one intake.
func (s *Store) RegistrationsByExamNo(ctx context.Context, intake string, examNos []string) ([]enroll.Registration, error) {
	return s.registrationsBy(ctx, `SELECT * FROM registration WHERE intake_id = ? AND exam_no IN (?)`, intake, examNos)
}

func (s *Store) registrationsBy(ctx context.Context, query, intake string, keys []string) ([]enroll.Registration, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var rows []registrationRow
	if err := s.listIn(ctx, &rows, query, intake, keys); err != nil {
		return nil, err
	}
	return s.registrations(rows)
}

// NumberHoldersAmong lists who holds one of these student numbers, and which of these registrations hold one.
func (s *Store) NumberHoldersAmong(ctx context.Context, numbers, registrations []string) ([]NumberHolder, error) {
	var holders []NumberHolder
	for column, keys := range map[string][]string{"number": numbers, "registration_id": registrations} {
		if len(keys) == 0 {
			continue
		}
		var rows []NumberHolder
		if err := s.listIn(ctx, &rows, `SELECT number, student_id, registration_id FROM student_number WHERE `+column+` IN (?)`, keys); err != nil {
			return nil, err
		}
		holders = append(holders, rows...)
	}
	return holders, nil
}
