package service

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/static"
)

func pad(w, h int, draw func(*image.NRGBA)) string {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw(m)
	body, err := pngBytes(m)
	if err != nil {
		panic(err)
	}
	return pngDataURL + base64.StdEncoding.EncodeToString(body)
}

func wave(m *image.NRGBA) {
	for x := range 200 {
		for y := range 6 {
			m.Set(60+x, 80+y+(x*x/300)%40, color.NRGBA{10, 10, 30, 255})
		}
	}
}

func TestReadSignature(t *testing.T) {
	for _, c := range []struct {
		name string
		data string
		want enroll.Reason
	}{
		{"nothing", "", "signature_missing"},
		{"an empty pad", pad(300, 200, func(*image.NRGBA) {}), "signature_missing"},
		{"a white pad", pad(300, 200, func(m *image.NRGBA) {
			for i := range m.Pix {
				m.Pix[i] = 255
			}
		}), "signature_missing"},
		{"a dot", pad(300, 200, func(m *image.NRGBA) {
			for i := range 100 {
				m.Set(50+i%10, 50+i/10, color.Black)
			}
		}), "signature_too_small"},
		{"no base64", pngDataURL + "%%%", "signature_picture"},
		{"a JPEG", pngDataURL + base64.StdEncoding.EncodeToString(asJPEG(quarters(300, 200), 80)), "signature_picture"},
		{"a bomb", pngDataURL + base64.StdEncoding.EncodeToString(hugePNG(60000, 60000)), "signature_picture"},
		{"an SVG", "data:image/svg+xml;base64,PHN2Zy8+", "signature_missing"},
		{"strokes", pad(300, 200, wave), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := readSignature(c.data)
			if got := enroll.ReasonOf(err); got != c.want || (m == nil) != (c.want != "") {
				t.Errorf("reason %q (%v), want %q", got, err, c.want)
			}
		})
	}
}

func TestLetter(t *testing.T) {
	p, err := NewPaper(static.Font())
	if err != nil {
		t.Skip(err)
	}
	if got := p.printable("赵𠮷 王䶮"); got != "赵〓(U+20BB7) 王䶮" {
		t.Errorf("printable: %q", got)
	}
	strokes, err := readSignature(pad(300, 200, wave))
	if err != nil {
		t.Fatal(err)
	}
	body := strings.Repeat("本人{姓名}（证件号码{证件号码}），报考专升本层次，承诺所提交的学历证明材料真实、有效；如有虚假，愿意承担取消入学资格等一切后果。\n\n", 12)
	for i, name := range []string{"赵𠮷", "王䶮", "阿依努尔·示例"} {
		l := letter{
			school: "示例大学", title: "专升本人员诚信承诺书", body: enroll.FillText(body, map[string]string{"姓名": name, "证件号码": "320102199903079961"}),
			name: name, document: "居民身份证", number: "320102199903079961", strokes: strokes,
			at: time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC), mark: "版本 1 · abcdef",
		}
		pdf, err := p.letter(l)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := checkPDF(pdf); err != nil || len(pdf) > 400_000 {
			t.Errorf("%s: %d bytes, %v", name, len(pdf), err)
		}
		if dir := os.Getenv("XINSHENG_TEST_PAPERS"); dir != "" {
			os.WriteFile(filepath.Join(dir, string(rune('a'+i))+".pdf"), pdf, 0o600)
		}
		text := textOf(t, pdf)
		for _, want := range []string{"专升本人员诚信承诺书", p.printable(name), "320102199903079961", "2026-11-23 21:00"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in the text", name, want)
			}
		}
	}
}

// textOf reads a PDF's words as a reader would.
func textOf(t *testing.T, pdf []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip(err)
	}
	cmd := exec.Command(tool, "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
