package service_test

import (
	"bytes"
	"context"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/service"
	"xinsheng/test/world"
)

// albumPicture takes a picture of the sandbox's album: D02/id-front.jpg.
func albumPicture(t *testing.T, w *world.World, path string) []byte {
	t.Helper()
	r := httptest.NewRecorder()
	w.Sandbox.ServeHTTP(r, httptest.NewRequest("GET", "/phone/album/"+path, nil))
	if r.Code != 200 {
		t.Fatalf("album: %d %s", r.Code, r.Body)
	}
	return r.Body.Bytes()
}

// warnings uploads a side, waits for the card reader and gives the reasons of what the student is told.
func warnings(t *testing.T, w *world.World, v *service.Visit, kind, path string) []string {
	t.Helper()
	attach(t, w, v, kind, albumPicture(t, w, path))
	w.Service.Cards.Wait()
	a, err := w.Service.Attachments(context.Background(), v)
	if err != nil {
		t.Fatal(err)
	}
	if a.Cards[kind].Pending {
		t.Errorf("%s: still being read", path)
	}
	reasons := []string{}
	for _, p := range a.Cards[kind].Warnings {
		if p.Message() == "" || p.Field != kind {
			t.Errorf("%s: %+v says nothing", path, p)
		}
		reasons = append(reasons, string(p.Reason))
	}
	return reasons
}

func TestCardIsComparedWithTheRoster(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	for _, c := range []struct {
		kind, picture string
		want          []string
	}{
		{enroll.IDFront, "D02/id-front.jpg", nil},
		{enroll.IDBack, "D02/id-back.jpg", nil},
		{enroll.IDFront, "D01/id-front.jpg", []string{"card_number", "card_name"}},
		{enroll.IDFront, "D02/id-back.jpg", []string{"card_unreadable"}},
		{enroll.IDFront, "D02/photo.jpg", []string{"card_unreadable"}},
		{enroll.IDFront, "D02/id-temporary.jpg", []string{"card_temporary"}},
		{enroll.IDBack, "D02/id-expired.jpg", []string{"card_expired"}},
	} {
		if got := warnings(t, w, v, c.kind, c.picture); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.picture, got, c.want)
		}
	}
	reason(t, w.Service.FinishAttachments(ctx, v), "") // nothing of it keeps anybody from going on
	var kept []byte
	if err := w.Database(t).QueryRow("SELECT reading FROM attachment WHERE kind = 'id_front'").Scan(&kept); err != nil {
		t.Fatal(err)
	}
	if len(kept) == 0 || bytes.Contains(kept, []byte("320106199808229983")) || bytes.Contains(kept, []byte("李演示")) {
		t.Errorf("the reading lies open: %q", kept)
	}
}

func TestCardReaderIsNeverWaitedFor(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	w.Service.Cards.Wait()
	outside := w.Sandbox.World(w.Credentials.AppID)
	for _, f := range []sandbox.Fault{
		{Path: "IDCardOCR", Kind: "drop", Times: 1}, {Path: "IDCardOCR", Kind: "error", Code: "FailedOperation.UnOpenError", Times: 1},
		{Path: "IDCardOCR", Kind: "body", Body: "<html>", Times: 1},
	} {
		if _, err := outside.AddFault(f); err != nil {
			t.Fatal(err)
		}
		if got := warnings(t, w, v, enroll.IDFront, "D01/id-front.jpg"); len(got) > 0 {
			t.Errorf("%s: the student hears of %v", f.Kind, got)
		}
	}
	if _, err := outside.AddFault(sandbox.Fault{Path: "IDCardOCR", Kind: "delay", DelayMS: 400, Times: 1}); err != nil {
		t.Fatal(err)
	}
	attach(t, w, v, enroll.IDFront, albumPicture(t, w, "D02/id-front.jpg"))
	a, err := w.Service.Attachments(ctx, v)
	if err != nil || !a.Cards[enroll.IDFront].Pending {
		t.Errorf("the upload waited for the reader, or nobody asks again: %+v, %v", a.Cards, err)
	}
	w.Clock.Advance(time.Minute)
	if a, err = w.Service.Attachments(ctx, v); err != nil || a.Cards[enroll.IDFront].Pending {
		t.Errorf("the page asks for ever: %v", err)
	}
	if err := w.Service.Detach(ctx, v, a.Files[len(a.Files)-1].ID); err != nil {
		t.Fatal(err)
	}
	w.Service.Cards.Wait() // the answer finds no picture to stay with
	setting(t, w, func(s *enroll.Settings) { s.ReadCards = false })
	v = revisit(t, w, v)
	if got := warnings(t, w, v, enroll.IDFront, "D01/id-front.jpg"); len(got) > 0 {
		t.Errorf("switched off: %v", got)
	}
}

// TestBusyCardReaderHoldsBackNobody: a picture that finds no room is not kept for later, and codes leave meanwhile.
func TestBusyCardReaderHoldsBackNobody(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	w.Enrolled(t, "D13")
	w.Service.Cards = service.NewBackground(1, 0)
	release := make(chan struct{})
	w.Service.Cards.Go(time.Hour, func(context.Context) { <-release })
	defer close(release)
	attach(t, w, v, enroll.IDFront, albumPicture(t, w, "D01/id-front.jpg"))
	for {
		a, err := w.Service.Attachments(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		if check := a.Cards[enroll.IDFront]; !check.Pending {
			if len(check.Warnings) > 0 {
				t.Errorf("the student hears of %v", check.Warnings)
			}
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if _, err := w.Service.RequestCode(ctx, codeRequest("D13", "13900000013")); err != nil {
		t.Fatal(err)
	}
	w.Service.Background.Wait() // ends while the reader still works
}

// TestOnlyKnownDocumentsAreRead: a passport and a residence permit are none of the card reader's.
func TestOnlyKnownDocumentsAreRead(t *testing.T) {
	w := world.New(t)
	for _, id := range []string{"D03", "D14"} {
		v := filledIn(t, w, id)
		if got := warnings(t, w, v, enroll.IDFront, id+"/id-front.jpg"); len(got) > 0 {
			t.Errorf("%s: %v", id, got)
		}
	}
	for _, c := range w.Sandbox.World(w.Credentials.AppID).Calls() {
		if c.Name == "IDCardOCR" {
			t.Error("the card reader was asked")
		}
	}
}

func TestDeskShowsWhatTheCardSays(t *testing.T) {
	w := world.New(t)
	setting(t, w, func(s *enroll.Settings) { s.Review = true })
	v := filledIn(t, w, "D02")
	warnings(t, w, v, enroll.IDFront, "D01/id-front.jpg")
	warnings(t, w, v, enroll.IDBack, "D02/id-expired.jpg")
	sign(t, w, v)
	reason(t, w.Service.Submit(context.Background(), revisit(t, w, v)), "")
	o := onDesk(t, w, duty(t, w, "xueji", enroll.RoleRegistrar, ""), enroll.ReviewForm)
	rows := map[string]enroll.CompareRow{}
	for _, row := range o.Compare {
		rows[row.Label] = row
	}
	if row := rows["姓名"]; row.Roster != "李演示" || row.Document != "张示例" || !row.Differs {
		t.Errorf("name: %+v", row)
	}
	if row := rows["证件号码"]; row.Document != "3201**********9961" || !row.Differs {
		t.Errorf("number: %+v", row)
	}
	if row := rows["民族"]; row.Document != "汉族" || row.Differs {
		t.Errorf("ethnic: %+v", row)
	}
	if row := rows["证件有效期"]; row.Document != "2005-01-01 至 2025-01-01" {
		t.Errorf("validity: %+v", row)
	}
	if !slices.ContainsFunc(o.Hints, func(h string) bool { return h == "证件已过有效期（2025-01-01）。" }) {
		t.Errorf("hints: %v", o.Hints)
	}
}
