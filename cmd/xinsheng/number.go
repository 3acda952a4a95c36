package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
)

func numberCommand() *cli.Command {
	return &cli.Command{
		Name:  "number",
		Usage: "student numbers (学号)",
		Commands: []*cli.Command{{
			Name: "issue", Usage: "give a registered student the number that could not be had at payment", ArgsUsage: whom,
			Flags: byFlags(false), Action: withStudent(numberIssue),
		}},
	}
}

func numberIssue(ctx context.Context, cmd *cli.Command, a *app, r enroll.Registration) error {
	number, err := a.service.IssueNumber(ctx, r.ID, cmd.String("by"))
	if err != nil {
		return err
	}
	fmt.Println("学号 " + number)
	return nil
}
