package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
)

func loginCommand() *cli.Command {
	return &cli.Command{
		Name:  "login",
		Usage: "the way in (登录)",
		Commands: []*cli.Command{{
			Name: "unlock", Usage: "let a student try again after too many failed logins or codes; --reason says why", ArgsUsage: whom,
			Flags: byFlags(false), Action: withStudent(loginUnlock),
		}},
	}
}

func loginUnlock(ctx context.Context, cmd *cli.Command, a *app, r enroll.Registration) error {
	if err := a.service.Unlock(ctx, r.ID, decision(cmd)); err != nil {
		return err
	}
	fmt.Println("已解锁，学生可以重新登录。")
	return nil
}
