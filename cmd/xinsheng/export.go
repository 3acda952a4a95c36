package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/service"
)

func exportCommand() *cli.Command {
	return &cli.Command{
		Name: "export", Usage: "write registrations to a file (导出): a list, the register's file, or a pack of photos; masked unless --whole",
		ArgsUsage: "FILE.xlsx|FILE.csv|FILE.zip", Action: withApp(exportTo),
		Flags: []cli.Flag{
			intakeFlag(),
			&cli.StringFlag{Name: "kind", Usage: "list, register or photos", Value: string(enroll.ExportList)},
			&cli.StringFlag{Name: "columns", Usage: "the columns' keys with commas between (default: all, or those of the register)"},
			&cli.StringFlag{Name: "status", Usage: "one status only, as registered"},
			&cli.StringFlag{Name: "photos", Usage: "whose pictures: roster or portrait", Value: service.PhotosOfRoster},
			&cli.StringFlag{Name: "name-by", Usage: "how pictures are named: exam_no, number or id_number", Value: "exam_no"},
			&cli.BoolFlag{Name: "whole", Usage: "whole numbers instead of masked ones; asks for --reason"},
			&cli.StringFlag{Name: "reason", Usage: "why; it goes into the audit log"},
			&cli.StringFlag{Name: "by", Usage: "who exports", Sources: cli.EnvVars("USER"), Required: true},
		},
	}
}

func exportTo(ctx context.Context, cmd *cli.Command, a *app) (err error) {
	if cmd.Args().Len() != 1 {
		return errors.New("请写明一个文件，例如 xinsheng export 名单.xlsx")
	}
	path := cmd.Args().First()
	intake, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return err
	}
	order := service.ExportOrder{
		Kind: enroll.ExportKind(cmd.String("kind")), Format: strings.TrimPrefix(filepath.Ext(path), "."), Columns: exportColumns(cmd),
		Whole: cmd.Bool("whole"), Reason: cmd.String("reason"), Photos: cmd.String("photos"), NameBy: cmd.String("name-by"),
	}
	order.Intake, order.Status = intake.ID, cmd.String("status")
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	to := bufio.NewWriter(f)
	notes := 0
	n, err := a.service.Export(ctx, cmd.String("by"), order, to, func(_ context.Context, who string, why error) error {
		notes++
		fmt.Fprintf(os.Stderr, "  ! %s %s\n", who, explain(why))
		return nil
	}, progress("导出"))
	if err = errors.Join(err, to.Flush(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	fmt.Printf("已导出 %d 人到 %s，%d 处提示（含个人信息，请妥善保管）。\n", n, path, notes)
	return nil
}

// exportColumns are the named columns, else all, or those that the register's file has under its own headings.
func exportColumns(cmd *cli.Command) []enroll.ExportChoice {
	var choice []enroll.ExportChoice
	if named := cmd.String("columns"); named != "" {
		for _, key := range strings.Split(named, ",") {
			choice = append(choice, enroll.ExportChoice{Key: strings.TrimSpace(key)})
		}
		return choice
	}
	register := cmd.String("kind") == string(enroll.ExportRegister)
	for _, c := range enroll.ExportColumns {
		switch {
		case !register:
			choice = append(choice, enroll.ExportChoice{Key: c.Key, Heading: c.Heading})
		case c.Register != "":
			choice = append(choice, enroll.ExportChoice{Key: c.Key, Heading: c.Register, Width: c.Width})
		}
	}
	return choice
}
