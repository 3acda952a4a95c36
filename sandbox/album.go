package sandbox

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"strings"
	"sync"
	"time"
)

// album draws the ready pictures of the demo persons when somebody first looks at them.
type album struct {
	people    []Person
	lettering *lettering

	mu    sync.Mutex
	drawn map[string][]byte // by "D01/id-front.jpg"
}

// picture is one entry of the album's list.
type picture struct {
	File  string `json:"file"`
	Title string `json:"title"`
	Hint  string `json:"hint"`
}

func newAlbum(people []Person, font []byte) *album {
	return &album{people: people, lettering: &lettering{given: font}, drawn: map[string][]byte{}}
}

// pictures lists what the album holds for every person; the file names are the same for all.
func pictures() []picture {
	return []picture{
		{"id-front.jpg", "证件人像面", "有姓名和证件号码的一面"},
		{"id-back.jpg", "证件国徽面", "有签发机关和有效期的一面"},
		{"id-expired.jpg", "过期证件国徽面", "有效期已过，试试证件过期的提醒"},
		{"id-temporary.jpg", "临时身份证", "人像面，试试临时身份证的提醒"},
		{"photo.jpg", "证件照", "480×640 像素，不超过 50 kB"},
		{"face.jpg", "本人的脸", "人脸识别或照片存档时用"},
		{"other-face.jpg", "别人的脸", "另一个人，试试不是本人的情形"},
		{"no-face.jpg", "没有人脸", "风景照，试试识别不到人脸"},
		{"proof.jpg", "学历证明（图片）", "专升本学生上传"},
		{"proof.pdf", "学历证明（PDF）", "专升本学生上传"},
		{"large.jpg", "手机原图", "1200 万像素、横着存的，试试自动缩小和转正"},
		{"broken.jpg", "坏图片", "只传了一半，试试打不开的情形"},
	}
}

// ServeHTTP answers /D01/id-front.jpg; ?small gives the overview's size, ?save offers it as a download.
func (a *album) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id, file, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	person, ok := a.person(id)
	if !ok || !listed(file) {
		http.NotFound(w, r)
		return
	}
	small := r.URL.Query().Has("small")
	data, err := a.get(person, file, small)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if r.URL.Query().Has("save") {
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", person.ID+"-"+file))
	}
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, file, time.Time{}, bytes.NewReader(data))
}

func (a *album) person(id string) (Person, bool) {
	for _, p := range a.people {
		if p.ID == id {
			return p, true
		}
	}
	return Person{}, false
}

func listed(file string) bool {
	for _, p := range pictures() {
		if p.File == file {
			return true
		}
	}
	return false
}

func (a *album) get(p Person, file string, small bool) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !small {
		return a.kept(p, file)
	}
	name := p.ID + "/small/" + file
	if data, ok := a.drawn[name]; ok {
		return data, nil
	}
	data, err := a.kept(p, previewOf(file))
	if err != nil {
		return nil, err
	}
	full, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("shrink %s: %w", file, err)
	}
	if data, err = jpegWithin(scaled(full, 320), 60_000); err != nil {
		return nil, err
	}
	a.drawn[name] = data
	return data, nil
}

// kept draws a file at its first use; callers hold the lock.
func (a *album) kept(p Person, file string) ([]byte, error) {
	name := p.ID + "/" + file
	if data, ok := a.drawn[name]; ok {
		return data, nil
	}
	data, err := a.draw(p, file)
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", name, err)
	}
	a.drawn[name] = data
	return data, nil
}

// draw makes one file. The limits are those that a student has to keep to.
func (a *album) draw(p Person, file string) ([]byte, error) {
	if file == "proof.pdf" {
		page, err := a.kept(p, "proof.jpg")
		if err != nil {
			return nil, err
		}
		return proofPDF(page)
	}
	own, err := ownFace(p)
	if err != nil {
		return nil, err
	}
	switch file {
	case "id-front.jpg":
		return jpegWithin(a.cardFront(p, own, false), 480_000)
	case "id-temporary.jpg":
		return jpegWithin(a.cardFront(p, own, true), 480_000)
	case "id-back.jpg":
		return jpegWithin(a.cardBack(p, false), 480_000)
	case "id-expired.jpg":
		return jpegWithin(a.cardBack(p, true), 480_000)
	case "photo.jpg":
		return jpegWithin(own, 50_000)
	case "face.jpg":
		return jpegWithin(own, 400_000)
	case "other-face.jpg":
		return jpegWithin(otherFace(p), 400_000)
	case "large.jpg":
		return original(a.cardFront(p, own, false))
	case "broken.jpg":
		whole, err := jpegWithin(a.cardFront(p, own, false), 480_000)
		return broken(whole), err
	case "no-face.jpg":
		return jpegWithin(landscape(960, 720), 400_000)
	default:
		return jpegWithin(a.proofPicture(p, own), 480_000)
	}
}

// ownFace is the portrait for women and a drawn man for everybody else.
func ownFace(p Person) (*image.RGBA, error) {
	if p.Sex == "女" {
		return portraitFace(480, 640)
	}
	return cartoon{ground: paleBlue, shirt: color.RGBA{52, 84, 130, 255}}.draw(480, 640), nil
}

// otherFace is somebody else, of the other sex, so that a person sees the difference too; its mark tells the sandbox.
func otherFace(p Person) *image.RGBA {
	ground, shirt := color.RGBA{232, 226, 214, 255}, color.RGBA{150, 70, 70, 255}
	face := cartoon{ground: ground, shirt: shirt, longHair: p.Sex != "女", glasses: true}.draw(480, 640)
	drawMark(face, image.Rect(152, 616, 328, 630), markOtherFace)
	return face
}
