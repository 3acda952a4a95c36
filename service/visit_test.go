package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/store"
	"xinsheng/test/world"
)

// TestSecondPhone holds the rule of who may see what (design §2).
func TestSecondPhone(t *testing.T) {
	const own, foreign = "13900000001", "13900000113"
	for _, row := range []struct {
		name  string
		first func(t *testing.T, w *world.World)
		sees  bool
	}{
		{"nothing stored", func(*testing.T, *world.World) {}, true},
		{"first phone passed", func(t *testing.T, w *world.World) {
			pass(t, w, atCamera(t, w, "D01", own))
		}, false},
		{"first phone archived", func(t *testing.T, w *world.World) {
			archive(t, w, atCamera(t, w, "D01", own))
		}, false},
		{"first phone rejected", func(t *testing.T, w *world.World) {
			archive(t, w, atCamera(t, w, "D01", own))
			rejectAll(t, w)
		}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := world.New(t)
			w.Enrolled(t, "D01")
			row.first(t, w)
			v := atCamera(t, w, "D01", foreign)
			if v.Verified {
				t.Fatal("a new phone sees things before its identity step")
			}
			if v = archive(t, w, v); v.Verified != row.sees {
				t.Errorf("with an undecided archive the second phone sees things: %v, want %v", v.Verified, row.sees)
			}
			if !row.sees {
				me, err := w.Service.Me(context.Background(), v)
				if err != nil || me.Money.Bill != nil || len(me.Returned) > 0 || me.Next == "/identity" {
					t.Errorf("%+v, %v", me, err)
				}
			}
		})
	}
}

func TestFirstArchiveKeepsItsViewWhileASecondWaits(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D01")
	first := archive(t, w, atCamera(t, w, "D01", ""))
	archive(t, w, atCamera(t, w, "D01", "13900000113"))
	if first = reload(t, w, first); !first.Verified {
		t.Error("a later archive of another phone shut out the first one")
	}
}

func TestBindingMovesAndTheOldPhoneIsTold(t *testing.T) {
	w := world.New(t)
	w.Enrolled(t, "D13")
	ctx := context.Background()
	pass(t, w, atCamera(t, w, "D13", ""))
	v := pass(t, w, atCamera(t, w, "D13", "13900000113"))
	if v.Student.Phone != "13900000113" {
		t.Fatalf("bound to %v", v.Student.Phone)
	}
	if _, err := w.Service.DrainOutbox(ctx); err != nil {
		t.Fatal(err)
	}
	told := false
	for _, text := range texts(w, "13900000013") {
		told = told || !sixDigits.MatchString(text)
	}
	if !told {
		t.Error("the old phone was not told")
	}
	if old := enter2(t, w, "D13"); old.Verified {
		t.Error("the old phone still sees things")
	}
}

func TestRegisteredShowsTheNumberToTheBoundPhoneOnly(t *testing.T) {
	w := world.New(t)
	r := w.Enrolled(t, "D01")
	ctx := context.Background()
	pass(t, w, atCamera(t, w, "D01", ""))
	register(t, w, r.ID, "26101010001")
	me, err := w.Service.Me(ctx, enter2(t, w, "D01"))
	if err != nil || me.Money.Number != "26101010001" || me.Next != "/done" {
		t.Errorf("bound phone: number %q, next %q, %v", me.Money.Number, me.Next, err)
	}
	w.Clock.Advance(2 * time.Hour)
	me, err = w.Service.Me(ctx, enter(t, w, "D01", "13900000113"))
	if err != nil || me.Money.Number != "" || me.Next == "/done" {
		t.Errorf("foreign phone: number %q, next %q, %v", me.Money.Number, me.Next, err)
	}
}

func register(t *testing.T, w *world.World, id, number string) {
	t.Helper()
	ctx, st := context.Background(), w.Service.Store
	r, err := st.Registration(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	event := enroll.RegistrationEvent{Event: "settle", To: enroll.Registered, By: enroll.BySystem, At: w.Clock.Now()}
	if err := st.Move(ctx, r, event); err != nil {
		t.Fatal(err)
	}
	if err := st.AddNumber(ctx, number, r, store.NumberIssued, w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
}

func pass(t *testing.T, w *world.World, v *service.Visit) *service.Visit {
	t.Helper()
	if err := w.Service.CheckFace(context.Background(), v, picture(t, w, "face.jpg")); err != nil {
		t.Fatal(err)
	}
	return reload(t, w, v)
}
