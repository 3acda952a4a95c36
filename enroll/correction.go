package enroll

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

// CorrectionKind says what somebody asks the college to put right.
type CorrectionKind string

// The kinds of corrections.
const (
	// CorrectField is a fact of the roster that the student finds wrong (信息更正申请).
	CorrectField CorrectionKind = "field"
	// CorrectName is a name that did not let its owner in (姓名核对申请).
	CorrectName CorrectionKind = "name_check"
	// CorrectPair is a name that filled a gap of the roster's (名单缺字): the student is in, the registrar looks.
	CorrectPair CorrectionKind = "name_pair"
)

// CorrectionKinds lists the kinds with their Chinese names.
var CorrectionKinds = []struct {
	Kind CorrectionKind
	Name string
}{
	{CorrectField, "信息更正"}, {CorrectName, "姓名核对"}, {CorrectPair, "名单缺字"},
}

// Name is the Chinese word of a kind.
func (k CorrectionKind) Name() string {
	for _, row := range CorrectionKinds {
		if row.Kind == k {
			return row.Name
		}
	}
	return string(k)
}

// Correction is what somebody asked to be put right (更正申请), with the
// college's decision. From and To are what the database keeps (a code, an id);
// FromText and ToText are what people read.
type Correction struct {
	ID           string
	Registration string
	Kind         CorrectionKind
	// Field is a key of CorrectionFields.
	Field    string
	State    ApplicationState
	From     string
	To       string
	FromText string
	ToText   string
	// IDType is the document that a corrected number belongs to.
	IDType IDType
	Note   string
	// Picture names the proof's encrypted object; a pair has none.
	Picture string
	Mime    string
	// Phone and OpenID are whose answer this is, since who cannot log in is not bound.
	Phone      Phone
	OpenID     string
	Login      string
	At         time.Time
	DecidedAt  time.Time
	DecidedBy  string
	DecidedFor string // why, as the student reads it
	Version    int
}

// CorrectionField is one of the eleven facts of the identity check (身份信息核对).
type CorrectionField struct {
	Key   string
	Label string
	// Widget says how the right value is given: name, sex, ethnic, document, point, grade or program.
	Widget string
	// Blocks says that the student waits while the field is disputed.
	Blocks bool
}

// CorrectionFields lists what may be disputed, in the order of the identity
// page. Level, major, form and length belong together: one chooses the right program.
var CorrectionFields = []CorrectionField{
	{"name", "姓名", "name", true},
	{"sex", "性别", "sex", false},
	{"ethnic", "民族", "ethnic", false},
	{"id_type", "证件类型", "document", true},
	{"id_number", "证件号码", "document", true},
	{"point", "所属教学点", "point", false},
	{"grade", "年级", "grade", false},
	{"level", "层次", "program", true},
	{"major", "专业", "program", true},
	{"study_form", "学习形式", "program", true},
	{"study_years", "学制", "program", true},
}

// FindCorrectionField finds a field by key, or fails with correction_field.
func FindCorrectionField(key string) (CorrectionField, error) {
	i := slices.IndexFunc(CorrectionFields, func(f CorrectionField) bool { return f.Key == key })
	if i < 0 {
		return CorrectionField{}, FailField("field", "correction_field")
	}
	return CorrectionFields[i], nil
}

// Priced says that the bill follows the field.
func (f CorrectionField) Priced() bool { return f.Widget == "program" || f.Widget == "point" }

var correctGrade = regexp.MustCompile(`^20[0-9]{2}$`)

// ParseCorrection normalises the right value by its field's own rule, or says
// what is wrong with it; a point and a program are looked up where they are kept.
func ParseCorrection(f CorrectionField, document IDType, typed string) (string, error) {
	switch f.Widget {
	case "name":
		name, err := ParseName(typed)
		if err != nil {
			return "", FailField("value", "name_invalid")
		}
		return name, nil
	case "document":
		number, err := ParseIDNumber(document, typed)
		if err != nil {
			return "", FailField("value", ReasonOf(err)).Because(err)
		}
		return number.Raw(), nil
	case "sex":
		if typed == "男" || typed == "女" {
			return typed, nil
		}
	case "ethnic":
		if code := ethnics.Code(CleanName(typed)); code != "" {
			return ethnics.Text(code), nil
		}
	case "grade":
		if year := strip(HalfWidth(typed)); correctGrade.MatchString(year) {
			return year, nil
		}
	}
	return "", FailField("value", "correction_value")
}

// Apply gives a registration the right value of a field that stands in it; a
// document stands with the student.
func (c Correction) Apply(r Registration) Registration {
	field, _ := FindCorrectionField(c.Field)
	switch field.Widget {
	case "name":
		r.Name = c.To
	case "sex":
		r.Sex = c.To
	case "ethnic":
		r.Ethnic = c.To
	case "point":
		r.Point = c.To
	case "program":
		r.Program = c.To
	case "grade":
		r.Grade, _ = strconv.Atoi(c.To)
	case "document":
		// A birth date that came from the wrong number goes with it.
		if old, right := IDNumber(c.From).BirthDate(), IDNumber(c.To).BirthDate(); r.BirthDate == old && right != "" {
			r.BirthDate = right
		}
	}
	return r
}

// NoteMost is how many characters a student may add in words (说明).
const NoteMost = 200

// CorrectionPaper is the picture of the proof that goes with a request.
func CorrectionPaper(s Settings) AttachmentKind {
	return AttachmentKind{
		"correction", "证明材料", "能证明正确信息的证件、录取通知书或其他材料，文字清晰、没有反光。", true, 1, 0,
		[]string{MimeJPEG, MimePNG, MimePDF}, s.Proof.or(paperRule),
	}
}

// NameCheckPaper is the picture of the document that goes with a name check.
func NameCheckPaper(s Settings) AttachmentKind {
	return AttachmentKind{
		"name_check", "证件照片", "请拍摄写有姓名和号码的一面，四角完整、文字清晰、没有反光。", true, 1, 0,
		[]string{MimeJPEG, MimePNG}, s.Proof.or(paperRule),
	}
}
