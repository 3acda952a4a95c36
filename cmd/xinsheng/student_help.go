package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
)

// studentHelp shows the help desk what the student's page shows: step, last error, device.
func studentHelp(ctx context.Context, cmd *cli.Command, a *app) error {
	note, err := a.service.Help(ctx, cmd.Args().First())
	if err != nil {
		return err
	}
	fmt.Printf("时间 %s，设备 %s\n页面 %s，当前步骤 %s\n", enroll.Minute(note.At), note.Device, cmp.Or(note.Page, "-"), cmp.Or(note.Step, "-"))
	if note.Reason != "" {
		fmt.Printf("最近的提示 %s（%s）%s\n", note.Reason.Outline(), note.Reason, note.Incident)
	}
	if note.Registration == "" {
		fmt.Println("尚未登录。")
		return nil
	}
	r, err := a.store.Registration(ctx, note.Registration)
	if err != nil {
		return err
	}
	return studentShow(ctx, cmd, a, r)
}
