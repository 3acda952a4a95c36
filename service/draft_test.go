package service_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

// filling is a student who has come to the form.
func filling(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	ctx := context.Background()
	r := w.Enrolled(t, id)
	for _, stamp := range []store.Stamp{store.StampPrepared, store.StampIdentity} {
		if err := w.Service.Store.SetStamp(ctx, r.ID, stamp, w.Clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	return w.Visit(t, id)
}

func work(unit string) []byte { return fmt.Appendf(nil, `{"work_unit":%q}`, unit) }

func TestDraftSurvivesAndIsSealed(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filling(t, w, "D01")
	if _, err := w.Service.SaveSection(ctx, v, enroll.SectionBasic, 0, work("甲公司"), false); err != nil {
		t.Fatal(err)
	}
	f, err := w.Service.Section(ctx, w.Visit(t, "D01"), enroll.SectionBasic)
	if err != nil {
		t.Fatal(err)
	}
	if f.Draft.Version != 1 || f.Content.Text("work_unit") != "甲公司" || f.Complete() {
		t.Errorf("version %d, %v, complete %v", f.Draft.Version, f.Content, f.Complete())
	}
	err = w.Service.FinishSection(ctx, v, enroll.SectionBasic)
	if !errors.Is(err, enroll.Fail("form_incomplete")) {
		t.Errorf("unfinished section: %v", err)
	}
}

func TestNewerDraftIsNotOverwritten(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	phone := filling(t, w, "D01")
	save := func(v *service.Visit, version int, unit string, force bool) (service.Filled, error) {
		return w.Service.SaveSection(ctx, v, enroll.SectionBasic, version, work(unit), force)
	}
	if _, err := save(phone, 0, "甲公司", false); err != nil {
		t.Fatal(err)
	}
	computer := w.Visit(t, "D01")
	computer.Device = "浏览器 · 电脑"
	if _, err := save(computer, 1, "乙公司", false); err != nil {
		t.Fatal(err)
	}
	_, err := save(phone, 1, "丙公司", false)
	var conflict *enroll.Error
	if !errors.As(err, &conflict) || conflict.Reason != "draft_conflict" {
		t.Fatalf("older device: %v", err)
	}
	if conflict.Data["version"] != 2 || conflict.Data["device"] != "浏览器 · 电脑" || string(conflict.Data["content"].(json.RawMessage)) != `{"work_unit":"乙公司"}` {
		t.Errorf("conflict carries %v", conflict.Data)
	}
	if f, err := save(phone, 1, "乙公司", false); err != nil || f.Draft.Version != 2 {
		t.Errorf("the same content again: version %d, %v", f.Draft.Version, err)
	}
	if f, err := save(phone, 1, "丙公司", true); err != nil || f.Draft.Version != 3 || f.Content.Text("work_unit") != "丙公司" {
		t.Errorf("用这里的: version %d, %v, %v", f.Draft.Version, f.Content, err)
	}
}

func TestParallelSavesHaveOneWinnerPerVersion(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filling(t, w, "D01")
	for version := range 2 {
		var wg sync.WaitGroup
		var mu sync.Mutex
		outcomes := map[enroll.Reason]int{}
		for i := range 50 {
			wg.Go(func() {
				_, err := w.Service.SaveSection(ctx, v, enroll.SectionBasic, version, work(fmt.Sprintf("第 %d-%d 公司", version, i)), false)
				if err != nil && enroll.ReasonOf(err) == "" {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				outcomes[enroll.ReasonOf(err)]++
			})
		}
		wg.Wait()
		if outcomes[""] != 1 || outcomes["draft_conflict"] != 49 {
			t.Errorf("version %d: %v", version, outcomes)
		}
	}
	if f, err := w.Service.Section(ctx, v, enroll.SectionBasic); err != nil || f.Draft.Version != 2 {
		t.Errorf("version %d, %v", f.Draft.Version, err)
	}
}

func TestDraftIsClosedToOthers(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filling(t, w, "D01")
	unverified := *v
	unverified.Verified = false
	if _, err := w.Service.Section(ctx, &unverified, enroll.SectionBasic); !errors.Is(err, enroll.Fail("identity_step_needed")) {
		t.Errorf("unverified login reads: %v", err)
	}
	if _, err := w.Service.SaveSection(ctx, &unverified, enroll.SectionBasic, 0, work("甲公司"), true); !errors.Is(err, enroll.Fail("identity_step_needed")) {
		t.Errorf("unverified login writes: %v", err)
	}
	if _, err := w.Service.SaveSection(ctx, v, enroll.SectionEducation, 0, []byte(`{}`), false); !errors.Is(err, enroll.Fail("step_locked")) {
		t.Errorf("later step: %v", err)
	}
	if _, err := w.Service.Section(ctx, v, "money"); !errors.Is(err, enroll.Fail("section_unknown")) {
		t.Errorf("unknown section: %v", err)
	}
	if _, err := w.Service.SaveSection(ctx, v, enroll.SectionBasic, 0, []byte(`[1]`), false); !errors.Is(err, enroll.Fail("bad_request")) {
		t.Errorf("no object: %v", err)
	}
}
