package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/store"
)

func staffCommand() *cli.Command {
	by := &cli.StringFlag{Name: "by", Usage: "who works at the server", Sources: cli.EnvVars("USER"), Required: true}
	return &cli.Command{
		Name:  "staff",
		Usage: "accounts of the staff site (账号)",
		Commands: []*cli.Command{
			{Name: "list", Usage: "show all accounts", Action: withApp(staffList)},
			{Name: "add", Usage: "make an account and print its first password, once", ArgsUsage: "ACCOUNT", Flags: []cli.Flag{by,
				&cli.StringFlag{Name: "name", Usage: "the person's name", Required: true},
				&cli.StringFlag{Name: "role", Usage: "admin 管理员, registrar 学籍, finance 财务, clerk 教学点", Required: true},
				&cli.StringFlag{Name: "point", Usage: "code of the clerk's teaching point"},
			}, Action: withApp(staffAdd)},
			{Name: "reset", Usage: "take password, authenticator or both from an account whose owner lost them", ArgsUsage: "ACCOUNT", Flags: []cli.Flag{by,
				&cli.StringFlag{Name: "what", Usage: "password, totp or all", Value: string(enroll.ResetAll)},
			}, Action: withApp(staffReset)},
			{Name: "disable", Usage: "close an account at once", ArgsUsage: "ACCOUNT", Flags: []cli.Flag{by,
				&cli.StringFlag{Name: "reason", Usage: "why", Required: true},
			}, Action: withApp(staffDisable)},
			{Name: "renew", Usage: "let an account go on for another year", ArgsUsage: "ACCOUNT", Flags: []cli.Flag{by}, Action: withApp(staffRenew)},
			{Name: "enable", Usage: "open a disabled, idle or locked account again", ArgsUsage: "ACCOUNT", Flags: []cli.Flag{by}, Action: withApp(staffEnable)},
		},
	}
}

func staffList(ctx context.Context, _ *cli.Command, a *app) error {
	w := table("账号", "姓名", "角色", "教学点", "状态", "有效期至")
	for q := (store.StaffQuery{Limit: 200}); ; {
		list, err := a.service.StaffList(ctx, q)
		if err != nil {
			return err
		}
		for _, p := range list {
			w.row(p.Account, p.Name, p.Role.Name(), p.Point, p.State(a.service.Now()).Name(), enroll.Day(p.ExpiresAt))
			q.After = p.Account
		}
		if len(list) < q.Limit {
			return w.Flush()
		}
	}
}

func staffAdd(ctx context.Context, cmd *cli.Command, a *app) error {
	role, _ := enroll.RoleNamed(cmd.String("role")) // AddStaff refuses one that is none
	wanted := enroll.Staff{Account: cmd.Args().First(), Name: cmd.String("name"), Role: role, Point: cmd.String("point")}
	p, first, err := a.service.AddStaff(ctx, service.CommandLine(cmd.String("by")), wanted)
	if err != nil {
		return err
	}
	fmt.Printf("已建账号 %s（%s）。", p.Account, p.Role.Name())
	printFirst(first)
	return nil
}

func printFirst(first enroll.Secret) {
	fmt.Printf("初始密码 %s，14 天内有效，只显示这一次。\n请当面或电话告知本人；首次登录 /staff 时绑定动态口令并改密码。\n", first.Raw())
}

func staffReset(ctx context.Context, cmd *cli.Command, a *app) error {
	p, err := a.service.StaffAccount(ctx, cmd.Args().First())
	if err != nil {
		return err
	}
	first, err := a.service.ResetStaff(ctx, service.CommandLine(cmd.String("by")), p.ID, enroll.StaffReset(cmd.String("what")))
	if err != nil {
		return err
	}
	fmt.Printf("已重置账号 %s。", p.Account)
	if first == "" {
		fmt.Println("请本人登录后重新绑定动态口令。")
		return nil
	}
	printFirst(first)
	return nil
}

func staffEnable(ctx context.Context, cmd *cli.Command, a *app) error {
	p, err := a.service.StaffAccount(ctx, cmd.Args().First())
	if err != nil {
		return err
	}
	if _, err := a.service.EnableStaff(ctx, service.CommandLine(cmd.String("by")), p.ID); err != nil {
		return err
	}
	fmt.Printf("已启用账号 %s。\n", p.Account)
	return nil
}

func staffDisable(ctx context.Context, cmd *cli.Command, a *app) error {
	p, err := a.service.StaffAccount(ctx, cmd.Args().First())
	if err != nil {
		return err
	}
	if _, err := a.service.DisableStaff(ctx, service.CommandLine(cmd.String("by")), p.ID, cmd.String("reason")); err != nil {
		return err
	}
	fmt.Printf("已停用账号 %s。\n", p.Account)
	return nil
}

func staffRenew(ctx context.Context, cmd *cli.Command, a *app) error {
	p, err := a.service.StaffAccount(ctx, cmd.Args().First())
	if err != nil {
		return err
	}
	if p, err = a.service.RenewStaff(ctx, service.CommandLine(cmd.String("by")), p.ID); err != nil {
		return err
	}
	fmt.Printf("账号 %s 续期至 %s。\n", p.Account, enroll.Day(p.ExpiresAt))
	return nil
}
