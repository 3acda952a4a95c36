package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/service"
)

// composeFlags say to whom and what a push goes.
func composeFlags(by cli.Flag) []cli.Flag {
	occasions := make([]string, len(enroll.Occasions))
	for i, o := range enroll.Occasions {
		occasions[i] = string(o.Occasion) + " " + o.Name
	}
	return []cli.Flag{
		by,
		&cli.StringFlag{Name: "intake", Usage: "grade or name of the intake; the present one if left out"},
		&cli.StringFlag{Name: "title", Usage: "name of the push, for staff"},
		&cli.StringFlag{Name: "occasion", Usage: strings.Join(occasions, ", ")},
		&cli.StringFlag{Name: "carrier", Usage: "template, subscribe or sms", Value: string(enroll.PushTemplate)},
		&cli.StringFlag{Name: "template", Usage: "id of the account's template (push templates)"},
		&cli.StringSliceFlag{Name: "set", Usage: "text of a keyword, as thing1={name}同学; repeat it for each (push fields)"},
		&cli.StringFlag{Name: "link", Usage: "page that the message opens: home, pay, done …", Value: "home"},
		&cli.StringFlag{Name: "sms", Usage: "id of an approved SMS template"},
		&cli.StringSliceFlag{Name: "var", Usage: "text of an SMS variable, in order"},
		&cli.BoolFlag{Name: "sms-fallback", Usage: "send an SMS to whom WeChat finally refuses"},
		&cli.StringSliceFlag{Name: "status", Usage: "only these statuses: open, payable, returned …"},
		&cli.StringSliceFlag{Name: "step", Usage: "only who stands at these steps: face, basic, pay …"},
		&cli.StringSliceFlag{Name: "point", Usage: "only these points, by code"},
		&cli.StringSliceFlag{Name: "program", Usage: "only these programs, by number"},
		&cli.StringFlag{Name: "money", Usage: "paid or unpaid"},
		&cli.StringFlag{Name: "list", Usage: "only the 考生号 of this file, one a line"},
	}
}

// pushID is the push that the command line names, or a new draft of what its flags say.
func pushID(ctx context.Context, cmd *cli.Command, a *app) (string, error) {
	if cmd.Args().Len() == 1 {
		return cmd.Args().First(), nil
	}
	if cmd.String("title") == "" {
		return "", errors.New("请写明推送编号，或用 --title、--occasion、--template、--set 等写一份新的")
	}
	draft, err := draftOf(ctx, cmd, a)
	if err != nil {
		return "", err
	}
	p, err := a.service.CreatePush(ctx, atTerminal(cmd), draft)
	return p.ID, err
}

func draftOf(ctx context.Context, cmd *cli.Command, a *app) (service.PushDraft, error) {
	intake, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return service.PushDraft{}, err
	}
	d := service.PushDraft{
		Intake: intake.ID, Title: cmd.String("title"), Occasion: enroll.Occasion(cmd.String("occasion")),
		Letter: enroll.PushLetter{
			Carrier: enroll.PushCarrier(cmd.String("carrier")), Template: cmd.String("template"), Link: cmd.String("link"),
			SMS: cmd.String("sms"), Vars: cmd.StringSlice("var"), SMSFallback: cmd.Bool("sms-fallback"),
		},
		Selection: enroll.PushSelection{Points: cmd.StringSlice("point"), Programs: cmd.StringSlice("program"), Money: cmd.String("money")},
	}
	for _, status := range cmd.StringSlice("status") {
		d.Selection.Statuses = append(d.Selection.Statuses, enroll.Status(status))
	}
	for _, step := range cmd.StringSlice("step") {
		d.Selection.Steps = append(d.Selection.Steps, enroll.StepKey(step))
	}
	if file := cmd.String("list"); file != "" {
		body, err := os.ReadFile(file)
		if err != nil {
			return d, err
		}
		d.ExamNos = strings.Fields(string(body))
	}
	return d, fillKeywords(ctx, cmd, a, &d.Letter)
}

// fillKeywords takes the template's keywords from WeChat and the texts from the command line.
func fillKeywords(ctx context.Context, cmd *cli.Command, a *app, l *enroll.PushLetter) error {
	if l.Carrier == enroll.PushSMS {
		return nil
	}
	texts := map[string]string{}
	for _, one := range cmd.StringSlice("set") {
		keyword, text, _ := strings.Cut(one, "=")
		texts[keyword] = text
	}
	list, err := a.service.PushTemplates(ctx, l.Carrier)
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.ID != l.Template && t.Name != l.Template {
			continue
		}
		l.Template, l.Name = t.ID, t.Name
		for _, k := range t.Keywords {
			l.Keywords = append(l.Keywords, enroll.PushKeyword{Keyword: k.Keyword, Label: k.Label, Text: texts[k.Keyword]})
			delete(texts, k.Keyword)
		}
	}
	for keyword := range texts {
		return fmt.Errorf("模板没有关键词 %s，可用 push templates 查看", keyword)
	}
	return nil
}

// pushFailures shows whom a push did not reach, or writes them into a file.
func pushFailures(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	w := table("考生号", "姓名", "结果", "原因", "代码")
	write := func(r enroll.PushRecipient) error {
		w.row(r.Content.ExamNo, enroll.MaskName(r.Content.Name), r.State.Name(), r.Failure.Text(), r.Code)
		return nil
	}
	if path := cmd.String("csv"); path != "" {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		defer f.Close()
		return a.service.ExportPushFailures(ctx, atTerminal(cmd), id, f)
	}
	if err := a.service.EachPushFailure(ctx, id, write); err != nil {
		return err
	}
	return w.Flush()
}
