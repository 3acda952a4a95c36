package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/service"
)

func auditCommand() *cli.Command {
	by := &cli.StringFlag{Name: "by", Usage: "who asks", Sources: cli.EnvVars("USER"), Required: true}
	return &cli.Command{
		Name:  "audit",
		Usage: "the audit log of the staff site (操作日志)",
		Commands: []*cli.Command{
			{Name: "verify", Usage: "prove that no line was changed, removed or put in behind the program's back", Flags: []cli.Flag{by}, Action: withApp(auditVerify)},
		},
	}
}

func auditVerify(ctx context.Context, cmd *cli.Command, a *app) error {
	lines, broken, err := a.service.VerifyAudit(ctx, service.CommandLine(cmd.String("by")))
	if err != nil {
		return err
	}
	if broken > 0 {
		return cli.Exit(fmt.Sprintf("操作日志第 %d 条与前文对不上：被改动、删除或插入过。此前 %d 条完好。", broken, lines), 3)
	}
	fmt.Printf("操作日志共 %d 条，前后一致，没有被改动、删除或插入。\n", lines)
	return nil
}
