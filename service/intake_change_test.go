package service_test

import (
	"context"
	"encoding/json"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func settings(t *testing.T, w *world.World, d *service.Duty, version int, section enroll.SettingSection, key, value string) error {
	t.Helper()
	_, err := w.Service.ChangeSettings(context.Background(), d, w.Intake(t).ID, service.IntakeChange{
		Section: section, Version: version, Values: map[string]json.RawMessage{key: json.RawMessage(value)},
	})
	return err
}

// Two registrars on different pages do not disturb each other; on one page the second is told who was first.
func TestSettingsChangedMeanwhile(t *testing.T) {
	w := world.New(t)
	a, b := w.Duty(t, enroll.RoleRegistrar), w.Duty(t, enroll.RoleRegistrar)
	read := w.Intake(t).Version
	for _, err := range []error{
		settings(t, w, b, read, enroll.SettingPhoto, "id_photo", `{"max_bytes": 400000}`),
		settings(t, w, a, read, enroll.SettingReview, "review_limits", `{"face": 4}`),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	err := settings(t, w, a, read, enroll.SettingPhoto, "id_photo", `{"max_bytes": 300000}`)
	wantReason(t, err, "changed")
	if by := enrollError(err).Data["by"]; by != b.Staff.Account {
		t.Errorf("changed by %v, not by %s", by, b.Staff.Account)
	}
	if s := w.Intake(t).Settings; s.IDPhoto.MaxBytes != 400000 || s.ReviewDays(enroll.ReviewFace) != 4 {
		t.Errorf("%+v %+v", s.IDPhoto, s.ReviewLimits)
	}
}

func TestHistoryTellsWhoChangedWhat(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	registrar, finance := w.Duty(t, enroll.RoleRegistrar), w.Duty(t, enroll.RoleFinance)
	intake := w.Intake(t)
	places, err := w.Service.Places(ctx, intake.ID)
	if err != nil {
		t.Fatal(err)
	}
	stands := places.Tuitions[0]
	price := service.TuitionChange{Program: stands.Program, Point: stands.Point, Approval: "新价〔2027〕2号", ValidTo: "2028-08-31", Was: stands.Words()}
	for range stands.Fens {
		price.Yuan = append(price.Yuan, "2,500.00")
	}
	notice, err := w.Service.Store.Text(ctx, intake.ID, enroll.TextNotice)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.ChangeText(ctx, registrar, intake.ID, enroll.TextNotice, "新通知", "请看。", notice.Version); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		settings(t, w, registrar, intake.Version, enroll.SettingBrand, "payee", `"示例学院"`),
		w.Service.SaveTuition(ctx, finance, intake.ID, price),
		w.Service.SavePoint(ctx, registrar, intake.ID, service.PointChange{Code: "77", Name: "新教学点"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	wantReason(t, w.Service.SaveTuition(ctx, finance, intake.ID, service.TuitionChange{Program: price.Program, Point: price.Point, Yuan: price.Yuan, Approval: "旧", Was: stands.Words()}), "changed")
	wantReason(t, w.Service.SavePoint(ctx, registrar, intake.ID, service.PointChange{Code: "77", Name: "另一个"}), "place_stands")

	lines, err := w.Service.IntakeHistory(ctx, intake.ID)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, l := range lines {
		told[l.Title] = l.By
		if len(l.Changes) == 0 || l.Changes[0].From == l.Changes[0].To {
			t.Errorf("a line without a difference: %+v", l)
		}
	}
	for title, by := range map[string]string{
		"学校与联系方式": registrar.Staff.Account, "收费标准": finance.Staff.Account, "教学点": registrar.Staff.Account, "通知公告": registrar.Staff.Account,
	} {
		if told[title] != by {
			t.Errorf("%s was changed by %q, not by %s", title, told[title], by)
		}
	}
}

func TestMistakesOfAnotherPageStopNobody(t *testing.T) {
	s := enroll.Settings{NumberRule: "{yy}{seq:4}", Colour: "blue"}
	if _, err := s.With(enroll.SettingPhoto, map[string]json.RawMessage{"photo": json.RawMessage(`{"width": 480, "height": 640}`)}); err != nil {
		t.Error(err)
	}
	_, err := s.With(enroll.SettingBrand, map[string]json.RawMessage{"school": json.RawMessage(`"示例大学"`)})
	wantReason(t, err, "settings_invalid")
}
