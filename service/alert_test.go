package service_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

func name(id string) string {
	p, _ := demo.Find(id)
	return p.Name
}

// sharing lets demo students log in with one phone, openid and device.
func sharing(t *testing.T, w *world.World, ids ...string) {
	t.Helper()
	for _, id := range ids {
		w.Enrolled(t, id)
		q := codeRequest(id, "13900000099")
		q.Address = "192.0.2." + id[1:]
		w.Clock.Advance(hour)
		challenge, typed := code(t, w, q)
		_, err := w.Service.Login(context.Background(), service.LoginRequest{
			Challenge: challenge.ID, Name: name(id), Code: typed, OpenID: "o-shared", Address: q.Address, Device: "测试", DeviceID: "device-shared",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func alertOf(t *testing.T, w *world.World, kind enroll.TraceKind, all bool) *enroll.Alert {
	t.Helper()
	list, err := w.Service.Alerts(context.Background(), all)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if a.Kind == kind {
			return &a
		}
	}
	return nil
}

// From the fourth student on one phone and one device are shown, from the third
// one WeChat; whoever looked leaves a note, and one more student opens it again. Nobody is stopped.
func TestSharedTraces(t *testing.T) {
	ctx, w := context.Background(), world.New(t)
	d := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	sharing(t, w, "D01", "D02", "D05")
	if alertOf(t, w, enroll.TracePhone, false) != nil || alertOf(t, w, enroll.TraceOpenID, false) == nil {
		t.Fatal("three students: the WeChat only")
	}
	sharing(t, w, "D07")
	a := alertOf(t, w, enroll.TracePhone, false)
	if a == nil || a.Students != 4 || alertOf(t, w, enroll.TraceDevice, false) == nil {
		t.Fatalf("four students: %+v", a)
	}
	rows, err := w.Service.AlertStudents(ctx, a.Kind, a.Hash)
	if err != nil || len(rows) != 4 || rows[0].Registration.Name != name("D01") {
		t.Fatalf("%d students, %v", len(rows), err)
	}
	reason(t, w.Service.LookAtAlert(ctx, d, a.Kind, a.Hash, " ", a.Students, 0), "alert_note")
	reason(t, w.Service.LookAtAlert(ctx, d, a.Kind, a.Hash, "一家人", a.Students, 0), "")
	reason(t, w.Service.LookAtAlert(ctx, d, a.Kind, a.Hash, "两个人同时看", a.Students, 0), "changed")
	if alertOf(t, w, enroll.TracePhone, false) != nil {
		t.Error("still open after a look")
	}
	if seen := alertOf(t, w, enroll.TracePhone, true); seen == nil || seen.Look.Note != "一家人" || seen.Look.By != "xueji" {
		t.Errorf("seen %+v", seen)
	}
	sharing(t, w, "D11")
	again := alertOf(t, w, enroll.TracePhone, false)
	if again == nil || again.Students != 5 {
		t.Fatalf("one more: %+v", again)
	}
	reason(t, w.Service.LookAtAlert(ctx, d, a.Kind, a.Hash, "核实过", 5, again.Look.Version), "")
	if err := w.Service.Store.DropTraces(ctx, w.Clock.Now().Add(-time.Minute)); err != nil || alertOf(t, w, enroll.TracePhone, true) != nil {
		t.Errorf("old traces are kept: %v", err)
	}
	_, err = w.Service.AlertStudents(ctx, "other", a.Hash)
	reason(t, err, "not_found")
	_, err = w.Service.AlertStudents(ctx, a.Kind, "zz")
	reason(t, err, "not_found")
}

// The same file of two students is shown; of one student twice it is not.
func TestSamePicture(t *testing.T) {
	w := world.New(t)
	filledIn(t, w, "D01") // its test pictures are one file, uploaded for each kind
	if a := alertOf(t, w, enroll.TracePicture, true); a != nil {
		t.Fatalf("alone: %+v", a)
	}
	filledIn(t, w, "D07")
	if a := alertOf(t, w, enroll.TracePicture, true); a == nil || a.Students != 2 {
		t.Errorf("two: %+v", a)
	}
}

// A band that very many pictures share hides no older one that another band finds.
func TestCommonBandHidesNothing(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	st, bands := w.Service.Store, []string{"common", "own"}
	same := func(kept []byte) bool { return string(kept) == "first" }
	first, err := st.PictureMark(ctx, []byte("first"), bands, same)
	reason(t, err, "")
	reason(t, st.KeepPrint(ctx, first, []byte("first"), bands, w.Clock.Now()), "")
	for i := range 70 {
		reason(t, st.KeepPrint(ctx, fmt.Sprintf("%032x", i), []byte("other"), bands[:1], w.Clock.Now().Add(hour)), "")
	}
	if found, err := st.PictureMark(ctx, []byte("again"), bands, same); err != nil || found != first {
		t.Errorf("%s is not %s, %v", found, first, err)
	}
}

// The photo of another student is seen although it was recompressed; the same student's own is not.
func TestRecompressedPictureIsSeen(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	body, err := os.ReadFile("../test/journey/portrait.jpg")
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := jpeg.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	attach := func(id string, quality int) {
		t.Helper()
		v := filling(t, w, id)
		for _, section := range [][2]string{{"basic", basicContent}, {"family", familyContent}, {"education", highSchool}} {
			if _, err := w.Service.SaveSection(ctx, v, enroll.SectionKey(section[0]), 0, []byte(section[1]), false); err != nil {
				t.Fatal(err)
			}
		}
		scaled := image.NewRGBA(image.Rect(0, 0, 480, 640))
		draw.CatmullRom.Scale(scaled, scaled.Bounds(), decoded, decoded.Bounds(), draw.Src, nil)
		var out bytes.Buffer
		if err := jpeg.Encode(&out, scaled, &jpeg.Options{Quality: quality}); err != nil {
			t.Fatal(err)
		}
		reason(t, w.Service.Attach(ctx, v, enroll.Portrait, out.Bytes()), "")
	}
	attach("D01", 60)
	if a := alertOf(t, w, enroll.TracePicture, true); a != nil {
		t.Fatalf("alone: %+v", a)
	}
	attach("D07", 45)
	if a := alertOf(t, w, enroll.TracePicture, true); a == nil || a.Students != 2 {
		t.Errorf("recompressed: %+v", a)
	}
}
