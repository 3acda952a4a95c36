package sandbox

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/draw"
)

// faceResult is what ImageRecognitionV2 and IdCardVerification answer.
type faceResult struct {
	Sim    float64
	Result string
}

func TestFaces(t *testing.T) {
	t.Parallel()
	tn := newTown(t)
	good := portrait(t, 480, 640)
	recognise := func(number, name, picture string) (faceResult, string) {
		var got faceResult
		err := tn.send(tn.world.Credentials().SecretKey, "faceid", "2018-03-01", "ImageRecognitionV2",
			map[string]any{"IdCard": number, "Name": name, "ImageBase64": picture}, &got)
		return got, cloudCode(err)
	}
	pass, low := faceResult{92.5, "Success"}, faceResult{31.2, "Success"}
	other := albumPicture(t, "D01/other-face.jpg")
	for _, one := range []struct {
		what, number, name, picture string
		want                        faceResult
		code                        string
	}{
		{"D01", "320102200703169961", "张示例", good, pass, ""},
		{"a newcomer", "11010119900307109X", "某新人", good, pass, ""},
		{"D01 with another face", "320102200703169961", "张示例", other, low, ""},
		{"wrong name", "320102200703169961", "张示侧", good, faceResult{}, "FailedOperation.IdNameMisMatch"},
		{"roster's pinyin", "420106199311059978", "王Yan", good, faceResult{}, "FailedOperation.IdNameMisMatch"},
		{"true name", "420106199311059978", "王䶮", good, pass, ""},
		{"D08", "330106200109309914", "周比对", good, low, ""},
		{"D09", "370102198906149927", "吴无照", good, faceResult{0, "FailedOperation.IdPhotoNoExist"}, ""},
		{"D03", "810000199907099953", "陈样本", good, faceResult{}, "FailedOperation.IdNoExistSystem"},
		{"D20 first", "50010319990101982X", "杨等候", good, faceResult{}, "FailedOperation.IdPhotoSystemNoanswer"},
		{"D20 second", "50010319990101982X", "杨等候", good, faceResult{}, "FailedOperation.IdPhotoSystemNoanswer"},
		{"D20 third", "50010319990101982X", "杨等候", good, pass, ""},
		{"bad number", "320102200703169962", "张示例", good, faceResult{}, "FailedOperation.IdFormatError"},
		{"black", "320102200703169961", "张示例", flat(color.Black), faceResult{}, "FailedOperation.LifePhotoPoorQuality"},
		{"grey", "320102200703169961", "张示例", flat(color.Gray{128}), faceResult{}, "FailedOperation.LifePhotoDetectNoFaces"},
		{"a wall of skin", "320102200703169961", "张示例", flat(skin), faceResult{}, "FailedOperation.LifePhotoDetectNoFaces"},
		{"landscape", "320102200703169961", "张示例", albumPicture(t, "D01/no-face.jpg"), faceResult{}, "FailedOperation.LifePhotoDetectNoFaces"},
		{"tiny", "320102200703169961", "张示例", portrait(t, 48, 64), faceResult{}, "FailedOperation.LifePhotoSizeError"},
		{"cut off", "320102200703169961", "张示例", good[:2000], faceResult{}, "FailedOperation.ImageDecodeFailed"},
		{"data URL", "320102200703169961", "张示例", "data:image/jpeg;base64," + good, faceResult{}, "FailedOperation.ImageDecodeFailed"},
	} {
		if got, code := recognise(one.number, one.name, one.picture); got != one.want || code != one.code {
			t.Errorf("%s: %+v %q, want %+v %q", one.what, got, code, one.want, one.code)
		}
	}
	if err := tn.world.SetOutcome("320102200703169961", FaceLow); err != nil {
		t.Fatal(err)
	}
	if got, _ := recognise("320102200703169961", "张示例", good); got.Result != "FailedOperation.CompareLowSimilarity" {
		t.Errorf("changed outcome: %+v", got)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	tn := newTown(t)
	for _, one := range []struct{ number, name, want string }{
		{"320102200703169961", "张示例", "0"}, {"320102200703169961", "张三", "-1"}, {"110123199202218846", "某某", "-2"},
		{"320102199702299857", "某某", "-2"}, {"320102200703169961", "x1", "-3"}, {"810000199907099953", "陈样本", "-5"},
		{"370102198906149927", "吴无照", "0"},
	} {
		var got faceResult
		err := tn.send(tn.world.Credentials().SecretKey, "faceid", "2018-03-01", "IdCardVerification",
			map[string]any{"IdCard": one.number, "Name": one.name}, &got)
		if err != nil || got.Result != one.want {
			t.Errorf("%s %s: %q, %v, want %s", one.number, one.name, got.Result, err, one.want)
		}
	}
}

func TestCards(t *testing.T) {
	t.Parallel()
	tn := newTown(t)
	read := func(picture, side string) (string, string) {
		var got struct{ IdNum, Name, Birth, Authority string }
		err := tn.send(tn.world.Credentials().SecretKey, "ocr", "2018-11-19", "IDCardOCR",
			map[string]any{"ImageBase64": picture, "CardSide": side}, &got)
		return got.IdNum + got.Name + got.Birth + got.Authority, cloudCode(err)
	}
	front, back := albumPicture(t, "D09/id-front.jpg"), albumPicture(t, "D09/id-back.jpg")
	for _, one := range []struct{ what, picture, side, want, code string }{
		{"front", front, "FRONT", "370102198906149927吴无照1989/6/14", ""},
		{"shrunk by the page", shrunkJPEG(t, front, 640), "FRONT", "370102198906149927吴无照1989/6/14", ""},
		{"back", back, "BACK", "示例市公安局示例分局", ""},
		{"wrong side", back, "FRONT", "", "FailedOperation.ImageNoIdCard"},
		{"a face", portrait(t, 480, 640), "FRONT", "", "FailedOperation.ImageNoIdCard"},
	} {
		if got, code := read(one.picture, one.side); got != one.want || code != one.code {
			t.Errorf("%s: %q %q, want %q %q", one.what, got, code, one.want, one.code)
		}
	}
}

func TestMarks(t *testing.T) {
	for _, code := range []int{1, 20, 7 | markBack, markOtherFace} {
		for name, turn := range map[string]func(x, y, w, h int) (int, int){
			"upright": func(x, y, w, h int) (int, int) { return x, y }, "upside down": func(x, y, w, h int) (int, int) { return w - 1 - x, h - 1 - y },
			"left": func(x, y, w, h int) (int, int) { return y, x },
		} {
			card := image.NewRGBA(image.Rect(0, 0, 400, 400))
			draw.Draw(card, card.Bounds(), image.NewUniform(cardGround), image.Point{}, draw.Src)
			drawMark(card, image.Rect(100, 350, 292, 366), code)
			turned := image.NewRGBA(card.Bounds())
			for y := range 400 {
				for x := range 400 {
					tx, ty := turn(x, y, 400, 400)
					turned.Set(tx, ty, card.At(x, y))
				}
			}
			if got, ok := readMark(turned); !ok || got != code {
				t.Errorf("%s: read %d %v, want %d", name, got, ok, code)
			}
		}
	}
}

func albumPicture(t *testing.T, path string) string {
	t.Helper()
	return base64.StdEncoding.EncodeToString(albumFile(t, newAlbum(demo(), nil), path))
}

// portrait is the album's photograph at a size of its own, compressed again as a page would.
func portrait(t *testing.T, width, height int) string {
	t.Helper()
	face, err := portraitFace(width, height)
	if err != nil {
		t.Fatal(err)
	}
	return jpegBase64(face)
}

func shrunkJPEG(t *testing.T, picture string, most int) string {
	t.Helper()
	decoded, code := decodePicture(picture)
	if code != "" {
		t.Fatal(code)
	}
	return jpegBase64(shrunk(decoded, most))
}

func flat(c color.Color) string {
	wall := image.NewRGBA(image.Rect(0, 0, 480, 640))
	draw.Draw(wall, wall.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	_ = png.Encode(&b, wall)
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func jpegBase64(picture image.Image) string {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, picture, &jpeg.Options{Quality: 75})
	return base64.StdEncoding.EncodeToString(b.Bytes())
}
