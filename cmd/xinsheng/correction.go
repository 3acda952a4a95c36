package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/service"
)

func correctionCommand() *cli.Command {
	return &cli.Command{
		Name:  "correction",
		Usage: "facts and names that students find wrong (更正、姓名核对、名单缺字)",
		Commands: []*cli.Command{
			{Name: "list", Usage: "show what waits, the oldest first", Action: withApp(correctionList), Flags: []cli.Flag{
				&cli.StringFlag{Name: "kind", Usage: "field, name_check or name_pair only"},
				&cli.StringFlag{Name: "point", Usage: "one teaching point only, by its code"},
				&cli.BoolFlag{Name: "decided", Usage: "what was decided last instead"}}},
			{Name: "show", Usage: "show a request; --picture writes its proof to a file", ArgsUsage: "ID", Action: withApp(correctionShow),
				Flags: []cli.Flag{&cli.StringFlag{Name: "picture", Usage: "write the proof to this file, to look at it"}}},
			{Name: "grant", Usage: "put the fact right; bill and steps follow, the student is told", ArgsUsage: "ID", Action: withApp(correctionGrant),
				Flags: append(byFlags(false), &cli.StringFlag{Name: "name", Usage: "the name as the document has it, where its owner could not type it"})},
			{Name: "refuse", Usage: "leave it as it is, with a reason that the student reads", ArgsUsage: "ID", Flags: byFlags(false), Action: withApp(correctionRefuse)},
		},
	}
}

// correctionPage is how many requests one question to the database brings, and how many decided ones are shown.
const correctionPage = 100

func correctionList(ctx context.Context, cmd *cli.Command, a *app) error {
	w := table("ID", "时间", "类别", "考生号", "姓名", "项目", "现为", "更正为", "状态", "办理")
	show := func(list []service.FiledCorrection) {
		for _, f := range list {
			field, _ := enroll.FindCorrectionField(f.Field)
			w.row(f.ID, enroll.Minute(f.At), f.Kind.Name(), f.Matter.ExamNo, enroll.MaskName(f.Matter.Name), field.Label, f.FromText, f.ToText, f.State.Name(), f.DecidedBy)
		}
	}
	if cmd.Bool("decided") {
		list, err := a.service.CorrectionsDecided(ctx, correctionPage)
		if err != nil {
			return err
		}
		show(list)
		return w.Flush()
	}
	for after := ""; ; {
		list, err := a.service.CorrectionQueue(ctx, enroll.CorrectionKind(cmd.String("kind")), cmd.String("point"), after, correctionPage)
		if err != nil {
			return err
		}
		show(list)
		if len(list) < correctionPage {
			return w.Flush()
		}
		after = list[len(list)-1].ID
	}
}

func correctionShow(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	f, err := a.service.Correction(ctx, id)
	if err != nil {
		return err
	}
	field, _ := enroll.FindCorrectionField(f.Field)
	fmt.Printf("类别：%s\n考生号：%s\n姓名：%s\n证件：%s %s\n身份核验：%s\n当前状态：%s\n", f.Kind.Name(), f.Matter.ExamNo, f.Matter.Name,
		f.Student.IDType.Name(), f.Student.IDNumber, f.Matter.Face.Name(), f.Matter.Status.Name())
	fmt.Printf("项目：%s\n现为：%s\n更正为：%s\n说明：%s\n手机：%s\n提交：%s\n状态：%s %s %s\n", field.Label, f.FromText, f.ToText, f.Note, f.Phone,
		enroll.Minute(f.At), f.State.Name(), f.DecidedBy, f.DecidedFor)
	if path := cmd.String("picture"); path != "" {
		mime, body, err := a.service.CorrectionPicture(ctx, id)
		if err != nil {
			return err
		}
		if err := writeNew(path, body); err != nil {
			return err
		}
		fmt.Printf("已写入（%s）。看完后请删除这个文件。\n", mime)
	}
	return nil
}

func correctionGrant(ctx context.Context, cmd *cli.Command, a *app) error {
	f, err := oneCorrection(ctx, cmd, a)
	if err != nil {
		return err
	}
	decide := a.service.GrantCorrection
	switch {
	case f.Kind != enroll.CorrectField && cmd.String("name") != "":
		decide = func(ctx context.Context, id string, d service.Decision) error {
			return a.service.GrantNameCheckAs(ctx, id, cmd.String("name"), d)
		}
	case f.Kind != enroll.CorrectField:
		decide = a.service.GrantNameCheck
	}
	if err := decide(ctx, f.ID, decision(cmd)); err != nil {
		return err
	}
	fmt.Println("已更正。以后再次导入名单前，请把名单中的这一项也改过来。")
	return nil
}

func correctionRefuse(ctx context.Context, cmd *cli.Command, a *app) error {
	f, err := oneCorrection(ctx, cmd, a)
	if err != nil {
		return err
	}
	decide := a.service.RefuseCorrection
	if f.Kind != enroll.CorrectField {
		decide = a.service.RefuseNameCheck
	}
	if err := decide(ctx, f.ID, decision(cmd)); err != nil {
		return err
	}
	fmt.Println("未通过，原信息不变。")
	return nil
}

func oneCorrection(ctx context.Context, cmd *cli.Command, a *app) (service.FiledCorrection, error) {
	id, err := oneID(cmd)
	if err != nil {
		return service.FiledCorrection{}, err
	}
	return a.service.Correction(ctx, id)
}
