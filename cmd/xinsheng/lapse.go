package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
)

// studentLapse ends matters whose time is over; whoever may not lapse is named and left as is.
func studentLapse(ctx context.Context, cmd *cli.Command, a *app) error {
	ids, err := a.lapsing(ctx, cmd)
	if err != nil {
		return err
	}
	show := progress("逾期")
	done := 0
	left := map[enroll.Reason]int{}
	for i, id := range ids {
		show(i, len(ids))
		err := a.service.Lapse(ctx, id, decision(cmd))
		switch enroll.CodeOf(err) {
		case enroll.WrongState, enroll.Conflict:
			left[enroll.ReasonOf(err)]++
		default:
			if err != nil {
				return err
			}
			done++
		}
	}
	show(len(ids), len(ids))
	fmt.Printf("已设为逾期：%d 名\n", done)
	for reason, n := range left {
		fmt.Printf("保持原状：%d 名（%s）\n", n, reason)
	}
	return nil
}

func (a *app) lapsing(ctx context.Context, cmd *cli.Command) ([]string, error) {
	var ids []string
	for _, word := range cmd.Args().Slice() {
		r, err := a.service.FindRegistration(ctx, word)
		if err != nil {
			return nil, err
		}
		ids = append(ids, r.ID)
	}
	if !cmd.Bool("all") {
		if len(ids) == 0 {
			return nil, fmt.Errorf("请写明学生（%s），或用 --all 处理全部到期的学生", whom)
		}
		return ids, nil
	}
	intake, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return nil, err
	}
	for after := ""; ; {
		page, err := a.store.RegistrationsAt(ctx, intake.ID, "", after, 500)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			return ids, nil
		}
		for _, r := range page {
			if slices.Contains([]enroll.Status{enroll.Open, enroll.Returned, enroll.Payable, enroll.Reserved}, r.Status) {
				ids = append(ids, r.ID)
			}
		}
		after = page[len(page)-1].ID
	}
}
