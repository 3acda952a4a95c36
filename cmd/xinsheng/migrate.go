package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/store"
)

func migrateCommand() *cli.Command {
	return &cli.Command{
		Name:  "migrate",
		Usage: "bring the database's tables up to this program's version",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "dry-run", Usage: "say how many migrations are pending"}},
		Action: func(ctx context.Context, cmd *cli.Command) (err error) {
			cfg, err := loadConfig(cmd.String("config"))
			if err != nil {
				return err
			}
			keys, err := store.LoadKeys(cfg.Keys)
			if err != nil {
				return err
			}
			st, err := store.Open(ctx, cfg.Database, keys)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, st.Close()) }()
			if cmd.Bool("dry-run") {
				pending, err := st.Pending(ctx)
				fmt.Printf("待执行的迁移：%d 项\n", pending)
				return err
			}
			applied, err := st.Migrate(ctx)
			fmt.Printf("已执行 %d 项迁移\n", applied)
			return err
		},
	}
}
