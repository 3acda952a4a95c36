package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

func TestHelpCodeShowsWhereSomebodyIsStuck(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	code, err := w.Service.AskHelp(ctx, v, "127.0.0.1", enroll.HelpNote{
		Page: "/commitment", Reason: "signature_missing", Incident: "<script>", Device: "微信 · 安卓手机",
	})
	if err != nil {
		t.Fatal(err)
	}
	spoken := " " + code[:3] + " " + code[3:] + "\n"
	note, err := w.Service.Help(ctx, spoken)
	if err != nil {
		t.Fatal(err)
	}
	if note.Registration != v.Registration.ID || note.Page != "/commitment" || note.Reason != "signature_missing" || note.Incident != "" || note.Step == "" {
		t.Errorf("the desk sees %+v", note)
	}
	w.Clock.Advance(25 * time.Hour)
	if _, err := w.Service.Help(ctx, code); enroll.ReasonOf(err) != "help_unknown" {
		t.Errorf("a day later: %v", err)
	}
}
