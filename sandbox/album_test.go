package sandbox

import (
	"bytes"
	"image"
	_ "image/jpeg"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestAlbum(t *testing.T) {
	people := []Person{
		{ID: "D01", Name: "张示例", Sex: "女", Ethnic: "汉族", IDType: "身份证", IDNumber: "320102200703169961", Phone: "13900000001"},
		{ID: "D05", Name: "赵𠮷", Sex: "男", Ethnic: "汉族", IDType: "身份证", IDNumber: "510104199502119936", Phone: "13900000005"},
		{ID: "D14", Name: "SAMPLE ALEX", Sex: "男", Ethnic: "外国血统", IDType: "护照", IDNumber: "P00000001", Phone: "13900000014"},
	}
	a := newAlbum(people, nil)
	size := map[string]image.Point{
		"id-front.jpg": {cardWidth, cardHeight}, "id-back.jpg": {cardWidth, cardHeight},
		"id-expired.jpg": {cardWidth, cardHeight}, "id-temporary.jpg": {cardWidth, cardHeight},
		"photo.jpg": {480, 640}, "face.jpg": {480, 640}, "other-face.jpg": {480, 640},
		"no-face.jpg": {960, 720}, "proof.jpg": {1240, 1754}, "large.jpg": {4000, 3000},
	}
	limit := map[string]int{"photo.jpg": 50_000, "id-front.jpg": 500_000, "id-back.jpg": 500_000}
	for _, p := range people {
		for _, file := range pictures() {
			if file.File == "large.jpg" && p.ID != "D01" {
				continue // the same for all, and slow
			}
			data := albumFile(t, a, p.ID+"/"+file.File)
			if most, ok := limit[file.File]; ok && len(data) > most {
				t.Errorf("%s/%s has %d bytes, more than %d", p.ID, file.File, len(data), most)
			}
			if file.File == "proof.pdf" {
				if !bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.Contains(data, []byte("%%EOF")) {
					t.Errorf("%s/proof.pdf is no PDF", p.ID)
				}
				continue
			}
			decoded, kind, err := image.Decode(bytes.NewReader(data))
			if file.File == "broken.jpg" {
				if err == nil {
					t.Error("the broken picture can be opened")
				}
				continue
			}
			if err != nil || kind != "jpeg" || decoded.Bounds().Size() != size[file.File] {
				t.Fatalf("%s/%s: %v, kind %q, size %v, want %v", p.ID, file.File, err, kind, decoded.Bounds().Size(), size[file.File])
			}
			small, _, err := image.Decode(bytes.NewReader(albumFile(t, a, p.ID+"/"+file.File+"?small")))
			if err != nil || small.Bounds().Dx() != 320 {
				t.Errorf("%s/%s small: %v, width %d", p.ID, file.File, err, small.Bounds().Dx())
			}
		}
	}
	if bytes.Equal(albumFile(t, a, "D01/id-front.jpg"), albumFile(t, a, "D05/id-front.jpg")) {
		t.Error("two persons have the same card")
	}
}

func TestAlbumHasNothingElse(t *testing.T) {
	a := newAlbum([]Person{{ID: "D01", Sex: "女"}}, nil)
	for _, path := range []string{"/D02/photo.jpg", "/D01/passwd", "/D01/", "/D01/../phone.go"} {
		answer := httptest.NewRecorder()
		a.ServeHTTP(answer, httptest.NewRequest("GET", "http://phone"+path, nil))
		if answer.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, answer.Code)
		}
	}
}

func albumFile(t *testing.T, a *album, path string) []byte {
	t.Helper()
	answer := httptest.NewRecorder()
	a.ServeHTTP(answer, httptest.NewRequest("GET", "http://phone/"+path, nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("%s answers %d: %s", path, answer.Code, answer.Body)
	}
	return answer.Body.Bytes()
}
