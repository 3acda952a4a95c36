package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
)

func outboxCommand() *cli.Command {
	return &cli.Command{
		Name:  "outbox",
		Usage: "messages and other outside effects that got stuck (待发事项)",
		Commands: []*cli.Command{
			{Name: "list", Usage: "show what is dead or of unknown outcome", Action: withApp(outboxList)},
			{Name: "replay", Usage: "try one once more", ArgsUsage: "ID", Action: withApp(outboxReplay)},
		},
	}
}

func outboxList(ctx context.Context, _ *cli.Command, a *app) error {
	stuck, err := a.store.StuckOutbox(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 2, 4, 2, ' ', 0)
	for _, m := range stuck {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", m.ID, m.State, m.Kind, enroll.Minute(m.CreatedAt), m.LastError)
	}
	fmt.Fprintf(w, "共 %d 条\n", len(stuck))
	return w.Flush()
}

func outboxReplay(ctx context.Context, cmd *cli.Command, a *app) error {
	if cmd.Args().Len() != 1 {
		return fmt.Errorf("name the id that `outbox list` shows")
	}
	return a.service.ReplayOutbox(ctx, cmd.Args().First())
}
