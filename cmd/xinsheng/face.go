package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v3"

	"xinsheng/enroll"
)

func faceCommand() *cli.Command {
	return &cli.Command{
		Name:  "face",
		Usage: "archived photos that wait for a person (照片存档)",
		Commands: []*cli.Command{
			{Name: "list", Usage: "show what waits, the oldest first", Action: withApp(faceList),
				Flags: []cli.Flag{&cli.BoolFlag{Name: "all", Usage: "also what is decided"}}},
			{Name: "photo", Usage: "write a photo to a file, to look at it", ArgsUsage: "ID FILE.jpg", Action: withApp(facePhoto)},
			{Name: "approve", Usage: "accept a photo", ArgsUsage: "ID", Flags: byFlags(false), Action: withApp(faceApprove)},
			{Name: "reject", Usage: "refuse a photo, with a reason that the student reads", ArgsUsage: "ID", Flags: byFlags(false), Action: withApp(faceReject)},
		},
	}
}

func faceList(ctx context.Context, cmd *cli.Command, a *app) error {
	list, err := a.service.FaceList(ctx, !cmd.Bool("all"))
	if err != nil {
		return err
	}
	w := table("ID", "时间", "考生号", "姓名", "证件号码", "姓名核对", "手机", "状态")
	for _, f := range list {
		w.row(f.Archive.ID, enroll.Minute(f.Archive.At), f.Registration.ExamNo, f.Registration.Name, f.Student.IDNumber,
			nameCheck(f.Archive.NameCheck), phoneOf(f.Archive.Phone, f.PhoneShared), f.Archive.State.Name())
	}
	return w.Flush()
}

// phoneOf shows a masked phone, and that it serves many students.
func phoneOf(phone enroll.Phone, shared bool) string {
	if shared {
		return fmt.Sprintf("%s（%d 名以上学生共用，请核对）", phone, enroll.SharedPhone)
	}
	return phone.String()
}

func nameCheck(result string) string {
	if word := map[string]string{"match": "一致", "mismatch": "不一致"}[result]; word != "" {
		return word
	}
	return "无法核对"
}

func facePhoto(ctx context.Context, cmd *cli.Command, a *app) (err error) {
	if cmd.Args().Len() != 2 {
		return errors.New("请写明存档编号和要写入的文件：xinsheng face photo ID FILE.jpg")
	}
	photo, err := a.service.FacePhoto(ctx, cmd.Args().Get(0))
	if err != nil {
		return err
	}
	f, err := os.OpenFile(cmd.Args().Get(1), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(photo)
	if err = errors.Join(err, f.Close()); err == nil {
		fmt.Println("已写入。看完后请删除这个文件。")
	}
	return err
}

func oneID(cmd *cli.Command) (string, error) {
	if cmd.Args().Len() != 1 {
		return "", errors.New("请写明一个编号（ID）")
	}
	return cmd.Args().First(), nil
}

func faceApprove(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	if err := a.service.ApproveFace(ctx, id, cmd.String("by")); err != nil {
		return err
	}
	fmt.Println("已通过，并通知学生。")
	return nil
}

func faceReject(ctx context.Context, cmd *cli.Command, a *app) error {
	id, err := oneID(cmd)
	if err != nil {
		return err
	}
	if err := a.service.RejectFace(ctx, id, cmd.String("by"), cmd.String("reason")); err != nil {
		return err
	}
	fmt.Println("已退回，并通知学生重新核验。")
	return nil
}
