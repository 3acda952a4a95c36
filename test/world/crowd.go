package world

import (
	"context"
	"fmt"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/store"
)

// Crowd puts n invented students on the roster, each bound to a follower of
// this world's account, and gives their registrations.
func (w *World) Crowd(t testing.TB, n int) []enroll.Registration {
	t.Helper()
	ctx, st, now, intake := context.Background(), w.Service.Store, w.Clock.Now(), w.Intake(t)
	programs, err := st.Programs(ctx, intake.ID)
	must(t, err)
	points, err := st.Points(ctx, intake.ID)
	must(t, err)
	openids := w.Sandbox.World(w.Credentials.AppID).Crowd(n)
	list := make([]enroll.Registration, n)
	for begin := 0; begin < n; begin += 500 {
		must(t, st.InTx(ctx, func(tx *store.Store) error {
			for i := begin; i < min(begin+500, n); i++ {
				student := enroll.Student{
					ID: st.NewID(), IDType: enroll.IDCard, IDNumber: enroll.IDNumber(fmt.Sprintf("1101011990%08d", i)), Name: fmt.Sprintf("同学%d", i+1),
				}
				if err := tx.AddStudent(ctx, student, now); err != nil {
					return err
				}
				if err := tx.Bind(ctx, student, enroll.Phone(fmt.Sprintf("139%08d", 20000000+i)), openids[i], now); err != nil {
					return err
				}
				list[i] = enroll.Registration{
					ID: st.NewID(), Intake: intake.ID, Student: student.ID, ExamNo: fmt.Sprintf("26990%07d", i+1), Grade: 2026, Name: student.Name,
					Sex: "女", Ethnic: "汉族", Program: programs[i%len(programs)].ID, Point: points[i%len(points)].ID, Status: enroll.Open, Face: enroll.FacePassed,
				}
				if err := tx.AddRegistration(ctx, list[i], now); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	return list
}

// Deadline is a push of the demo's deadline template to everybody whom a selection finds.
func (w *World) Deadline(t testing.TB, selection enroll.PushSelection, examNos []string) enroll.Push {
	t.Helper()
	p, err := w.Service.CreatePush(context.Background(), Maker, service.PushDraft{
		Intake: w.Intake(t).ID, Title: "办理提醒", Occasion: "deadline", Selection: selection, ExamNos: examNos,
		Letter: enroll.PushLetter{
			Carrier: enroll.PushTemplate, Template: w.Credentials.WeChatTemplates["reminder"], Name: "办理截止提醒", Link: "home",
			Keywords: []enroll.PushKeyword{
				{Keyword: "thing1", Label: "办理事项", Text: "{occasion}"}, {Keyword: "thing2", Label: "提示", Text: "{name}请尽快办理"},
				{Keyword: "time3", Label: "时间", Text: "{deadline}"},
			},
		},
	})
	must(t, err)
	return p
}

// Maker and Second are two members of staff: one makes a push, the other approves it.
var (
	Maker  = onDuty("maker")
	Second = onDuty("second")
)

func onDuty(account string) *service.Duty {
	return &service.Duty{Staff: enroll.Staff{ID: "00000000-0000-7000-8000-00000000000" + account[:1], Account: account, Role: enroll.RoleRegistrar}}
}
