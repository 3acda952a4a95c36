package enroll

import "regexp"

// IDType is the kind of identity document (证件类型).
type IDType string

// DocumentType is one kind of document with what the college must know of it.
type DocumentType struct {
	Type IDType
	Name string
	// Checked says that the number carries the check digit of GB 11643.
	Checked bool
	// InFaceLibrary says that the face service can know the holder; the holders
	// of all others go straight to the archive (照片存档).
	InFaceLibrary bool
	// Readable says that the card reader (证件识别) knows this document.
	Readable bool
	// Sides are the titles of the pictures that are asked for, the side with the portrait first.
	Sides   []string
	pattern *regexp.Regexp
}

// IDCard is the resident identity card (居民身份证).
const IDCard IDType = "id_card"

var eighteen = regexp.MustCompile(`^[0-9]{17}[0-9X]$`)

func bothSides(name string) []string { return []string{name + "正面", name + "背面"} }

// DocumentTypes lists the documents by which a student may register (fields.md).
var DocumentTypes = []DocumentType{
	{IDCard, "居民身份证", true, true, true, []string{"身份证人像面", "身份证国徽面"}, eighteen},
	{"hk_macao_residence", "港澳居民居住证", true, false, false, bothSides("港澳居民居住证"), regexp.MustCompile(`^8[12]0000[0-9]{11}[0-9X]$`)},
	{"taiwan_residence", "台湾居民居住证", true, false, false, bothSides("台湾居民居住证"), regexp.MustCompile(`^830000[0-9]{11}[0-9X]$`)},
	{"hk_macao_permit", "港澳居民来往内地通行证", false, false, false, bothSides("港澳居民来往内地通行证"), regexp.MustCompile(`^[HM][0-9]{8}([0-9]{2})?$`)},
	{"taiwan_permit", "台湾居民来往大陆通行证", false, false, false, bothSides("台湾居民来往大陆通行证"), regexp.MustCompile(`^[0-9]{8}([0-9]{2})?$`)},
	{"passport", "护照", false, false, false, []string{"护照资料页"}, regexp.MustCompile(`^[A-Z0-9]{5,20}$`)},
	{"foreign_pr", "外国人永久居留证", false, false, false, bothSides("外国人永久居留证"), regexp.MustCompile(`^([A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X])$`)},
	{"officer", "军官证", false, false, false, []string{"军官证照片页", "军官证编号页"}, regexp.MustCompile(`^[\p{Han}A-Z0-9]{4,20}$`)},
}

// Document finds a document type by key or Chinese name; 身份证 means the resident card.
func Document(key string) (DocumentType, bool) {
	if key == "" || key == "身份证" {
		key = string(IDCard)
	}
	for _, d := range DocumentTypes {
		if string(d.Type) == key || d.Name == key {
			return d, true
		}
	}
	return DocumentType{}, false
}

// Name is the Chinese word of a document type.
func (t IDType) Name() string {
	d, _ := Document(string(t))
	return d.Name
}
