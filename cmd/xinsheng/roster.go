package main

import (
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

func intakeFlag() cli.Flag {
	return &cli.StringFlag{Name: "intake", Usage: "grade or name of the intake (default: the one that is open or opens next)"}
}

func rosterCommand() *cli.Command {
	return &cli.Command{
		Name:  "roster",
		Usage: "the list of admitted students (录取名单)",
		Commands: []*cli.Command{
			{Name: "template", Usage: "write an empty roster with its headings", ArgsUsage: "FILE.xlsx", Action: rosterTemplate},
			{Name: "import", Usage: "read a roster, show what it would do, and apply it; an interrupted import goes on with the same file",
				ArgsUsage: "FILE.xlsx|FILE.csv", Action: withApp(rosterImport),
				Flags: []cli.Flag{
					intakeFlag(),
					&cli.BoolFlag{Name: "dry-run", Usage: "show only, change nothing"},
					&cli.StringFlag{Name: "refused", Usage: "where to write the refused rows (default: beside the file)"},
				}},
			{Name: "resume", Usage: "go on with an interrupted import", Flags: []cli.Flag{intakeFlag()}, Action: withApp(rosterResume)},
			{Name: "undo", Usage: "take the last import back while nobody of it has begun (撤销导入); an interrupted undo goes on", Flags: []cli.Flag{intakeFlag()}, Action: withApp(rosterUndo)},
			{Name: "list", Usage: "show the imports of an intake", Flags: []cli.Flag{intakeFlag()}, Action: withApp(rosterList)},
		},
	}
}

// oneFile reads the file that a command names as its only argument.
func oneFile(cmd *cli.Command) (path string, body []byte, err error) {
	if cmd.Args().Len() != 1 {
		return "", nil, fmt.Errorf("请写明一个文件：xinsheng %s %s", strings.TrimPrefix(cmd.FullName(), "xinsheng "), cmd.ArgsUsage)
	}
	path = cmd.Args().First()
	body, err = os.ReadFile(path)
	return path, body, err
}

func rosterTemplate(_ context.Context, cmd *cli.Command) (err error) {
	if cmd.Args().Len() != 1 {
		return errors.New("请写明模板文件名，例如 xinsheng roster template 录取名单.xlsx")
	}
	f, err := os.OpenFile(cmd.Args().First(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return service.RosterTemplate(f)
}

func rosterImport(ctx context.Context, cmd *cli.Command, a *app) error {
	path, body, err := oneFile(cmd)
	if err != nil {
		return err
	}
	intake, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return err
	}
	running, err := a.service.UnfinishedRoster(ctx, intake.ID)
	if err != nil {
		return err
	}
	if running.ID != "" && !cmd.Bool("dry-run") {
		if running.State != enroll.RosterApplying || running.FileHash != service.FileHash(body) {
			return enroll.Fail("roster_busy", running.File)
		}
		fmt.Printf("继续上次中断的导入（%d/%d）。\n", running.Applied, running.ToApply())
		return a.applyRoster(ctx, running.ID)
	}
	fmt.Printf("批次 %s，文件 %s\n", intake.Name, path)
	plan, err := a.service.StageRoster(ctx, intake, filepath.Base(path), body, progress("读取"))
	if err != nil {
		return err
	}
	refused := cmd.String("refused")
	if refused == "" {
		refused = strings.TrimSuffix(path, filepath.Ext(path)) + "-拒绝.csv"
	}
	if err := a.showRoster(ctx, plan, refused); err != nil {
		return err
	}
	if cmd.Bool("dry-run") {
		fmt.Println("试运行：没有改动任何数据。")
		return a.service.AbandonRoster(ctx, plan.Import.ID)
	}
	if err := a.applyRoster(ctx, plan.Import.ID); err != nil {
		return err
	}
	if plan.Import.Refused > 0 {
		return cli.Exit(fmt.Sprintf("有 %d 行被拒绝，请改正 %s 后再次导入。", plan.Import.Refused, refused), 3)
	}
	return nil
}

func (a *app) applyRoster(ctx context.Context, id string) error {
	in, err := a.service.ApplyRoster(ctx, id, progress("导入"))
	if err != nil {
		return err
	}
	fmt.Printf("已导入 %d 行。\n", in.Applied)
	return nil
}

func rosterResume(ctx context.Context, cmd *cli.Command, a *app) error {
	intake, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return err
	}
	running, err := a.service.UnfinishedRoster(ctx, intake.ID)
	if err != nil {
		return err
	}
	switch {
	case running.ID == "":
		fmt.Println("没有中断的导入。")
		return nil
	case running.State == enroll.RosterUndoing:
		return a.undoRoster(ctx, running.ID)
	}
	return a.applyRoster(ctx, running.ID)
}

// rosterUndo takes back what stands unfinished, else the import that was applied last.
func rosterUndo(ctx context.Context, cmd *cli.Command, a *app) error {
	intake, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return err
	}
	list, err := a.store.RosterImports(ctx, intake.ID)
	if err != nil {
		return err
	}
	var last enroll.RosterImport
	for _, in := range list {
		unfinished := in.State == enroll.RosterApplying || in.State == enroll.RosterUndoing
		if unfinished || in.State == enroll.RosterApplied && in.AppliedAt.After(last.AppliedAt) {
			last = in
		}
		if unfinished {
			break
		}
	}
	if last.ID == "" {
		fmt.Println("没有可以撤销的导入。")
		return nil
	}
	fmt.Printf("撤销 %s（%s）\n", last.File, enroll.Minute(last.CreatedAt))
	return a.undoRoster(ctx, last.ID)
}

func (a *app) undoRoster(ctx context.Context, id string) error {
	_, err := a.service.UndoRoster(ctx, id, progress("撤销"), func(_ context.Context, who string, why error) error {
		fmt.Println("  ! " + who + " " + explain(why))
		return nil
	})
	if err == nil {
		fmt.Println("已撤销。")
	}
	return err
}

func rosterList(ctx context.Context, cmd *cli.Command, a *app) error {
	intake, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return err
	}
	list, err := a.store.RosterImports(ctx, intake.ID)
	if err != nil {
		return err
	}
	w := table("时间", "文件", "状态", "新增", "变更", "不变", "拒绝", "已导入")
	for _, i := range list {
		w.row(enroll.Minute(i.CreatedAt), i.File, i.State.Name(), i.New, i.Changed, i.Same, i.Refused, i.Applied)
	}
	return w.Flush()
}

// shownLines is how many changed and refused lines the screen shows; the rest is in the file.
const shownLines = 20

// showRoster tells what an import would do, and writes the refused rows to a file of their own.
func (a *app) showRoster(ctx context.Context, plan service.RosterPlan, refused string) error {
	in := plan.Import
	fmt.Printf("共 %d 行：新增 %d，变更 %d，不变 %d，拒绝 %d\n", in.Total, in.New, in.Changed, in.Same, in.Refused)
	if len(plan.Ignored) > 0 {
		fmt.Printf("未使用的列：%s\n", strings.Join(plan.Ignored, "、"))
	}
	shown := map[enroll.RosterVerdict]int{}
	flagged := 0
	all := []enroll.RosterVerdict{enroll.RosterRefused, enroll.RosterChanged, enroll.RosterNew, enroll.RosterSame}
	err := a.service.RosterLines(ctx, in.ID, all, func(line enroll.RosterLine) error {
		if len(line.Flags) > 0 && line.Verdict != enroll.RosterRefused {
			flagged++
		}
		if len(line.Refusals)+len(line.Changes)+len(line.Flags) == 0 {
			return nil
		}
		if shown[line.Verdict]++; shown[line.Verdict] <= shownLines {
			showLine(line)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if flagged > 0 {
		fmt.Printf("%d 行有提示，可以导入，但请核对。\n", flagged)
	}
	if in.Refused == 0 {
		return nil
	}
	fmt.Printf("被拒绝的行写在 %s（含个人信息，请妥善保管）。\n", refused)
	return a.writeRefused(ctx, in.ID, refused)
}

func showLine(line enroll.RosterLine) {
	fmt.Printf("  第 %d 行 %s %s\n", line.No, line.Verdict.Name(), enroll.MaskName(line.Cells["name"]))
	for _, n := range line.Refusals {
		fmt.Println("    ✗ " + n.String())
	}
	for _, c := range line.Changes {
		fmt.Printf("    %s：%s → %s\n", c.Column, c.From, c.To)
	}
	for _, n := range line.Flags {
		fmt.Println("    ! " + n.String())
	}
}

func (a *app) writeRefused(ctx context.Context, id, path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return a.service.RefusedRoster(ctx, id, f)
}
