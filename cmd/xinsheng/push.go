package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/service"
)

func pushCommand() *cli.Command {
	by := &cli.StringFlag{Name: "by", Usage: "who acts", Sources: cli.EnvVars("USER"), Required: true}
	verb := func(name, usage string, do pushVerb) *cli.Command {
		return &cli.Command{Name: name, Usage: usage, ArgsUsage: "ID", Flags: []cli.Flag{by}, Action: withApp(pushDo(do))}
	}
	return &cli.Command{
		Name:  "push",
		Usage: "notices to many students through the account (通知推送)",
		Commands: []*cli.Command{
			{Name: "templates", Usage: "show the account's templates with what their keywords take", Action: withApp(pushTemplates),
				Flags: []cli.Flag{&cli.StringFlag{Name: "carrier", Usage: "template or subscribe", Value: string(enroll.PushTemplate)}}},
			{Name: "fields", Usage: "show the facts of a student that a text may hold as {name}", Action: pushFields},
			{Name: "preview", Usage: "keep a draft, check it for everybody and show it; sends nothing", ArgsUsage: "[ID]",
				Flags: composeFlags(by), Action: withApp(pushPreview)},
			{Name: "test", Usage: "send the message of a made-up student to yourself: the code that the account answers to 推送测试, or a phone", ArgsUsage: "ID TO",
				Flags: []cli.Flag{by}, Action: withApp(pushTest)},
			{Name: "send", Usage: "check and send a draft, or one composed by flags; Ctrl-C leaves it to the server, `send ID` goes on with it", ArgsUsage: "[ID]",
				Flags: append(composeFlags(by), &cli.StringFlag{Name: "at", Usage: `not before, as "2026-12-01 09:00"`}), Action: withApp(pushSend)},
			{Name: "status", Usage: "show all pushes, or one with its figures", ArgsUsage: "[ID]", Action: withApp(pushStatus)},
			verb("pause", "stop sending for now", (*service.Service).PausePush),
			verb("resume", "go on where it was", (*service.Service).ResumePush),
			verb("cancel", "send to nobody else", (*service.Service).CancelPush),
			verb("approve", "let a push to many be sent that another person made", (*service.Service).ApprovePush),
			{Name: "failures", Usage: "show whom it did not reach, and why; --csv writes a file", ArgsUsage: "ID", Action: withApp(pushFailures),
				Flags: []cli.Flag{by, &cli.StringFlag{Name: "csv", Usage: "write to this new file"}}},
			{Name: "resend", Usage: "send again to the failed, or with --unknown to those of unknown outcome, who may get it twice", ArgsUsage: "ID",
				Flags: []cli.Flag{by, &cli.BoolFlag{Name: "unknown"}}, Action: withApp(pushResend)},
			{Name: "followers", Usage: "ask WeChat who follows the account", Action: withApp(pushFollowers)},
		},
	}
}

// pushVerb is what a person does to one push.
type pushVerb func(*service.Service, context.Context, *service.Duty, string) (enroll.Push, error)

// atTerminal is the member of staff who types: who may use this machine has proven who they are.
func atTerminal(cmd *cli.Command) *service.Duty {
	return &service.Duty{Staff: enroll.Staff{Account: cmd.String("by"), Role: enroll.RoleAdmin}, Address: "cli", ConfirmedAt: time.Now()}
}

func pushDo(do pushVerb) func(context.Context, *cli.Command, *app) error {
	return func(ctx context.Context, cmd *cli.Command, a *app) error {
		id, err := oneID(cmd)
		if err != nil {
			return err
		}
		p, err := do(a.service, ctx, atTerminal(cmd), id)
		if err != nil {
			return err
		}
		fmt.Println(p.State.Name())
		return nil
	}
}

func pushPreview(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := pushID(ctx, cmd, a)
	if err != nil {
		return err
	}
	check, err := a.service.CheckPush(ctx, id)
	if err != nil {
		return err
	}
	showCheck(check)
	list, err := a.service.PreviewPush(ctx, id, 3)
	if err != nil {
		return err
	}
	for _, p := range list {
		fmt.Printf("\n%s %s（%s）\n", p.ExamNo, enroll.MaskName(p.Name), p.Carrier)
		if len(p.Lines) > 0 {
			fmt.Println("  " + p.Title)
		}
		for _, line := range p.Lines {
			fmt.Printf("  %s：%s\n", line.Label, line.Value)
		}
		if p.SMS != "" {
			fmt.Println("  短信：" + p.SMS)
		}
	}
	fmt.Printf("\n草稿 %s；发送：xinsheng push send %s\n", id, id)
	return nil
}

func pushTest(ctx context.Context, cmd *cli.Command, a *app) error {
	if cmd.Args().Len() != 2 {
		return errors.New("请写明推送编号和测试码（或手机号）")
	}
	return a.service.TestPush(ctx, atTerminal(cmd), cmd.Args().Get(0), cmd.Args().Get(1))
}

func pushSend(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := pushID(ctx, cmd, a)
	if err != nil {
		return err
	}
	var at time.Time
	if text := cmd.String("at"); text != "" {
		if at, err = time.ParseInLocation("2006-01-02 15:04", text, enroll.Shanghai); err != nil {
			return errors.New(`--at 应为时间，如 "2026-12-01 09:00"`)
		}
	}
	v, err := a.service.Push(ctx, id)
	if err != nil {
		return err
	}
	if v.Push.State == enroll.PushDraft {
		if v.Push, err = a.service.StartPush(ctx, atTerminal(cmd), id, v.Push.Version, at); err != nil {
			return err
		}
	}
	if v.Push.State == enroll.PushPending {
		fmt.Printf("%s 待复核：由另一人运行 xinsheng push approve --by 姓名 %s\n", id, id)
		return nil
	}
	return a.followPush(ctx, id)
}

// followPush works on a push beside the server, or watches the server do it, until it has ended or waits.
func (a *app) followPush(ctx context.Context, id string) error {
	work, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- a.service.RunPush(work) }()
	v, err := a.watchPush(ctx, id)
	stop()
	if err = errors.Join(err, <-ended); err != nil {
		return err
	}
	if ctx.Err() != nil {
		fmt.Fprintf(os.Stderr, "\n已离开，没有暂停：运行中的服务器会继续发送；没有服务器时用 xinsheng push send %s 继续，push pause 暂停\n", id)
		return nil
	}
	showPush(v)
	return nil
}

func (a *app) watchPush(ctx context.Context, id string) (service.PushView, error) {
	bar := progress("发送")
	for {
		v, err := a.service.Push(context.WithoutCancel(ctx), id)
		if err != nil {
			return v, err
		}
		busy := v.Push.State == enroll.PushBuilding || v.Push.State == enroll.PushRunning
		if busy && !v.Push.NextAt.After(time.Now()) && ctx.Err() == nil {
			if v.Push.Total > 0 && v.Push.State == enroll.PushRunning {
				bar(min(v.Counts.Ended(), v.Push.Total-1), v.Push.Total)
			}
		} else {
			if v.Push.State == enroll.PushDone {
				bar(v.Push.Total, v.Push.Total)
			}
			return v, nil
		}
		select {
		case <-ctx.Done():
		case <-time.After(500 * time.Millisecond):
		}
	}
}

func pushResend(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	state := enroll.RecipientFailed
	if cmd.Bool("unknown") {
		state = enroll.RecipientUnknown
	}
	n, err := a.service.ResendPush(ctx, atTerminal(cmd), id, state)
	if err != nil || n == 0 {
		return err
	}
	fmt.Printf("重发 %d 人\n", n)
	return a.followPush(ctx, id)
}

func pushFollowers(ctx context.Context, _ *cli.Command, a *app) error {
	n, err := a.service.RefreshFollowers(ctx, progress("关注状态"))
	fmt.Printf("更新 %d 人的关注状态\n", n)
	return err
}
