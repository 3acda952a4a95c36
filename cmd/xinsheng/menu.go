package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/urfave/cli/v3"

	"xinsheng/service"
	"xinsheng/wechat/oa"
)

func menuCommand() *cli.Command {
	return &cli.Command{
		Name:  "menu",
		Usage: "the official account's menu (公众号菜单)",
		Commands: []*cli.Command{
			{Name: "push", Usage: "show the difference and put our button 新生服务 into the menu",
				Flags:  []cli.Flag{&cli.BoolFlag{Name: "dry-run", Usage: "show the difference only"}},
				Action: withApp(menuPush)},
			{Name: "restore", Usage: "write a kept menu back", ArgsUsage: "FILE", Action: withApp(menuRestore)},
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
	kept, err := keepMenu(a.cfg.Data, plan.Now)
	if err != nil {
		return err
	}
	if err := a.service.PushMenu(ctx, plan); err != nil {
		return err
	}
	fmt.Printf("已推送。原菜单保存在 %s，可用 xinsheng menu restore 恢复。\n", kept)
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

func keepMenu(data string, buttons []oa.Button) (string, error) {
	body, err := json.MarshalIndent(buttons, "", "  ")
	if err != nil {
		return "", err
	}
	path := filepath.Join(data, "menu-"+time.Now().Format("20060102-150405.000")+".json")
	return path, os.WriteFile(path, body, 0o600)
}

func menuRestore(ctx context.Context, cmd *cli.Command, a *app) error {
	if cmd.Args().Len() != 1 {
		return fmt.Errorf("name the file that `menu push` kept")
	}
	body, err := os.ReadFile(cmd.Args().First())
	if err != nil {
		return err
	}
	var plan service.MenuPlan
	if err := json.Unmarshal(body, &plan.Next); err != nil {
		return fmt.Errorf("%s is no kept menu: %w", cmd.Args().First(), err)
	}
	var unwritable []string
	if plan.Now, unwritable, err = a.service.OA.Menu(ctx); err != nil {
		return err
	}
	plan.Unwritable = unwritable
	showMenuDifference(plan)
	if err := a.service.PushMenu(ctx, plan); err != nil {
		return err
	}
	fmt.Println("已恢复。")
	return nil
}
