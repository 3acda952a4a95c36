package sandbox

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
)

// cardWidth and cardHeight are a card of 85.6 × 54 mm at 300 dpi.
const cardWidth, cardHeight = 1011, 638

// cardMark is where the sandbox's card reader looks for the person, at the lower right.
var cardMark = image.Rect(764, 600, 972, 618)

// sampleWord stands across every document of the album.
const sampleWord = "样例 样例"

var (
	cardGround = color.RGBA{226, 238, 243, 255}
	cardLabel  = color.RGBA{72, 128, 160, 255}
	cardInk    = color.RGBA{28, 30, 34, 255}
	stampInk   = color.RGBA{176, 32, 40, 255}
	stampRed   = color.NRGBA{200, 30, 40, 84}
)

// cardFront draws the side with the portrait: 人像面, or the data page of a passport; a temporary card says so.
func (a *album) cardFront(p Person, portrait image.Image, temporary bool) image.Image {
	c := newCanvas(a.lettering.load(), cardWidth, cardHeight, cardGround)
	waves(c)
	c.rect(686, 96, 264, 330, white)
	c.paste(image.Rect(690, 100, 946, 422), portrait, portrait.Bounds())
	year, month, day := birthDate(p.IDNumber)
	c.field(60, 118, "姓名", p.libraryName())
	c.field(60, 190, "性别", p.Sex)
	c.field(300, 190, "民族", ethnicShort(p.Ethnic))
	end := c.field(60, 262, "出生", year)
	end = c.text(end+10, 262, 26, cardLabel, "年")
	end = c.text(end+14, 262, 32, cardInk, month)
	end = c.text(end+10, 262, 26, cardLabel, "月")
	end = c.text(end+14, 262, 32, cardInk, day)
	c.text(end+10, 262, 26, cardLabel, "日")
	c.field(60, 334, "住址", p.address())
	c.text(60, 560, 28, cardLabel, numberLabel(p.IDType))
	c.text(330, 562, 42, cardInk, p.IDNumber)
	c.stamp(sampleWord, 150, stampRed)
	mark := p.number()
	if temporary {
		c.text(60, 66, 36, stampInk, "临时居民身份证")
		mark |= markOdd
	}
	drawMark(c, cardMark, mark)
	return c.RGBA
}

// cardBack draws the other side: 国徽面, with an empty disc where the emblem is on a real one.
func (a *album) cardBack(p Person, expired bool) image.Image {
	c := newCanvas(a.lettering.load(), cardWidth, cardHeight, cardGround)
	waves(c)
	c.ellipse(150, 150, 84, 84, color.RGBA{206, 92, 84, 255})
	c.ellipse(150, 150, 74, 74, color.RGBA{232, 186, 120, 255})
	c.text(106, 166, 44, color.RGBA{150, 40, 36, 255}, "样例")
	c.text(300, 134, 52, cardInk, "示例共和国")
	c.text(300, 222, 66, cardInk, backTitle(p.IDType))
	c.text(170, 466, 30, cardLabel, "签发机关")
	c.text(330, 467, 34, cardInk, "示例市公安局示例分局")
	c.text(170, 546, 30, cardLabel, "有效期限")
	c.text(330, 547, 34, cardInk, validity(expired))
	c.stamp(sampleWord, 150, stampRed)
	mark := p.number() | markBack
	if expired {
		mark |= markOdd
	}
	drawMark(c, cardMark, mark)
	return c.RGBA
}

// validity is the days that stand on a card: good for long, or over.
func validity(expired bool) string {
	if expired {
		return "2005.01.01-2025.01.01"
	}
	return "2020.01.01-2040.01.01"
}

// field writes a small label and the value behind it, and returns where the value ends.
func (c *canvas) field(x, y int, label, value string) int {
	c.text(x, y, 26, cardLabel, label)
	return c.text(x+84, y+2, 34, cardInk, value)
}

// waves gives the ground the soft lines that make a document look like one.
func waves(c *canvas) {
	for i := range 9 {
		shade := color.RGBA{210, 228, 236, 255}
		if i%2 == 1 {
			shade = color.RGBA{236, 226, 226, 255}
		}
		c.ring(520+float32(i*18), 700-float32(i*40), 240+float32(i*56), 5, shade)
	}
}

var civilNumber = regexp.MustCompile(`^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$`)

// birthDate reads the day from a number by GB 11643; other documents get an invented one.
func birthDate(number string) (year, month, day string) {
	parts := civilNumber.FindStringSubmatch(number)
	if parts == nil {
		return "1999", "9", "9"
	}
	return parts[1], plainNumber(parts[2]), plainNumber(parts[3])
}

func plainNumber(digits string) string {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return digits
	}
	return strconv.Itoa(n)
}

// ethnicShort leaves 族 out, as the card does: 汉族 is printed 汉.
func ethnicShort(ethnic string) string {
	letters := []rune(ethnic)
	if len(letters) > 1 && letters[len(letters)-1] == '族' {
		return string(letters[:len(letters)-1])
	}
	return ethnic
}

func numberLabel(idType string) string {
	if idType == "护照" {
		return "护照号码"
	}
	return "公民身份号码"
}

func backTitle(idType string) string {
	if idType == "" || idType == "身份证" {
		return "居民身份证"
	}
	return idType
}
