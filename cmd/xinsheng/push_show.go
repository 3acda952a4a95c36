package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
	"xinsheng/service"
)

func pushTemplates(ctx context.Context, cmd *cli.Command, a *app) error {
	list, err := a.service.PushTemplates(ctx, enroll.PushCarrier(cmd.String("carrier")))
	if err != nil {
		return err
	}
	w := table("模板", "名称", "关键词", "说明", "要求")
	for _, t := range list {
		for _, k := range t.Keywords {
			w.row(t.ID, t.Name, k.Keyword, k.Label, k.Rule)
		}
	}
	return w.Flush()
}

func pushFields(context.Context, *cli.Command) error {
	w := table("字段", "含义")
	for _, f := range enroll.PushFields {
		w.row("{"+f.Key+"}", f.Name)
	}
	return w.Flush()
}

func showCheck(c service.PushCheck) {
	fmt.Printf("共 %d 人：微信 %d，仅短信 %d，无法送达 %d\n", c.Reach.Total, c.Reach.WeChat, c.Reach.SMS, c.Reach.Neither)
	fmt.Printf("今日公众号额度剩 %d 条，短信预算剩 %s 元，本次短信约 %s 元，预计 %s 完成\n", c.QuotaLeft, enroll.Yuan(int64(c.BudgetLeftFen)),
		enroll.Yuan(int64(c.CostFen)), enroll.Minute(c.EndsAt))
	for _, p := range c.Problems {
		fmt.Printf("不合要求：%s（%s）%s = %s，%s\n", p.ExamNo, p.Name, p.Keyword, p.Value, p.Rule)
	}
	if c.ProblemCount > len(c.Problems) {
		fmt.Printf("……共 %d 处不合要求\n", c.ProblemCount)
	}
	if len(c.Unknown) > 0 {
		fmt.Println("名单中查无此考生号：" + strings.Join(c.Unknown, "、"))
	}
	if len(c.Marketing) > 0 {
		fmt.Println("提醒：模板消息只能用于服务通知，文中有营销字样：" + strings.Join(c.Marketing, "、"))
	}
	if c.Approval {
		fmt.Println("人数较多，发送前须由另一人复核（push approve）")
	}
}

func pushStatus(ctx context.Context, cmd *cli.Command, a *app) error {
	if cmd.Args().Len() == 1 {
		v, err := a.service.Push(ctx, cmd.Args().First())
		if err != nil {
			return err
		}
		showPush(v)
		return nil
	}
	list, err := a.service.Pushes(ctx, "", 50)
	if err != nil {
		return err
	}
	w := table("编号", "时间", "名称", "状态", "人数", "已受理", "已送达", "失败", "不明", "发起", "复核")
	for _, v := range list {
		c, p := v.Counts, v.Push
		w.row(p.ID, enroll.Minute(p.CreatedAt), p.Title, p.StateName(), p.Total, c.Sent(), c.States[enroll.RecipientDelivered],
			c.States[enroll.RecipientFailed], c.States[enroll.RecipientUnknown], p.MadeBy, p.ApprovedBy)
	}
	return w.Flush()
}

func showPush(v service.PushView) {
	p, c := v.Push, v.Counts
	fmt.Printf("%s %s：%s", p.ID, p.Title, p.StateName())
	if p.Reason != "" {
		fmt.Printf("（%s）%s", p.Reason.Text(), p.Detail)
	}
	if !p.NextAt.IsZero() && !p.State.Ended() {
		fmt.Printf("，%s 起", enroll.Minute(p.NextAt))
	}
	fmt.Println()
	for _, row := range enroll.RecipientStates {
		if n := c.States[row.State]; n > 0 {
			fmt.Printf("  %s %d\n", row.Name, n)
		}
	}
	for _, row := range enroll.PushFailures {
		if n := c.Failures[row.Failure]; n > 0 {
			fmt.Printf("    %s %d\n", row.Text, n)
		}
	}
	if !v.Confirms {
		fmt.Println("  没有配置公众号消息回调，不能确认送达，只知道已受理")
	}
}
