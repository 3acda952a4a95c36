package demo

import (
	"context"
	"fmt"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
)

// StaffPassword is the own password of every account of the demo; the authenticator is on the sandbox's phone.
const StaffPassword = "yan-shi-deng-lu-2026"

// Staff are the accounts of the demo, one of each role and a second clerk and a second admin for what takes two.
func Staff() []enroll.Staff {
	return []enroll.Staff{
		{Account: "admin", Name: "管小理", Role: enroll.RoleAdmin},
		{Account: "admin2", Name: "管小二", Role: enroll.RoleAdmin},
		{Account: "xueji", Name: "学小籍", Role: enroll.RoleRegistrar},
		{Account: "xueji2", Name: "学小二", Role: enroll.RoleRegistrar},
		{Account: "caiwu", Name: "财小务", Role: enroll.RoleFinance},
		{Account: "dian01", Name: "点小一", Role: enroll.RoleClerk, Point: "01"},
		{Account: "dian02", Name: "点小二", Role: enroll.RoleClerk, Point: "02"},
	}
}

// ImportStaff makes the demo's accounts once, each with the demo's password and enrolled in the phone's authenticator.
func ImportStaff(ctx context.Context, s *service.Service, phone *sandbox.World) error {
	for _, p := range Staff() {
		if _, err := s.StaffAccount(ctx, p.Account); err == nil {
			continue
		} else if enroll.CodeOf(err) != enroll.NotFound {
			return err
		}
		if err := importOne(ctx, s, phone, p); err != nil {
			return fmt.Errorf("%s: %w", p.Account, err)
		}
	}
	return nil
}

func importOne(ctx context.Context, s *service.Service, phone *sandbox.World, p enroll.Staff) error {
	p, _, err := s.AddStaff(ctx, service.CommandLine("demo"), p)
	if err != nil {
		return err
	}
	hash, err := s.Passwords.Hash(ctx, StaffPassword)
	if err != nil {
		return err
	}
	if err := s.Store.SetPassword(ctx, p.ID, hash, time.Time{}); err != nil {
		return err
	}
	offer, err := s.OfferTOTP(ctx, p.ID)
	if err != nil {
		return err
	}
	if err := s.Store.SetTOTP(ctx, p.ID, offer.Secret, 0); err != nil {
		return err
	}
	return phone.Enrol(offer.URI)
}
