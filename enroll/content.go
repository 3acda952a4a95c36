package enroll

import (
	"encoding/json"
	"strings"
	"unicode"
)

// Content is what a student wrote into a section: by field key a string, a
// bool (ticks), an Area, or the Contents of rows.
type Content map[string]any

// Area is a place (地区): a code of GB/T 2260 with its names, or 国外 without a code; street where it is asked.
type Area struct {
	Code   string `json:"code"`
	Text   string `json:"text"`
	Street string `json:"street,omitempty"`
}

// Abroad is the text of an area outside China.
const Abroad = "国外"

// keptRows bounds the rows that are kept of a draft, whatever was sent.
const keptRows = 20

// Text is the answer to a text, picker or year field, or "".
func (c Content) Text(key string) string {
	s, _ := c[key].(string)
	return s
}

// Ticked says that a tick is set.
func (c Content) Ticked(key string) bool {
	b, _ := c[key].(bool)
	return b
}

// Area is the answer to an area field.
func (c Content) Area(key string) Area {
	a, _ := c[key].(Area)
	return a
}

// Rows are the rows of a row field.
func (c Content) Rows(key string) []Content {
	rows, _ := c[key].([]Content)
	return rows
}

// Read takes the content of a section out of JSON: answers to the section's
// own questions, cleaned; everything else is dropped. Only what is no JSON
// object is refused.
func (s FormSection) Read(body []byte) (Content, error) {
	c, err := readContent(s.Fields, body)
	if err != nil {
		return nil, Fail("bad_request").Because(err)
	}
	return c, nil
}

func readContent(fields []Field, body []byte) (Content, error) {
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(body, &sent); err != nil {
		return nil, err
	}
	c := Content{}
	for _, f := range fields {
		if f.Widget == Plain {
			continue
		}
		if value := f.read(sent[f.Key]); value != nil {
			c[f.Key] = value
		}
		var none bool
		if f.None != "" && json.Unmarshal(sent[f.Key+"_none"], &none) == nil && none {
			c[f.Key+"_none"] = true
		}
	}
	return c, nil
}

// read gives a field's answer in the shape in which it is kept, or nil where it is empty or of another shape.
func (f Field) read(body json.RawMessage) any {
	switch f.Widget {
	case Tick:
		var ticked bool
		if json.Unmarshal(body, &ticked) == nil && ticked {
			return true
		}
	case AreaOnly, AreaStreet:
		var a Area
		if json.Unmarshal(body, &a) == nil {
			return f.keepArea(a)
		}
	case RowList:
		var rows []json.RawMessage
		if json.Unmarshal(body, &rows) == nil && len(rows) > 0 {
			return f.keepRows(rows)
		}
	default:
		var text string
		if json.Unmarshal(body, &text) != nil {
			return nil
		}
		if text = f.keepText(text); text != "" {
			return text
		}
	}
	return nil
}

func (f Field) keepArea(a Area) any {
	a = Area{Code: strip(a.Code), Text: cleanLine(a.Text), Street: cleanLine(a.Street)}
	if f.Widget == AreaOnly {
		a.Street = ""
	}
	if a == (Area{}) {
		return nil
	}
	return a
}

// keepRows keeps empty rows too: an opened row stays open on the next device.
func (f Field) keepRows(sent []json.RawMessage) any {
	rows := []Content{}
	for _, body := range sent[:min(len(sent), keptRows)] {
		if row, err := readContent(f.Rows, body); err == nil {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return rows
}

func (f Field) keepText(text string) string {
	if f.Widget == Paragraph {
		return cleanParagraph(text)
	}
	text = cleanLine(text)
	if f.clean != nil {
		text = f.clean(text)
	}
	return text
}

// cleanLine takes out line breaks, control and invisible characters, and the spaces around.
func cleanLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s))
}

func cleanParagraph(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = cleanLine(line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// cleanTel brings a telephone number into the form in which it is kept, where it is one.
func cleanTel(s string) string {
	if p, err := ParsePhone(s); err == nil {
		return p.Raw()
	}
	return strings.NewReplacer("—", "-", "–", "-").Replace(strip(HalfWidth(s)))
}

func cleanEmail(s string) string { return strip(HalfWidth(s)) }

// cleanCode is the form of a certificate number or postcode: half width, capitals, no spaces.
func cleanCode(s string) string { return strings.ToUpper(strip(HalfWidth(s))) }
