// Command xinsheng is the whole program: one binary, one subcommand per job.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	// The zones' table travels with the program, whatever the machine has.
	_ "time/tzdata"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
)

func main() {
	syscall.Umask(0o077) // database, lists and pictures are nobody else's
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := program().Run(ctx, os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "xinsheng: "+explain(err))
		os.Exit(1)
	}
}

func program() *cli.Command {
	return &cli.Command{
		Name:  "xinsheng",
		Usage: "新生注册：公众号里的继续教育新生注册系统",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "config", Usage: "configuration file", Value: "config.yaml", Sources: cli.EnvVars("XINSHENG_CONFIG")},
		},
		Commands: []*cli.Command{
			serveCommand(), demoCommand(), migrateCommand(), keysCommand(),
			intakeCommand(), rosterCommand(), exportCommand(), studentCommand(), loginCommand(), faceCommand(), caseCommand(), numberCommand(), applicationCommand(), reservedCommand(), correctionCommand(),
			outboxCommand(), menuCommand(), pushCommand(), staffCommand(), auditCommand(), doctorCommand(),
		},
	}
}

// explain says what went wrong in words, and adds the Chinese sentence where there is one.
func explain(err error) string {
	var known *enroll.Error
	if errors.As(err, &known) && known.Code != enroll.Internal {
		return known.Message() + "\n  " + err.Error()
	}
	return err.Error()
}
