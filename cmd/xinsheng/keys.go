package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/store"
)

func keysCommand() *cli.Command {
	return &cli.Command{
		Name:  "keys",
		Usage: "the key file that seals personal data (密钥)",
		Commands: []*cli.Command{
			{Name: "init", Usage: "make the key file, and refuse where one stands", Action: func(_ context.Context, cmd *cli.Command) error {
				cfg, err := loadConfig(cmd.String("config"))
				if err != nil {
					return err
				}
				if err := store.InitKeys(cfg.Keys); err != nil {
					return err
				}
				fmt.Printf("密钥已写入 %s（权限 0600）。请另行备份，并与数据分开保存：丢失后，已加密的数据无法恢复。\n", cfg.Keys)
				return nil
			}},
			{Name: "check", Usage: "prove that the key file can be used", Action: func(_ context.Context, cmd *cli.Command) error {
				cfg, err := loadConfig(cmd.String("config"))
				if err != nil {
					return err
				}
				if _, err := store.LoadKeys(cfg.Keys); err != nil {
					return err
				}
				fmt.Printf("%s 可用。\n", cfg.Keys)
				return nil
			}},
		},
	}
}
