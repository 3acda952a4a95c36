package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
)

// studentCode issues a one-time login code to a student whose document was seen, and shows it once.
func studentCode(ctx context.Context, cmd *cli.Command, a *app, r enroll.Registration) error {
	issued, err := a.service.IssueDeskCode(ctx, r.ID, cmd.String("phone"), decision(cmd))
	if err != nil {
		return err
	}
	fmt.Printf("登录码：%s\n%s 前有效，只能用一次，只能和这个手机号一起使用。\n请学生在登录页点“仍未收到？”，选“我有老师发放的登录码”。登录码不再显示，请勿截图转发。\n",
		enroll.SpacedDeskCode(issued.Code), enroll.Minute(issued.ExpiresAt))
	return nil
}
