package service_test

import (
	"context"
	"testing"

	"xinsheng/enroll"
	"xinsheng/sandbox"
	"xinsheng/test/world"
)

// Who is in no library by the type of the document, or by its answer, goes straight to the archive and on with the form.
func TestUnknownToTheLibraryGoesStraightToTheArchive(t *testing.T) {
	for _, c := range []struct {
		id, sentence string
		asked        bool
	}{
		{"D03", "face_document", false}, {"D14", "face_document", false}, {"D18", "face_document", false}, {"D09", "face_not_in_library", true},
	} {
		w, ctx := world.New(t), context.Background()
		w.Enrolled(t, c.id)
		v := atCamera(t, w, c.id, "")
		if c.asked {
			wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "face_not_in_library")
		}
		me, err := w.Service.Me(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		if me.Next != "/face/archive" || me.Identity.ByHand != enroll.Reason(c.sentence).Text() {
			t.Errorf("%s: %s, %q", c.id, me.Next, me.Identity.ByHand)
		}
		if err := w.Service.ArchiveFace(ctx, v, picture(t, w, "face.jpg")); err != nil {
			t.Fatal(err)
		}
		if me, err = w.Service.Me(ctx, reload(t, w, v)); err != nil || me.Next != "/identity" || me.Identity.ByHand != "" {
			t.Errorf("%s goes on at %s, %v", c.id, me.Next, err)
		}
	}
}

// An answer of no library is that of the day: where a photo has come since, the face is compared again.
func TestTheLibraryMayKnowLater(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Enrolled(t, "D09")
	v := atCamera(t, w, "D09", "")
	wantReason(t, w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")), "face_not_in_library")
	outcome(t, w, "D09", sandbox.FacePassed)
	if err := w.Service.CheckFace(ctx, v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
}

func TestSidesThatADocumentIsAskedFor(t *testing.T) {
	for _, d := range enroll.DocumentTypes {
		kinds := enroll.AttachmentKinds(enroll.Settings{}, enroll.HighToBachelor, d.Type)
		if len(d.Sides) == 0 || kinds[0].Key != enroll.IDFront || kinds[0].Title != d.Sides[0] {
			t.Errorf("%s asks for %s", d.Name, kinds[0].Title)
		}
		if _, err := enroll.FindKind(kinds, enroll.IDBack); (err == nil) != (len(d.Sides) == 2) {
			t.Errorf("%s: %v", d.Name, err)
		}
	}
}

// Numbers of Hong Kong, Macao and Taiwan get a code where the intake lets them in, by a template of their own.
func TestPhonesAbroad(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Enrolled(t, "D18")
	setting(t, w, func(s *enroll.Settings) { s.Captcha = false })
	q := codeRequest("D18", "")
	for _, phone := range []string{"+853 6600 0018", "00852 6123 4567", "+886 912 345 678"} {
		q.Phone = phone
		if _, err := w.Service.RequestCode(ctx, q); err != nil {
			t.Fatalf("%s: %v", phone, err)
		}
	}
	w.Service.Background.Wait()
	for _, phone := range []string{"+85366000018", "+85261234567", "+886912345678"} {
		if n := len(outside(w).SMSList(phone)); n != 1 {
			t.Errorf("%s has %d SMS", phone, n)
		}
	}
	setting(t, w, func(s *enroll.Settings) { s.PhonesAbroad = []string{"853"} })
	_, err := w.Service.RequestCode(ctx, codeRequest("D18", "+85261234560"))
	wantReason(t, err, "phone_abroad")
	if _, err := w.Service.RequestCode(ctx, codeRequest("D18", "+85366000019")); err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{"+1 202 555 0100", "+852 1234 5678", "+8860912345678"} {
		_, err := w.Service.RequestCode(ctx, codeRequest("D18", wrong))
		wantReason(t, err, "phone_invalid")
	}
}
