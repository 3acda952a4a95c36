package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// FinanceOrder is an order with whose matter it is.
type FinanceOrder struct {
	enroll.Order
	Matter enroll.Registration
}

// FinanceCase is a case with whose matter it is.
type FinanceCase struct {
	enroll.Case
	Matter enroll.Registration
}

// OrderPage lists one page of orders, the newest first, for finance to read (订单).
func (s *Service) OrderPage(ctx context.Context, status enroll.OrderStatus, before string, limit int) ([]FinanceOrder, error) {
	list, err := s.Store.OrderPage(ctx, status, before, limit)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, o := range list {
		ids[i] = o.Registration
	}
	matters, err := s.Store.RegistrationsBy(ctx, ids)
	rows := make([]FinanceOrder, len(list))
	for i, o := range list {
		rows[i] = FinanceOrder{o, matters[o.Registration]}
	}
	return rows, err
}

// OrderFacts lists what WeChat Pay said about an order (支付事实).
func (s *Service) OrderFacts(ctx context.Context, order string) ([]enroll.PaymentFact, error) {
	o, err := s.Store.Order(ctx, order)
	if err != nil {
		return nil, err
	}
	return s.Store.Facts(ctx, o.OutTradeNo)
}

// CasePage lists one page of cases, the newest first, open or closed (异常).
func (s *Service) CasePage(ctx context.Context, kind enroll.CaseKind, open bool, before string, limit int) ([]FinanceCase, error) {
	list, err := s.Store.CasePage(ctx, kind, open, before, limit)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, c := range list {
		if c.Registration != "" {
			ids = append(ids, c.Registration)
		}
	}
	matters, err := s.Store.RegistrationsBy(ctx, ids)
	rows := make([]FinanceCase, len(list))
	for i, c := range list {
		rows[i] = FinanceCase{c, matters[c.Registration]}
	}
	return rows, err
}

// StaffCloseCase ends a case with a note, and with apply lets its money cover the bill (计入账单).
func (s *Service) StaffCloseCase(ctx context.Context, d *Duty, id, note string, apply bool) error {
	if err := reasonGiven(note); err != nil {
		return err
	}
	action := "case_close"
	if apply {
		action = "case_apply"
	}
	return s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := s.within(tx).CloseCase(ctx, id, d.Staff.Account, note, apply); err != nil {
			return err
		}
		return s.audit(ctx, tx, d, action, id, "")
	})
}
