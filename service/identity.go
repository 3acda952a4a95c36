package service

import (
	"context"
	"strconv"

	"xinsheng/enroll"
	"xinsheng/store"
)

// IdentityRow is one line of the identity check; a Masked one is shown whole on demand.
type IdentityRow struct {
	Key, Label, Value string
	Masked            bool
}

// IdentityRows lists what the roster says of the student (身份信息核对): the
// eleven fields of the manual, in its order, the number masked in the middle.
func (s *Service) IdentityRows(ctx context.Context, v *Visit) ([]IdentityRow, error) {
	if !v.Verified {
		return nil, enroll.Fail("identity_step_needed")
	}
	r, p := v.Registration, v.Program
	return []IdentityRow{
		{"name", "姓名", r.Name, false},
		{"sex", "性别", r.Sex, false},
		{"ethnic", "民族", r.Ethnic, false},
		{"id_type", "证件类型", v.Student.IDType.Name(), false},
		{"id_number", "证件号码", v.Student.IDNumber.String(), true},
		{"point", "所属教学点", v.Point.Name, false},
		{"grade", "年级", strconv.Itoa(r.Grade) + "级", false},
		{"level", "层次", string(p.Level), false},
		{"major", "专业", p.Name, false},
		{"study_form", "学习形式", p.Form, false},
		{"study_years", "学制", p.Years() + " 年", false},
	}, nil
}

// IdentityNumber is the student's own document number in full.
func (s *Service) IdentityNumber(v *Visit) (string, error) {
	if !v.Verified {
		return "", enroll.Fail("identity_step_needed")
	}
	return v.Student.IDNumber.Raw(), nil
}

// ConfirmIdentity notes that the student found the roster's facts right.
func (s *Service) ConfirmIdentity(ctx context.Context, v *Visit) error {
	if !v.Verified {
		return enroll.Fail("identity_step_needed")
	}
	if err := s.mayOpen(ctx, v, enroll.StepIdentity); err != nil {
		return err
	}
	if !v.Registration.IdentityAt.IsZero() {
		return nil
	}
	if !v.Registration.Status.Editable() {
		return enroll.Fail("wrong_state", v.Registration.Status.Name())
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.holdForm(ctx, tx, v); err != nil {
			return err
		}
		if err := s.begin(ctx, tx, v); err != nil {
			return err
		}
		if err := tx.SetStamp(ctx, v.Registration.ID, store.StampIdentity, s.Now()); err != nil {
			return err
		}
		return s.tell(ctx, tx, v, eventIdentity, "")
	})
}
