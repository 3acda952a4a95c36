package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/service"
)

func applicationCommand() *cli.Command {
	late := &cli.StringFlag{Name: "until", Usage: "another end of a reserved place than the rule's, as 2028-08-31"}
	return &cli.Command{
		Name:  "application",
		Usage: "applications to reserve, give up, come back or leave (申请)",
		Commands: []*cli.Command{
			{Name: "list", Usage: "show what waits, the oldest first", Action: withApp(applicationList),
				Flags: []cli.Flag{&cli.BoolFlag{Name: "all", Usage: "also what is decided"}}},
			{Name: "show", Usage: "show an application; --pdf and --files write it out for the archive", ArgsUsage: "ID", Action: withApp(applicationShow),
				Flags: []cli.Flag{&cli.StringFlag{Name: "pdf", Usage: "write the application as a PDF to this file"},
					&cli.StringFlag{Name: "files", Usage: "write the attachments into this folder"}}},
			{Name: "file", Usage: "hand in for a student who cannot, as a conscript without a phone (代办); marked with your name", ArgsUsage: whom,
				Action: withStudent(applicationFile), Flags: []cli.Flag{
					&cli.StringFlag{Name: "by", Usage: "who hands it in", Sources: cli.EnvVars("USER"), Required: true},
					&cli.StringFlag{Name: "kind", Usage: "reserve or resume", Value: string(enroll.ApplyReserve)},
					&cli.StringFlag{Name: "why", Usage: "reason of a reserve: illness, military, pregnancy, work, other, or as the intake's settings say"},
					&cli.StringFlag{Name: "discharge", Usage: "last day of military service, as 2028-09-01"},
					&cli.StringFlag{Name: "text", Usage: "the student's reason in words"},
					&cli.StringFlag{Name: "program", Usage: "program number that a resume leads to"},
					&cli.StringFlag{Name: "point", Usage: "point code that a resume leads to"},
					&cli.StringSliceFlag{Name: "file", Usage: "a paper as picture or PDF; may be repeated"},
				}},
			{Name: "grant", Usage: "decide for it; a give-up with a second person", ArgsUsage: "ID", Flags: append(byFlags(true), late), Action: withApp(applicationGrant)},
			{Name: "refuse", Usage: "decide against it, with a reason that the student reads", ArgsUsage: "ID", Flags: byFlags(false), Action: withApp(applicationRefuse)},
		},
	}
}

func applicationList(ctx context.Context, cmd *cli.Command, a *app) error {
	list, err := a.service.Applications(ctx, !cmd.Bool("all"))
	if err != nil {
		return err
	}
	w := table("ID", "时间", "申请", "考生号", "姓名", "身份核验", "保留至", "状态", "办理")
	for _, f := range list {
		end := ""
		if f.Kind == enroll.ApplyReserve {
			end = enroll.EndMinute(f.Until)
		}
		w.row(f.ID, enroll.Minute(f.At), f.Kind.Name(), f.Matter.ExamNo, enroll.MaskName(f.Matter.Name), f.Matter.Face.Name(), end, f.State.Name(), f.DecidedBy)
	}
	return w.Flush()
}

func applicationShow(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	f, err := a.service.Application(ctx, id)
	if err != nil {
		return err
	}
	for _, row := range append(f.Facts, f.Lines()...) {
		fmt.Printf("%s：%s\n", row.Label, row.Value)
	}
	fmt.Printf("身份核验：%s\n提交：%s %s\n状态：%s %s %s\n", f.Matter.Face.Name(), enroll.Minute(f.At), filedBy(f), f.State.Name(), f.DecidedBy, f.DecidedFor)
	if path := cmd.String("pdf"); path != "" {
		body, err := a.service.ApplicationPDF(ctx, id)
		if err != nil {
			return err
		}
		if err := writeNew(path, body); err != nil {
			return err
		}
	}
	if folder := cmd.String("files"); folder != "" {
		return a.writeFiles(ctx, f, folder)
	}
	return nil
}

func filedBy(f service.FiledApplication) string {
	if f.FiledBy != "" {
		return "由 " + f.FiledBy + " 代办"
	}
	return "由本人"
}

// writeFiles writes the attachments of an application beside each other, for who decides.
func (a *app) writeFiles(ctx context.Context, f service.FiledApplication, folder string) error {
	for i, file := range f.Files {
		body, err := a.service.Files.Get(ctx, file.Object)
		if err != nil {
			return err
		}
		_, extension, _ := strings.Cut(file.Mime, "/")
		if err := writeNew(fmt.Sprintf("%s/%d.%s", folder, i+1, extension), body); err != nil {
			return err
		}
	}
	fmt.Printf("已写入 %d 份附件。看完后请删除这些文件。\n", len(f.Files))
	return nil
}

// writeNew writes a file that only its owner may read, and overwrites none.
func writeNew(path string, body []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Close())
}

// applicationFile hands in what a student brought on paper.
func applicationFile(ctx context.Context, cmd *cli.Command, a *app, r enroll.Registration) error {
	d := service.ApplicationDraft{
		Kind: enroll.ApplicationKind(cmd.String("kind")), Reason: cmd.String("why"), Discharge: cmd.String("discharge"), Text: cmd.String("text"),
		Program: cmd.String("program"), Point: cmd.String("point"),
	}
	var files [][]byte
	for _, path := range cmd.StringSlice("file") {
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files = append(files, body)
	}
	id, err := a.service.FileForStudent(ctx, r.ID, d, files, cmd.String("by"))
	if err == nil {
		fmt.Println("已提交，申请编号 " + id)
	}
	return err
}

func applicationGrant(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	var end time.Time
	if cmd.String("until") != "" {
		if end, err = until(cmd); err != nil {
			return err
		}
	}
	status, err := a.service.GrantApplication(ctx, id, end, decision(cmd))
	return said(status, err)
}

func applicationRefuse(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	status, err := a.service.RefuseApplication(ctx, id, decision(cmd))
	return said(status, err)
}

func reservedCommand() *cli.Command {
	return &cli.Command{
		Name:  "reserved",
		Usage: "reserved places (保留资格名册)",
		Commands: []*cli.Command{{
			Name: "list", Usage: "show who holds a reserved place, the first to end at the top", Action: withApp(reservedList),
			Flags: []cli.Flag{&cli.IntFlag{Name: "days", Usage: "only those that end within so many days, or have ended"}},
		}},
	}
}

func reservedList(ctx context.Context, cmd *cli.Command, a *app) error {
	list, err := a.service.Reserved(ctx, cmd.Int("days"))
	if err != nil {
		return err
	}
	w := table("考生号", "姓名", "年级", "保留至", "剩余", "状态", "注册编号")
	for _, r := range list {
		left := "已到期"
		if r.Until.After(a.service.Now()) {
			left = fmt.Sprintf("%d 天", int(r.Until.Sub(a.service.Now()).Hours()/24))
		}
		w.row(r.ExamNo, enroll.MaskName(r.Name), r.Grade, enroll.EndMinute(r.Until), left, r.Status.Name(), r.ID)
	}
	return w.Flush()
}
