package main

import (
	"context"
	"fmt"
	"os"

	"github.com/urfave/cli/v3"

	"xinsheng/service"
)

func intakeCommand() *cli.Command {
	return &cli.Command{
		Name:  "intake",
		Usage: "an intake with its window, points, programs, prices, texts and messages (批次)",
		Commands: []*cli.Command{
			{Name: "import", Usage: "bring an intake file in; tables may stand in the place of its lists",
				ArgsUsage: "FILE.yaml", Action: withApp(intakeImport),
				Flags: []cli.Flag{
					&cli.StringFlag{Name: "points", Usage: "table with 教学点代码, 教学点"},
					&cli.StringFlag{Name: "programs", Usage: "table with 专业编号, 专业代码, 专业, 层次, 学习形式, 学制"},
					&cli.StringFlag{Name: "tuition", Usage: "table with 专业编号, 教学点代码, 学费 (yuan, years parted by /), 批准文号"},
					&cli.BoolFlag{Name: "dry-run", Usage: "list the mistakes only, change nothing"},
				}},
			{Name: "open", Usage: "make a new year's intake with last year's settings, points, programs, prices and texts", Action: withApp(intakeOpen),
				Flags: []cli.Flag{
					intakeFlag(), &cli.IntFlag{Name: "grade", Usage: "the new year, as 2027", Required: true}, &cli.StringFlag{Name: "name", Usage: "as 2027级; by default from the grade"},
					&cli.StringFlag{Name: "opens", Usage: "first day", Required: true}, &cli.StringFlag{Name: "closes", Usage: "last day (to 24:00)", Required: true},
				}},
			{Name: "check", Usage: "prove before opening day that every student can be registered", Flags: []cli.Flag{intakeFlag()}, Action: withApp(intakeCheck)},
			{Name: "list", Usage: "show the intakes", Action: withApp(intakeList)},
		},
	}
}

func intakeImport(ctx context.Context, cmd *cli.Command, a *app) error {
	path, body, err := oneFile(cmd)
	if err != nil {
		return err
	}
	f, err := service.ReadIntakeFile(body)
	if err != nil {
		return err
	}
	for flag, add := range map[string]func([]byte) error{"points": f.AddPoints, "programs": f.AddPrograms, "tuition": f.AddTuition} {
		if err := addTable(cmd.String(flag), add); err != nil {
			return err
		}
	}
	if err := f.Check(); err != nil {
		return err
	}
	if cmd.Bool("dry-run") {
		fmt.Printf("%s 没有错误；没有改动任何数据。\n", path)
		return nil
	}
	report, err := a.service.ImportIntake(ctx, f)
	if err != nil {
		return err
	}
	showIntake(report)
	return nil
}

func addTable(path string, add func([]byte) error) error {
	if path == "" {
		return nil
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := add(body); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func showIntake(r service.IntakeReport) {
	word := "已更新"
	if r.Created {
		word = "已建立"
	}
	fmt.Printf("%s批次 %s（%s）：教学点、专业、学费新增 %d 项，变更 %d 项\n", word, r.Intake.Name, r.Intake.WindowText(), r.Added, r.Changed)
	for _, t := range r.Texts {
		fmt.Printf("  新文本 %s 第 %d 版：%s\n", t.Kind, t.Version, t.Title)
	}
	for _, b := range r.Beside {
		fmt.Printf("  文件中没有、仍然保留：%s\n", b)
	}
}

func intakeCheck(ctx context.Context, cmd *cli.Command, a *app) error {
	intake, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return err
	}
	findings, err := a.service.CheckIntake(ctx, intake)
	if err != nil {
		return err
	}
	wrong := 0
	for _, f := range findings {
		mark := "✓"
		if !f.OK {
			mark = "✗"
			wrong++
		}
		fmt.Println(mark, f.Text)
	}
	if wrong > 0 {
		return cli.Exit(fmt.Sprintf("%s 还不能开放：%d 处需要处理。", intake.Name, wrong), 2)
	}
	fmt.Printf("%s 可以开放。\n", intake.Name)
	return nil
}

func intakeList(ctx context.Context, _ *cli.Command, a *app) error {
	list, err := a.store.Intakes(ctx)
	if err != nil {
		return err
	}
	w := table("年级", "名称", "办理时间", "现在")
	for _, i := range list {
		w.row(i.Grade, i.Name, i.WindowText(), i.Phase(a.service.Now()).Name())
	}
	return w.Flush()
}

func intakeOpen(ctx context.Context, cmd *cli.Command, a *app) error {
	from, err := a.service.FindIntake(ctx, cmd.String("intake"))
	if err != nil {
		return err
	}
	next, err := a.service.OpenIntake(ctx, nil, from, service.NewYear{
		Grade: cmd.Int("grade"), Name: cmd.String("name"), Opens: cmd.String("opens"), Closes: cmd.String("closes"),
	})
	if err == nil {
		fmt.Printf("已按 %s 的设置建立批次 %s（%s）。请核对通知、学费和学年，再用 intake check 检查。\n", from.Name, next.Name, next.WindowText())
	}
	return err
}
