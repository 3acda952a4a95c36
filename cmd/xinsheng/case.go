package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
)

func caseCommand() *cli.Command {
	return &cli.Command{
		Name:  "case",
		Usage: "money and matters that wait for a person (异常)",
		Commands: []*cli.Command{
			{Name: "list", Usage: "show what waits, the oldest first", Action: withApp(caseList)},
			{Name: "show", Usage: "show a case with its order and what WeChat Pay said", ArgsUsage: "ID", Action: withApp(caseShow)},
			{Name: "close", Usage: "end a case; --reason says how it was settled", ArgsUsage: "ID", Flags: append(byFlags(false), &cli.BoolFlag{
				Name: "apply", Usage: "let the money that came cover the bill (计入账单)",
			}), Action: withApp(caseClose)},
		},
	}
}

func caseList(ctx context.Context, _ *cli.Command, a *app) error {
	list, err := a.service.Cases(ctx)
	if err != nil {
		return err
	}
	w := table("ID", "时间", "类别", "注册编号", "说明")
	for _, c := range list {
		w.row(c.ID, enroll.Minute(c.OpenedAt), c.Kind.Name(), c.Registration, c.Detail)
	}
	return w.Flush()
}

func caseShow(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	c, err := a.store.Case(ctx, id)
	if err != nil {
		return err
	}
	fmt.Printf("%s（%s）\n%s\n注册 %s，账单 %s\n", c.Kind.Name(), enroll.Minute(c.OpenedAt), c.Detail, c.Registration, c.Bill)
	if !c.ClosedAt.IsZero() {
		fmt.Printf("已于 %s 由 %s 处理：%s\n", enroll.Minute(c.ClosedAt), c.ClosedBy, c.Note)
	}
	if c.Order == "" {
		return nil
	}
	return a.showOrder(ctx, c.Order)
}

// showOrder shows an order and every signed answer about it.
func (a *app) showOrder(ctx context.Context, id string) error {
	o, err := a.store.Order(ctx, id)
	if err != nil {
		return err
	}
	fmt.Printf("订单 %s，%s，%s 元，微信支付单号 %s\n", o.OutTradeNo, o.Status.Name(), enroll.Yuan(o.AmountFen), o.TransactionID)
	facts, err := a.store.Facts(ctx, o.OutTradeNo)
	if err != nil {
		return err
	}
	w := table("收到", "来源", "状态", "金额（元）", "商户号", "微信支付单号")
	for _, f := range facts {
		w.row(enroll.Minute(f.ReceivedAt), f.Source, f.TradeState, enroll.Yuan(f.AmountFen), f.MchID, f.TransactionID)
	}
	return w.Flush()
}

func caseClose(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	if err := a.service.CloseCase(ctx, id, cmd.String("by"), cmd.String("reason"), cmd.Bool("apply")); err != nil {
		return err
	}
	fmt.Println("已处理。")
	return nil
}
