package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/service"
)

const whom = "考生号|学号|ID"

func byFlags(two bool) []cli.Flag {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "by", Usage: "who decides", Sources: cli.EnvVars("USER"), Required: true},
		&cli.StringFlag{Name: "reason", Usage: "why"},
	}
	if two {
		flags = append(flags, &cli.StringFlag{Name: "second", Usage: "the second person"})
	}
	return flags
}

func untilFlag() cli.Flag {
	return &cli.StringFlag{Name: "until", Usage: "last day (to 24:00), or a moment as \"2027-03-01 12:00\"", Required: true}
}

func studentCommand() *cli.Command {
	verb := func(name, usage string, do studentVerb, flags ...cli.Flag) *cli.Command {
		return &cli.Command{Name: name, Usage: usage, ArgsUsage: whom, Flags: flags, Action: withStudent(do)}
	}
	item := &cli.StringSliceFlag{Name: "item", Usage: "what to change and why, as basic=通讯地址不完整; may be repeated", Required: true}
	return &cli.Command{
		Name:  "student",
		Usage: "decide on a student's registration (学生)",
		Commands: []*cli.Command{
			{Name: "list", Usage: "show an intake's students", Action: withApp(studentList),
				Flags: []cli.Flag{intakeFlag(), &cli.StringFlag{Name: "status", Usage: "one status only, as payable"}}},
			verb("show", "show one student's matter and its timeline", studentShow),
			{Name: "help", Usage: "show what a student's help code stands for (求助码)", ArgsUsage: "CODE", Action: withApp(studentHelp)},
			verb("code", "issue a one-time login code after seeing the document (登录码), for who gets no SMS; --reason says what was seen", studentCode,
				append(byFlags(false), &cli.StringFlag{Name: "phone", Usage: "the phone that the student shows and will type", Required: true})...),
			verb("approve", "approve a handed-in form (审核通过)", studentApprove, byFlags(false)...),
			verb("send-back", "ask for changes (退回修改)", studentSendBack, append(byFlags(false), item)...),
			verb("extend", "let one student go on after the window (延期)", studentExtend, append(byFlags(false), untilFlag())...),
			verb("reinstate", "bring a lapsed or cancelled matter back (恢复办理)", studentReinstate, append(byFlags(true), untilFlag())...),
			verb("cancel", "cancel the admission (取消入学资格), with a second person", studentCancel, byFlags(true)...),
			{Name: "lapse", Usage: "end matters whose time is over (逾期): the named ones, or --all", ArgsUsage: "[" + whom + " …]", Action: withApp(studentLapse),
				Flags: append(byFlags(false), intakeFlag(), &cli.BoolFlag{Name: "all", Usage: "every matter of the intake whose time is over"})},
		},
	}
}

type studentVerb func(context.Context, *cli.Command, *app, enroll.Registration) error

// withStudent finds the student whom a command names.
func withStudent(do studentVerb) cli.ActionFunc {
	return withApp(func(ctx context.Context, cmd *cli.Command, a *app) error {
		if cmd.Args().Len() != 1 {
			return fmt.Errorf("请写明一名学生（%s）", whom)
		}
		r, err := a.service.FindRegistration(ctx, cmd.Args().First())
		if err != nil {
			return err
		}
		return do(ctx, cmd, a, r)
	})
}

func decision(cmd *cli.Command) service.Decision {
	return service.Decision{By: cmd.String("by"), Second: cmd.String("second"), Reason: cmd.String("reason")}
}

func until(cmd *cli.Command) (time.Time, error) {
	text := cmd.String("until")
	if day, err := time.ParseInLocation("2006-01-02", text, enroll.Shanghai); err == nil {
		return day.AddDate(0, 0, 1), nil
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, enroll.Shanghai)
	if err != nil {
		return at, errors.New("--until 应为日期，如 2027-03-01 或 \"2027-03-01 12:00\"")
	}
	return at, nil
}

func studentList(ctx context.Context, cmd *cli.Command, a *app) error {
	intake, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return err
	}
	w := table("考生号", "姓名", "状态", "身份核验", "注册编号")
	for after := ""; ; {
		page, err := a.store.RegistrationsAt(ctx, intake.ID, enroll.Status(cmd.String("status")), after, 500)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return w.Flush()
		}
		for _, r := range page {
			w.row(r.ExamNo, enroll.MaskName(r.Name), r.Status.Name(), r.Face.Name(), r.ID)
		}
		after = page[len(page)-1].ID
	}
}

func studentShow(ctx context.Context, _ *cli.Command, a *app, r enroll.Registration) error {
	student, err := a.store.Student(ctx, r.Student)
	if err != nil {
		return err
	}
	number, err := a.store.Number(ctx, r.ID)
	if err != nil {
		return err
	}
	sms, err := a.service.LastSMS(ctx, student)
	if err != nil {
		return err
	}
	shared, err := a.service.PhoneShared(ctx, student.Phone)
	if err != nil {
		return err
	}
	events, err := a.store.Events(ctx, r.ID)
	if err != nil {
		return err
	}
	fmt.Printf("%s %s\n证件 %s %s，手机 %s\n状态 %s，身份核验 %s，学号 %s\n最近验证码 %s\n", r.ExamNo, r.Name, student.IDType.Name(), student.IDNumber,
		phoneOf(student.Phone, shared), r.Status.Name(), r.Face.Name(), number, sms)
	w := table("时间", "事件", "状态", "经办", "说明")
	for _, e := range events {
		w.row(enroll.Minute(e.At), e.Event, e.To.Name(), string(e.By)+" "+e.ByID, e.Reason)
	}
	return w.Flush()
}

func studentApprove(ctx context.Context, cmd *cli.Command, a *app, r enroll.Registration) error {
	status, err := a.service.Approve(ctx, r.ID, decision(cmd))
	return said(status, err)
}

func said(status enroll.Status, err error) error {
	if err == nil {
		fmt.Println("现在的状态：" + status.Name())
	}
	return err
}

func studentSendBack(ctx context.Context, cmd *cli.Command, a *app, r enroll.Registration) error {
	var items []enroll.ReturnItem
	for _, text := range cmd.StringSlice("item") {
		item, reason, _ := strings.Cut(text, "=")
		items = append(items, enroll.ReturnItem{Item: item, Reason: reason})
	}
	return said(enroll.Returned, a.service.SendBack(ctx, r.ID, items, decision(cmd)))
}

func studentExtend(ctx context.Context, cmd *cli.Command, a *app, r enroll.Registration) error {
	end, err := until(cmd)
	if err != nil {
		return err
	}
	if err := a.service.Extend(ctx, r.ID, end, decision(cmd)); err != nil {
		return err
	}
	fmt.Println("已延期至 " + enroll.EndMinute(end) + "，并通知学生。")
	return nil
}

func studentReinstate(ctx context.Context, cmd *cli.Command, a *app, r enroll.Registration) error {
	end, err := until(cmd)
	if err != nil {
		return err
	}
	status, err := a.service.Reinstate(ctx, r.ID, end, decision(cmd))
	return said(status, err)
}

func studentCancel(ctx context.Context, cmd *cli.Command, a *app, r enroll.Registration) error {
	return said(enroll.Cancelled, a.service.Cancel(ctx, r.ID, decision(cmd)))
}
