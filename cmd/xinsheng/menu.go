package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"

	"xinsheng/service"
)

func menuCommand() *cli.Command {
	pushedBy := &cli.StringFlag{Name: "by", Usage: "who pushes", Sources: cli.EnvVars("USER")}
	return &cli.Command{
		Name:  "menu",
		Usage: "the official account's menu (公众号菜单)",
		Commands: []*cli.Command{
			{Name: "push", Usage: "show the difference and put our button 新生服务 into the menu",
				Flags:  []cli.Flag{pushedBy, &cli.BoolFlag{Name: "dry-run", Usage: "show the difference only"}},
				Action: withApp(menuPush)},
			{Name: "restore", Usage: "bring our buttons back as they stood before the last push; all others stay", Flags: []cli.Flag{pushedBy}, Action: withApp(menuRestore)},
		},
	}
}

// withApp gives a command the wired program and closes it afterwards.
func withApp(do func(context.Context, *cli.Command, *app) error) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		a, err := open(ctx, cmd)
		if err != nil {
			return err
		}
		defer a.Close()
		return do(ctx, cmd, a)
	}
}

func menuPush(ctx context.Context, cmd *cli.Command, a *app) error {
	plan, err := a.service.PlanMenu(ctx)
	if err != nil {
		return err
	}
	showMenuDifference(plan)
	if !plan.Changed() {
		fmt.Println("菜单已是最新，无需推送。")
		return nil
	}
	if cmd.Bool("dry-run") {
		return nil
	}
	if err := a.service.PushMenu(ctx, cmd.String("by"), plan); err != nil {
		return err
	}
	fmt.Println("已推送。原菜单已保存，可用 xinsheng menu restore 恢复。")
	return nil
}

func showMenuDifference(plan service.MenuPlan) {
	now, next := service.MenuLines(plan.Now), service.MenuLines(plan.Next)
	for _, line := range now {
		if !slices.Contains(next, line) {
			fmt.Println("- " + line)
		}
	}
	for _, line := range next {
		mark := "+ "
		if slices.Contains(now, line) {
			mark = "  "
		}
		fmt.Println(mark + line)
	}
}

func menuRestore(ctx context.Context, cmd *cli.Command, a *app) error {
	plan, err := a.service.PlanFormerMenu(ctx, service.MenuVersion{})
	if err != nil {
		return err
	}
	showMenuDifference(plan)
	if err := a.service.PushMenu(ctx, cmd.String("by"), plan); err != nil {
		return err
	}
	fmt.Println("已恢复。")
	return nil
}
