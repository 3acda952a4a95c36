package service

import (
	"context"
	"errors"
	"fmt"

	"xinsheng/enroll"
)

// notices are the sentences on top of the home page: what waits, what is refused, what ends soon.
func (s *Service) notices(ctx context.Context, v *Visit, m Me) ([]string, error) {
	list := faceNotices(v, m)
	paused, err := s.gateNotices(ctx, v)
	if err != nil {
		return nil, err
	}
	if m.Identity.State == "archived" && v.Archive != nil && len(list) > 0 {
		due, err := s.dueText(ctx, v.Intake, enroll.ReviewFace, v.Archive.At)
		if err != nil {
			return nil, err
		}
		list[0] += due + "。"
	}
	list = append(list, paused...)
	if m.MayStart && m.Phase == enroll.After && v.Registration.Status.Editable() {
		list = append(list, fmt.Sprintf("注册已结束，您可以在 %s 前完成提交。", enroll.EndMinute(m.Deadline)))
	}
	if m.Money.Paying == "locked" {
		list = append(list, PayLocked.Name()+"。老师处理后会通知您。")
	}
	if !v.Verified {
		return list, nil
	}
	if open, err := s.openAssist(ctx, v.Registration.ID); err != nil {
		return list, err
	} else if open != nil {
		list = append(list, open.Role.Office()+"老师正在现场为您代办登记，请不要同时修改。如不知情，请马上联系"+contactLine(v.Intake)+"。")
	}
	if disputed, err := s.disputed(ctx, v.Registration); err != nil || disputed {
		return append(list, "您的信息更正申请正在处理，老师核对后会通知您，再继续办理。"), err
	}
	if !v.Registration.Status.Editable() {
		notice, err := s.proofNotice(ctx, v)
		if notice != "" {
			list = append(list, notice)
		}
		return list, err
	}
	_, err = s.quote(ctx, v)
	if errors.Is(err, enroll.Fail("tuition_missing")) {
		return append(list, "暂时没有查到适用的学费标准。您可以先填写并提交，系统会提醒老师，补齐后会通知您。"), nil
	}
	return list, err
}

func faceNotices(v *Visit, m Me) []string {
	switch {
	case m.Identity.State == "rejected":
		return []string{fmt.Sprintf("存档照片没有通过审核：%s。请重新完成身份核验。", m.Identity.Reason)}
	case m.Identity.State == "archived" && !v.Verified:
		return []string{"这份录取信息已用另一个手机号办理过。照片审核通过前，不能查看和修改之前的内容；您也可以再试人脸识别。"}
	case m.Identity.State == "archived":
		return []string{"您的照片正在等待老师审核，可以先继续办理，结果会通知您。"}
	}
	return nil
}
