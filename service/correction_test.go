package service_test

import (
	"context"
	"strings"
	"testing"

	"xinsheng/cmd/xinsheng/demo"
	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// programID finds a program of the demo intake by its number (01 法学, 02 水利水电工程, 03 会计学 …).
func programID(t *testing.T, w *world.World, no string) string {
	t.Helper()
	programs, err := w.Service.Store.Programs(context.Background(), w.Intake(t).ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range programs {
		if p.No == no {
			return p.ID
		}
	}
	t.Fatalf("no program %s", no)
	return ""
}

// dispute asks for a correction and gives it back as it is kept.
func dispute(t *testing.T, w *world.World, v *service.Visit, field, value string) enroll.Correction {
	t.Helper()
	ctx := context.Background()
	d := service.CorrectionDraft{Field: field, Value: value, IDType: string(v.Student.IDType), Picture: photo(t, 900, 600)}
	if err := w.Service.FileCorrection(ctx, v, d); err != nil {
		t.Fatal(err)
	}
	own, err := w.Service.OwnCorrections(ctx, v)
	if err != nil || len(own) == 0 {
		t.Fatalf("%d corrections, %v", len(own), err)
	}
	return own[0]
}

func grant(t *testing.T, w *world.World, c enroll.Correction) {
	t.Helper()
	if err := w.Service.GrantCorrection(context.Background(), c.ID, service.Decision{By: "registrar", Reason: "已核对"}); err != nil {
		t.Fatal(err)
	}
}

func submitted(t *testing.T, w *world.World, id string) *service.Visit {
	t.Helper()
	v := filledIn(t, w, id)
	if err := w.Service.Submit(context.Background(), v); err != nil {
		t.Fatal(err)
	}
	return revisit(t, w, v)
}

func next(t *testing.T, w *world.World, v *service.Visit) string {
	t.Helper()
	me, err := w.Service.Me(context.Background(), v)
	if err != nil {
		t.Fatal(err)
	}
	return me.Next
}

// A disputed program stops paying; granted, the live order is closed and the bill has the new price.
func TestCorrectionOfProgramMovesTheBill(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := submitted(t, w, "D01")
	o := checkout(t, w, v, enroll.JSAPI).Order
	c := dispute(t, w, v, "major", programID(t, w, "02"))
	if _, err := w.Service.StartPayment(ctx, v, enroll.JSAPI, v.Login.OpenID); enroll.ReasonOf(err) != "identity_disputed" {
		t.Fatalf("paying: %v", err)
	}
	if to := next(t, w, v); to != "/correction" {
		t.Errorf("next %s", to)
	}
	again := service.CorrectionDraft{Field: "major", Value: programID(t, w, "03"), Picture: photo(t, 900, 600)}
	wantReason(t, w.Service.FileCorrection(ctx, v, again), "correction_open")

	queue, err := w.Service.CorrectionQueue(ctx, "", "01", "", 10)
	if err != nil || len(queue) != 1 || queue[0].ID != c.ID || queue[0].Matter.Name != "张示例" {
		t.Fatalf("queue %+v, %v", queue, err)
	}
	if elsewhere, err := w.Service.CorrectionQueue(ctx, "", "02", "", 10); err != nil || len(elsewhere) != 0 {
		t.Fatalf("another point sees %d, %v", len(elsewhere), err)
	}
	grant(t, w, c)
	v = revisit(t, w, v)
	if kept, err := w.Service.Store.Order(ctx, o.ID); err != nil || kept.Status != enroll.OrderClosed {
		t.Errorf("former order %s, %v", kept.Status, err)
	}
	bill, err := w.Service.Bill(ctx, v)
	if err != nil || bill.TotalFen != 264000 || bill.Version != 2 || v.Program.No != "02" {
		t.Fatalf("bill %+v, %v", bill, err)
	}
	if fen := checkout(t, w, v, enroll.JSAPI).Order.AmountFen; fen != 264000 {
		t.Errorf("order of %d", fen)
	}
	events, _ := w.Service.Store.Events(ctx, v.Registration.ID)
	if last := events[len(events)-1]; last.Event != "correction_granted" || !strings.Contains(last.Reason, "法学") || !strings.Contains(last.Reason, "水利水电工程") {
		t.Errorf("timeline %+v", last)
	}
	wantReason(t, w.Service.GrantCorrection(ctx, c.ID, alone), "correction_decided")
}

// Another level asks for other papers: what was handed in goes back for just those.
func TestCorrectionOfLevelReturnsTheForm(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := submitted(t, w, "D01")
	grant(t, w, dispute(t, w, v, "level", programID(t, w, "03")))
	wantStatus(t, w, v, enroll.Returned)
	returned, err := w.Service.Store.ReturnItems(ctx, v.Registration.ID)
	if err != nil {
		t.Fatal(err)
	}
	var items []string
	for _, i := range returned {
		items = append(items, i.Item)
	}
	if got := strings.Join(items, " "); got != "education proof commitment" {
		t.Errorf("returned: %s", got)
	}
}

// Money that came for another price is left to finance; a registered student's bill stays as it was settled.
func TestCorrectionAfterPaying(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := registered(t, w, "D01")
	c := dispute(t, w, v, "major", programID(t, w, "02"))
	if to := next(t, w, v); to != "/done" {
		t.Errorf("next %s", to)
	}
	grant(t, w, c)
	bill, err := w.Service.Store.Bill(ctx, v.Registration.ID)
	if err != nil || bill.TotalFen != 240000 || !bill.Covered() {
		t.Errorf("bill %+v, %v", bill, err)
	}
	if one := onlyCase(t, w); one.Kind != enroll.CaseBillChanged || one.Bill != bill.ID {
		t.Errorf("case %+v", one)
	}
	wantStatus(t, w, v, enroll.Registered)
}

// A number that another student has is refused; a right one finds the person, and the wrong one nobody.
func TestCorrectionOfDocument(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	w.Enrolled(t, "D02")
	v := filling(t, w, "D01")
	taken, _ := demo.Find("D02")
	c := dispute(t, w, v, "id_number", taken.IDNumber)
	wantReason(t, w.Service.GrantCorrection(ctx, c.ID, alone), "correction_document")
	if err := w.Service.RefuseCorrection(ctx, c.ID, against); err != nil {
		t.Fatal(err)
	}
	free, _ := demo.Find("D12")
	grant(t, w, dispute(t, w, v, "id_number", free.IDNumber))
	student, err := w.Service.Store.StudentByDocument(ctx, enroll.IDCard, enroll.IDNumber(free.IDNumber))
	if err != nil || student.ID != v.Student.ID {
		t.Fatalf("by the right number: %v, %v", student.ID, err)
	}
	if _, err := w.Service.Store.StudentByDocument(ctx, enroll.IDCard, v.Student.IDNumber); enroll.CodeOf(err) != enroll.NotFound {
		t.Errorf("by the wrong number: %v", err)
	}
	if r := revisit(t, w, v).Registration; r.BirthDate != "2000-04-12" {
		t.Errorf("birth date %s", r.BirthDate)
	}
	events, _ := w.Service.Store.Events(ctx, v.Registration.ID)
	for _, e := range events {
		if strings.Contains(e.Reason, free.IDNumber) || strings.Contains(e.Reason, v.Student.IDNumber.Raw()) {
			t.Errorf("%s tells a whole number", e.Event)
		}
	}
}

// A disputed name holds the form, another fact does not; after the answer the student looks at the facts again.
func TestCorrectionHoldsTheForm(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filling(t, w, "D01")
	harmless := dispute(t, w, v, "ethnic", "回族")
	if _, err := w.Service.SaveSection(ctx, v, enroll.SectionBasic, 0, work("甲公司"), false); err != nil {
		t.Fatal(err)
	}
	c := dispute(t, w, v, "name", "张 示样")
	_, err := w.Service.SaveSection(ctx, v, enroll.SectionBasic, 1, work("乙公司"), false)
	wantReason(t, err, "identity_disputed")
	wantReason(t, w.Service.Submit(ctx, v), "identity_disputed")
	grant(t, w, harmless)
	grant(t, w, c)
	v = revisit(t, w, v)
	if v.Registration.Name != "张示样" || v.Student.Name != "张示样" || v.Registration.Ethnic != "回族" {
		t.Errorf("%s %s %s", v.Registration.Name, v.Student.Name, v.Registration.Ethnic)
	}
	if to := next(t, w, v); to != "/prepare" && to != "/identity" {
		t.Errorf("next %s", to)
	}
	if n := waiting(t, w, v.Registration.ID, enroll.OutboxNotify); n != 2 {
		t.Errorf("%d messages", n)
	}
}

func TestCorrectionRefusedAndWithdrawn(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filling(t, w, "D01")
	for value, want := range map[string]enroll.Reason{"女": "correction_same", "x": "correction_value"} {
		wantReason(t, w.Service.FileCorrection(ctx, v, service.CorrectionDraft{Field: "sex", Value: value, Picture: photo(t, 900, 600)}), want)
	}
	wantReason(t, w.Service.FileCorrection(ctx, v, service.CorrectionDraft{Field: "sex", Value: "男"}), "attachment_missing")
	wantReason(t, w.Service.FileCorrection(ctx, v, service.CorrectionDraft{Field: "phone", Value: "男"}), "correction_field")
	c := dispute(t, w, v, "sex", "男")
	wantReason(t, w.Service.RefuseCorrection(ctx, c.ID, alone), "reason_missing")
	wantReason(t, w.Service.GrantNameCheck(ctx, c.ID, alone), "not_found")
	if err := w.Service.RefuseCorrection(ctx, c.ID, against); err != nil {
		t.Fatal(err)
	}
	if r := revisit(t, w, v).Registration; r.Sex != "女" {
		t.Errorf("sex %s", r.Sex)
	}
	c = dispute(t, w, v, "major", programID(t, w, "02"))
	if err := w.Service.WithdrawCorrection(ctx, v, c.ID); err != nil {
		t.Fatal(err)
	}
	if to := next(t, w, v); to == "/correction" {
		t.Error("still waits")
	}
	wantReason(t, w.Service.GrantCorrection(ctx, c.ID, alone), "correction_decided")
}
