package sandbox

import (
	"bytes"
	"fmt"
	"image"
	"image/color"

	"github.com/signintech/gopdf"
)

// proofPicture draws one page that looks like the proof of earlier studies (学历证明)
// that a 专升本 student loads down from 学信网, with 样例 across it.
func (a *album) proofPicture(p Person, portrait image.Image) image.Image {
	const width, height = 1240, 1754 // A4 at 150 dpi
	c := newCanvas(a.lettering.load(), width, height, white)
	line := color.RGBA{150, 156, 164, 255}
	c.centred(190, 50, cardInk, proofTitle(p))
	c.centred(250, 26, color.RGBA{96, 100, 108, 255}, "更新日期：2026年9月1日")
	year, month, day := birthDate(p.IDNumber)
	rows := [][2]string{
		{"姓名", p.libraryName()}, {"性别", p.Sex}, {"出生日期", year + "年" + month + "月" + day + "日"},
		{"入学日期", "2021年9月1日"}, {"毕（结）业日期", "2024年6月30日"},
		{"学校名称", "示例职业技术学院"}, {"专业", "会计"}, {"学制", "3年"}, {"层次", "专科"},
		{"学习形式", "普通全日制"}, {"毕（结）业", "毕业"}, {"证书编号", proofNumber(p)},
	}
	const left, top, step = 150, 330, 86
	for i, row := range rows {
		y := top + i*step
		wide := 940
		if i < 4 {
			wide = 660
		}
		c.rect(left, y+step-2, wide, 2, line)
		c.text(left+16, y+56, 28, color.RGBA{96, 100, 108, 255}, row[0])
		c.text(left+250, y+56, 32, cardInk, row[1])
	}
	c.rect(left, top, 940, 2, line)
	c.paste(image.Rect(850, 350, 1070, 643), portrait, portrait.Bounds())
	c.text(left, 1450, 30, cardInk, "在线验证码："+proofCode(p))
	c.text(left, 1506, 30, cardInk, "有效期至：2027年9月1日")
	c.text(left, 1592, 24, color.RGBA{96, 100, 108, 255}, "沙箱演示用的样例，不是真实证明，人名、学校和编号均为虚构。")
	c.stamp(sampleWord, 220, stampRed)
	return c.RGBA
}

// proofTitle is the kind of proof; a person may bring another than the usual one.
func proofTitle(p Person) string {
	if p.Proof != "" {
		return p.Proof
	}
	return "教育部学历证书电子注册备案表"
}

// proofCode is an invented 在线验证码 of 16 characters, the same at every drawing.
func proofCode(p Person) string { return fmt.Sprintf("SAMPLE%010s", digitsOf(p.Phone, 10)) }

func proofNumber(p Person) string { return "10000120240" + digitsOf(p.IDNumber, 7) }

// digitsOf takes the last n digits of a text.
func digitsOf(text string, n int) string {
	var digits []byte
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits = append(digits, text[i])
		}
	}
	if len(digits) > n {
		digits = digits[len(digits)-n:]
	}
	return string(digits)
}

// proofPDF puts the page into a PDF of one A4 page.
func proofPDF(page []byte) ([]byte, error) {
	holder, err := gopdf.ImageHolderByBytes(page)
	if err != nil {
		return nil, fmt.Errorf("read the proof's page: %w", err)
	}
	var pdf gopdf.GoPdf
	pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	pdf.AddPage()
	if err := pdf.ImageByHolder(holder, 0, 0, gopdf.PageSizeA4); err != nil {
		return nil, fmt.Errorf("place the proof's page: %w", err)
	}
	var out bytes.Buffer
	if _, err := pdf.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write the proof: %w", err)
	}
	return out.Bytes(), nil
}
