package service_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

// A proof that ends before the college is likely to have checked it is told at the form, and on the home page after handing in.
func TestProofThatEndsBeforeItsCheck(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D02")
	told := func(days int) []string {
		t.Helper()
		p := enroll.Proof{Kind: "register_form", Code: "123456789012", ValidUntil: enroll.Day(w.Clock.Now().AddDate(0, 0, days))}
		if err := w.Service.WriteProof(ctx, v, p); err != nil {
			t.Fatal(err)
		}
		a, err := w.Service.Attachments(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Problems) > 0 {
			t.Errorf("%d days: %v", days, a.Problems)
		}
		return reasonsOf(a.ProofWarnings)
	}
	if got := told(40); len(got) > 0 {
		t.Errorf("forty days: %v", got)
	}
	if got := told(1); !slices.Equal(got, []string{"proof_ends_early"}) {
		t.Errorf("a day: %v", got)
	}
	sign(t, w, v)
	reason(t, w.Service.Submit(ctx, revisit(t, w, v)), "")
	notice := func() string {
		t.Helper()
		me, err := w.Service.Me(ctx, revisit(t, w, v))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(me.Notices, "\n")
	}
	if text := notice(); !strings.Contains(text, "可能早于老师核验") {
		t.Errorf("after handing in: %q", text)
	}
	w.Clock.Advance(48 * time.Hour)
	if text := notice(); !strings.Contains(text, "已过") {
		t.Errorf("after its end: %q", text)
	}
	d := duty(t, w, "xueji", enroll.RoleRegistrar, "")
	checked := verdict(onDesk(t, w, d, enroll.ReviewProof), true, "")
	checked.Result = enroll.ProofGenuine
	if _, err := w.Service.DecideReview(ctx, d, checked); err != nil {
		t.Fatal(err)
	}
	if text := notice(); strings.Contains(text, "学历证明") {
		t.Errorf("once it was checked: %q", text)
	}
}

// Lost certificates and graduates of the same year stand out at the desk.
func TestDeskHintsAtUnusualStudies(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	setting(t, w, func(s *enroll.Settings) { s.Review = true })
	v := filledIn(t, w, "D01")
	lost := `{"degree":"61","school":"示例中学","major_none":true,"certificate_missing":"遗失","certificate_reason":"搬家时遗失，已附学校证明","graduation_year":"2026"}`
	f, err := w.Service.SaveSection(ctx, v, enroll.SectionEducation, 1, []byte(lost), false)
	if err != nil || !f.Complete() {
		t.Fatalf("%v, %v", err, f.Problems)
	}
	reason(t, w.Service.Submit(ctx, revisit(t, w, v)), "")
	hints := onDesk(t, w, duty(t, w, "xueji", enroll.RoleRegistrar, ""), enroll.ReviewForm).Hints
	for _, want := range []string{"没有毕业证号：毕业证遗失。搬家时遗失，已附学校证明", "毕业年份与入学年份相同，请核对毕业日期早于入学（填写的毕业日期：无）。"} {
		if !slices.Contains(hints, want) {
			t.Errorf("%q is not among %q", want, hints)
		}
	}
}

func reasonsOf(problems []enroll.Problem) []string {
	var reasons []string
	for _, p := range problems {
		reasons = append(reasons, string(p.Reason))
	}
	return reasons
}

// D10 has studied abroad: a number of any kind, a recognition instead of a form of registration, in several files.
func TestProofOfStudiesAbroad(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	v := filledIn(t, w, "D10")
	abroad := `{"degree":"21","school":"Sample University","school_abroad":true,"school_country":"新西兰","major":"Accounting","certificate_no":"NZ/2020-7(b)","graduation_year":"2020"}`
	f, err := w.Service.SaveSection(ctx, v, enroll.SectionEducation, 1, []byte(abroad), false)
	if err != nil || !f.Complete() {
		t.Fatalf("%v, %v", err, f.Problems)
	}
	a, err := w.Service.Attachments(ctx, v)
	if err != nil || !slices.Equal(reasonsOf(a.ProofWarnings), []string{"proof_kind_abroad"}) {
		t.Errorf("a form of registration for a school abroad: %v, %v", a.ProofWarnings, err)
	}
	proof := enroll.Proof{Kind: "foreign_degree", Code: "教留服认法〔2024〕00123号", ValidUntil: "2020-01-01"}
	if err := w.Service.WriteProof(ctx, v, proof); err != nil {
		t.Fatal(err)
	}
	attach(t, w, v, enroll.ProofFiles, albumPicture(t, w, "D10/proof.pdf"))
	a, err = w.Service.Attachments(ctx, v)
	if err != nil || len(a.Problems)+len(a.ProofWarnings) > 0 || a.Proof.ValidUntil != "" {
		t.Errorf("%v, %v, %+v, %v", a.Problems, a.ProofWarnings, a.Proof, err)
	}
	reason(t, w.Service.FinishAttachments(ctx, v), "")
	f, err = w.Service.SaveSection(ctx, v, enroll.SectionEducation, 2, []byte(collegeEducation), false)
	if err != nil || !f.Complete() {
		t.Fatalf("%v, %v", err, f.Problems)
	}
	if a, err = w.Service.Attachments(ctx, v); err != nil || !slices.Equal(reasonsOf(a.ProofWarnings), []string{"proof_kind_home"}) {
		t.Errorf("a recognition for a school at home: %v, %v", a.ProofWarnings, err)
	}
}
